package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection ends, and all that follows from it. Each reason gives each answer: when it
 * happens, what the timeline says, what the application is told, and what the socket gets.
 */
public abstract sealed class End {

  /** When a connection ends for a reason that comes from its socket. */
  enum Timing {
    /** Whatever the connection is waiting for. */
    AT_ONCE,
    /** When all that the client asked for before has been done (event-handlers 7.1). */
    IN_TURN,
    /**
     * In turn, too, unless it is reliable: then it does not end but can be recovered. Without a
     * subprotocol at once.
     */
    UNLESS_RECOVERABLE
  }

  /** What {@code disconnected} says where the sheet knows nothing better (event-handlers 6). */
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

  /** What the timeline says. */
  String note() {
    return note;
  }

  /** The reason in {@code disconnected}; null if the application is told nothing. */
  @Nullable String disconnectedReason() {
    return disconnectedReason;
  }

  /** Does to the socket that serves the connection what is left to be done. */
  abstract void closeSocket(Receiver socket);

  private static String orEnded(String reason) {
    return reason.isEmpty() ? ENDED : reason;
  }

  /**
   * The service closes it, for what its client did or for a failure (client-protocols I.3). It
   * waits its turn: no message goes before the close frame.
   */
  public static final class Failed extends End {

    static final int POLICY_VIOLATION = 1008;
    static final int INTERNAL_ERROR = 1011;

    private final int code;
    private final String reason;

    /**
     * A close with this code and reason.
     *
     * @param reason perhaps empty
     * @param detail what happened, for the timeline
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

  /** The client has closed it for good. It is answered in its turn, with its own reason. */
  public static final class ClosedByClient extends End {

    private final String reason;

    /**
     * A close frame of the client.
     *
     * @param reason the client's, perhaps empty
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

  /** The application has closed it (rest-api 8.4). */
  static final class ClosedByServer extends End {

    /**
     * A close by REST.
     *
     * @param text what the client is told, too
     */
    ClosedByServer(String text) {
      super(Timing.AT_ONCE, "closed by REST: " + text, text);
    }

    @Override
    void closeSocket(Receiver socket) {
      socket.close(NORMAL, "");
    }
  }

  /** Its client has left too much unacknowledged (client-protocols F.2, D11). */
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

  /** No other socket has come in time (client-protocols F.3). */
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

    /** A loss that the timeline describes like this. */
    public SocketLost(String note) {
      super(Timing.UNLESS_RECOVERABLE, note, ENDED);
    }

    @Override
    void closeSocket(Receiver socket) {} // it is gone
  }

  /** The service has closed the socket already. */
  public static final class SocketClosed extends End {

    /** A close that the timeline describes like this. */
    public SocketClosed(String note) {
      super(Timing.AT_ONCE, note, ENDED);
    }

    @Override
    void closeSocket(Receiver socket) {} // done already
  }

  /** The whole service stops: no application is told (event-handlers 6). */
  public static final class Stopped extends End {

    /** A stop that the timeline describes like this. */
    public Stopped(String note) {
      super(Timing.AT_ONCE, note, null);
    }

    @Override
    void closeSocket(Receiver socket) {} // done already
  }
}
