package io.github.webpubsubtestkit.client;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class SimpleClient extends Client {
  /** Stub. */
  public void sendText(String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendJson(Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendBinary(byte[] bytes) {
    throw new IllegalStateException("not yet");
  }
}
