package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.hub.Outcome.Done;
import io.github.webpubsubtestkit.internal.hub.Outcome.Reason;
import io.github.webpubsubtestkit.internal.hub.Outcome.Refused;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A server's request (rest-api 7 and 8), with all parameters parsed and checked. {@link DataPlane}
 * carries it out, from REST or from a test.
 */
public sealed interface ServerRequest {

  /** Its operation. */
  Operation operation();

  /** The name of the hub, in any case. */
  String hub();

  /** Carries it out. */
  Outcome carryOut(Hubs hubs);

  /** A request whose effect is on the connections of its hub. */
  sealed interface OnHub extends ServerRequest {

    /** Carries it out, under the lock of the hub. */
    @Override
    default Outcome carryOut(Hubs hubs) {
      Hub hub = hubs.hub(hub());
      synchronized (hub.state()) {
        return applyTo(hub);
      }
    }

    /** The effect; called under the lock of the hub. */
    Outcome applyTo(Hub hub);
  }

  /** Checks the health of the service. */
  record GetServiceStatus() implements ServerRequest {

    @Override
    public Operation operation() {
      return Operation.GET_SERVICE_STATUS;
    }

    @Override
    public String hub() {
      return "";
    }

    @Override
    public Outcome carryOut(Hubs hubs) {
      return new Done(0);
    }
  }

  /**
   * Sends a message (rest-api 8.1); has no effect without receivers.
   *
   * @param ttlSeconds the time to live of copies, 0 for no limit
   */
  record Send(String hub, Target target, Payload payload, int ttlSeconds, Selection selection)
      implements OnHub {

    @Override
    public Operation operation() {
      return switch (target.kind()) {
        case ALL -> Operation.SEND_TO_ALL;
        case CONNECTION -> Operation.SEND_TO_CONNECTION;
        case USER -> Operation.SEND_TO_USER;
        case GROUP -> Operation.SEND_TO_GROUP;
      };
    }

    @Override
    public Outcome applyTo(Hub found) {
      Data message =
          target.kind() == Target.Kind.GROUP
              ? Data.fromGroup(target.name(), null, payload)
              : Data.fromServer(payload);
      Fanout fanout = found.messages().fanout(message, ttlSeconds);
      for (Connection connection : target.in(found.roster())) {
        if (selection.takes(connection)) {
          fanout.to(connection);
        }
      }
      fanout.finish();
      return new Done(fanout.reached());
    }
  }

  /** Checks whether a connection, a user or a member of a group exists (rest-api 8.3). */
  record Exists(String hub, Target target) implements OnHub {

    @Override
    public Operation operation() {
      return switch (target.kind()) {
        case ALL -> throw unsupported(target);
        case CONNECTION -> Operation.CONNECTION_EXISTS;
        case USER -> Operation.USER_EXISTS;
        case GROUP -> Operation.GROUP_EXISTS;
      };
    }

    @Override
    public Outcome applyTo(Hub found) {
      int there = target.in(found.roster()).size();
      return there > 0 ? new Done(there) : none();
    }

    private Refused none() {
      return switch (target.kind()) {
        case ALL -> throw unsupported(target);
        case CONNECTION -> noConnection(target.name());
        case USER -> noUser(target.name());
        case GROUP -> new Refused(Reason.EMPTY_GROUP, "Group `" + target.name() + "` is empty.");
      };
    }
  }

  /**
   * Closes connections (rest-api 8.4).
   *
   * @param reason the reason sent to clients; null or empty for none
   */
  record Close(String hub, Target target, Selection selection, @Nullable String reason)
      implements OnHub {

    @Override
    public Operation operation() {
      return switch (target.kind()) {
        case ALL -> Operation.CLOSE_ALL_CONNECTIONS;
        case CONNECTION -> Operation.CLOSE_CONNECTION;
        case USER -> Operation.CLOSE_USER_CONNECTIONS;
        case GROUP -> Operation.CLOSE_GROUP_CONNECTIONS;
      };
    }

    @Override
    public Outcome applyTo(Hub found) {
      String text =
          "Application server closed the connection."
              + (reason == null || reason.isEmpty() ? "" : " Reason: " + reason);
      int closed = 0;
      for (Connection connection : Roster.snapshot(target.in(found.roster()))) {
        if (selection.takes(connection)) {
          found.messages().deliver(connection, new Disconnected(text));
          found.state().end(connection, new End.ClosedByServer(text));
          closed++;
        }
      }
      return new Done(closed);
    }
  }

  /** Adds a connection, or those of a user, to a group (rest-api 8.5). */
  record AddToGroup(String hub, Target target, String group) implements OnHub {

    @Override
    public Operation operation() {
      return ofConnectionOrUser(
          target, Operation.ADD_CONNECTION_TO_GROUP, Operation.ADD_USER_TO_GROUP);
    }

    @Override
    public Outcome applyTo(Hub found) {
      Collection<Connection> connections = target.in(found.roster());
      connections.forEach(connection -> found.roster().join(connection, group));
      if (!connections.isEmpty() || acceptsOffline(found)) {
        return new Done(connections.size());
      }
      return target.kind() == Target.Kind.USER
          ? noUser(target.name())
          : noConnection(target.name());
    }

    /**
     * Returns whether a user without a connection may be added, to no effect, by an option of the
     * fake.
     */
    private boolean acceptsOffline(Hub hub) {
      return target.kind() == Target.Kind.USER
          && hub.state().service().options().isOn(Option.ACCEPT_OFFLINE_USERS);
    }
  }

  /** Removes a connection, or those of a user, from a group (rest-api 8.5). */
  record RemoveFromGroup(String hub, Target target, String group) implements OnHub {

    @Override
    public Operation operation() {
      return ofConnectionOrUser(
          target, Operation.REMOVE_CONNECTION_FROM_GROUP, Operation.REMOVE_USER_FROM_GROUP);
    }

    @Override
    public Outcome applyTo(Hub found) {
      Collection<Connection> connections = target.in(found.roster());
      connections.forEach(connection -> found.roster().leave(connection, group));
      return new Done(connections.size());
    }
  }

  /** Removes a connection, or those of a user, from all groups (rest-api 8.5). */
  record RemoveFromAllGroups(String hub, Target target) implements OnHub {

    @Override
    public Operation operation() {
      return ofConnectionOrUser(
          target,
          Operation.REMOVE_CONNECTION_FROM_ALL_GROUPS,
          Operation.REMOVE_USER_FROM_ALL_GROUPS);
    }

    @Override
    public Outcome applyTo(Hub found) {
      Collection<Connection> connections = target.in(found.roster());
      for (Connection connection : connections) {
        List.copyOf(connection.groups()).forEach(each -> found.roster().leave(connection, each));
      }
      return new Done(connections.size());
    }
  }

  /** Adds all connections selected by a filter to several groups (rest-api 8.6). */
  record AddToGroups(String hub, Collection<String> groups, Predicate<? super Selectable> filter)
      implements OnHub {

    @Override
    public Operation operation() {
      return Operation.ADD_CONNECTIONS_TO_GROUPS;
    }

    @Override
    public Outcome applyTo(Hub found) {
      return changeGroups(found, groups, filter, found.roster()::join);
    }
  }

  /** Removes all connections selected by a filter from several groups (rest-api 8.6). */
  record RemoveFromGroups(
      String hub, Collection<String> groups, Predicate<? super Selectable> filter)
      implements OnHub {

    @Override
    public Operation operation() {
      return Operation.REMOVE_CONNECTIONS_FROM_GROUPS;
    }

    @Override
    public Outcome applyTo(Hub found) {
      return changeGroups(found, groups, filter, found.roster()::leave);
    }
  }

  /**
   * Lists members of a group in the order of their ids (rest-api 8.7).
   *
   * @param behind the id behind which the list begins, or any text; null for all
   * @param max how many members it may have
   */
  record ListConnections(String hub, String group, @Nullable String behind, int max)
      implements OnHub {

    /** Upper and lower case count only between two that are else the same. */
    private static final Comparator<String> ORDER =
        Comparator.comparing((String id) -> id.toUpperCase(Locale.ROOT))
            .thenComparing(Comparator.naturalOrder());

    @Override
    public Operation operation() {
      return Operation.LIST_CONNECTIONS_IN_GROUP;
    }

    @Override
    public Outcome applyTo(Hub found) {
      return new Outcome.Members(
          found.roster().inGroup(group).stream()
              .filter(member -> behind == null || ORDER.compare(member.id(), behind) > 0)
              .sorted(Comparator.comparing(Connection::id, ORDER))
              .limit(max)
              .map(Connection::view)
              .toList());
    }
  }

  /**
   * Grants a connection a permission for exactly this group (client-protocols H.3, rest-api 8.8).
   * Like a revocation it overrides the roles of the connection's token, applies from the next
   * request of the client on, survives a recovery and ends with the logical connection.
   */
  record GrantPermission(String hub, String connectionId, GroupAction permission, String group)
      implements OnHub {

    @Override
    public Operation operation() {
      return Operation.GRANT_PERMISSION;
    }

    @Override
    public Outcome applyTo(Hub found) {
      Connection connection = found.roster().connection(connectionId);
      return connection == null
          ? noConnection(connectionId)
          : doneIf(connection.permission(permission).grant(group), permission, connectionId);
    }
  }

  /**
   * Revokes a permission of a connection for exactly this group, regardless of its roles; it stays
   * a member (client-protocols H.3, rest-api 8.8).
   */
  record RevokePermission(String hub, String connectionId, GroupAction permission, String group)
      implements OnHub {

    @Override
    public Operation operation() {
      return Operation.REVOKE_PERMISSION;
    }

    @Override
    public Outcome applyTo(Hub found) {
      Connection connection = found.roster().connection(connectionId);
      return connection == null
          ? new Done(0)
          : doneIf(connection.permission(permission).revoke(group), permission, connectionId);
    }
  }

  /** Checks a permission of a connection for a group (rest-api 8.8). */
  record CheckPermission(String hub, String connectionId, GroupAction permission, String group)
      implements OnHub {

    @Override
    public Operation operation() {
      return Operation.CHECK_PERMISSION;
    }

    @Override
    public Outcome applyTo(Hub found) {
      Connection connection = found.roster().connection(connectionId);
      if (connection == null) {
        return noConnection(connectionId);
      }
      return connection.permission(permission).covers(group)
          ? new Done(1)
          : new Refused(
              Reason.NO_PERMISSION,
              "Connection `"
                  + connectionId
                  + "` doesn't have the permission `"
                  + permission.wireName()
                  + "`.");
    }
  }

  /**
   * Creates a token with which a client connects (rest-api 8.9).
   *
   * @param hubsUrl what comes before the name of the hub in the URL to which the client connects:
   *     scheme, host, port and path
   */
  record GenerateClientToken(
      String hub,
      String hubsUrl,
      @Nullable String userId,
      List<String> roles,
      List<String> groups,
      Duration expiresIn)
      implements ServerRequest {

    @Override
    public Operation operation() {
      return Operation.GENERATE_CLIENT_TOKEN;
    }

    @Override
    public Outcome carryOut(Hubs hubs) {
      return new Outcome.Token(
          hubs.tokens().client(hubsUrl + hubs.hub(hub).name(), userId, roles, groups, expiresIn));
    }
  }

  // ---- shared by several requests

  private static Operation ofConnectionOrUser(Target target, Operation connection, Operation user) {
    return switch (target.kind()) {
      case CONNECTION -> connection;
      case USER -> user;
      case ALL, GROUP -> throw unsupported(target);
    };
  }

  private static IllegalStateException unsupported(Target target) {
    return new IllegalStateException("no operation for " + target);
  }

  private static Refused noConnection(String connectionId) {
    return new Refused(Reason.NO_CONNECTION, "Connection `" + connectionId + "` is not found.");
  }

  private static Refused noUser(String userId) {
    return new Refused(Reason.NO_USER, "User `" + userId + "` is not found.");
  }

  private static Outcome doneIf(boolean possible, GroupAction permission, String connectionId) {
    return possible
        ? new Done(1)
        : new Refused(Reason.LIMIT_REACHED, permission.limitReached(connectionId));
  }

  /**
   * Selects all connections before changing any, so that a filter sees the previous memberships.
   */
  private static Outcome changeGroups(
      Hub hub,
      Collection<String> groups,
      Predicate<? super Selectable> filter,
      BiConsumer<Connection, String> change) {
    List<Connection> selected = Roster.snapshot(hub.roster().all());
    selected.removeIf(each -> !filter.test(each));
    for (Connection connection : selected) {
      groups.forEach(group -> change.accept(connection, group));
    }
    return new Done(selected.size());
  }
}
