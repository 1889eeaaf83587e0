package io.github.webpubsubtestkit.client;

import org.assertj.core.api.AbstractAssert;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public class CloseAssert extends AbstractAssert<CloseAssert, CloseStatus> {
  /** Stub. */
  public CloseAssert(CloseStatus actual) {
    super(actual, CloseAssert.class);
  }

  /** Stub. */
  public CloseAssert hasCode(int code) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public CloseAssert hasReason(String reason) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public CloseAssert hasNoReason() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public CloseAssert wasDropped() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public CloseAssert hasDisconnectedMessage(String message) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public CloseAssert hasNoDisconnectedMessage() {
    throw new IllegalStateException("not yet");
  }
}
