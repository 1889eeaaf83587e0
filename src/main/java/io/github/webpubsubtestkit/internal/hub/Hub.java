package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.GroupData;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.ServerData;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
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
  public static final Predicate<Selectable> EVERYONE = connection -> true;

  private static final int NORMAL = 1000;

  private final String name;
  private final Hubs hubs;
  private final Timeline timeline;
  private final Recoveries recoveries;
  private final Object lock = new Object();
  private final Roster roster; // guarded by lock
  private final ConnectionLifecycle lifecycle;
  private final Permissions permissions;

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
    this.lifecycle =
        new ConnectionLifecycle(
            this,
            hubs,
            lock,
            roster,
            timeline,
            recoveries,
            new RequestProcessor(this, timeline, observer));
    this.permissions = new Permissions(lock, roster);
  }

  /** The name in lower case. */
  public String name() {
    return name;
  }

  Options options() {
    return hubs.options();
  }

  /** How connections come, are served and end. */
  public ConnectionLifecycle lifecycle() {
    return lifecycle;
  }

  /** What REST grants to connections, and revokes. */
  public Permissions permissions() {
    return permissions;
  }

  /** Whether some client is behind a burst, so that a sender that can wait should wait. */
  public boolean isAheadOfClients() {
    return recoveries.patience().isWatching();
  }

  // ---- sends (rest-api 8.1)

  /** Sends to every connection of the hub. */
  public void sendToAll(
      Payload payload, int ttlSeconds, Set<String> excluded, Predicate<? super Selectable> filter) {
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
      String userId, Payload payload, int ttlSeconds, Predicate<? super Selectable> filter) {
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
      Predicate<? super Selectable> filter) {
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
      Predicate<? super Selectable> filter) {
    synchronized (lock) {
      Delivery delivery = delivery(message, ttlSeconds);
      for (Connection connection : receivers.apply(roster)) {
        if (!excluded.contains(connection.id())
            && (filter == EVERYONE || filter.test(connection))) {
          delivery.to(connection);
        }
      }
      lifecycle.endOverflowed(delivery.overflowed());
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
    lifecycle.endOverflowed(delivery.overflowed());
  }

  /** Sends an event handler's reply, which is kept like all data; called under the lock. */
  void reply(Connection connection, Payload payload) {
    Delivery delivery = delivery(new ServerData(payload, null), 0);
    delivery.to(connection);
    lifecycle.endOverflowed(delivery.overflowed());
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

  /** At most so many members with an id behind the given one, in the order of their ids. */
  public List<ConnectionView> membersBehind(@Nullable String connectionId, String group, int max) {
    synchronized (lock) {
      return roster.inGroup(group).stream()
          .filter(member -> connectionId == null || member.id().compareTo(connectionId) > 0)
          .sorted(Comparator.comparing(Connection::id))
          .limit(max)
          .map(Connection::view)
          .toList();
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
          Receiver receiver = lifecycle.end(connection, "closed by REST: " + text, text);
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

  // ---- bulk membership (rest-api 8.6)

  /** Makes all connections that the filter selects members of all these groups. */
  public void addToGroups(Collection<String> groups, Predicate<? super Selectable> filter) {
    changeGroups(groups, filter, roster::join);
  }

  /** Ends all memberships in these groups of all connections that the filter selects. */
  public void removeFromGroups(Collection<String> groups, Predicate<? super Selectable> filter) {
    changeGroups(groups, filter, roster::leave);
  }

  /** All are selected before any is changed, so a filter sees the memberships of before. */
  private void changeGroups(
      Collection<String> groups,
      Predicate<? super Selectable> filter,
      BiConsumer<Connection, String> change) {
    synchronized (lock) {
      List<Connection> selected = Roster.snapshot(roster.all());
      selected.removeIf(each -> !filter.test(each));
      for (Connection connection : selected) {
        groups.forEach(group -> change.accept(connection, group));
      }
    }
  }

  // ---- membership by the client itself

  /** A client joins; called under the lock. */
  void join(Connection connection, String group) {
    roster.join(connection, group);
  }

  /** A client leaves; called under the lock. */
  void leave(Connection connection, String group) {
    roster.leave(connection, group);
  }
}
