package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;

/**
 * The service's response to a request with an ack id.
 *
 * @param id the ack id: 64 bits, unsigned
 * @param isSuccessful true if the request was carried out
 * @param errorName the name of the error, for example {@code Forbidden}; empty on success
 * @param errorMessage the service's description of the error; empty on success
 * @param receivedAt the time since the start of the service's timeline
 * @since 0.1
 */
public record Ack(
    long id,
    boolean isSuccessful,
    Optional<String> errorName,
    Optional<String> errorMessage,
    Duration receivedAt)
    implements AssertProvider<AckAssert> {

  /**
   * Makes a value of its parts.
   *
   * @param id see above
   * @param isSuccessful see above
   * @param errorName see above
   * @param errorMessage see above
   * @param receivedAt see above
   */
  public Ack {
    notNull(errorName, "Ack", "errorName");
    notNull(errorMessage, "Ack", "errorMessage");
    notNull(receivedAt, "Ack", "receivedAt");
  }

  /**
   * For AssertJ's {@code assertThat} and {@code then}.
   *
   * @return assertions on this ack
   * @since 0.1
   */
  @Override
  public AckAssert assertThat() {
    return new AckAssert(this);
  }

  Arrival arrival() {
    return new Arrival(
        receivedAt,
        List.of(
            "ack " + Long.toUnsignedString(id),
            isSuccessful ? "success" : FailureText.content(errorName.orElse("error"))),
        errorMessage.map(FailureText::quotedContent).orElse(""),
        List.of(),
        false);
  }

  /**
   * Returns the id and the outcome.
   *
   * @return for example {@code ack 1 success} or {@code ack 1 Forbidden "The client …"}
   */
  @Override
  public String toString() {
    String head = "ack " + Long.toUnsignedString(id);
    return isSuccessful
        ? head + " success"
        : Secrets.mask(
            head
                + " "
                + errorName.orElse("error")
                + errorMessage.map(m -> " \"" + m + "\"").orElse(""));
  }
}
