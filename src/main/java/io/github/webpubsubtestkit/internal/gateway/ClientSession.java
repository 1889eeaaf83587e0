package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.NewConnection;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.ConnectionEnd;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;
import io.github.webpubsubtestkit.internal.wire.ProtocolViolation;
import java.time.Duration;

/**
 * One client's socket on the service's side: frames to requests, closes by client-protocols I.3.
 */
final class ClientSession implements WebSocketHandler {

  /** Why a client that does not read is closed, if it is not aborted (client-protocols D10). */
  static final String QUEUE_FULL = "The outbound message queue is full.";

  private static final int NORMAL = 1000;
  private static final int NO_STATUS = 1005;
  private static final int TOO_LARGE = 1009;
  private static final int INVALID_DATA = 1007;

  private final WebSocketConnection socket;
  private final Sessions sessions;
  private final Timeline timeline;
  private final Connection connection;

  private ClientSession(
      Hub hub,
      NewConnection details,
      WebSocketConnection socket,
      Sessions sessions,
      Timeline timeline) {
    this.socket = socket;
    this.sessions = sessions;
    this.timeline = timeline;
    this.connection = hub.connect(details, new SocketReceiver(socket));
  }

  /** Registers the connection, so that it exists before its client can see the 101. */
  static ClientSession open(
      Hub hub,
      NewConnection details,
      WebSocketConnection socket,
      Sessions sessions,
      Timeline timeline) {
    ClientSession session = new ClientSession(hub, details, socket, sessions, timeline);
    sessions.add(session);
    return session;
  }

  /** What the timeline calls this connection. */
  String label() {
    return connection.label();
  }

  String connectionId() {
    return connection.id();
  }

  /** False if the socket is being closed. */
  boolean ping(byte[] nonce) {
    return socket.ping(nonce);
  }

  /** Ends a socket whose client leaves a ping unanswered (client-protocols I.3). */
  void unanswered(Duration limit) {
    timeline.record(
        label(), Direction.NOTE, "no answer to a ping within " + limit.toMillis() + " ms");
    socket.abort();
  }

  @Override
  public void onMessage(boolean text, byte[] payload) {
    timeline.record(label(), Direction.IN, "", text, payload);
    try {
      connection.hub().receive(connection, connection.codec().decode(text, payload));
    } catch (ProtocolViolation e) {
      connection.hub().fail(connection, e.closeCode(), e.closeReason(), e.detail());
    }
  }

  @Override
  public void onPong(byte[] payload) {
    sessions.ponged(this, payload);
  }

  /**
   * A normal close, or one without a status, is answered; any other ends the socket without a word.
   */
  @Override
  public void onPeerClose(int code, String reason) {
    connection
        .hub()
        .ended(
            connection,
            "closed by the client"
                + (code == NO_STATUS ? " without a status" : " with " + code)
                + (reason.isEmpty() ? "" : " " + reason));
    if (code == NORMAL || code == NO_STATUS) {
      socket.close(NORMAL, reason);
    } else {
      socket.abort();
    }
  }

  @Override
  public void onViolation(int code, String detail) {
    String reason =
        switch (code) {
          case TOO_LARGE -> "The client message is too large.";
          case INVALID_DATA -> "The client message is not valid UTF-8.";
          default -> "The client frame is invalid.";
        };
    connection.hub().fail(connection, code, reason, detail);
  }

  @Override
  public void onOverflow() {
    connection.hub().ended(connection, "closed with 1008 " + QUEUE_FULL);
  }

  @Override
  public void onEnd(ConnectionEnd end) {
    sessions.remove(this);
    connection.hub().ended(connection, describe(end));
  }

  private static String describe(ConnectionEnd end) {
    return switch (end.cause()) {
      case LOST -> "socket lost: the client ended TCP without a close frame";
      case OVERFLOW -> "socket aborted: the client does not read, its queue is full";
      case CLOSE_TIMEOUT -> "socket aborted: the client did not answer the close frame";
      case STOPPED -> "socket closed: the service was stopped";
      case ABORTED -> "socket aborted";
      case CLOSED -> "socket closed";
    };
  }
}
