package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Optional;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on one ack. They never wait.
 *
 * <pre>{@code
 * assertThat(alice).receivesAck(1).isSuccessful();
 * assertThat(mallory).receivesAck(1).failedWith("Forbidden");
 * }</pre>
 *
 * @since 0.1
 */
public class AckAssert extends AbstractObjectAssert<AckAssert, Ack> {

  private final @Nullable FailureContext receiver;

  /**
   * Creates assertions on an ack; tests use {@code assertThat(client).receivesAck(id)}.
   *
   * @param actual the ack
   * @since 0.1
   */
  public AckAssert(Ack actual) {
    this(notNull(actual, "AckAssert", "actual"), null);
  }

  AckAssert(Ack actual, @Nullable FailureContext receiver) {
    super(actual, AckAssert.class);
    this.receiver = receiver;
  }

  /**
   * Verifies that the request was carried out.
   *
   * <pre>{@code
   * assertThat(alice).receivesAck(1).isSuccessful();     // passes
   * assertThat(mallory).receivesAck(1).isSuccessful();   // fails, and says Forbidden
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it was not
   * @since 0.1
   */
  public AckAssert isSuccessful() {
    if (!actual.isSuccessful()) {
      throw differs("expected an ack with", "success");
    }
    return this;
  }

  /**
   * Verifies that the request failed with this error.
   *
   * <pre>{@code
   * assertThat(mallory).receivesAck(1).failedWith("Forbidden");   // passes
   * assertThat(mallory).receivesAck(2).failedWith("Duplicate");   // fails, and says Forbidden
   * }</pre>
   *
   * @param errorName the service's name of the error
   * @return this assertion object
   * @throws AssertionError if it was carried out, or failed with another error
   * @since 0.1
   */
  public AckAssert failedWith(String errorName) {
    notNull(errorName, "failedWith", "errorName");
    if (!actual.errorName().equals(Optional.of(errorName))) {
      throw differs("expected an ack with error", FailureText.content(errorName));
    }
    return this;
  }

  /**
   * Verifies the service's description of the error.
   *
   * <pre>{@code
   * assertThat(mallory).receivesAck(1)
   *     .hasErrorMessage("The client does not have permission to join group 'vip'.");   // passes
   * assertThat(mallory).receivesAck(2).hasErrorMessage("");                             // fails
   * }</pre>
   *
   * @param message the whole description
   * @return this assertion object
   * @throws AssertionError if it differs, or the request was carried out
   * @since 0.1
   */
  public AckAssert hasErrorMessage(String message) {
    notNull(message, "hasErrorMessage", "message");
    if (!actual.errorMessage().equals(Optional.of(message))) {
      throw differs("expected an ack with message", FailureText.quote(message));
    }
    return this;
  }

  private AssertionError differs(String headline, String expected) {
    FailureText text =
        FailureText.differs(
            receiver == null ? "ack" : receiver.name(),
            headline,
            expected,
            FailureText.content(actual.toString()));
    String whole = receiver == null ? text.text() : receiver.withState(text).text();
    return failureWithActualExpected(actual.toString(), Secrets.mask(expected), "%s", whole);
  }
}
