package io.github.webpubsubtestkit.client;

import java.util.Optional;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class PubSubClient extends Client {
  /** Stub. */
  public String connectionId() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Protocol protocol() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public Optional<String> disconnectedMessage() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void joinGroup(String group) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void leaveGroup(String group) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendToGroup(String group, String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendToGroup(String group, String text, SendOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendJsonToGroup(String group, Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendJsonToGroup(String group, Object json, SendOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendBinaryToGroup(String group, byte[] bytes) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendBinaryToGroup(String group, byte[] bytes, SendOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendEvent(String event, String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendEvent(String event, String text, SendOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendJsonEvent(String event, Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendJsonEvent(String event, Object json, SendOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendBinaryEvent(String event, byte[] bytes) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void sendBinaryEvent(String event, byte[] bytes, SendOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void ping() {
    throw new IllegalStateException("not yet");
  }
}
