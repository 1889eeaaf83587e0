package io.github.webpubsubtestkit.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ReceivedMessage implements AssertProvider<MessageAssert> {
  ReceivedMessage() {}

  /** Stub. */
  public boolean isFromServer() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Optional<String> group() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Optional<String> fromUserId() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public DataType dataType() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public String text() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public String json() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public byte[] binary() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Map<String, String> metadata() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Duration receivedAt() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  @Override
  public MessageAssert assertThat() {
    throw new IllegalStateException("not yet");
  }
}
