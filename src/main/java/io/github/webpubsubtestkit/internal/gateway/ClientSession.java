package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.BufferLimits;
import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.ConnectionLifecycle;
import io.github.webpubsubtestkit.internal.hub.Deviation;
import io.github.webpubsubtestkit.internal.hub.End;
import io.github.webpubsubtestkit.internal.hub.NewConnection;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.ConnectionEnd;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;
import io.github.webpubsubtestkit.internal.wire.ProtocolViolation;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket on the service's side: frames to requests, closes by client-protocols I.3.
 */
final class ClientSession implements WebSocketHandler {

  /**
   * The close reason for a client that does not read, if it is not aborted (client-protocols D10).
   */
  static final String QUEUE_FULL = "The outbound message queue is full.";

  private static final int NORMAL = 1000;
  private static final int NO_STATUS = 1005;
  private static final int TOO_LARGE = 1009;
  private static final int INVALID_DATA = 1007;

  private final WebSocketConnection socket;
  private final SocketReceiver receiver;
  private final ConnectionLifecycle lifecycle;
  private final Connection connection;
  private final SessionContext context;
  private final Timeline timeline;

  /**
   * The context shared by all sessions of a service.
   *
   * @param hubs the limits that the hubs apply themselves
   */
  record SessionContext(Sessions sessions, Timeline timeline, BufferLimits hubs, Options options) {

    /**
     * Creates a receiver; all messages limited by the hub itself may wait for the socket, as after
     * a recovery.
     */
    SocketReceiver receiver(WebSocketConnection socket, Subprotocol protocol) {
      if (protocol.reliable()) {
        socket.allowMoreQueued(hubs.maxWaitingFrames(), hubs.maxWaitingBytes());
      }
      return new SocketReceiver(socket, protocol, sessions.faults());
    }
  }

  private ClientSession(
      WebSocketConnection socket,
      SocketReceiver receiver,
      ConnectionLifecycle lifecycle,
      Connection connection,
      SessionContext context) {
    this.socket = socket;
    this.receiver = receiver;
    this.lifecycle = lifecycle;
    this.connection = connection;
    this.context = context;
    this.timeline = context.timeline();
    context.sessions().add(this);
  }

  /** Registers the connection, so that it exists before its client can see the 101. */
  static ClientSession open(
      ConnectionLifecycle lifecycle,
      NewConnection details,
      WebSocketConnection socket,
      SessionContext context,
      Deviation how) {
    SocketReceiver receiver = context.receiver(socket, details.protocol());
    return new ClientSession(
        socket, receiver, lifecycle, lifecycle.connect(details, receiver, how), context);
  }

  /** Attaches this socket to a connection; null if it has ended meanwhile. */
  static @Nullable ClientSession recover(
      ConnectionLifecycle lifecycle,
      Connection connection,
      WebSocketConnection socket,
      SessionContext context,
      Deviation how) {
    SocketReceiver receiver = context.receiver(socket, connection.protocol());
    return lifecycle.recover(connection, receiver, how)
        ? new ClientSession(socket, receiver, lifecycle, connection, context)
        : null;
  }

  /** The address from which the client has connected. */
  SocketAddress clientAddress() {
    return socket.remoteAddress();
  }

  /** The label of this connection in the timeline. */
  String label() {
    return connection.label();
  }

  String connectionId() {
    return connection.id();
  }

  /** Sends a ping; returns false if the socket is closing. */
  boolean ping(byte[] nonce) {
    return socket.ping(nonce);
  }

  /** Returns whether a ping that is due is lost by a fault. */
  boolean losesPing() {
    return lifecycle.losesPing(connection);
  }

  /** Returns whether the client may answer, as no fault keeps it from that. */
  boolean mayAnswer() {
    return receiver.mayAnswer();
  }

  /** Returns whether a fault holds back what is sent or read here, for longer than a time. */
  boolean isHeldBack(Duration time) {
    return receiver.isHeldBack(time);
  }

  /** Ends what faults do to the socket. */
  void release() {
    receiver.release();
  }

  /** Ends a socket whose client leaves a ping unanswered (client-protocols I.3). */
  void unanswered(Duration limit) {
    timeline.note(connection.party(), "no answer to a ping within " + limit.toMillis() + " ms");
    socket.abort();
  }

  @Override
  public void onMessage(boolean text, byte[] payload) {
    timeline.frame(connection.party(), Direction.IN, text, payload);
    try {
      lifecycle.receive(connection, receiver, connection.codec().decode(text, payload));
    } catch (ProtocolViolation e) {
      context.sessions().violated(this, e.closeCode(), e.detail());
      end(new End.Failed(e.closeCode(), e.closeReason(), e.detail()));
    }
  }

  @Override
  public void onPong(byte[] payload) {
    boolean ofKeepAlive = payload.length == 0;
    context.sessions().ponged(this, payload, ofKeepAlive && lifecycle.losesPong(connection));
  }

  /**
   * Handles a close: a normal one, or one without a status, ends the connection after all earlier
   * requests of the client, and is answered then; any other ends the socket without an answer, and
   * a reliable connection can be recovered (client-protocols F.3).
   */
  @Override
  public void onPeerClose(int code, String reason) {
    String how =
        "closed by the client"
            + (code == NO_STATUS ? " without a status" : " with " + code)
            + (reason.isEmpty() ? "" : " " + reason);
    if (code == NORMAL || (code == NO_STATUS && !keepsWithoutStatus())) {
      socket.deferClose();
      end(new End.ClosedByClient(how, reason));
    } else {
      end(new End.SocketLost(how));
      socket.abort();
    }
  }

  private boolean keepsWithoutStatus() {
    return connection.protocol().reliable()
        && context.options().isOn(Option.KEEP_ON_CLOSE_WITHOUT_STATUS);
  }

  @Override
  public void onViolation(int code, String detail) {
    String reason =
        switch (code) {
          case TOO_LARGE -> "The client message is too large.";
          case INVALID_DATA -> "The client message is not valid UTF-8.";
          default -> "The client frame is invalid.";
        };
    context.sessions().violated(this, code, detail);
    end(new End.Failed(code, reason, detail));
  }

  @Override
  public void onInternalError(String failure) {
    timeline.note(connection.party(), "an error inside the fake, so closed with 1011: " + failure);
  }

  @Override
  public void onOverflow() {
    end(new End.SocketClosed("closed with 1008 " + QUEUE_FULL));
  }

  @Override
  public void onEnd(ConnectionEnd end) {
    try {
      receiver.ended();
      String how = describe(end);
      end(
          switch (end.cause()) {
            case LOST, ABORTED, OVERFLOW, FAILED -> new End.SocketLost(how);
            case CLOSED, CLOSE_TIMEOUT -> new End.SocketClosed(how);
            case STOPPED -> new End.Stopped(how);
          });
    } finally { // last: whoever waits for this session sees then what its end has done
      context.sessions().remove(this);
    }
  }

  private void end(End end) {
    lifecycle.end(connection, receiver, end);
  }

  private String describe(ConnectionEnd end) {
    return switch (end.cause()) {
      case LOST ->
          receiver.isCutOff()
              ? "socket cut off by a fault"
              : "socket lost: the client ended TCP without a close frame";
      case FAILED -> "socket aborted: an error inside the fake: " + end.reason();
      case OVERFLOW -> "socket aborted: the client does not read, its queue is full";
      case CLOSE_TIMEOUT -> "socket aborted: the client did not answer the close frame";
      case STOPPED -> "socket closed: the service was stopped";
      case ABORTED -> "socket aborted";
      case CLOSED -> "socket closed";
    };
  }
}
