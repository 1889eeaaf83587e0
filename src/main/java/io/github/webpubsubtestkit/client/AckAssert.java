package io.github.webpubsubtestkit.client;

import org.assertj.core.api.AbstractAssert;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public class AckAssert extends AbstractAssert<AckAssert, Ack> {
  /** Stub. */
  public AckAssert(Ack actual) {
    super(actual, AckAssert.class);
  }

  /** Stub. */
  public AckAssert isSuccessful() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public AckAssert failedWith(String errorName) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public AckAssert hasErrorMessage(String message) {
    throw new IllegalStateException("not yet");
  }
}
