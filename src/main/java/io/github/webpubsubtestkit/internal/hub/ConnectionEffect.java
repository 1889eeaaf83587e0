package io.github.webpubsubtestkit.internal.hub;

/**
 * What becomes of a connection for no reason of its own.
 *
 * @param number a close code or bytes per second; 0 for the others
 * @param text a reason; empty for the others
 */
public record ConnectionEffect(Kind kind, int number, String text) {

  /** The effects. */
  public enum Kind {
    /** Its socket is reset. */
    RESET,
    /** Nothing arrives any more either way, and nobody is told. */
    SILENCE,
    /** It is closed. */
    CLOSE,
    /** It is told so, and closed. */
    DISCONNECT,
    /** It is sent little at a time. */
    LIMIT,
    /** It is not read any more. */
    STOP_READING
  }

  private static final int GOING_AWAY = 1001;

  public static final ConnectionEffect RESET = new ConnectionEffect(Kind.RESET, 0, "");
  public static final ConnectionEffect SILENCE = new ConnectionEffect(Kind.SILENCE, 0, "");
  public static final ConnectionEffect STOP_READING =
      new ConnectionEffect(Kind.STOP_READING, 0, "");

  /** A close frame with this code and reason. */
  public static ConnectionEffect close(int code, String reason) {
    return new ConnectionEffect(Kind.CLOSE, code, reason);
  }

  /** {@code disconnected} with this reason, and a close frame. */
  public static ConnectionEffect disconnect(String reason) {
    return new ConnectionEffect(Kind.DISCONNECT, GOING_AWAY, reason);
  }

  /** At most as many bytes per second. */
  public static ConnectionEffect limit(int bytesPerSecond) {
    return new ConnectionEffect(Kind.LIMIT, bytesPerSecond, "");
  }

  /** Returns whether nothing that the service sends over the socket reaches the client any more. */
  public boolean leavesUnreachable() {
    return kind == Kind.SILENCE || isEnd();
  }

  /** Returns whether the socket does not serve its connection afterwards. */
  public boolean isEnd() {
    return switch (kind) {
      case RESET, CLOSE, DISCONNECT -> true;
      case SILENCE, LIMIT, STOP_READING -> false;
    };
  }

  /** Returns whether a reliable connection can be recovered afterwards (client-protocols I.3). */
  boolean leavesRecoverable() {
    return switch (number) {
      case 1000, 1002, 1003, 1007, 1008, 1009, 1011 -> false;
      default -> true;
    };
  }
}
