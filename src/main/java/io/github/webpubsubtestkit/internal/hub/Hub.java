package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.GroupData;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.ServerData;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One hub: its connections, groups and users, and everything that can be done with them
 * (client-protocols H to J, rest-api 8). One lock guards it all, so that every member of a group
 * sees messages in the same order.
 */
public final class Hub {

  /** The filter that lets everybody pass. */
  public static final Predicate<ConnectionView> EVERYONE = connection -> true;

  private static final int NORMAL = 1000;
  private static final int POLICY_VIOLATION = 1008;

  private final String name;
  private final Hubs hubs;
  private final Timeline timeline;
  private final RequestProcessor requests;
  private final Recoveries recoveries;
  private final Object lock = new Object();
  private final Roster roster; // guarded by lock

  Hub(
      String name,
      Hubs hubs,
      Timeline timeline,
      Recoveries recoveries,
      Consumer<Operation> observer) {
    this.name = name;
    this.hubs = hubs;
    this.timeline = timeline;
    this.recoveries = recoveries;
    this.roster = new Roster(hubs::changed);
    this.requests = new RequestProcessor(this, timeline, observer);
  }

  /** The name in lower case. */
  public String name() {
    return name;
  }

  HubOptions options() {
    return hubs.options();
  }

  EventSink eventSink() {
    return hubs.eventSink();
  }

  // ---- connections come and go

  /**
   * Registers a connection, lets it join its groups and queues {@code connected}, all before
   * anything else can reach it (client-protocols J "membership from token").
   */
  public Connection connect(NewConnection details, Receiver receiver) {
    int number = hubs.nextConnectionNumber();
    String user = details.userId();
    String label = (user == null || user.isEmpty() ? "anonymous" : user) + "#" + number;
    Connection connection =
        new Connection(
            this, newConnectionId(), details, receiver, recoveries.bufferFor(details), label);
    Connected connected = connected(connection);
    synchronized (lock) {
      roster.add(connection);
      details.groups().forEach(group -> roster.join(connection, group));
      timeline.record(label, Direction.NOTE, describe(connection));
      deliver(connection, connected);
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
        + name
        + ", "
        + (protocol.isEmpty() ? "no subprotocol" : protocol)
        + ", connection "
        + connection.id()
        + (connection.groups().isEmpty() ? "" : ", groups " + connection.groups());
  }

  /** 32 hexadecimal digits; they need not be unguessable here. */
  private static String newConnectionId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /**
   * Carries out a client's request; without effect once the connection has ended or has another
   * socket.
   */
  public void receive(Connection connection, Receiver from, ClientRequest request) {
    synchronized (lock) {
      if (isServed(connection, from)) {
        requests.process(connection, request);
      }
    }
  }

  /**
   * Closes a connection for what its client did (client-protocols I.3): no message goes before the
   * close frame. Without effect once the connection has ended or has another socket.
   */
  public void fail(Connection connection, Receiver from, int code, String reason, String detail) {
    synchronized (lock) {
      if (isServed(connection, from)) {
        fail(connection, code, reason, detail);
      }
    }
  }

  /** As above; called under the lock. */
  void fail(Connection connection, int code, String reason, String detail) {
    Receiver receiver = end(connection, "closed with " + code + " " + reason + " (" + detail + ")");
    if (receiver != null) {
      receiver.close(code, reason);
    }
  }

  /** Forgets a connection whose client has closed it; idempotent. */
  public void ended(Connection connection, Receiver socket, String how) {
    synchronized (lock) {
      if (isServed(connection, socket)) {
        end(connection, how);
      }
    }
  }

  /**
   * A socket is gone though nobody has closed the connection: a reliable one can be recovered, any
   * other ends (client-protocols F.3). Idempotent.
   */
  public void lost(Connection connection, Receiver socket, String how) {
    synchronized (lock) {
      if (isServed(connection, socket)) {
        if (connection.unacknowledged() == null) {
          end(connection, how);
        } else {
          recoveries.detach(this, connection, how);
          hubs.changed();
        }
      }
    }
  }

  private static boolean isServed(Connection connection, Receiver socket) {
    return !connection.hasEnded() && connection.receiver() == socket;
  }

  /** Ends a connection and gives the socket that served it; null if none did. */
  private @Nullable Receiver end(Connection connection, String how) {
    if (connection.hasEnded()) {
      return null;
    }
    connection.markEnded();
    roster.remove(connection);
    timeline.record(connection.label(), Direction.NOTE, how);
    return connection.receiver();
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
        recoveries.options().connectedAfterRecovery() ? connected(connection) : null;
    synchronized (lock) {
      ReplayBuffer buffer = connection.unacknowledged();
      if (connection.hasEnded() || buffer == null) {
        return false;
      }
      recoveries.recover(this, connection, buffer, socket, connected);
      hubs.changed();
      return true;
    }
  }

  /** The time for a recovery is over, if it is still this one that runs. */
  void expire(Connection connection, RecoveryWindow window) {
    synchronized (lock) {
      if (!connection.hasEnded() && connection.window() == window) {
        end(connection, "ended: The connection recovery timeout expired.");
      }
    }
  }

  /** Looks what a client has made of its moment after a burst. */
  void lookAgain(Connection connection, ReplayBuffer buffer, long freedBefore) {
    synchronized (lock) {
      if (recoveries.patience().isExhausted(this, connection, buffer, freedBefore)) {
        endOverflowed(List.of(connection));
      }
    }
  }

  /** Whether some client is behind a burst, so that a sender that can wait should wait. */
  public boolean isAheadOfClients() {
    return recoveries.patience().isWatching();
  }

  /** Their clients have left too much unacknowledged (client-protocols F.2, D11). */
  private void endOverflowed(List<Connection> connections) {
    for (Connection connection : connections) {
      Receiver receiver = end(connection, "ended: the buffer of unacknowledged messages is full");
      if (receiver != null && recoveries.options().closeOnOverflow()) {
        receiver.close(POLICY_VIOLATION, "The reliable message buffer is full.");
      } else if (receiver != null) {
        receiver.abort();
      }
    }
  }

  // ---- sends (rest-api 8.1)

  /** Sends to every connection of the hub. */
  public void sendToAll(
      Payload payload, int ttlSeconds, Set<String> excluded, Predicate<ConnectionView> filter) {
    fanOut(roster -> roster.all(), new ServerData(payload, null), ttlSeconds, excluded, filter);
  }

  /** Sends to one connection; nothing happens if there is none of that id. */
  public void sendToConnection(String connectionId, Payload payload, int ttlSeconds) {
    fanOut(
        roster -> {
          Connection connection = roster.connection(connectionId);
          return connection == null ? List.of() : List.of(connection);
        },
        new ServerData(payload, null),
        ttlSeconds,
        Set.of(),
        EVERYONE);
  }

  /** Sends to all connections of a user. */
  public void sendToUser(
      String userId, Payload payload, int ttlSeconds, Predicate<ConnectionView> filter) {
    fanOut(
        roster -> roster.ofUser(userId),
        new ServerData(payload, null),
        ttlSeconds,
        Set.of(),
        filter);
  }

  /** Sends to the members of a group, in the name of the server. */
  public void sendToGroup(
      String group,
      Payload payload,
      int ttlSeconds,
      Set<String> excluded,
      Predicate<ConnectionView> filter) {
    fanOut(
        roster -> roster.inGroup(group),
        new GroupData(group, null, payload, null),
        ttlSeconds,
        excluded,
        filter);
  }

  private void fanOut(
      Function<Roster, Collection<Connection>> receivers,
      ServiceMessage message,
      int ttlSeconds,
      Set<String> excluded,
      Predicate<ConnectionView> filter) {
    synchronized (lock) {
      Delivery delivery = delivery(message, ttlSeconds);
      for (Connection connection : receivers.apply(roster)) {
        if (!excluded.contains(connection.id())
            && (filter == EVERYONE || filter.test(connection.view()))) {
          delivery.to(connection);
        }
      }
      endOverflowed(delivery.overflowed());
    }
  }

  /** Publishes in the name of a client; called under the lock. */
  void publish(Connection sender, SendToGroup send) {
    String group = send.group();
    Delivery delivery =
        delivery(
            new GroupData(group, sender.visibleUserId(), send.payload(), null), send.ttlSeconds());
    for (Connection member : roster.inGroup(group)) {
      if (!send.noEcho() || member != sender) {
        delivery.to(member);
      }
    }
    endOverflowed(delivery.overflowed());
  }

  /** Sends what is neither kept nor sent again; called under the lock. */
  void deliver(Connection connection, ServiceMessage message) {
    delivery(message, 0).to(connection);
  }

  private Delivery delivery(ServiceMessage message, int ttlSeconds) {
    return new Delivery(
        message,
        timeline,
        recoveries.timers(),
        recoveries.patience(),
        recoveries.expiry(ttlSeconds));
  }

  // ---- existence (rest-api 8.3)

  /** Whether there is a connection of that id. */
  public boolean connectionExists(String id) {
    synchronized (lock) {
      return roster.connection(id) != null;
    }
  }

  /** Whether a user has a connection. */
  public boolean userExists(String userId) {
    synchronized (lock) {
      return !roster.ofUser(userId).isEmpty();
    }
  }

  /** Whether a group has a member. */
  public boolean groupExists(String group) {
    synchronized (lock) {
      return !roster.inGroup(group).isEmpty();
    }
  }

  /** The connection of that id, if there is one. */
  public Optional<ConnectionView> connection(String id) {
    synchronized (lock) {
      return Optional.ofNullable(roster.connection(id)).map(Connection::view);
    }
  }

  /** All connections, in the order in which they came. */
  public List<ConnectionView> connections() {
    synchronized (lock) {
      return roster.all().stream().map(Connection::view).toList();
    }
  }

  /** The members of a group, in the order in which they joined. */
  public List<ConnectionView> members(String group) {
    synchronized (lock) {
      return roster.inGroup(group).stream().map(Connection::view).toList();
    }
  }

  // ---- closes (rest-api 8.4)

  /** Closes one connection. */
  public void closeConnection(String id, @Nullable String reason) {
    closeEach(
        roster -> {
          Connection connection = roster.connection(id);
          return connection == null ? List.of() : List.of(connection);
        },
        Set.of(),
        reason);
  }

  /** Closes all connections but the excluded. */
  public void closeAll(Set<String> excluded, @Nullable String reason) {
    closeEach(Roster::all, excluded, reason);
  }

  /** Closes the members of a group. */
  public void closeGroup(String group, Set<String> excluded, @Nullable String reason) {
    closeEach(roster -> roster.inGroup(group), excluded, reason);
  }

  /** Closes the connections of a user. */
  public void closeUser(String userId, Set<String> excluded, @Nullable String reason) {
    closeEach(roster -> roster.ofUser(userId), excluded, reason);
  }

  private void closeEach(
      Function<Roster, Collection<Connection>> selected,
      Set<String> excluded,
      @Nullable String reason) {
    String text =
        "Application server closed the connection."
            + (reason == null || reason.isEmpty() ? "" : " Reason: " + reason);
    synchronized (lock) {
      for (Connection connection : Roster.snapshot(selected.apply(roster))) {
        if (!excluded.contains(connection.id())) {
          deliver(connection, new Disconnected(text));
          Receiver receiver = end(connection, "closed by REST: " + text);
          if (receiver != null) {
            receiver.close(NORMAL, "");
          }
        }
      }
    }
  }

  // ---- membership (rest-api 8.5)

  /** Makes a connection a member; false if there is no such connection. */
  public boolean addConnectionToGroup(String group, String connectionId) {
    synchronized (lock) {
      Connection connection = roster.connection(connectionId);
      if (connection != null) {
        roster.join(connection, group);
      }
      return connection != null;
    }
  }

  /** Ends a membership. */
  public void removeConnectionFromGroup(String group, String connectionId) {
    synchronized (lock) {
      Connection connection = roster.connection(connectionId);
      if (connection != null) {
        roster.leave(connection, group);
      }
    }
  }

  /** Ends all memberships of a connection. */
  public void removeConnectionFromAllGroups(String connectionId) {
    synchronized (lock) {
      Connection connection = roster.connection(connectionId);
      if (connection != null) {
        leaveAll(connection);
      }
    }
  }

  /** Makes the present connections of a user members; false if the user has none. */
  public boolean addUserToGroup(String userId, String group) {
    synchronized (lock) {
      Collection<Connection> connections = roster.ofUser(userId);
      connections.forEach(connection -> roster.join(connection, group));
      return !connections.isEmpty();
    }
  }

  /** Ends the memberships of all connections of a user in a group. */
  public void removeUserFromGroup(String userId, String group) {
    synchronized (lock) {
      roster.ofUser(userId).forEach(connection -> roster.leave(connection, group));
    }
  }

  /** Ends all memberships of all connections of a user. */
  public void removeUserFromAllGroups(String userId) {
    synchronized (lock) {
      roster.ofUser(userId).forEach(this::leaveAll);
    }
  }

  private void leaveAll(Connection connection) {
    for (String group : List.copyOf(connection.groups())) {
      roster.leave(connection, group);
    }
  }

  /** A client joins; called under the lock. */
  void join(Connection connection, String group) {
    roster.join(connection, group);
  }

  /** A client leaves; called under the lock. */
  void leave(Connection connection, String group) {
    roster.leave(connection, group);
  }
}
