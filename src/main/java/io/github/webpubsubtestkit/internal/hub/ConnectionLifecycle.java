package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The lifecycle of the connections of one hub: opening, requests, loss of the socket, recovery and
 * end (client-protocols F, I.3).
 */
public final class ConnectionLifecycle {

  private final HubState hub;
  private final Messenger messages;
  private final Turns turns;
  private final RequestProcessor requests;
  private final Recoveries recoveries;
  private final ClientFaults faults;

  ConnectionLifecycle(HubState hub, Messenger messages, ClientFaults faults) {
    this.hub = hub;
    this.faults = faults;
    this.messages = messages;
    this.turns = new Turns(hub);
    this.requests = new RequestProcessor(hub, messages, turns);
    this.recoveries = new Recoveries(hub, messages);
  }

  /**
   * Registers a connection, lets it join its groups and queues {@code connected}, all before
   * anything else can reach it (client-protocols J "membership from token").
   */
  public Connection connect(NewConnection details, Receiver receiver) {
    return connect(details, receiver, Deviation.NONE);
  }

  /** Does the same, but for a difference that a fault makes. */
  public Connection connect(NewConnection details, Receiver receiver, Deviation how) {
    int number = hub.service().nextConnectionNumber();
    String user = details.userId();
    String label = (user == null || user.isEmpty() ? "anonymous" : user) + "#" + number;
    Connection connection = new Connection(details, receiver, recoveries.bufferFor(details), label);
    Connected connected = recoveries.connected(connection);
    synchronized (hub) {
      hub.roster().add(connection);
      details.groups().forEach(group -> hub.roster().join(connection, group));
      hub.note(connection, describe(connection));
      if (!how.is(Deviation.Kind.WITHOUT_CONNECTED)) {
        messages.deliver(connection, connected);
      }
      details
          .events()
          .registered(label, details.userId(), details.subprotocol(), details.protocol());
      if (hub.service().isClosed()) { // it was reset during the handshake
        hub.end(connection, new End.ServiceReset());
      }
      isThere(connection, how);
    }
    return connection;
  }

  private void isThere(Connection connection, Deviation how) {
    if (how.is(Deviation.Kind.CLOSE_AFTERWARDS)) {
      faults.closeAfterwards(connection, how.amount());
    }
    faults.meet(connection);
  }

  /** Returns whether the ping that is due now is lost. */
  public boolean losesPing(Connection connection) {
    FaultPlan plan = faults.plan();
    synchronized (hub) {
      return plan != null && plan.losesPing(hub.name(), connection);
    }
  }

  /** Returns whether the pong that has come is ignored. */
  public boolean losesPong(Connection connection) {
    FaultPlan plan = faults.plan();
    synchronized (hub) {
      return plan != null && plan.losesPong(hub.name(), connection);
    }
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

  /** An id for a new connection: 32 hexadecimal digits; they need not be secret here. */
  public static String newConnectionId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /**
   * Carries out a client's request, in its turn; has no effect once the connection has ended or has
   * another socket.
   */
  public void receive(Connection connection, Receiver from, ClientRequest request) {
    synchronized (hub) {
      if (!connection.isServedBy(from)) {
        return;
      }
      if (connection.isWaiting()) {
        turns.defer(connection, from, () -> requests.process(connection, request));
      } else {
        requests.process(connection, request);
      }
    }
  }

  /**
   * Ends a connection for a reason from its socket, which determines the time and all consequences.
   * Has no effect once the connection has ended or has another socket.
   */
  public void end(Connection connection, Receiver from, End end) {
    synchronized (hub) {
      if (!connection.isServedBy(from)) {
        return;
      }
      switch (end.timing()) {
        case AT_ONCE -> hub.end(connection, end);
        case IN_TURN -> turns.take(connection, from, () -> hub.end(connection, end));
        case UNLESS_RECOVERABLE -> {
          if (connection.unacknowledged() != null) {
            hub.detach(connection, end.note());
          } else if (connection.protocol() == Subprotocol.RAW) {
            hub.end(connection, end); // the service gives up its event, too (event-handlers 9)
            connection.events().abandonUserEvent();
          } else {
            turns.take(connection, from, () -> hub.end(connection, end));
          }
        }
      }
    }
  }

  // ---- recovery (client-protocols F.4)

  /** The reliable connection of that id; empty if there is none or it is not reliable. */
  public Optional<Connection> recoverable(String id) {
    return recoveries.recoverable(id);
  }

  /**
   * Attaches another socket to a connection and sends it all unacknowledged messages.
   *
   * @return false if the connection has ended meanwhile
   */
  public boolean recover(Connection connection, Receiver socket) {
    return recover(connection, socket, Deviation.NONE);
  }

  /** Does the same, but for a difference that a fault makes. */
  public boolean recover(Connection connection, Receiver socket, Deviation how) {
    int leftOut = how.is(Deviation.Kind.GAP) ? how.amount() : 0;
    synchronized (hub) {
      boolean recovered = recoveries.recover(connection, socket, leftOut);
      if (recovered) {
        isThere(connection, how);
      }
      return recovered;
    }
  }
}
