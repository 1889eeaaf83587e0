package io.github.webpubsubtestkit.internal.transport;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One open WebSocket, either side. All methods may be called from any thread and never block. */
public interface WebSocketConnection {

  /**
   * Queues a message, as one unfragmented frame unless {@link TransportLimits#maxFrameBytes()} says
   * otherwise. On the loop thread it is written, together with everything else for this connection,
   * at the end of the loop's turn; on another thread it is written at once as far as the socket
   * takes it. What is queued when the limits of {@link TransportLimits} are passed aborts the
   * connection ({@link EndCause#OVERFLOW}) or closes it, as they say. Without effect once closing
   * has begun.
   */
  void send(Frame frame);

  /**
   * Sends a ping; the answer arrives at {@link WebSocketHandler#onPong}. False, and without effect,
   * once closing has begun.
   */
  boolean ping(byte[] payload);

  /**
   * Starts the close handshake: everything queued goes out, then the close frame; the connection
   * ends when the peer's close frame has come, when the peer closes TCP, or after {@link
   * TransportLimits#closeTimeout()} by an abort. As an answer to the peer's close frame it ends as
   * soon as the frame is flushed. A second call has no effect. Messages that the peer sent before
   * its close frame are still handed over, and paused reading goes on, because the peer's answer
   * has to be seen.
   *
   * @param code the status code; 1005 sends a close frame without a code
   * @param reason at most 123 bytes of UTF-8
   */
  void close(int code, String reason);

  /**
   * Called in {@link WebSocketHandler#onPeerClose}: the peer's close frame stays without an answer
   * until {@link #close} or {@link #abort}, so that what the peer asked for before is still
   * answered. Without effect at any other time.
   */
  void deferClose();

  /**
   * Ends the connection at once with a TCP reset and without a close frame; unsent messages are
   * lost.
   */
  void abort();

  /**
   * Stops reading from the socket (frames already read are still handed over) until {@link
   * #resumeReading()}.
   */
  void pauseReading();

  /** Goes on reading after {@link #pauseReading()}. */
  void resumeReading();

  /**
   * Lets more wait than {@link TransportLimits} says, because the owner has a limit of its own for
   * that part.
   *
   * @param frames how many more frames
   * @param bytes how many more bytes
   */
  void allowMoreQueued(int frames, long bytes);

  /** Bytes queued and not yet taken by the socket. */
  long queuedBytes();

  /** The address of this side; null once the connection has ended. */
  @Nullable SocketAddress localAddress();

  /** The address of the other side. */
  SocketAddress remoteAddress();

  /** What to call this connection in a log: its remote address. */
  String peer();
}
