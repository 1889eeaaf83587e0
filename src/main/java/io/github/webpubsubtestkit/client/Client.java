package io.github.webpubsubtestkit.client;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;

/**
 * A connected test client. Everything it receives is kept until a test asks for it.
 *
 * <p>A client that a test holds is connected and registered: the service knows it and has put it
 * into its groups. It may be used and asserted by several threads at once.
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
   * What this client is called in failure texts and in the timeline.
   *
   * @return the name it was given, else its user id, else {@code client-1}, {@code client-2} …
   * @since 0.1
   */
  public String name() {
    return connection.name();
  }

  /**
   * The user id of this connection.
   *
   * @return for a {@link PubSubClient} what the service told it, for a {@link SimpleClient} what it
   *     was connected with; empty if there is none
   * @since 0.1
   */
  public abstract Optional<String> userId();

  /**
   * The service's name of this connection.
   *
   * @return for a {@link PubSubClient} as it was told in the {@code connected} message, for a
   *     {@link SimpleClient} as the fake knows it
   * @since 0.1
   */
  public abstract String connectionId();

  /**
   * The hub that this client is connected to.
   *
   * @return its name as it was asked for
   * @since 0.1
   */
  public String hub() {
    return connection.context().hub();
  }

  /**
   * Returns whether the connection is open, as far as this client knows.
   *
   * @return false as soon as it is being closed from here or has ended
   * @since 0.1
   */
  public boolean isConnected() {
    return connection.isConnected();
  }

  /**
   * How the connection ended.
   *
   * @return empty while it has not
   * @since 0.1
   */
  public Optional<CloseStatus> closeStatus() {
    return connection.inbox().ending().map(Ending::status);
  }

  /**
   * All messages that have come so far, those that assertions have read included. Takes none.
   *
   * @return an unmodifiable snapshot, in the order of their coming
   * @since 0.1
   */
  public List<ReceivedMessage> messages() {
    return connection.inbox().messages();
  }

  /**
   * Sends a text frame as it is, without looking at it and without waiting. The low road to what
   * the other methods do not offer: see {@link ClientAssert#receivesAck(long)} for its answer.
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
    connection.checkOpen("sendRaw");
    connection.socket().send(true, textFrame.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a binary frame as it is, without waiting.
   *
   * @param binaryFrame the whole frame
   * @throws IllegalStateException if the connection is not open
   * @since 0.1
   */
  public void sendRaw(byte[] binaryFrame) {
    connection.checkOpen("sendRaw");
    connection.socket().send(false, binaryFrame.clone());
  }

  /**
   * Cuts the connection as a broken network would: by a TCP reset, without a close frame. Returns
   * once this side has ended; the service sees it a moment later.
   *
   * <p>A reliable client first acknowledges what it has received, and waits until the service knows
   * it, unless {@link PubSubClient#withholdSequenceAcks()} was called. {@link
   * PubSubClient#recover()} gets its connection back.
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
    socket.awaitEnd(Waiting.deadlineAfter(connection.context().deadline()));
  }

  /**
   * Closes the connection with code 1000 and waits until it has ended, at most 5 seconds, then cuts
   * it. Without effect on a connection that has ended, however it did. Messages can still be
   * asserted.
   *
   * <p>A reliable connection that was cut off lives on in the service, which waits for a recovery.
   * Closing its client recovers it first, so that the service forgets it, too.
   *
   * @throws IllegalStateException in a callback of the fake
   * @since 0.1
   */
  @Override
  public void close() {
    end(1000, "", "close()");
  }

  /**
   * Closes the connection and waits until it has ended, at most 5 seconds, then cuts it. Without
   * effect on a connection that has ended, however it did.
   *
   * @param code the code of the close frame; 1005 sends a frame without a code
   * @param reason at most 123 bytes of UTF-8
   * @throws IllegalArgumentException if no close frame can carry that code or reason
   * @throws IllegalStateException in a callback of the fake
   * @since 0.1
   */
  public void close(int code, String reason) {
    CloseFrames.check(code, requireNonNull(reason, "reason"));
    end(code, reason, "close(" + new CloseStatus(code, reason) + ")");
  }

  /**
   * For AssertJ's {@code assertThat} and {@code then}.
   *
   * @return assertions on this client
   * @since 0.1
   */
  @Override
  public ClientAssert assertThat() {
    return new ClientAssert(this);
  }

  /**
   * Kind and name.
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
    connection.socket().awaitEnd(Waiting.deadlineAfter(connection.context().deadline()));
  }

  /** What else is to be done before the connection is cut; may wait. */
  void beforeDrop() {}

  /** What else is to be done before the connection is closed; may wait. */
  void beforeClose() {}
}
