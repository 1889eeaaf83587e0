package io.github.webpubsubtestkit.client;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public abstract sealed class Client implements AutoCloseable, AssertProvider<ClientAssert>
    permits SimpleClient, PubSubClient {
  Client() {}

  /** Stub. */
  public String name() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Optional<String> userId() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public String hub() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public boolean isConnected() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Optional<CloseStatus> closeStatus() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public List<ReceivedMessage> messages() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendRaw(String textFrame) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendRaw(byte[] binaryFrame) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void dropConnection() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  @Override
  public void close() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void close(int code, String reason) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  @Override
  public ClientAssert assertThat() {
    throw new IllegalStateException("not yet");
  }
}
