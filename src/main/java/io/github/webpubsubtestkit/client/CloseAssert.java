package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the end of a connection. They never wait.
 *
 * <pre>{@code
 * assertThat(alice).isClosed().hasCode(1000).hasNoReason();
 * assertThat(bob).isClosed().wasDropped();
 * }</pre>
 *
 * @since 0.1
 */
public class CloseAssert extends AbstractObjectAssert<CloseAssert, CloseStatus> {

  private final @Nullable FailureContext client;
  private final @Nullable Supplier<Optional<String>> disconnectedMessage;

  /**
   * Creates assertions on the end of a connection; tests use {@code assertThat(client).isClosed()}.
   *
   * @param actual the status of the end
   * @since 0.1
   */
  public CloseAssert(CloseStatus actual) {
    this(notNull(actual, "CloseAssert", "actual"), null, null);
  }

  /**
   * Creates assertions with a client's state in their failures.
   *
   * @param disconnectedMessage supplies the message; null if the client receives none
   */
  CloseAssert(
      CloseStatus actual,
      @Nullable FailureContext client,
      @Nullable Supplier<Optional<String>> disconnectedMessage) {
    super(actual, CloseAssert.class);
    this.client = client;
    this.disconnectedMessage = disconnectedMessage;
  }

  /**
   * Verifies the code in the service's close frame.
   *
   * <pre>{@code
   * alice.sendRaw("no JSON");
   * assertThat(alice).isClosed().hasCode(1007);   // passes
   * assertThat(alice).isClosed().hasCode(1000);   // fails
   * }</pre>
   *
   * @param code the code; 1005 for a close frame without a code, 1006 for no close frame
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public CloseAssert hasCode(int code) {
    if (actual.code() != code) {
      throw differs("with code", String.valueOf(code), actual.toString());
    }
    return this;
  }

  /**
   * Verifies the reason in the service's close frame.
   *
   * <pre>{@code
   * assertThat(alice).isClosed().hasReason("Internal server error");   // passes
   * assertThat(alice).isClosed().hasReason("bye");                     // fails
   * }</pre>
   *
   * @param reason the whole reason
   * @return this assertion object
   * @throws AssertionError if it differs
   * @since 0.1
   */
  public CloseAssert hasReason(String reason) {
    notNull(reason, "hasReason", "reason");
    if (!actual.reason().equals(reason)) {
      throw differs(
          "with reason",
          FailureText.quote(reason),
          actual.reason().isEmpty() ? actual + " without a reason" : actual.toString());
    }
    return this;
  }

  /**
   * Verifies that the service gave no reason.
   *
   * <pre>{@code
   * assertThat(alice).isClosed().hasNoReason();   // passes with 1000 and no reason
   * assertThat(bob).isClosed().hasNoReason();     // fails with 1011 "Internal server error"
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it gave one
   * @since 0.1
   */
  public CloseAssert hasNoReason() {
    if (!actual.reason().isEmpty()) {
      throw differs("with", "no reason", actual.toString());
    }
    return this;
  }

  /**
   * Verifies that the connection ended without the service's close frame: it was dropped by the
   * network, the service or {@link Client#dropConnection()}.
   *
   * <pre>{@code
   * alice.dropConnection();
   * assertThat(alice).isClosed().wasDropped();   // passes
   * bob.close();
   * assertThat(bob).isClosed().wasDropped();     // fails: closed with 1000
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if there was a close frame
   * @since 0.1
   */
  public CloseAssert wasDropped() {
    if (actual.code() != 1006) {
      throw differs("with", "no close frame", actual.toString());
    }
    return this;
  }

  /**
   * Verifies the text of the service's {@code disconnected} message before it closed. Only for
   * {@link PubSubClient}s.
   *
   * <pre>{@code
   * assertThat(alice).isClosed()
   *     .hasDisconnectedMessage("Application server closed the connection. Reason: bye");
   * }</pre>
   *
   * @param message the whole text
   * @return this assertion object
   * @throws AssertionError if the text differs or there was no such message
   * @throws IllegalStateException for a {@link SimpleClient}, which receives no such message
   * @since 0.1
   */
  public CloseAssert hasDisconnectedMessage(String message) {
    notNull(message, "hasDisconnectedMessage", "message");
    Optional<String> said = disconnectedMessage("hasDisconnectedMessage");
    if (!said.equals(Optional.of(message))) {
      throw differs(
          "after disconnected message",
          FailureText.quote(message),
          said.map(FailureText::quote).orElse("no disconnected message"));
    }
    return this;
  }

  /**
   * Verifies that the service closed without a {@code disconnected} message. Only for {@link
   * PubSubClient}s.
   *
   * <pre>{@code
   * alice.sendRaw("no JSON");
   * assertThat(alice).isClosed().hasCode(1007).hasNoDisconnectedMessage();   // passes
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if there was one
   * @throws IllegalStateException for a {@link SimpleClient}, which receives no such message
   * @since 0.1
   */
  public CloseAssert hasNoDisconnectedMessage() {
    Optional<String> said = disconnectedMessage("hasNoDisconnectedMessage");
    if (said.isPresent()) {
      throw differs("after", "no disconnected message", FailureText.quote(said.get()));
    }
    return this;
  }

  private Optional<String> disconnectedMessage(String method) {
    Supplier<Optional<String>> known = disconnectedMessage;
    if (known != null) {
      return known.get();
    }
    throw new IllegalStateException(
        method
            + " needs the end of a PubSubClient's connection, as in"
            + " assertThat(pubSubClient).isClosed()."
            + method
            + "(…)");
  }

  private AssertionError differs(String what, String expected, String was) {
    FailureText text =
        FailureText.differs(
            client == null ? "close" : client.name(),
            "expected the connection to end " + what,
            expected,
            was);
    String whole = client == null ? text.text() : client.withState(text).text();
    return failureWithActualExpected(Secrets.mask(was), Secrets.mask(expected), "%s", whole);
  }
}
