package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
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

  private final String name;
  private final Hubs hubs;
  private final Timeline timeline;
  private final RequestProcessor requests;
  private final Object lock = new Object();
  private final Roster roster; // guarded by lock

  Hub(String name, Hubs hubs, Timeline timeline, Consumer<Operation> observer) {
    this.name = name;
    this.hubs = hubs;
    this.timeline = timeline;
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
    Connection connection = new Connection(this, newConnectionId(), details, receiver, label);
    synchronized (lock) {
      roster.add(connection);
      details.groups().forEach(group -> roster.join(connection, group));
      timeline.record(label, Direction.NOTE, describe(connection));
      deliver(connection, new Connected(connection.id(), connection.userId(), null));
    }
    return connection;
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

  /** Carries out a client's request; without effect once the connection has ended. */
  public void receive(Connection connection, ClientRequest request) {
    synchronized (lock) {
      if (!connection.hasEnded()) {
        requests.process(connection, request);
      }
    }
  }

  /**
   * Closes a connection for what its client did (client-protocols I.3): no message goes before the
   * close frame.
   */
  public void fail(Connection connection, int code, String reason, String detail) {
    synchronized (lock) {
      if (end(connection, "closed with " + code + " " + reason + " (" + detail + ")")) {
        connection.receiver().close(code, reason);
      }
    }
  }

  /** Forgets a connection whose socket is gone or whose client has closed; idempotent. */
  public void ended(Connection connection, String how) {
    synchronized (lock) {
      end(connection, how);
    }
  }

  private boolean end(Connection connection, String how) {
    if (connection.hasEnded()) {
      return false;
    }
    connection.markEnded();
    roster.remove(connection);
    timeline.record(connection.label(), Direction.NOTE, how);
    return true;
  }

  // ---- sends (rest-api 8.1)

  /** Sends to every connection of the hub. */
  public void sendToAll(Payload payload, Set<String> excluded, Predicate<ConnectionView> filter) {
    fanOut(roster -> roster.all(), new ServerData(payload, null), excluded, filter);
  }

  /** Sends to one connection; nothing happens if there is none of that id. */
  public void sendToConnection(String connectionId, Payload payload) {
    synchronized (lock) {
      Connection connection = roster.connection(connectionId);
      if (connection != null) {
        deliver(connection, new ServerData(payload, null));
      }
    }
  }

  /** Sends to all connections of a user. */
  public void sendToUser(String userId, Payload payload, Predicate<ConnectionView> filter) {
    fanOut(roster -> roster.ofUser(userId), new ServerData(payload, null), Set.of(), filter);
  }

  /** Sends to the members of a group, in the name of the server. */
  public void sendToGroup(
      String group, Payload payload, Set<String> excluded, Predicate<ConnectionView> filter) {
    fanOut(
        roster -> roster.inGroup(group),
        new GroupData(group, null, payload, null),
        excluded,
        filter);
  }

  private void fanOut(
      Function<Roster, Collection<Connection>> receivers,
      ServiceMessage message,
      Set<String> excluded,
      Predicate<ConnectionView> filter) {
    synchronized (lock) {
      Delivery delivery = new Delivery(message, timeline);
      for (Connection connection : receivers.apply(roster)) {
        if (!excluded.contains(connection.id())
            && (filter == EVERYONE || filter.test(connection.view()))) {
          delivery.to(connection);
        }
      }
    }
  }

  /** Publishes in the name of a client; called under the lock. */
  void publish(Connection sender, String group, Payload payload, boolean noEcho) {
    Delivery delivery =
        new Delivery(new GroupData(group, sender.visibleUserId(), payload, null), timeline);
    for (Connection member : roster.inGroup(group)) {
      if (!noEcho || member != sender) {
        delivery.to(member);
      }
    }
  }

  void deliver(Connection connection, ServiceMessage message) {
    new Delivery(message, timeline).to(connection);
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
          end(connection, "closed by REST: " + text);
          connection.receiver().close(NORMAL, "");
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
