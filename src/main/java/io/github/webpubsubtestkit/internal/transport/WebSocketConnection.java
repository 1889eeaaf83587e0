package io.github.webpubsubtestkit.internal.transport;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** One open WebSocket, either side. All methods may be called from any thread and never block. */
public interface WebSocketConnection {

  /**
   * Queues a message, as one unfragmented frame unless it exceeds {@link
   * TransportLimits#maxFrameBytes()}. On the loop thread it is written, together with everything
   * else for this connection, at the end of the loop's turn; on another thread it is written
   * immediately as far as the socket accepts it. Exceeding the limits of {@link TransportLimits}
   * aborts the connection ({@link EndCause#OVERFLOW}) or closes it, as configured there. Has no
   * effect once closing has begun.
   */
  void send(Frame frame);

  /**
   * Sends a ping; the answer arrives at {@link WebSocketHandler#onPong}. Returns false, and has no
   * effect, once closing has begun.
   */
  boolean ping(byte[] payload);

  /**
   * Starts the close handshake: everything queued is sent, then the close frame; the connection
   * ends when the peer's close frame has arrived, when the peer closes TCP, or after {@link
   * TransportLimits#closeTimeout()} by an abort. As an answer to the peer's close frame it ends as
   * soon as the frame is flushed. A second call has no effect. Messages that the peer sent before
   * its close frame are still passed on, and paused reading resumes, because the peer's answer must
   * be read.
   *
   * @param code the status code; 1005 sends a close frame without a code
   * @param reason at most 123 bytes of UTF-8
   */
  void close(int code, String reason);

  /**
   * Called in {@link WebSocketHandler#onPeerClose}: the peer's close frame is not answered until
   * {@link #close} or {@link #abort}, so that earlier requests of the peer are still answered. Has
   * no effect at any other time.
   */
  void deferClose();

  /**
   * Ends the connection immediately with a TCP reset and without a close frame; unsent messages are
   * lost.
   */
  void abort();

  /**
   * Stops reading from the socket (frames already read are still passed on) until {@link
   * #resumeReading()}.
   */
  void pauseReading();

  /** Resumes reading after {@link #pauseReading()}. */
  void resumeReading();

  /**
   * Raises the limits of {@link TransportLimits} for waiting output, because the owner limits that
   * part itself.
   *
   * @param frames the number of additional frames
   * @param bytes the number of additional bytes
   */
  void allowMoreQueued(int frames, long bytes);

  /** What a test can do to the socket of a server. */
  SocketFaults faults();

  /** The number of bytes queued and not yet accepted by the socket. */
  long queuedBytes();

  /** The address of this side; null once the connection has ended. */
  @Nullable SocketAddress localAddress();

  /** The address of the other side. */
  SocketAddress remoteAddress();

  /** The name of this connection in logs: its remote address. */
  String peer();
}
