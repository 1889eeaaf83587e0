package io.github.webpubsubtestkit.client;

import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public class ClientAssert extends AbstractAssert<ClientAssert, Client> {
  /** Stub. */
  public ClientAssert(Client actual) {
    super(actual, ClientAssert.class);
  }

  /** Stub. */
  public ClientAssert within(Duration deadline) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesMessage() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesMessageWithin(Duration deadline) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesText(String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesTextContaining(String part) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesTextMatching(String regex) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesJson(Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesBinary(byte[] bytes) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesMessageFromGroup(String group) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesMessageFromServer() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public MessageAssert receivesMessageSatisfying(Consumer<? super ReceivedMessage> requirements) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert receivesExactly(String... texts) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasReceivedText(String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasReceivedJson(Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasReceivedBinary(byte[] bytes) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasReceivedExactlyTexts(String... texts) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasReceivedNoMessage() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasReceivedNoText(String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert receivesNoMessage() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert receivesNoMessageWithin(Duration quiet) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public AckAssert receivesAck(long id) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert receivesPong() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert isConnected() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public CloseAssert isClosed() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public CloseAssert closesWithin(Duration deadline) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasUserId(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ClientAssert hasNoUserId() {
    throw new IllegalStateException("not yet");
  }
}
