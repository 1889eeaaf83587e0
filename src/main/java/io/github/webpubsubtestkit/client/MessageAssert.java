package io.github.webpubsubtestkit.client;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractStringAssert;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public class MessageAssert extends AbstractAssert<MessageAssert, ReceivedMessage> {
  /** Stub. */
  public MessageAssert(ReceivedMessage actual) {
    super(actual, MessageAssert.class);
  }

  /** Stub. */
  public MessageAssert isFromGroup(String group) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert isFromServer() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert isFromUser(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert hasNoSender() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert hasText(String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert hasJson(Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert hasBinary(byte[] bytes) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert hasDataType(DataType dataType) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert hasMetadata(String key, String value) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert hasNoMetadata() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public AbstractStringAssert<?> extractingText() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public AbstractStringAssert<?> extractingJson() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public AbstractByteArrayAssert<?> extractingBinary() {
    throw new IllegalStateException("not yet");
  }
}
