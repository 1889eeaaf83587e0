package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How the connections of one hub come, are served, lose their sockets, get others, and end
 * (client-protocols F, I.3).
 */
public final class ConnectionLifecycle {

  /** What {@code disconnected} says where the sheet knows nothing better (event-handlers 6). */
  public static final String ENDED = "The connection ended.";

  private static final String RECOVERY_OVER = "The connection recovery timeout expired.";
  private static final int POLICY_VIOLATION = 1008;
  private static final int INTERNAL_ERROR = 1011;

  private final Hub hub;
  private final Hubs hubs;
  private final Object lock;
  private final Roster roster; // guarded by lock
  private final Timeline timeline;
  private final Recoveries recoveries;
  private final RequestProcessor requests;

  ConnectionLifecycle(
      Hub hub,
      Hubs hubs,
      Object lock,
      Roster roster,
      Timeline timeline,
      Recoveries recoveries,
      RequestProcessor requests) {
    this.hub = hub;
    this.hubs = hubs;
    this.lock = lock;
    this.roster = roster;
    this.timeline = timeline;
    this.recoveries = recoveries;
    this.requests = requests;
  }

  /**
   * Registers a connection, lets it join its groups and queues {@code connected}, all before
   * anything else can reach it (client-protocols J "membership from token").
   */
  public Connection connect(NewConnection details, Receiver receiver) {
    int number = hubs.nextConnectionNumber();
    String user = details.userId();
    String label = (user == null || user.isEmpty() ? "anonymous" : user) + "#" + number;
    Connection connection =
        new Connection(hub, details, receiver, recoveries.bufferFor(details), label);
    Connected connected = connected(connection);
    synchronized (lock) {
      roster.add(connection);
      details.groups().forEach(group -> roster.join(connection, group));
      timeline.record(label, Direction.NOTE, describe(connection));
      hub.deliver(connection, connected);
      details
          .events()
          .registered(label, details.userId(), details.subprotocol(), details.protocol());
    }
    return connection;
  }

  private Connected connected(Connection connection) {
    String token =
        connection.unacknowledged() == null ? null : hubs.reconnectionToken(connection.id());
    return new Connected(connection.id(), connection.userId(), token);
  }

  private String describe(Connection connection) {
    String protocol = connection.protocol().wireName();
    return "connected to hub "
        + hub.name()
        + ", "
        + (protocol.isEmpty() ? "no subprotocol" : protocol)
        + ", connection "
        + connection.id()
        + (connection.groups().isEmpty() ? "" : ", groups " + connection.groups());
  }

  /** An id for a new connection: 32 hexadecimal digits; they need not be unguessable here. */
  public static String newConnectionId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /**
   * Carries out a client's request, in its turn; without effect once the connection has ended or
   * has another socket.
   */
  public void receive(Connection connection, Receiver from, ClientRequest request) {
    synchronized (lock) {
      if (!isServed(connection, from)) {
        return;
      }
      if (connection.isWaiting()) {
        defer(connection, from, () -> requests.process(connection, request));
      } else {
        requests.process(connection, request);
      }
    }
  }

  /**
   * Closes a connection for what its client did (client-protocols I.3), in its turn: no message
   * goes before the close frame. Without effect once the connection has ended or has another
   * socket.
   */
  public void fail(Connection connection, Receiver from, int code, String reason, String detail) {
    synchronized (lock) {
      inTurn(connection, from, () -> fail(connection, code, reason, detail));
    }
  }

  /** As above, at once; called under the lock. */
  void fail(Connection connection, int code, String reason, String detail) {
    String how = "closed with " + code + " " + reason + " (" + detail + ")";
    Receiver receiver = end(connection, how, reason.isEmpty() ? ENDED : reason);
    if (receiver != null) {
      receiver.close(code, reason);
    }
  }

  /**
   * Forgets a connection whose client has closed it, in its turn.
   *
   * @param reason what the application is told
   * @param then what is left to be done for the socket
   */
  public void closed(
      Connection connection, Receiver socket, String how, String reason, Runnable then) {
    synchronized (lock) {
      inTurn(
          connection,
          socket,
          () -> {
            end(connection, how, reason);
            then.run();
          });
    }
  }

  /** Forgets a connection whose socket the service has closed; idempotent. */
  public void ended(Connection connection, Receiver socket, String how) {
    synchronized (lock) {
      if (isServed(connection, socket)) {
        end(connection, how, ENDED);
      }
    }
  }

  /**
   * Forgets a connection because the whole service stops: nobody is told (event-handlers 6).
   * Idempotent.
   */
  public void stopped(Connection connection, Receiver socket, String how) {
    synchronized (lock) {
      if (isServed(connection, socket)) {
        end(connection, how, null);
      }
    }
  }

  /**
   * A socket is gone though nobody has closed the connection: a reliable one can be recovered, any
   * other ends in its turn, as what the client sent before is still carried out (client-protocols
   * F.3). Idempotent.
   */
  public void lost(Connection connection, Receiver socket, String how) {
    synchronized (lock) {
      if (connection.unacknowledged() == null) {
        inTurn(connection, socket, () -> end(connection, how, ENDED));
      } else if (isServed(connection, socket)) {
        recoveries.detach(hub, connection, how);
        hubs.changed();
      }
    }
  }

  private static boolean isServed(Connection connection, Receiver socket) {
    return !connection.hasEnded() && connection.receiver() == socket;
  }

  /**
   * Ends a connection and gives the socket that served it, null if none did; called under the lock.
   *
   * @param reason what the application is told, null if nothing
   */
  @Nullable Receiver end(Connection connection, String how, @Nullable String reason) {
    if (connection.hasEnded()) {
      return null;
    }
    // marked last: what fails before, for want of memory, can be done again
    roster.remove(connection);
    timeline.record(connection.label(), Direction.NOTE, how);
    connection.markEnded();
    if (reason != null) {
      Runnable disconnected = () -> connection.events().disconnected(reason);
      if (connection.isWaiting()) { // the event that is under way comes first
        connection.mailbox().defer(disconnected);
      } else {
        disconnected.run();
      }
    }
    return connection.receiver();
  }

  // ---- one event at a time (event-handlers 7.1)

  /** Now, or when all that the client asked for before has been done; called under the lock. */
  private void inTurn(Connection connection, Receiver from, Runnable task) {
    if (!isServed(connection, from)) {
      return;
    }
    if (connection.isWaiting()) {
      defer(connection, from, task);
    } else {
      task.run();
    }
  }

  /** Has a task wait that came while the connection was open and is void once it has ended. */
  private void defer(Connection connection, Receiver from, Runnable task) {
    Mailbox mailbox = connection.mailbox();
    mailbox.defer(
        () -> {
          if (!connection.hasEnded()) {
            runOrFail(connection, task);
          }
        });
    mailbox.slowDown(from);
  }

  /**
   * What fails inside ends the connection, as it does while a frame is read: neither this request
   * of the client nor one behind it may be left without an answer.
   */
  private void runOrFail(Connection connection, Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      fail(connection, INTERNAL_ERROR, "", String.valueOf(failure));
      throw failure;
    }
  }

  /** The application has taken an event, or it failed: what waited for that goes on. */
  void settle(Connection connection, Runnable outcome) {
    synchronized (lock) {
      try {
        runOrFail(connection, outcome);
      } finally {
        connection.mailbox().endWaiting();
      }
    }
  }

  // ---- recovery (client-protocols F.4)

  /** The reliable connection of that id; empty if there is none or it is not reliable. */
  public Optional<Connection> recoverable(String id) {
    synchronized (lock) {
      return Optional.ofNullable(roster.connection(id))
          .filter(connection -> connection.unacknowledged() != null);
    }
  }

  /**
   * Gives a connection another socket and sends it all that is not acknowledged.
   *
   * @return false if the connection has ended meanwhile
   */
  public boolean recover(Connection connection, Receiver socket) {
    Connected connected =
        recoveries.options().isOn(Option.CONNECTED_AFTER_RECOVERY) ? connected(connection) : null;
    synchronized (lock) {
      ReplayBuffer buffer = connection.unacknowledged();
      if (connection.hasEnded() || buffer == null) {
        return false;
      }
      recoveries.recover(hub, connection, buffer, socket, connected);
      hubs.changed();
      return true;
    }
  }

  /** The time for a recovery is over, if it is still this one that runs. */
  void expire(Connection connection, RecoveryWindow window) {
    synchronized (lock) {
      if (!connection.hasEnded() && connection.window() == window) {
        end(connection, "ended: " + RECOVERY_OVER, RECOVERY_OVER);
      }
    }
  }

  /** Looks what a client has made of its moment after a burst. */
  void lookAgain(Connection connection, ReplayBuffer buffer, long freedBefore) {
    synchronized (lock) {
      if (recoveries.patience().isExhausted(hub, connection, buffer, freedBefore)) {
        endOverflowed(List.of(connection));
      }
    }
  }

  /**
   * Their clients have left too much unacknowledged (client-protocols F.2, D11); called under the
   * lock.
   */
  void endOverflowed(List<Connection> connections) {
    for (Connection connection : connections) {
      Receiver receiver =
          end(connection, "ended: the buffer of unacknowledged messages is full", ENDED);
      if (receiver != null && recoveries.options().isOn(Option.CLOSE_ON_OVERFLOW)) {
        receiver.close(POLICY_VIOLATION, "The reliable message buffer is full.");
      } else if (receiver != null) {
        receiver.abort();
      }
    }
  }
}
