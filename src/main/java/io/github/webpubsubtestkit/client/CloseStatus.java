package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import org.assertj.core.api.AssertProvider;

/**
 * The end of a connection, as seen by the client.
 *
 * @param code the code in the service's close frame; 1005 if the frame had none, 1006 without a
 *     close frame
 * @param reason the reason in the service's close frame; empty if there was none
 * @since 0.1
 */
public record CloseStatus(int code, String reason) implements AssertProvider<CloseAssert> {

  /**
   * Makes a value of its parts.
   *
   * @param code see above
   * @param reason see above
   */
  public CloseStatus {
    notNull(reason, "CloseStatus", "reason");
  }

  /**
   * For AssertJ's {@code assertThat} and {@code then}.
   *
   * @return assertions on this status
   * @since 0.1
   */
  @Override
  public CloseAssert assertThat() {
    return new CloseAssert(this);
  }

  /**
   * Returns the code and reason.
   *
   * @return for example {@code 1000 "bye"} or {@code 1006}
   */
  @Override
  public String toString() {
    return reason.isEmpty() ? String.valueOf(code) : code + " \"" + Secrets.mask(reason) + "\"";
  }
}
