package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * The reason for the end of a connection, and its consequences. Each reason determines the time,
 * the text in the timeline, the event for the application, and the effect on the socket.
 */
public abstract sealed class End {

  /** The time of an end whose reason comes from the socket. */
  enum Timing {
    /** Immediately, even if requests are waiting. */
    AT_ONCE,
    /** After all earlier requests of the client (event-handlers 7.1). */
    IN_TURN,
    /**
     * In turn, too, unless it is reliable: then it does not end but can be recovered. Without a
     * subprotocol at once.
     */
    UNLESS_RECOVERABLE
  }

  /** The default reason in {@code disconnected} (event-handlers 6). */
  static final String ENDED = "The connection ended.";

  private static final int NORMAL = 1000;

  private final Timing timing;
  private final String note;
  private final @Nullable String disconnectedReason;

  private End(Timing timing, String note, @Nullable String disconnectedReason) {
    this.timing = timing;
    this.note = note;
    this.disconnectedReason = disconnectedReason;
  }

  Timing timing() {
    return timing;
  }

  /** The text in the timeline. */
  String note() {
    return note;
  }

  /** The reason in {@code disconnected}; null if the application gets no event. */
  @Nullable String disconnectedReason() {
    return disconnectedReason;
  }

  /** Closes the socket that serves the connection, if that remains to be done. */
  abstract void closeSocket(Receiver socket);

  private static String orEnded(String reason) {
    return reason.isEmpty() ? ENDED : reason;
  }

  /**
   * A close by the service, because of its client's behaviour or a failure (client-protocols I.3).
   * It waits its turn, so that no message is lost before the close frame.
   */
  public static final class Failed extends End {

    static final int POLICY_VIOLATION = 1008;
    static final int INTERNAL_ERROR = 1011;

    private final int code;
    private final String reason;

    /**
     * A close with this code and reason.
     *
     * @param reason the reason; may be empty
     * @param detail the cause, for the timeline
     */
    public Failed(int code, String reason, String detail) {
      super(
          Timing.IN_TURN,
          "closed with " + code + " " + reason + " (" + detail + ")",
          orEnded(reason));
      this.code = code;
      this.reason = reason;
    }

    @Override
    void closeSocket(Receiver socket) {
      socket.close(code, reason);
    }
  }

  /** A permanent close by the client, which is answered in its turn, with the client's reason. */
  public static final class ClosedByClient extends End {

    private final String reason;

    /**
     * A close frame of the client.
     *
     * @param reason the client's reason; may be empty
     */
    public ClosedByClient(String note, String reason) {
      super(Timing.IN_TURN, note, orEnded(reason));
      this.reason = reason;
    }

    @Override
    void closeSocket(Receiver socket) {
      socket.close(NORMAL, reason);
    }
  }

  /** A close by the application (rest-api 8.4). */
  static final class ClosedByServer extends End {

    /**
     * A close by REST.
     *
     * @param text the reason, also sent to the client
     */
    ClosedByServer(String text) {
      super(Timing.AT_ONCE, "closed by REST: " + text, text);
    }

    @Override
    void closeSocket(Receiver socket) {
      socket.close(NORMAL, "");
    }
  }

  /** An overflow: its client has left too much unacknowledged (client-protocols F.2, D11). */
  static final class Overflowed extends End {

    private final boolean withCloseFrame;

    Overflowed(boolean withCloseFrame) {
      super(Timing.AT_ONCE, "ended: the buffer of unacknowledged messages is full", ENDED);
      this.withCloseFrame = withCloseFrame;
    }

    @Override
    void closeSocket(Receiver socket) {
      if (withCloseFrame) {
        socket.close(Failed.POLICY_VIOLATION, "The reliable message buffer is full.");
      } else {
        socket.abort();
      }
    }
  }

  /** An expired recovery window: no other socket has come in time (client-protocols F.3). */
  static final class RecoveryExpired extends End {

    private static final String TEXT = "The connection recovery timeout expired.";

    RecoveryExpired() {
      super(Timing.AT_ONCE, "ended: " + TEXT, TEXT);
    }

    @Override
    void closeSocket(Receiver socket) {} // it has none
  }

  /**
   * The socket is gone though nobody has closed the connection (client-protocols F.3). What a
   * client on a subprotocol sent before is still carried out.
   */
  public static final class SocketLost extends End {

    /** A loss with this text in the timeline. */
    public SocketLost(String note) {
      super(Timing.UNLESS_RECOVERABLE, note, ENDED);
    }

    @Override
    void closeSocket(Receiver socket) {} // it is gone
  }

  /** A close of the socket that the service has already done. */
  public static final class SocketClosed extends End {

    /** A close with this text in the timeline. */
    public SocketClosed(String note) {
      super(Timing.AT_ONCE, note, ENDED);
    }

    @Override
    void closeSocket(Receiver socket) {} // done already
  }

  /** A reset of the whole service: the application gets no event, as for a stop. */
  static final class ServiceReset extends End {

    ServiceReset() {
      super(Timing.AT_ONCE, "closed with 1001: the service was reset", null);
    }

    @Override
    void closeSocket(Receiver socket) {
      socket.close(1001, "The service was reset.");
    }
  }

  /** A stop of the whole service: the application gets no event (event-handlers 6). */
  public static final class Stopped extends End {

    /** A stop with this text in the timeline. */
    public Stopped(String note) {
      super(Timing.AT_ONCE, note, null);
    }

    @Override
    void closeSocket(Receiver socket) {} // done already
  }
}
