package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.bridge.CurrentCallback;
import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * A connected test client. Everything it receives is kept for assertions.
 *
 * <p>A client in a test is connected and registered: the service knows it and has put it into its
 * groups. It is thread-safe, as are its assertions.
 *
 * <pre>{@code
 * assertThat(alice).receivesText("hi").isFromGroup("room");
 * }</pre>
 *
 * @since 0.1
 */
public abstract sealed class Client implements AutoCloseable, AssertProvider<ClientAssert>
    permits SimpleClient, PubSubClient {

  final ClientConnection connection;

  Client(ClientConnection connection) {
    this.connection = connection;
  }

  /**
   * Returns the name of this client in failure texts and in the timeline.
   *
   * @return the given name, else the user id, else {@code client-1}, {@code client-2} …
   * @since 0.1
   */
  public String name() {
    return connection.name();
  }

  /**
   * Returns the user id of this connection.
   *
   * @return the user id: for a {@link PubSubClient} as sent by the service, for a {@link
   *     SimpleClient} as given when connecting; empty if there is none
   * @since 0.1
   */
  public abstract Optional<String> userId();

  /**
   * Returns the service's id of this connection.
   *
   * @return the id: for a {@link PubSubClient} as sent in the {@code connected} message, for a
   *     {@link SimpleClient} as known to the fake
   * @since 0.1
   */
  public abstract String connectionId();

  /**
   * Returns the hub that this client is connected to.
   *
   * @return its name, as given when connecting
   * @since 0.1
   */
  public String hub() {
    return connection.context().hub();
  }

  /**
   * Waits for the next message and takes it, as {@link ClientAssert#receivesMessage()} does, for
   * tests that need the message itself.
   *
   * <pre>{@code
   * String ticket = alice.awaitMessage().text();   // passes
   * alice.awaitMessage();                          // fails after 5 s, as no second one comes
   * }</pre>
   *
   * @return the message
   * @throws AssertionError if none arrives within the default time, 5 seconds unless configured
   * @since 0.1
   */
  public ReceivedMessage awaitMessage() {
    return UserFrames.beginning(() -> new ClientAssert(this).take("awaitMessage", 1)).get(0);
  }

  /**
   * Waits for the next messages and takes them, as {@link ClientAssert#receivesMessages} does.
   *
   * <pre>{@code
   * List<ReceivedMessage> bids = alice.awaitMessages(3);   // passes
   * alice.awaitMessages(3);                                // fails after 5 s, says how many came
   * }</pre>
   *
   * @param number how many, at least 1
   * @return the messages in their order
   * @throws AssertionError if fewer arrive within the default time, 5 seconds unless configured
   * @throws IllegalArgumentException if the number is less than 1
   * @since 0.1
   */
  public List<ReceivedMessage> awaitMessages(int number) {
    return UserFrames.beginning(
        () -> List.copyOf(new ClientAssert(this).take("awaitMessages", number)));
  }

  /**
   * Returns whether the connection is open, as far as this client knows.
   *
   * @return false as soon as this side has begun to close it, or it has ended
   * @since 0.1
   */
  public boolean isConnected() {
    return connection.isConnected();
  }

  /**
   * Returns how the connection ended.
   *
   * @return the status; empty while the connection is open
   * @since 0.1
   */
  public Optional<CloseStatus> closeStatus() {
    return connection.inbox().ending().map(Ending::status);
  }

  /**
   * Returns all messages received so far, including those read by assertions. Does not take any.
   *
   * @return an unmodifiable snapshot, in order of arrival
   * @since 0.1
   */
  public List<ReceivedMessage> messages() {
    return connection.inbox().messages();
  }

  /**
   * Sends a text frame unchanged, without validation and without waiting. It covers cases the other
   * methods do not offer; see {@link ClientAssert#receivesAck(long)} for the response.
   *
   * <pre>{@code
   * alice.sendRaw("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":1}");
   * assertThat(alice).receivesAck(1).isSuccessful();
   * }</pre>
   *
   * @param textFrame the whole frame
   * @throws IllegalStateException if the connection is not open
   * @since 0.1
   */
  public void sendRaw(String textFrame) {
    notNull(textFrame, "sendRaw", "textFrame");
    connection.checkOpen("sendRaw");
    connection.socket().send(true, textFrame.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a binary frame unchanged, without waiting.
   *
   * @param binaryFrame the whole frame
   * @throws IllegalStateException if the connection is not open
   * @since 0.1
   */
  public void sendRaw(byte[] binaryFrame) {
    notNull(binaryFrame, "sendRaw", "binaryFrame");
    connection.checkOpen("sendRaw");
    connection.socket().send(false, binaryFrame.clone());
  }

  /**
   * Drops the connection like a broken network: by a TCP reset, without a close frame. Returns once
   * this side has ended; the service notices it a moment later.
   *
   * <p>A reliable client first acknowledges all received messages, and waits until the service has
   * read that, unless {@link PubSubClient#withholdSequenceAcks()} was called. {@link
   * PubSubClient#recover()} recovers its connection.
   *
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void dropConnection() {
    connection.socket().checkMayWait("dropConnection");
    connection.checkOpen("dropConnection");
    beforeDrop();
    ClientSocket socket = connection.socket();
    socket.drop("dropConnection()");
    socket.awaitEnd(connection.context().times().usual().deadlineNanos(), () -> null);
  }

  /**
   * Closes the connection with code 1000 and waits for its end, at most for the timeout of the
   * service, by default 5 seconds; then drops it. Has no effect if the connection has already
   * ended. Messages can still be asserted.
   *
   * <p>A dropped reliable connection lives on in the service, which waits for a recovery. Closing
   * its client recovers it first, so that the service discards it, too.
   *
   * @throws IllegalStateException in a callback of the fake
   * @since 0.1
   */
  @Override
  public void close() {
    end(1000, "", "close()");
  }

  /**
   * Closes the connection and waits for its end, at most for the timeout of the service, by default
   * 5 seconds; then drops it. Has no effect if the connection has already ended.
   *
   * @param code the code of the close frame; 1005 sends a frame without a code
   * @param reason at most 123 bytes of UTF-8
   * @throws IllegalArgumentException if the code or reason is invalid in a close frame
   * @throws IllegalStateException in a callback of the fake
   * @since 0.1
   */
  public void close(int code, String reason) {
    notNull(reason, "close", "reason");
    CloseFrames.check(code, reason);
    end(code, reason, "close(" + new CloseStatus(code, reason) + ")");
  }

  /**
   * Supports {@code assertThat} and {@code then} of AssertJ.
   *
   * @return assertions on this client
   * @since 0.1
   */
  @Override
  public ClientAssert assertThat() {
    return new ClientAssert(this);
  }

  /**
   * Returns the kind and name.
   *
   * @return for example {@code PubSubClient alice}
   */
  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + Secrets.mask(name());
  }

  private void end(int code, String reason, String by) {
    connection.socket().checkMayWait("close");
    beforeClose();
    connection.beginClose(code, reason, by);
    awaitEnd(connection.context().times().usual().deadlineNanos());
  }

  /**
   * Waits until the service has closed the connection. In a callback for an event of this client it
   * does so afterwards, and not at all while the test has an event hang.
   */
  void awaitEnd(long deadlineNanos) {
    Optional<String> id = connection.connectionId();
    if (id.isPresent() && CurrentCallback.isFor(id.get())) {
      return;
    }
    connection.socket().awaitEnd(deadlineNanos, () -> obstacle(id));
  }

  /** Why the service cannot answer a close frame for now; null if it can. */
  private @Nullable String obstacle(Optional<String> connectionId) {
    Barrier barrier = connection.context().barrier();
    if (barrier == null) {
      return null;
    }
    if (connectionId.filter(barrier::isHanging).isPresent()) {
      return "an event hangs";
    }
    SocketAddress address = connection.socket().localAddress();
    return address != null && barrier.isHeldBack(address)
        ? "a fault holds the connection back"
        : null;
  }

  /** Called before the connection is dropped; may wait. */
  void beforeDrop() {}

  /** Called before the connection is closed; may wait. */
  void beforeClose() {}
}
