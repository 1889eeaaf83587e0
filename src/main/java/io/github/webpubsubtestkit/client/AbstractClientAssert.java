package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.JsonValue;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.ProtobufValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on what a client has received so far and on what it is. None of them waits, none takes
 * a message; those that wait are in {@link ClientAssert}.
 *
 * @param <SELF> the type of the assertion object
 * @since 0.1
 */
public abstract class AbstractClientAssert<SELF extends AbstractClientAssert<SELF>>
    extends AbstractAssert<SELF, Client> {

  /**
   * Assertions on a client.
   *
   * @param actual the client
   * @param selfType the type of the assertion object
   * @since 0.1
   */
  protected AbstractClientAssert(Client actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies that a text message with this text is among all messages that have come so far, those
   * that other assertions have read included.
   *
   * <p>Looks at what is there; does not wait and does not take the message.
   *
   * <pre>{@code
   * assertThat(bob).receivesText("hi");
   * assertThat(bob).hasReceivedText("hi");   // passes: reading it has not removed it
   * assertThat(bob).hasReceivedText("ho");   // fails, and shows "hi"
   * }</pre>
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if there is no such message
   * @since 0.1
   */
  public SELF hasReceivedText(String text) {
    return hasReceived(Wanted.text(text));
  }

  /**
   * Verifies that a JSON message with this value is among all messages that have come so far.
   *
   * <p>Looks at what is there; does not wait and does not take the message. Values are compared: 1
   * equals 1.0, and the order of keys does not count.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedJson("{\"id\": 42}");   // passes if {"id":42} has come
   * assertThat(bob).hasReceivedJson(Map.of("id", 43)); // fails: $.id: expected 43 but was 42
   * }</pre>
   *
   * @param json a String is taken as JSON text, anything else is written by Jackson
   * @return this assertion object
   * @throws AssertionError if there is no such message
   * @throws IllegalArgumentException if the String is no JSON or Jackson cannot write the object
   * @since 0.1
   */
  public SELF hasReceivedJson(Object json) {
    return hasReceived(Wanted.json(JsonValue.of(json)));
  }

  /**
   * Verifies that a binary message with these bytes is among all messages that have come so far.
   *
   * <p>Looks at what is there; does not wait and does not take the message.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedBinary(new byte[] {1, 2});   // passes if 01 02 has come
   * assertThat(bob).hasReceivedBinary(new byte[] {1, 3});   // fails: differs from byte 1 on
   * }</pre>
   *
   * @param bytes the whole content
   * @return this assertion object
   * @throws AssertionError if there is no such message
   * @since 0.1
   */
  public SELF hasReceivedBinary(byte[] bytes) {
    return hasReceived(Wanted.binary(bytes.clone()));
  }

  /**
   * Verifies that a protobuf message which carries this one in its {@code google.protobuf.Any} is
   * among all messages that have come so far.
   *
   * <p>Looks at what is there; does not wait and does not take the message. Type and value are
   * compared, not how they are written.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedProtobuf(StringValue.of("hi"));   // passes if it has come
   * assertThat(bob).hasReceivedProtobuf(StringValue.of("ho"));   // fails, shows both
   * }</pre>
   *
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is compared as it is
   * @return this assertion object
   * @throws AssertionError if there is no such message
   * @throws IllegalArgumentException if the object is no protobuf message
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public SELF hasReceivedProtobuf(Object message) {
    return hasReceived(Wanted.protobuf(ProtobufValue.of(message)));
  }

  /**
   * Verifies that no text message with this text is among all messages that have come so far.
   *
   * <p>Looks at what is there and does not wait, so it says nothing about messages that are on
   * their way; {@link ClientAssert#receivesNoMessage()} does.
   *
   * <pre>{@code
   * assertThat(bob).receivesText("hi");
   * assertThat(bob).hasReceivedNoText("secret");   // passes
   * assertThat(bob).hasReceivedNoText("hi");       // fails, and marks "hi"
   * }</pre>
   *
   * @param text the whole text
   * @return this assertion object
   * @throws AssertionError if there is such a message
   * @since 0.1
   */
  public SELF hasReceivedNoText(String text) {
    checkInbox();
    Wanted unwanted = Wanted.text(text);
    if (actual.messages().stream().anyMatch(unwanted::matches)) {
      throw failed(
          new MessageFailures(actual)
              .inHistory("expected no such text message to have been received", unwanted));
    }
    return myself;
  }

  /**
   * Verifies that all messages that have come so far are text messages with exactly these texts, in
   * this order, those that other assertions have read included.
   *
   * <p>Looks at what is there; does not wait and does not take the messages.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedExactlyTexts("a", "b");   // passes if a and b have come
   * assertThat(bob).hasReceivedExactlyTexts("b", "a");   // fails, and marks what differs
   * }</pre>
   *
   * @param texts the whole texts
   * @return this assertion object
   * @throws AssertionError if there are other messages or these in another order
   * @since 0.1
   */
  public SELF hasReceivedExactlyTexts(String... texts) {
    checkInbox();
    List<String> wanted = List.of(texts);
    List<ReceivedMessage> messages = actual.messages();
    boolean same = messages.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = Wanted.text(wanted.get(i)).matches(messages.get(i));
    }
    if (!same) {
      throw failed(
          new MessageFailures(actual)
              .notExactly(
                  "expected exactly these messages to have been received", wanted, 0, true));
    }
    return myself;
  }

  /**
   * Verifies that no message at all has come so far.
   *
   * <p>Looks at what is there and does not wait, so it says nothing about messages that are on
   * their way; {@link ClientAssert#receivesNoMessage()} does.
   *
   * <pre>{@code
   * assertThat(newcomer).hasReceivedNoMessage();   // passes
   * assertThat(member).hasReceivedNoMessage();     // fails, and shows all that came
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if a message has come, whether an assertion has read it or not
   * @since 0.1
   */
  public SELF hasReceivedNoMessage() {
    checkInbox();
    if (!actual.messages().isEmpty()) {
      throw failed(
          new Expectations(actual).everything("expected no message to have been received so far"));
    }
    return myself;
  }

  /**
   * Verifies that no message has come more than once on a reliable connection. Does not wait. The
   * client itself drops what comes again, so no other assertion sees it.
   *
   * <pre>{@code
   * alice.dropConnection();
   * alice.recover();
   * assertThat(alice).hasReceivedNoDuplicate();   // passes: alice had acknowledged all she got
   *
   * bob.withholdSequenceAcks();                   // … and had received "hi"
   * bob.dropConnection();
   * bob.recover();
   * assertThat(bob).hasReceivedNoDuplicate();     // fails, and shows "hi"
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if a message has come again
   * @throws IllegalStateException if the client's subprotocol is not reliable
   * @since 0.1
   */
  public SELF hasReceivedNoDuplicate() {
    List<ReceivedMessage> duplicates = sequenceIds("hasReceivedNoDuplicate").duplicates();
    if (!duplicates.isEmpty()) {
      FailureText text =
          FailureText.of(actual.name(), "expected every message to have been received once")
              .arrivals(
                  "came again",
                  ClientReport.count(duplicates.size(), "message"),
                  duplicates.stream().map(each -> each.arrival(List.of(), false)).toList());
      throw failed(ClientReport.withState(actual, text).text());
    }
    return myself;
  }

  /**
   * Verifies that no message of a reliable connection has been lost: that the sequence ids of all
   * that have come count from 1 without a gap. Does not wait.
   *
   * <pre>{@code
   * alice.dropConnection();
   * bob.sendToGroup("room", "hi");
   * alice.recover();
   * assertThat(alice).hasReceivedNoGap();   // passes
   * }</pre>
   *
   * <p>It fails, and names the missing ids, if for example the fake was built with {@code
   * expireByTtl(true)} and the time to live of a message was over before the recovery.
   *
   * @return this assertion object
   * @throws AssertionError if a message has not come although a later one has
   * @throws IllegalStateException if the client's subprotocol is not reliable
   * @since 0.1
   */
  public SELF hasReceivedNoGap() {
    SequenceIds ids = sequenceIds("hasReceivedNoGap");
    List<SequenceIds.Range> missing = ids.missing();
    if (!missing.isEmpty()) {
      FailureText text =
          FailureText.of(actual.name(), "expected no message to have been lost")
              .fact(
                  "missing",
                  "sequenceId "
                      + missing.stream()
                          .map(SequenceIds.Range::toString)
                          .collect(Collectors.joining(", ")))
              .fact("highest", "sequenceId " + Long.toUnsignedString(ids.highest()));
      throw failed(ClientReport.everything(actual, text).text());
    }
    return myself;
  }

  private SequenceIds sequenceIds(String method) {
    if (actual instanceof PubSubClient client) {
      return client.ids(method);
    }
    throw new IllegalStateException(
        "["
            + actual.name()
            + "] "
            + method
            + " cannot be asked of a SimpleClient: its messages have no numbers. Connect a"
            + " PubSubClient with ConnectOptions.protocol(JSON_RELIABLE) instead");
  }

  /**
   * Verifies that the connection is open, as far as the client knows. Does not wait.
   *
   * <pre>{@code
   * assertThat(alice).isConnected();   // passes
   * alice.close();
   * assertThat(alice).isConnected();   // fails, and says how the connection ended
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it is being closed or has ended
   * @since 0.1
   */
  public SELF isConnected() {
    if (!actual.isConnected()) {
      throw failed(
          ClientReport.withState(
                  actual, FailureText.of(actual.name(), "expected an open connection"))
              .text());
    }
    return myself;
  }

  /**
   * Verifies the user id of the connection. Does not wait.
   *
   * <pre>{@code
   * assertThat(alice).hasUserId("alice");   // passes
   * assertThat(alice).hasUserId("bob");     // fails
   * }</pre>
   *
   * @param userId the id
   * @return this assertion object
   * @throws AssertionError if the connection has another user id or none
   * @since 0.1
   */
  public SELF hasUserId(String userId) {
    return hasUser(Optional.of(userId));
  }

  /**
   * Verifies that the connection has no user id. Does not wait.
   *
   * <pre>{@code
   * assertThat(service.connect(anonymous())).hasNoUserId();       // passes
   * assertThat(service.connect(asUser("alice"))).hasNoUserId();   // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has one
   * @since 0.1
   */
  public SELF hasNoUserId() {
    return hasUser(Optional.empty());
  }

  private SELF hasUser(Optional<String> expected) {
    Optional<String> own = actual.userId();
    if (!own.equals(expected)) {
      FailureText text =
          FailureText.of(
                  actual.name(), "expected " + (expected.isEmpty() ? "no" : "this") + " user id")
              .fact("expected", expected.map(FailureText::quote).orElse("none"))
              .fact("but was", own.map(FailureText::quote).orElse("none"));
      throw failureWithActualExpected(
          Secrets.mask(own.orElse("")),
          Secrets.mask(expected.orElse("")),
          "%s",
          ClientReport.withState(actual, text).text());
    }
    return myself;
  }

  private SELF hasReceived(Wanted wanted) {
    checkInbox();
    if (actual.messages().stream().noneMatch(wanted::matches)) {
      throw failed(new MessageFailures(actual).notInHistory(wanted));
    }
    return myself;
  }

  /** An inbox that has dropped messages cannot tell what came. */
  void checkInbox() {
    Optional<String> overflow = actual.inbox.overflow();
    if (overflow.isPresent()) {
      throw failed(
          ClientReport.withState(actual, FailureText.of(actual.name(), overflow.get())).text());
    }
  }

  /** The failure with this text; a description or another message given by the test counts. */
  AssertionError failed(String text) {
    return failure("%s", text);
  }
}
