package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;
import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.client.Expectations.Outcome;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * Assertions on the messages a client receives, found by AssertJ's {@code assertThat(client)} and
 * {@code then(client)}.
 *
 * <p><b>The tense indicates the timing.</b> {@code receives…} waits, by default at most 5 seconds,
 * see {@link #within}, and <em>takes</em> the first match that no assertion has read or skipped;
 * the next {@code receives…} continues after it. {@code hasReceived…} checks all messages received
 * so far, does not wait and takes nothing. After the end of the connection no message can arrive,
 * and {@code receives…} fails immediately.
 *
 * <p>The {@code connected} message, acks, pongs and the {@code disconnected} message are not
 * messages in this sense; use {@link #receivesAck}, {@link #receivesPong} and {@link
 * CloseAssert#hasDisconnectedMessage} for them.
 *
 * <p>A failure shows everything that did arrive and how the closest message differs. Interrupting
 * the thread, as JUnit's {@code @Timeout} does, ends every wait at once by an {@link
 * IllegalStateException}; the thread's interrupt flag is set then.
 *
 * @since 0.1
 */
public class ClientAssert extends AbstractAssert<ClientAssert, Client> {

  private final Expectations expectations;
  private Timeout deadline;

  /**
   * Creates assertions on a client; tests use {@code assertThat(client)}.
   *
   * @param actual the client
   * @since 0.1
   */
  public ClientAssert(Client actual) {
    super(notNull(actual, "ClientAssert", "actual"), ClientAssert.class);
    this.expectations = new Expectations(actual.connection);
    this.deadline = expectations.times().usual();
  }

  /**
   * Sets the timeout of each of the following {@code receives…} and {@code isClosed()}. Default:
   * the {@linkplain io.github.webpubsubtestkit.service.FakeWebPubSubBuilder#timeout timeout of the
   * service}, 5 seconds unless it was set. The parameter {@code webpubsub.test.timeout-factor}
   * multiplies it, except zero.
   *
   * <pre>{@code
   * assertThat(alice).within(ofSeconds(20)).receivesText("report finished");
   * assertThat(alice).within(ZERO).receivesText("hi");   // fails unless it is there already
   * }</pre>
   *
   * @param deadline the maximum time to wait, in real time; zero checks once
   * @return this assertion object
   * @throws IllegalArgumentException if it is negative
   * @since 0.1
   */
  public ClientAssert within(Duration deadline) {
    notNull(deadline, "within", "deadline");
    this.deadline = expectations.timeout(deadline);
    return this;
  }

  /**
   * Verifies that any message arrives. Waits until the deadline; takes the message.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage().isFromUser("alice").hasText("hi");   // passes
   * assertThat(outsider).receivesMessage();                                // fails after 5 s
   * }</pre>
   *
   * @return assertions on the first unread message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @since 0.1
   */
  public MessageAssert receivesMessage() {
    return message(MessageCondition.anyMessage(), deadline);
  }

  /**
   * Verifies that any message arrives within a time. Takes the message.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessageWithin(ofSeconds(2)).hasText("hi");   // passes
   * assertThat(outsider).receivesMessageWithin(ofSeconds(2));            // fails after 2 s
   * }</pre>
   *
   * @param deadline the maximum time to wait, in real time; zero checks once
   * @return assertions on the first unread message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public MessageAssert receivesMessageWithin(Duration deadline) {
    notNull(deadline, "receivesMessageWithin", "deadline");
    return message(MessageCondition.anyMessage(), expectations.timeout(deadline));
  }

  /**
   * Verifies that a text message with this text arrives. Waits until the deadline; takes the first
   * such message and skips those before it.
   *
   * <pre>{@code
   * alice.sendToGroup("room", "hi");
   * assertThat(bob).receivesText("hi").isFromGroup("room");   // passes
   * assertThat(bob).receivesText("hi");                       // fails: it has been taken
   * }</pre>
   *
   * @param text the whole text
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @since 0.1
   */
  public MessageAssert receivesText(String text) {
    notNull(text, "receivesText", "text");
    return message(MessageCondition.text(text), deadline);
  }

  /**
   * Verifies that a text message containing this text arrives. Waits until the deadline; takes the
   * first such message and skips those before it.
   *
   * <pre>{@code
   * assertThat(bob).receivesTextContaining("shipped");    // passes with "order 42 shipped"
   * assertThat(bob).receivesTextContaining("returned");   // fails after 5 s
   * }</pre>
   *
   * @param part the text to contain, case-sensitive
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @since 0.1
   */
  public MessageAssert receivesTextContaining(String part) {
    notNull(part, "receivesTextContaining", "part");
    return message(MessageCondition.textContaining(part), deadline);
  }

  /**
   * Verifies that a text message arrives whose whole text matches a regular expression. Waits until
   * the deadline; takes the first such message and skips those before it.
   *
   * <pre>{@code
   * assertThat(bob).receivesTextMatching("order \\d+ shipped");   // passes with "order 42 shipped"
   * assertThat(bob).receivesTextMatching("order");                // fails after 5 s
   * }</pre>
   *
   * @param regex a regular expression, see {@link Pattern}
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @throws java.util.regex.PatternSyntaxException if the regular expression is invalid
   * @since 0.1
   */
  public MessageAssert receivesTextMatching(String regex) {
    notNull(regex, "receivesTextMatching", "regex");
    return message(MessageCondition.textMatching(compiled(regex)), deadline);
  }

  private static Pattern compiled(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) { // the exception's message repeats the expression
      String shown = Secrets.mask(regex);
      int index = shown.equals(regex) ? e.getIndex() : -1;
      throw new PatternSyntaxException(e.getDescription(), shown, index);
    }
  }

  /**
   * Verifies that a JSON message with this value arrives. Waits until the deadline; takes the first
   * such message and skips those before it. A {@link SimpleClient}'s text frames count if they
   * contain JSON.
   *
   * <p>Values are compared: 1 equals 1.0, and the order of keys is ignored. For more than equality,
   * see {@link MessageAssert#extractingJson()}.
   *
   * <pre>{@code
   * alice.sendJsonToGroup("room", Map.of("id", 42));
   * assertThat(bob).receivesJson("{\"id\": 42.0}");      // passes
   * assertThat(carol).receivesJson(Map.of("id", 43));   // fails: $.id: expected 43 but was 42
   * }</pre>
   *
   * @param json a String is taken as JSON text, anything else is written by the fake's mapper
   * @return assertions on the message
   * @throws AssertionError if none comes in time, or at once if none can come any more
   * @throws IllegalArgumentException if the String is no JSON or the object cannot be written
   * @since 0.1
   */
  public MessageAssert receivesJson(Object json) {
    notNull(json, "receivesJson", "json");
    return message(content(GivenContent.json(json)), deadline);
  }

  /**
   * Waits for a JSON message that holds at least this value, at every level, and takes it; skips
   * messages before it. Objects may have further members, and arrays further elements. Strings such
   * as {@code "${any-string}"} are placeholders, see {@link Content#jsonContaining}.
   *
   * <pre>{@code
   * service.sendJsonToAll("{\"id\":\"b-7\",\"type\":\"bid\",\"amount\":12}");
   * assertThat(bob).receivesJsonContaining(Map.of("type", "bid"));                    // passes
   * assertThat(bob).receivesJsonContaining("{\"type\":\"bid\",\"amount\":13}");    // fails: $.amount
   * }</pre>
   *
   * @param json a String is JSON text, anything else is written by the fake's mapper
   * @return assertions on the message
   * @throws AssertionError if no such message arrives in time; names the paths that differ
   * @throws IllegalArgumentException if the String is no JSON, the object cannot be written, or a
   *     placeholder is unknown
   * @since 0.1
   */
  public MessageAssert receivesJsonContaining(Object json) {
    notNull(json, "receivesJsonContaining", "json");
    return message(content(GivenContent.jsonContaining(json)), deadline);
  }

  /**
   * Verifies that a binary message with these bytes arrives. Waits until the deadline; takes the
   * first such message and skips those before it.
   *
   * <pre>{@code
   * alice.sendToGroup("room", binary(new byte[] {1, 2}));
   * assertThat(bob).receivesBinary(new byte[] {1, 2});     // passes
   * assertThat(carol).receivesBinary(new byte[] {1, 3});   // fails: differs from byte 1 on
   * }</pre>
   *
   * @param bytes the whole content
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @since 0.1
   */
  public MessageAssert receivesBinary(byte[] bytes) {
    notNull(bytes, "receivesBinary", "bytes");
    return message(MessageCondition.content(GivenContent.binary(bytes)), deadline);
  }

  /**
   * Verifies that a protobuf message arrives that carries this one in its {@code
   * google.protobuf.Any}. Waits until the deadline; takes the first such message and skips those
   * before it. Type and value are compared, not the serialized bytes.
   *
   * <pre>{@code
   * alice.sendProtobufToGroup("room", StringValue.of("hi"));
   * assertThat(bob).receivesProtobuf(StringValue.of("hi"));     // passes
   * assertThat(carol).receivesProtobuf(StringValue.of("ho"));   // fails, shows both
   * }</pre>
   *
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is compared as such
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public MessageAssert receivesProtobuf(Object message) {
    notNull(message, "receivesProtobuf", "message");
    return message(MessageCondition.content(GivenContent.protobuf(message)), deadline);
  }

  /**
   * Verifies that a message sent to this group arrives. Waits until the deadline; takes the first
   * such message and skips those before it. Only for {@link PubSubClient}s: messages to other
   * clients do not contain it.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessageFromGroup("room").hasText("hi");   // passes
   * assertThat(bob).receivesMessageFromGroup("vip");                  // fails after 5 s
   * }</pre>
   *
   * @param group the group
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @throws IllegalStateException for a {@link SimpleClient}
   * @since 0.1
   */
  public MessageAssert receivesMessageFromGroup(String group) {
    notNull(group, "receivesMessageFromGroup", "group");
    checkPubSub("receivesMessageFromGroup", "its messages do not say where they come from");
    return message(MessageCondition.fromGroup(group), deadline);
  }

  /**
   * Verifies that a message from the server arrives, sent to the connection, its user or all. Waits
   * until the deadline; takes the first such message and skips those before it. Only for {@link
   * PubSubClient}s: messages to other clients do not contain it.
   *
   * <pre>{@code
   * service.sendToUser("bob", "hello");
   * assertThat(bob).receivesMessageFromServer().hasText("hello");   // passes
   * assertThat(alice).receivesMessageFromServer();                  // fails after 5 s
   * }</pre>
   *
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @throws IllegalStateException for a {@link SimpleClient}
   * @since 0.1
   */
  public MessageAssert receivesMessageFromServer() {
    checkPubSub("receivesMessageFromServer", "its messages do not say where they come from");
    return message(MessageCondition.fromServer(), deadline);
  }

  /**
   * Waits for a message with this content and data type and takes it; skips messages before it.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessage(json("[1]"));   // passes with [1.0]
   * assertThat(bob).receivesMessage(text("[1]"));   // fails: closest: is json, not text
   * }</pre>
   *
   * @param content the whole content
   * @return assertions on the message
   * @throws AssertionError if no such message arrives in time
   * @since 0.1
   */
  public MessageAssert receivesMessage(Content content) {
    notNull(content, "receivesMessage", "content");
    return message(content(content.given()), deadline);
  }

  /**
   * Waits for a message that meets a condition and takes it; skips messages before it.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessageMatching(message -> message.group().isPresent());   // passes
   * assertThat(bob).receivesMessageMatching(message -> false);   // fails after 5 s
   * }</pre>
   *
   * @param condition a condition on the message
   * @return assertions on the message
   * @throws AssertionError if no such message arrives in time
   * @since 0.1
   */
  public MessageAssert receivesMessageMatching(Predicate<? super ReceivedMessage> condition) {
    notNull(condition, "receivesMessageMatching", "condition");
    return message(MessageCondition.matching(condition), deadline);
  }

  /**
   * Verifies that a message arrives for which the given assertions hold. Waits until the deadline;
   * takes the first such message and skips those before it. For each message, the failure states
   * which assertion did not hold.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessageSatisfying(m -> assertThat(m.text()).startsWith("order"));
   * }</pre>
   *
   * @param requirements called once for each message, on the test's thread; an {@link
   *     AssertionError} means that the message does not match
   * @return assertions on the message
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @since 0.1
   */
  public MessageAssert receivesMessageSatisfying(Consumer<? super ReceivedMessage> requirements) {
    notNull(requirements, "receivesMessageSatisfying", "requirements");
    return message(MessageCondition.satisfying(requirements), deadline);
  }

  /**
   * Verifies that the next messages are text messages with exactly these texts, in this order.
   * Waits until the deadline for that many messages; takes them. Fails as soon as one differs, and
   * then takes none.
   *
   * <pre>{@code
   * alice.sendToGroup("room", "a");
   * alice.sendToGroup("room", "b");
   * assertThat(bob).receivesExactly("a", "b");   // passes
   * assertThat(carol).receivesExactly("b");      // fails at once: the next one is "a"
   * }</pre>
   *
   * @param texts the whole texts; at least one
   * @return this assertion object
   * @throws AssertionError if another message arrives, or too few arrive in time; immediately if no
   *     more can arrive
   * @throws IllegalArgumentException if there is no text; see {@link #receivesNoMessage()}
   * @since 0.1
   */
  public ClientAssert receivesExactly(String... texts) {
    noneNull(texts, "receivesExactly", "texts");
    if (texts.length == 0) {
      throw new IllegalArgumentException(
          "receivesExactly needs at least one text; to expect none use receivesNoMessage()");
    }
    return passes(expectations.exactly(texts(texts), deadline));
  }

  /**
   * Does the same as {@link #receivesExactly(String...)}, with contents of any type.
   *
   * <pre>{@code
   * assertThat(bob).receivesExactly(text("open"), json("[1]"));           // passes with [1.0]
   * assertThat(bob).receivesExactly(jsonContaining(Map.of("id", 7)));     // fails: no such id
   * }</pre>
   *
   * @param contents the contents; at least one
   * @return this assertion object
   * @throws AssertionError as {@link #receivesExactly(String...)}
   * @throws IllegalArgumentException if no content is given
   * @since 0.1
   */
  public ClientAssert receivesExactly(Content... contents) {
    noneNull(contents, "receivesExactly", "contents");
    checkSome("receivesExactly", contents.length);
    return passes(expectations.exactly(contents(contents), deadline));
  }

  /**
   * Waits for messages with these texts in any order and takes them; skips others between them.
   *
   * <pre>{@code
   * assertThat(bob).receivesInAnyOrder("a", "b");        // passes if "b" comes first
   * assertThat(bob).receivesInAnyOrder("a", "a");        // fails after 5 s: "a" came only once
   * }</pre>
   *
   * @param texts the whole texts; at least one
   * @return this assertion object
   * @throws AssertionError if not all arrive in time; names those that are missing
   * @throws IllegalArgumentException if no text is given
   * @since 0.1
   */
  public ClientAssert receivesInAnyOrder(String... texts) {
    noneNull(texts, "receivesInAnyOrder", "texts");
    checkSome("receivesInAnyOrder", texts.length);
    return passes(expectations.inAnyOrder(texts(texts), deadline));
  }

  /**
   * Does the same as {@link #receivesInAnyOrder(String...)}, with contents of any type.
   *
   * <pre>{@code
   * assertThat(bob).receivesInAnyOrder(text("open"), jsonContaining(Map.of("id", 7)));   // passes
   * assertThat(bob).receivesInAnyOrder(json("1"), text("1"));   // fails: one is missing
   * }</pre>
   *
   * @param contents the contents; at least one
   * @return this assertion object
   * @throws AssertionError as {@link #receivesInAnyOrder(String...)}
   * @throws IllegalArgumentException if no content is given
   * @since 0.1
   */
  public ClientAssert receivesInAnyOrder(Content... contents) {
    noneNull(contents, "receivesInAnyOrder", "contents");
    checkSome("receivesInAnyOrder", contents.length);
    return passes(expectations.inAnyOrder(contents(contents), deadline));
  }

  /**
   * Waits for the next messages and takes them.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessages(3).extracting(ReceivedMessage::text).contains("a");   // passes
   * assertThat(bob).receivesMessages(4);   // fails after 5 s: received only 3
   * }</pre>
   *
   * @param number how many, at least 1
   * @return assertions on the messages, in their order
   * @throws AssertionError if fewer arrive in time
   * @throws IllegalArgumentException if the number is less than 1
   * @since 0.1
   */
  public ListAssert<ReceivedMessage> receivesMessages(int number) {
    return listed(take("receivesMessages", number));
  }

  /** The messages that {@link #receivesMessages} takes. */
  List<ReceivedMessage> take(String method, int number) {
    checkSome(method, number);
    checkInbox();
    return valueOf(expectations.messages(number, deadline));
  }

  /**
   * Waits for a message with this content and takes it with all messages before it.
   *
   * <pre>{@code
   * assertThat(bob).receivesMessagesUntil(text("end")).hasSize(3);   // passes: "a", "b", "end"
   * assertThat(bob).receivesMessagesUntil(text("End"));   // fails after 5 s: differs only in case
   * }</pre>
   *
   * @param last the content of the last message
   * @return assertions on the messages that were not read before, the last one included
   * @throws AssertionError if no such message arrives in time
   * @since 0.1
   */
  public ListAssert<ReceivedMessage> receivesMessagesUntil(Content last) {
    notNull(last, "receivesMessagesUntil", "last");
    checkInbox();
    return listed(valueOf(expectations.until(content(last.given()), deadline)));
  }

  private ListAssert<ReceivedMessage> listed(List<ReceivedMessage> messages) {
    String own = FailureText.count(messages.size(), "message") + " of " + actual.name();
    return Assertions.assertThat(messages).as(FailureText.described(descriptionText(), own));
  }

  private static void checkSome(String method, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(
          method + " needs at least one; to expect none use receivesNoMessage()");
    }
  }

  private List<MessageCondition> texts(String... texts) {
    checkInbox();
    return Arrays.stream(texts).map(MessageCondition::text).toList();
  }

  private List<MessageCondition> contents(Content... contents) {
    checkInbox();
    return Arrays.stream(contents).map(each -> content(each.given())).toList();
  }

  private ClientAssert passes(Optional<ClientFailure> failure) {
    if (failure.isPresent()) {
      throw failed(failure.get());
    }
    return this;
  }

  /**
   * Verifies that no message is unread or on its way.
   *
   * <p>Against the fake this is certain, and takes about a millisecond: it waits until the service
   * has finished all work begun by clients, REST callers and event handlers, then until this client
   * has read everything the service sent. If that does not happen before the deadline, the
   * assertion fails and names what it waited for. With other targets there is no such certainty; it
   * waits for a quiet period of 500 ms instead, and states that when it fails.
   *
   * <pre>{@code
   * alice.sendToGroup("room", "secret");
   * assertThat(outsider).receivesNoMessage();   // passes
   * assertThat(member).receivesNoMessage();     // fails, and shows "secret"
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if a message is unread, or if the wait does not end in time
   * @since 0.1
   */
  public ClientAssert receivesNoMessage() {
    checkInbox();
    return passedUnless(expectations.noMessage(deadline));
  }

  /**
   * Verifies that no message is unread and none arrives within the given time.
   *
   * <p>The assertion takes that long, unless the connection has ended. Against the fake, {@link
   * #receivesNoMessage()} gives certainty without waiting.
   *
   * <pre>{@code
   * alice.sendToGroup("room", "hi");
   * assertThat(outsider).receivesNoMessageWithin(ofMillis(200));   // passes
   * assertThat(member).receivesNoMessageWithin(ofMillis(200));     // fails, and shows "hi"
   * }</pre>
   *
   * @param quiet the time in which no message may arrive, in real time; zero checks once
   * @return this assertion object
   * @throws AssertionError as soon as there is a message
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public ClientAssert receivesNoMessageWithin(Duration quiet) {
    notNull(quiet, "receivesNoMessageWithin", "quiet");
    checkInbox();
    return passedUnless(expectations.noMessageWithin(quiet, List.of()));
  }

  /**
   * Verifies that an ack arrives for a request sent by {@link Client#sendRaw(String)}. Waits until
   * the deadline; takes the first ack with that id that no assertion has taken. Messages are
   * unaffected, and acks that a method such as {@link PubSubClient#joinGroup} waited for are
   * ignored.
   *
   * <pre>{@code
   * alice.sendRaw("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":1}");
   * assertThat(alice).receivesAck(1).isSuccessful();   // passes
   * assertThat(alice).receivesAck(1);                  // fails: it has been taken
   * }</pre>
   *
   * @param id the ack id: 64 bits, unsigned
   * @return assertions on the ack
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @throws IllegalStateException for a {@link SimpleClient}, which receives no acks
   * @since 0.1
   */
  public AckAssert receivesAck(long id) {
    checkPubSub("receivesAck", "it gets no acks");
    checkInbox();
    AckAssert ack = new AckAssert(valueOf(expectations.ack(id, deadline)), actual.connection);
    return ack.as(info.description());
  }

  /**
   * Verifies that a pong arrives for a ping sent by {@link Client#sendRaw(String)}. Waits until the
   * deadline; takes the first pong not yet taken. Messages are unaffected.
   *
   * <pre>{@code
   * alice.sendRaw("{\"type\":\"ping\"}");
   * assertThat(alice).receivesPong();   // passes
   * assertThat(alice).receivesPong();   // fails: there was one ping only
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if none arrives in time; immediately if none can arrive any more
   * @throws IllegalStateException for a {@link SimpleClient}, which receives no pongs
   * @since 0.1
   */
  public ClientAssert receivesPong() {
    checkPubSub("receivesPong", "it gets no pong messages");
    checkInbox();
    return passedUnless(expectations.pong(deadline));
  }

  /**
   * Verifies that the connection ends. Waits until the deadline; takes nothing.
   *
   * <pre>{@code
   * application.ban("mallory");
   * assertThat(mallory).isClosed().hasCode(1000);   // passes
   * assertThat(alice).isClosed();                   // fails after 5 s
   * }</pre>
   *
   * @return assertions on the end of the connection
   * @throws AssertionError if it does not end in time
   * @since 0.1
   */
  public CloseAssert isClosed() {
    return closed(deadline);
  }

  /**
   * Verifies that a text message with this text is among all messages received so far, including
   * those read by other assertions.
   *
   * <p>Checks once, without waiting, and does not take the message.
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
  public ClientAssert hasReceivedText(String text) {
    notNull(text, "hasReceivedText", "text");
    return hasReceived(MessageCondition.text(text));
  }

  /**
   * Verifies that a JSON message with this value is among all messages received so far.
   *
   * <p>Checks once, without waiting, and does not take the message. Values are compared: 1 equals
   * 1.0, and the order of keys is ignored.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedJson("{\"id\": 42}");   // passes if {"id":42} has come
   * assertThat(bob).hasReceivedJson(Map.of("id", 43)); // fails: $.id: expected 43 but was 42
   * }</pre>
   *
   * @param json a String is taken as JSON text, anything else is written by the fake's mapper
   * @return this assertion object
   * @throws AssertionError if there is no such message
   * @throws IllegalArgumentException if the String is no JSON or the object cannot be written
   * @since 0.1
   */
  public ClientAssert hasReceivedJson(Object json) {
    notNull(json, "hasReceivedJson", "json");
    return hasReceived(content(GivenContent.json(json)));
  }

  /**
   * Verifies that a binary message with these bytes is among all messages received so far.
   *
   * <p>Checks once, without waiting, and does not take the message.
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
  public ClientAssert hasReceivedBinary(byte[] bytes) {
    notNull(bytes, "hasReceivedBinary", "bytes");
    return hasReceived(MessageCondition.content(GivenContent.binary(bytes)));
  }

  /**
   * Verifies that a protobuf message that carries this one in its {@code google.protobuf.Any} is
   * among all messages received so far.
   *
   * <p>Checks once, without waiting, and does not take the message. Type and value are compared,
   * not the serialized bytes.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedProtobuf(StringValue.of("hi"));   // passes if it has come
   * assertThat(bob).hasReceivedProtobuf(StringValue.of("ho"));   // fails, shows both
   * }</pre>
   *
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is compared as such
   * @return this assertion object
   * @throws AssertionError if there is no such message
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws IllegalStateException if {@code com.google.protobuf:protobuf-java} is not on the class
   *     path
   * @since 0.1
   */
  public ClientAssert hasReceivedProtobuf(Object message) {
    notNull(message, "hasReceivedProtobuf", "message");
    return hasReceived(MessageCondition.content(GivenContent.protobuf(message)));
  }

  /**
   * Verifies that a message with this content and data type is among all messages received so far.
   *
   * <p>Checks once, without waiting, and does not take the message.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedMessage(json("[1]"));   // passes if [1.0] has come
   * assertThat(bob).hasReceivedMessage(text("[1]"));   // fails
   * }</pre>
   *
   * @param content the whole content
   * @return this assertion object
   * @throws AssertionError if there is no such message
   * @since 0.1
   */
  public ClientAssert hasReceivedMessage(Content content) {
    notNull(content, "hasReceivedMessage", "content");
    return hasReceived(content(content.given()));
  }

  /**
   * Verifies that no text message with this text is among all messages received so far.
   *
   * <p>Checks once, without waiting, so messages on their way are not covered; use {@link
   * ClientAssert#receivesNoMessage()} for them.
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
  public ClientAssert hasReceivedNoText(String text) {
    notNull(text, "hasReceivedNoText", "text");
    return hasReceivedNo(GivenContent.text(text));
  }

  /**
   * Verifies that no message with this content and data type is among all messages received so far.
   *
   * <p>Checks once, without waiting, like {@link #hasReceivedNoText}.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedNoMessage(json("[1]"));   // passes if "[1]" has come as a text
   * assertThat(bob).hasReceivedNoMessage(text("[1]"));   // fails then
   * }</pre>
   *
   * @param content the whole content
   * @return this assertion object
   * @throws AssertionError if there is such a message
   * @since 0.1
   */
  public ClientAssert hasReceivedNoMessage(Content content) {
    notNull(content, "hasReceivedNoMessage", "content");
    return hasReceivedNo(content.given());
  }

  /**
   * Verifies that all messages received so far, including those read by other assertions, are text
   * messages with exactly these texts, in this order.
   *
   * <p>Checks once, without waiting, and does not take the messages.
   *
   * <pre>{@code
   * assertThat(bob).hasReceivedExactly("a", "b");   // passes if a and b have come
   * assertThat(bob).hasReceivedExactly("b", "a");   // fails, and marks what differs
   * }</pre>
   *
   * @param texts the whole texts
   * @return this assertion object
   * @throws AssertionError if there are other messages or these in another order
   * @since 0.1
   */
  public ClientAssert hasReceivedExactly(String... texts) {
    noneNull(texts, "hasReceivedExactly", "texts");
    List<MessageCondition> wanted = texts(texts);
    List<ReceivedMessage> messages = actual.messages();
    boolean same = messages.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = wanted.get(i).matches(messages.get(i));
    }
    if (!same) {
      throw failed(new SequenceFailure(actual.connection, wanted, 0).all());
    }
    return this;
  }

  /**
   * Verifies that no message has been received so far.
   *
   * <p>Checks once, without waiting, so messages on their way are not covered; use {@link
   * ClientAssert#receivesNoMessage()} for them.
   *
   * <pre>{@code
   * assertThat(newcomer).hasReceivedNoMessage();   // passes
   * assertThat(member).hasReceivedNoMessage();     // fails, and shows all that came
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if a message has been received, even if an assertion has read it
   * @since 0.1
   */
  public ClientAssert hasReceivedNoMessage() {
    checkInbox();
    if (!actual.messages().isEmpty()) {
      throw failed(
          new MessageFailures(actual.connection)
              .unexpectedSoFar("expected no message to have been received so far"));
    }
    return this;
  }

  /**
   * Verifies that no message has been received more than once on a reliable connection. Does not
   * wait. The client itself drops duplicates, so no other assertion sees them.
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
   * @throws AssertionError if a message has been received again
   * @throws IllegalStateException if the client's subprotocol is not reliable
   * @since 0.1
   */
  public ClientAssert hasReceivedNoDuplicate() {
    return passedUnless(report().duplicates(sequenceIds("hasReceivedNoDuplicate")));
  }

  /**
   * Verifies that no message of a reliable connection has been lost: the sequence ids of all
   * received messages count from 1 without a gap. Does not wait.
   *
   * <pre>{@code
   * alice.dropConnection();
   * bob.sendToGroup("room", "hi");
   * alice.recover();
   * assertThat(alice).hasReceivedNoGap();   // passes
   * }</pre>
   *
   * <p>It fails, and names the missing ids, if for example the fake was built with {@code
   * expireByTtl(true)} and the time to live of a message had expired before the recovery.
   *
   * @return this assertion object
   * @throws AssertionError if a message has not been received although a later one has
   * @throws IllegalStateException if the client's subprotocol is not reliable
   * @since 0.1
   */
  public ClientAssert hasReceivedNoGap() {
    return passedUnless(report().gaps(sequenceIds("hasReceivedNoGap")));
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
  public ClientAssert isConnected() {
    if (!actual.isConnected()) {
      throw failed(
          report()
              .withState(
                  FailureText.of(
                      actual.name(),
                      "expected an open connection but it "
                          + actual
                              .connection
                              .inbox()
                              .ending()
                              .map(ending -> "was " + ending.describe())
                              .orElse("is being closed")))
              .text());
    }
    return this;
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
  public ClientAssert hasUserId(String userId) {
    notNull(userId, "hasUserId", "userId");
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
  public ClientAssert hasNoUserId() {
    return hasUser(Optional.empty());
  }

  private ClientAssert hasUser(Optional<String> expected) {
    Optional<String> own = actual.userId();
    if (!own.equals(expected)) {
      FailureText text =
          FailureText.differs(
              actual.name(),
              "expected user id",
              expected.map(FailureText::quote).orElse("none"),
              own.map(FailureText::quote).orElse("none"));
      throw failureWithActualExpected(
          Secrets.mask(own.orElse("")),
          Secrets.mask(expected.orElse("")),
          "%s",
          report().withState(text).text());
    }
    return this;
  }

  /** Sets the timeout, which is not multiplied any more. */
  ClientAssert waiting(Timeout timeout) {
    deadline = timeout;
    return this;
  }

  private MessageCondition content(GivenContent given) {
    return MessageCondition.content(given.writtenBy(actual.connection.context().mapping()));
  }

  private ClientAssert hasReceivedNo(GivenContent content) {
    checkInbox();
    MessageCondition unwanted = content(content);
    if (actual.messages().stream().anyMatch(unwanted::matches)) {
      throw failed(new MessageFailures(actual.connection).inHistory(unwanted));
    }
    return this;
  }

  private ClientAssert hasReceived(MessageCondition wanted) {
    checkInbox();
    if (actual.messages().stream().noneMatch(wanted::matches)) {
      throw failed(new MessageFailures(actual.connection).notInHistory(wanted));
    }
    return this;
  }

  /** Throws if the inbox has dropped messages, as its content is then incomplete. */
  private void checkInbox() {
    Optional<String> overflow = actual.connection.inbox().overflow();
    if (overflow.isPresent()) {
      throw failed(report().withState(FailureText.of(actual.name(), overflow.get())).text());
    }
  }

  /**
   * The failure with this text; a description or another message given by the test counts. Its
   * cause is what failed inside the kit, if that has ended the connection.
   */
  private AssertionError failed(String text) {
    return failed(ClientFailure.of(text));
  }

  private AssertionError failed(ClientFailure failed) {
    AssertionError failure =
        failed.actual() == null
            ? failure("%s", failed.text())
            : failureWithActualExpected(failed.actual(), failed.expected(), "%s", failed.text());
    Throwable inside = actual.connection.inbox().ending().map(Ending::failure).orElse(null);
    return inside == null ? failure : (AssertionError) failure.initCause(inside);
  }

  private ClientReport report() {
    return new ClientReport(actual.connection);
  }

  private CloseAssert closed(Timeout atMost) {
    CloseAssert close =
        new CloseAssert(
            valueOf(expectations.end(atMost)),
            actual.connection,
            actual instanceof PubSubClient client ? client::disconnectedMessage : null);
    return close.as(info.description());
  }

  private MessageAssert message(MessageCondition wanted, Timeout atMost) {
    checkInbox();
    MessageAssert message =
        new MessageAssert(valueOf(expectations.message(wanted, atMost)), actual.connection);
    return message.as(info.description());
  }

  private <T> T valueOf(Outcome<T> outcome) {
    T value = outcome.value();
    if (value == null) {
      throw failed(requireNonNull(outcome.failure()));
    }
    return value;
  }

  private ClientAssert passedUnless(Optional<String> failure) {
    if (failure.isPresent()) {
      throw failed(failure.get());
    }
    return this;
  }

  private void checkPubSub(String method, String why) {
    if (actual instanceof SimpleClient) {
      throw new IllegalStateException(
          "["
              + actual.name()
              + "] "
              + method
              + " cannot be asked of a SimpleClient: "
              + why
              + ". Connect a PubSubClient instead");
    }
  }
}
