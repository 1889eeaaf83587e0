package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Describes clients of the fake, of the test or of the application, for {@link Faults}. The factory
 * methods are designed for static import.
 *
 * <pre>{@code
 * service.faults().connection(ofUser("alice")).reset();
 * service.faults().connection(ofAnyone().inHub("chat").inGroup("room")).silence();
 * }</pre>
 *
 * <p>Immutable: every method returns a narrower copy.
 *
 * @since 0.1
 */
public final class ClientPattern {

  private final @Nullable String userId;
  private final @Nullable String connectionId;
  private final @Nullable String hub;
  private final @Nullable String group;

  private ClientPattern(
      @Nullable String userId,
      @Nullable String connectionId,
      @Nullable String hub,
      @Nullable String group) {
    this.userId = userId;
    this.connectionId = connectionId;
    this.hub = hub;
    this.group = group;
  }

  /**
   * Any client.
   *
   * @return the pattern
   * @since 0.1
   */
  public static ClientPattern ofAnyone() {
    return new ClientPattern(null, null, null, null);
  }

  /**
   * The clients of a user.
   *
   * @param userId the user
   * @return the pattern
   * @throws IllegalArgumentException if userId is empty
   * @since 0.1
   */
  public static ClientPattern ofUser(String userId) {
    notNull(userId, "ofUser", "userId");
    return new ClientPattern(Checked.notEmpty(userId, "userId"), null, null, null);
  }

  /**
   * The client with this connection, which keeps its id when it recovers.
   *
   * @param connectionId the id of the connection
   * @return the pattern
   * @throws IllegalArgumentException if connectionId is empty
   * @since 0.1
   */
  public static ClientPattern ofConnection(String connectionId) {
    notNull(connectionId, "ofConnection", "connectionId");
    return new ClientPattern(null, Checked.notEmpty(connectionId, "connectionId"), null, null);
  }

  /**
   * Matches only clients in this hub. Default: any hub.
   *
   * @param hub the hub, in any case
   * @return the narrower pattern
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public ClientPattern inHub(String hub) {
    notNull(hub, "inHub", "hub");
    return new ClientPattern(userId, connectionId, Checked.hub(hub), group);
  }

  /**
   * Matches only clients that are members of this group at that moment.
   *
   * @param group the group
   * @return the narrower pattern
   * @throws IllegalArgumentException if the group name is invalid
   * @since 0.1
   */
  public ClientPattern inGroup(String group) {
    notNull(group, "inGroup", "group");
    return new ClientPattern(userId, connectionId, hub, Checked.group(group));
  }

  boolean matches(
      String ofHub,
      @Nullable String ofUser,
      @Nullable String ofConnection,
      Predicate<String> memberOf) {
    return (userId == null || userId.equals(ofUser))
        && (connectionId == null || connectionId.equals(ofConnection))
        && (hub == null || hub.equalsIgnoreCase(ofHub))
        && (group == null || memberOf.test(group));
  }

  /** How a client differs that is connected. */
  List<RequestMiss> misses(String ofHub, ConnectionView connection) {
    List<RequestMiss> misses = misses(ofHub, connection.userId(), connection.connectionId());
    if (group != null && !connection.groups().contains(group)) {
      misses.add(
          new RequestMiss(
              RequestCondition.CONTENT, "it is no member of group " + RequestText.quote(group)));
    }
    return misses;
  }

  /** How something differs that is none of a group. */
  List<RequestMiss> misses(String ofHub, @Nullable String ofUser, @Nullable String ofConnection) {
    List<RequestMiss> misses = new ArrayList<>();
    if (userId != null && !userId.equals(ofUser)) {
      misses.add(
          new RequestMiss(
              RequestCondition.TARGET,
              ofUser == null || ofUser.isEmpty()
                  ? "it has no user id"
                  : "its " + RequestCondition.otherTarget("user", userId, ofUser)));
    }
    if (connectionId != null && !connectionId.equals(ofConnection)) {
      misses.add(
          new RequestMiss(
              RequestCondition.TARGET,
              ofConnection == null
                  ? "it has no connection yet"
                  : "its connection is " + RequestText.quote(ofConnection)));
    }
    if (hub != null && !hub.equalsIgnoreCase(ofHub)) {
      misses.add(
          new RequestMiss(RequestCondition.TARGET, "its hub is " + RequestText.quote(ofHub)));
    }
    return misses;
  }

  /** How a send differs from one that may reach such clients. */
  List<RequestMiss> missesOf(RecordedOperation send) {
    List<RequestMiss> misses = new ArrayList<>();
    if (userId != null && send.operation() == Operation.SEND_TO_USER) {
      RequestCondition.user(userId).miss(send).ifPresent(misses::add);
    }
    if (connectionId != null && send.operation() == Operation.SEND_TO_CONNECTION) {
      RequestCondition.connection(connectionId).miss(send).ifPresent(misses::add);
    }
    if (hub != null) {
      RequestCondition.hub(hub).miss(send).ifPresent(misses::add);
    }
    return misses;
  }

  /** Returns whether it asks for members of a group. */
  boolean namesGroup() {
    return group != null;
  }

  /** The pattern behind a noun: {@code of user "alice" in hub "chat"}. */
  String suffix() {
    StringBuilder out = new StringBuilder();
    if (userId != null) {
      out.append(" of user ").append(RequestText.quote(userId));
    } else if (connectionId != null) {
      out.append(" ").append(RequestText.quote(connectionId));
    } else {
      out.append(" of anyone");
    }
    if (hub != null) {
      out.append(" in hub ").append(RequestText.quote(hub));
    }
    if (group != null) {
      out.append(" in group ").append(RequestText.quote(group));
    }
    return Secrets.mask(out.toString());
  }

  /** Returns the pattern as shown in failures: {@code client of user "alice"}. */
  @Override
  public String toString() {
    return "client" + suffix();
  }
}
