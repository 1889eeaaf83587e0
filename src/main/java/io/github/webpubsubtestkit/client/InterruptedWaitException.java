package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.UserFrames;

/**
 * Thrown if a thread is interrupted while it waits in an assertion or another method of the kit,
 * for example by JUnit's {@code @Timeout}. The message states what was awaited, for how long, and
 * what had been received instead. The thread's interrupt flag is set again.
 *
 * <pre>{@code
 * @Test
 * @Timeout(2)
 * void test(@Connected PubSubClient alice) {
 *   assertThat(alice).receivesText("hi"); // interrupted after 2 s: expected text "hi" within 5 s …
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class InterruptedWaitException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception, as the kit does.
   *
   * @param message what was awaited and what had come
   * @since 0.1
   */
  public InterruptedWaitException(String message) {
    super(notNull(message, "InterruptedWaitException", "message"));
    UserFrames.trim(this);
  }
}
