package io.github.webpubsubtestkit.internal.expect;

/**
 * Thrown if a wait ended because its thread was interrupted; the thread's interrupt flag is set
 * again.
 */
public final class InterruptedWaitException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  InterruptedWaitException(InterruptedException cause) {
    super("interrupted while waiting", cause);
  }
}
