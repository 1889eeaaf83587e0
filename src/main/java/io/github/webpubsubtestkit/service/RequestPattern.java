package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.Requirements;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Describes a request that the fake should have received: of an application over REST, or of a
 * client over its WebSocket.
 *
 * <p>The factory methods are named like the operations and designed for static import; {@code
 * with…}, {@code from…}, {@link #inHub} and {@link #excluding} narrow the pattern. Unspecified
 * properties match anything. Only requests that the service carried out match, unless {@link
 * #refused()} or {@link #withOutcome} is used.
 *
 * <pre>{@code
 * assertThat(service).receivesRequest(sendToUser("alice").withText("Hello, alice"));
 * assertThat(service).receivesRequest(joinGroup("vip").fromUser("mallory").refused());
 * }</pre>
 *
 * <p>Immutable: every method returns a narrower copy.
 *
 * @since 0.1
 */
public final class RequestPattern {

  private final String label;
  private final List<RequestCondition> conditions;
  private final boolean outcomeGiven;
  private final Display display;

  private RequestPattern(String label, List<RequestCondition> conditions, boolean outcomeGiven) {
    this(label, conditions, outcomeGiven, Display.AS_THEY_ARE);
  }

  private RequestPattern(
      String label, List<RequestCondition> conditions, boolean outcomeGiven, Display display) {
    this.label = label;
    this.conditions = List.copyOf(conditions);
    this.outcomeGiven = outcomeGiven;
    this.display = display;
  }

  /**
   * Any REST call and any request of a client, except handshakes.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern anyRequest() {
    return new RequestPattern("any request", List.of(RequestCondition.anyRequest()), false);
  }

  /**
   * A client's handshake, whether it opens a connection or recovers one.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern anyHandshake() {
    return new RequestPattern("any handshake", List.of(RequestCondition.anyHandshake()), false);
  }

  /**
   * A client opens a new connection.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern connect() {
    return of(Operation.CONNECT).and(RequestCondition.anyHandshake());
  }

  /**
   * A client recovers the connection whose socket it has lost.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern recover() {
    return of(Operation.RECOVER).and(RequestCondition.anyHandshake());
  }

  /**
   * An application sends to all connections of a hub.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern sendToAll() {
    return of(Operation.SEND_TO_ALL);
  }

  /**
   * An application sends to all connections of a user.
   *
   * @param userId the user
   * @return the pattern
   * @throws IllegalArgumentException if userId is empty
   * @since 0.1
   */
  public static RequestPattern sendToUser(String userId) {
    notNull(userId, "sendToUser", "userId");
    return of(Operation.SEND_TO_USER, userId).and(RequestCondition.user(userId));
  }

  /**
   * An application or a client sends to a group.
   *
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if group is empty
   * @since 0.1
   */
  public static RequestPattern sendToGroup(String group) {
    notNull(group, "sendToGroup", "group");
    return of(Operation.SEND_TO_GROUP, group).and(RequestCondition.group(group));
  }

  /**
   * An application sends to one connection.
   *
   * @param connectionId the id of the connection
   * @return the pattern
   * @throws IllegalArgumentException if connectionId is empty
   * @since 0.1
   */
  public static RequestPattern sendToConnection(String connectionId) {
    notNull(connectionId, "sendToConnection", "connectionId");
    return of(Operation.SEND_TO_CONNECTION, connectionId)
        .and(RequestCondition.connection(connectionId));
  }

  /**
   * An application asks whether a connection exists; the answer "no" is a rejection with 404.
   *
   * @param connectionId the id of the connection
   * @return the pattern
   * @throws IllegalArgumentException if connectionId is empty
   * @since 0.1
   */
  public static RequestPattern connectionExists(String connectionId) {
    notNull(connectionId, "connectionExists", "connectionId");
    return of(Operation.CONNECTION_EXISTS, connectionId)
        .and(RequestCondition.connection(connectionId));
  }

  /**
   * An application asks whether a user is connected; the answer "no" is a rejection with 404.
   *
   * @param userId the user
   * @return the pattern
   * @throws IllegalArgumentException if userId is empty
   * @since 0.1
   */
  public static RequestPattern userExists(String userId) {
    notNull(userId, "userExists", "userId");
    return of(Operation.USER_EXISTS, userId).and(RequestCondition.user(userId));
  }

  /**
   * An application asks whether a group has members; the answer "no" is a rejection with 404.
   *
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if group is empty
   * @since 0.1
   */
  public static RequestPattern groupExists(String group) {
    notNull(group, "groupExists", "group");
    return of(Operation.GROUP_EXISTS, group).and(RequestCondition.group(group));
  }

  /**
   * An application closes one connection.
   *
   * @param connectionId the id of the connection
   * @return the pattern
   * @throws IllegalArgumentException if connectionId is empty
   * @since 0.1
   */
  public static RequestPattern closeConnection(String connectionId) {
    notNull(connectionId, "closeConnection", "connectionId");
    return of(Operation.CLOSE_CONNECTION, connectionId)
        .and(RequestCondition.connection(connectionId));
  }

  /**
   * An application closes all connections of a hub.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern closeAllConnections() {
    return of(Operation.CLOSE_ALL_CONNECTIONS);
  }

  /**
   * An application closes the connections of a group.
   *
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if group is empty
   * @since 0.1
   */
  public static RequestPattern closeGroupConnections(String group) {
    notNull(group, "closeGroupConnections", "group");
    return of(Operation.CLOSE_GROUP_CONNECTIONS, group).and(RequestCondition.group(group));
  }

  /**
   * An application closes the connections of a user.
   *
   * @param userId the user
   * @return the pattern
   * @throws IllegalArgumentException if userId is empty
   * @since 0.1
   */
  public static RequestPattern closeUserConnections(String userId) {
    notNull(userId, "closeUserConnections", "userId");
    return of(Operation.CLOSE_USER_CONNECTIONS, userId).and(RequestCondition.user(userId));
  }

  /**
   * An application adds a connection to a group.
   *
   * @param connectionId the id of the connection
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if connectionId or group is empty
   * @since 0.1
   */
  public static RequestPattern addConnectionToGroup(String connectionId, String group) {
    notNull(connectionId, "addConnectionToGroup", "connectionId");
    notNull(group, "addConnectionToGroup", "group");
    return of(Operation.ADD_CONNECTION_TO_GROUP, connectionId, group)
        .and(RequestCondition.group(group))
        .and(RequestCondition.connection(connectionId));
  }

  /**
   * An application removes a connection from a group.
   *
   * @param connectionId the id of the connection
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if connectionId or group is empty
   * @since 0.1
   */
  public static RequestPattern removeConnectionFromGroup(String connectionId, String group) {
    notNull(connectionId, "removeConnectionFromGroup", "connectionId");
    notNull(group, "removeConnectionFromGroup", "group");
    return of(Operation.REMOVE_CONNECTION_FROM_GROUP, connectionId, group)
        .and(RequestCondition.group(group))
        .and(RequestCondition.connection(connectionId));
  }

  /**
   * An application removes a connection from all groups.
   *
   * @param connectionId the id of the connection
   * @return the pattern
   * @throws IllegalArgumentException if connectionId is empty
   * @since 0.1
   */
  public static RequestPattern removeConnectionFromAllGroups(String connectionId) {
    notNull(connectionId, "removeConnectionFromAllGroups", "connectionId");
    return of(Operation.REMOVE_CONNECTION_FROM_ALL_GROUPS, connectionId)
        .and(RequestCondition.connection(connectionId));
  }

  /**
   * An application adds the connections of a user to a group.
   *
   * @param userId the user
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if userId or group is empty
   * @since 0.1
   */
  public static RequestPattern addUserToGroup(String userId, String group) {
    notNull(userId, "addUserToGroup", "userId");
    notNull(group, "addUserToGroup", "group");
    return of(Operation.ADD_USER_TO_GROUP, userId, group)
        .and(RequestCondition.user(userId))
        .and(RequestCondition.group(group));
  }

  /**
   * An application removes the connections of a user from a group.
   *
   * @param userId the user
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if userId or group is empty
   * @since 0.1
   */
  public static RequestPattern removeUserFromGroup(String userId, String group) {
    notNull(userId, "removeUserFromGroup", "userId");
    notNull(group, "removeUserFromGroup", "group");
    return of(Operation.REMOVE_USER_FROM_GROUP, userId, group)
        .and(RequestCondition.user(userId))
        .and(RequestCondition.group(group));
  }

  /**
   * An application removes the connections of a user from all groups.
   *
   * @param userId the user
   * @return the pattern
   * @throws IllegalArgumentException if userId is empty
   * @since 0.1
   */
  public static RequestPattern removeUserFromAllGroups(String userId) {
    notNull(userId, "removeUserFromAllGroups", "userId");
    return of(Operation.REMOVE_USER_FROM_ALL_GROUPS, userId).and(RequestCondition.user(userId));
  }

  /**
   * An application adds connections, all or those selected by a filter, to groups.
   *
   * <p>{@link #withFilter} narrows it to one filter.
   *
   * @param groups the groups, all of them, in any order
   * @return the pattern
   * @throws IllegalArgumentException if there is no group
   * @since 0.1
   */
  public static RequestPattern addConnectionsToGroups(String... groups) {
    noneNull(groups, "addConnectionsToGroups", "groups");
    return of(Operation.ADD_CONNECTIONS_TO_GROUPS, groups)
        .and(CallCondition.groups(Arrays.asList(groups)));
  }

  /**
   * An application removes connections, all or those selected by a filter, from groups.
   *
   * <p>{@link #withFilter} narrows it to one filter.
   *
   * @param groups the groups, all of them, in any order
   * @return the pattern
   * @throws IllegalArgumentException if there is no group
   * @since 0.1
   */
  public static RequestPattern removeConnectionsFromGroups(String... groups) {
    noneNull(groups, "removeConnectionsFromGroups", "groups");
    return of(Operation.REMOVE_CONNECTIONS_FROM_GROUPS, groups)
        .and(CallCondition.groups(Arrays.asList(groups)));
  }

  /**
   * An application lists the members of a group; each page is a separate request.
   *
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if group is empty
   * @since 0.1
   */
  public static RequestPattern listConnectionsInGroup(String group) {
    notNull(group, "listConnectionsInGroup", "group");
    return of(Operation.LIST_CONNECTIONS_IN_GROUP, group).and(RequestCondition.group(group));
  }

  /**
   * An application grants a permission to a connection.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group that the permission is for
   * @return the pattern
   * @throws IllegalArgumentException if connectionId or group is empty
   * @since 0.1
   */
  public static RequestPattern grantPermission(
      Permission permission, String connectionId, String group) {
    notNull(permission, "grantPermission", "permission");
    notNull(connectionId, "grantPermission", "connectionId");
    notNull(group, "grantPermission", "group");
    return of(Operation.GRANT_PERMISSION, permission.wireName(), connectionId, group)
        .and(CallCondition.permission(permission))
        .and(RequestCondition.connection(connectionId))
        .and(CallCondition.targetName(group));
  }

  /**
   * An application revokes a permission of a connection.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group that the permission is for
   * @return the pattern
   * @throws IllegalArgumentException if connectionId or group is empty
   * @since 0.1
   */
  public static RequestPattern revokePermission(
      Permission permission, String connectionId, String group) {
    notNull(permission, "revokePermission", "permission");
    notNull(connectionId, "revokePermission", "connectionId");
    notNull(group, "revokePermission", "group");
    return of(Operation.REVOKE_PERMISSION, permission.wireName(), connectionId, group)
        .and(CallCondition.permission(permission))
        .and(RequestCondition.connection(connectionId))
        .and(CallCondition.targetName(group));
  }

  /**
   * An application asks whether a connection holds a permission; the answer "no" is a rejection
   * with 404.
   *
   * @param permission the permission
   * @param connectionId the id of the connection
   * @param group the group that the permission is for
   * @return the pattern
   * @throws IllegalArgumentException if connectionId or group is empty
   * @since 0.1
   */
  public static RequestPattern checkPermission(
      Permission permission, String connectionId, String group) {
    notNull(permission, "checkPermission", "permission");
    notNull(connectionId, "checkPermission", "connectionId");
    notNull(group, "checkPermission", "group");
    return of(Operation.CHECK_PERMISSION, permission.wireName(), connectionId, group)
        .and(CallCondition.permission(permission))
        .and(RequestCondition.connection(connectionId))
        .and(CallCondition.targetName(group));
  }

  /**
   * An application asks the service for a client token; {@link #withParameter} narrows it to a
   * user.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern generateClientToken() {
    return of(Operation.GENERATE_CLIENT_TOKEN);
  }

  /**
   * A health check of the service.
   *
   * @return the pattern
   * @since 0.1
   */
  public static RequestPattern getServiceStatus() {
    return of(Operation.GET_SERVICE_STATUS);
  }

  /**
   * A client joins a group.
   *
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if group is empty
   * @since 0.1
   */
  public static RequestPattern joinGroup(String group) {
    notNull(group, "joinGroup", "group");
    return of(Operation.JOIN_GROUP, group).and(RequestCondition.group(group));
  }

  /**
   * A client leaves a group.
   *
   * @param group the group
   * @return the pattern
   * @throws IllegalArgumentException if group is empty
   * @since 0.1
   */
  public static RequestPattern leaveGroup(String group) {
    notNull(group, "leaveGroup", "group");
    return of(Operation.LEAVE_GROUP, group).and(RequestCondition.group(group));
  }

  /**
   * A client sends a user event; the messages of a simple client are events named {@code message}.
   *
   * @param event the name of the event
   * @return the pattern
   * @throws IllegalArgumentException if event is empty
   * @since 0.1
   */
  public static RequestPattern event(String event) {
    notNull(event, "event", "event");
    return of(Operation.EVENT, event).and(RequestCondition.event(event));
  }

  /**
   * Matches only requests with this text.
   *
   * @param text the whole text
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern withText(String text) {
    notNull(text, "withText", "text");
    return and(RequestCondition.text(text));
  }

  /**
   * Matches only requests with this JSON. Numbers are compared by value, and the order of keys is
   * ignored.
   *
   * @param json a String is JSON text; anything else is written by the fake's mapper
   * @return the narrower pattern
   * @throws IllegalArgumentException if the value is not valid JSON
   * @since 0.1
   */
  public RequestPattern withJson(Object json) {
    notNull(json, "withJson", "json");
    return and(RequestCondition.json(json));
  }

  /**
   * Matches only requests with JSON that holds at least this value, at every level: objects may
   * have further members, and arrays further elements. Strings such as {@code "${any-string}"} are
   * placeholders, see {@link Content#jsonContaining}.
   *
   * @param json a String is JSON text; anything else is written by the fake's mapper
   * @return the narrower pattern
   * @throws IllegalArgumentException if the value is not valid JSON, or a placeholder is unknown
   * @since 0.1
   */
  public RequestPattern withJsonContaining(Object json) {
    notNull(json, "withJsonContaining", "json");
    return and(RequestCondition.jsonContaining(json));
  }

  /**
   * Matches only requests with these bytes as binary data.
   *
   * @param bytes the bytes; they are copied
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern withBinary(byte[] bytes) {
    notNull(bytes, "withBinary", "bytes");
    return and(RequestCondition.binary(bytes));
  }

  /**
   * Matches only requests with this content, of this type of data.
   *
   * @param content the whole content
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern withContent(Content content) {
    notNull(content, "withContent", "content");
    return and(RequestCondition.content(content));
  }

  /**
   * Matches only requests with this metadata entry, possibly among others.
   *
   * @param name the name
   * @param value the value
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern withMetadata(String name, String value) {
    notNull(name, "withMetadata", "name");
    notNull(value, "withMetadata", "value");
    return and(RequestCondition.metadata(name, value));
  }

  /**
   * Matches only requests from a client of this user.
   *
   * @param userId the user whose client sends the request
   * @return the narrower pattern
   * @throws IllegalArgumentException if userId is empty
   * @since 0.1
   */
  public RequestPattern fromUser(String userId) {
    notNull(userId, "fromUser", "userId");
    return and(RequestCondition.fromUser(userId));
  }

  /**
   * Matches only requests from this connection.
   *
   * @param connectionId the id of the connection that sends the request
   * @return the narrower pattern
   * @throws IllegalArgumentException if connectionId is empty
   * @since 0.1
   */
  public RequestPattern fromConnection(String connectionId) {
    notNull(connectionId, "fromConnection", "connectionId");
    return and(RequestCondition.fromConnection(connectionId));
  }

  /**
   * Matches only requests from an application, over REST.
   *
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern fromServer() {
    return and(RequestCondition.fromServer());
  }

  /**
   * Matches only requests from a client, over its WebSocket.
   *
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern fromClient() {
    return and(RequestCondition.fromClient());
  }

  /**
   * Matches only requests in this hub. Default: any hub.
   *
   * @param hub the hub, in any case
   * @return the narrower pattern
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public RequestPattern inHub(String hub) {
    notNull(hub, "inHub", "hub");
    return and(RequestCondition.hub(hub));
  }

  /**
   * Matches only requests that exclude exactly these connections, in any order; without arguments,
   * only those without exclusions.
   *
   * @param connectionIds the ids of the connections
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern excluding(String... connectionIds) {
    noneNull(connectionIds, "excluding", "connectionIds");
    return and(RequestCondition.excluding(Arrays.asList(connectionIds)));
  }

  /**
   * Matches only requests with this reason, which an application gives when it closes connections.
   *
   * @param reason the whole reason
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern withReason(String reason) {
    notNull(reason, "withReason", "reason");
    return and(RequestCondition.reason(reason));
  }

  /**
   * Matches only requests with this filter, in the query or in the body.
   *
   * @param filter the whole filter, as the application wrote it
   * @return the narrower pattern
   * @throws IllegalArgumentException if filter is empty
   * @since 0.1
   */
  public RequestPattern withFilter(String filter) {
    notNull(filter, "withFilter", "filter");
    return and(CallCondition.filter(filter));
  }

  /**
   * Matches only requests with this time to live of the message.
   *
   * @param timeToLive whole seconds; zero for messages that never expire
   * @return the narrower pattern
   * @throws IllegalArgumentException if it is not from 0 to 300 seconds
   * @since 0.1
   */
  public RequestPattern withTimeToLive(Duration timeToLive) {
    notNull(timeToLive, "withTimeToLive", "timeToLive");
    return and(CallCondition.timeToLive(timeToLive));
  }

  /**
   * Matches only REST calls with this header, possibly among others. Tokens are masked, so they
   * never match.
   *
   * @param name the name, case-insensitive
   * @param value the whole value of one header
   * @return the narrower pattern
   * @throws IllegalArgumentException if name is empty
   * @since 0.1
   */
  public RequestPattern withHeader(String name, String value) {
    notNull(name, "withHeader", "name");
    notNull(value, "withHeader", "value");
    return and(CallCondition.header(name, value));
  }

  /**
   * Matches only REST calls with this query parameter and value, possibly among others.
   *
   * @param name the name of the parameter
   * @param value the decoded value
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern withParameter(String name, String value) {
    notNull(name, "withParameter", "name");
    notNull(value, "withParameter", "value");
    return and(RequestCondition.parameter(name, value));
  }

  /**
   * Matches only requests that the service rejected, for any reason.
   *
   * @return the narrower pattern
   * @since 0.1
   */
  public RequestPattern refused() {
    return withOutcome(RequestCondition.refused());
  }

  /**
   * Matches only requests with this outcome.
   *
   * @param outcome the beginning of {@link RecordedRequest#outcome()}, up to a blank or its end:
   *     {@code 404}, {@code Forbidden}
   * @return the narrower pattern
   * @throws IllegalArgumentException if outcome is empty
   * @since 0.1
   */
  public RequestPattern withOutcome(String outcome) {
    notNull(outcome, "withOutcome", "outcome");
    return withOutcome(RequestCondition.outcome(outcome));
  }

  /** This pattern, for requests about which a test says more than a pattern can. */
  RequestPattern matching(Predicate<? super RecordedRequest> condition, ObjectMapping mapping) {
    return and(
        RequestCondition.beyond(
            writtenBy(mapping)::matches,
            "that fulfils the given condition",
            operation ->
                condition.test(new RecordedRequest(operation, mapping))
                    ? Optional.empty()
                    : Optional.of("does not fulfil the condition")));
  }

  /** This pattern, for requests about which a test says more by assertions. */
  RequestPattern satisfying(Consumer<? super RecordedRequest> requirements, ObjectMapping mapping) {
    return and(
        RequestCondition.beyond(
            writtenBy(mapping)::matches,
            "that meets the given requirements",
            operation ->
                Requirements.unmet(requirements, new RecordedRequest(operation, mapping))
                    .map(text -> "not met: " + text)));
  }

  /** Returns the pattern as shown in failures: {@code sendToUser("alice") with text "hi"}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(label);
    for (RequestCondition condition : conditions) {
      if (!condition.phrase().isEmpty()) {
        out.append(' ').append(condition.phrase());
      }
    }
    return Secrets.mask(out.toString());
  }

  /**
   * The same pattern, with objects that it demands written as JSON by the mapper, and contents
   * shown as those of that fake are.
   */
  RequestPattern writtenBy(ObjectMapping mapping) {
    return new RequestPattern(
        label,
        conditions.stream().map(each -> each.writtenBy(mapping)).toList(),
        outcomeGiven,
        mapping.display());
  }

  /** How the contents of requests are shown. */
  Display display() {
    return display;
  }

  boolean matches(RecordedOperation operation) {
    return misses(operation).isEmpty();
  }

  /** Returns whether the pattern restricts the outcome. */
  boolean saysOutcome() {
    return outcomeGiven;
  }

  /** Returns whether it is for handshakes only. */
  boolean isForHandshakes() {
    return conditions.stream()
        .anyMatch(condition -> condition.field().equals(RequestCondition.HANDSHAKE));
  }

  List<RequestCondition> conditions() {
    return conditions;
  }

  /** Returns whether it names the hub. */
  boolean namesHub() {
    return conditions.stream().anyMatch(condition -> condition.field().equals("hub"));
  }

  /** The differences of an operation, the greatest first; empty if it matches. */
  List<RequestMiss> misses(RecordedOperation operation) {
    List<RequestMiss> misses = new ArrayList<>();
    for (RequestCondition condition : conditions) {
      condition.miss(operation).ifPresent(misses::add);
    }
    if (!outcomeGiven) {
      RequestCondition.successful().miss(operation).ifPresent(misses::add);
    }
    return misses;
  }

  /** Returns whether at least one condition of the pattern holds. */
  boolean hasInCommonWith(RecordedOperation operation) {
    return conditions.stream().anyMatch(condition -> condition.miss(operation).isEmpty());
  }

  private static RequestPattern of(Operation operation, String... arguments) {
    return new RequestPattern(
        RequestText.call(operation, arguments),
        List.of(RequestCondition.operation(operation)),
        false);
  }

  private RequestPattern and(RequestCondition condition) {
    List<RequestCondition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new RequestPattern(label, more, outcomeGiven, display);
  }

  private RequestPattern withOutcome(RequestCondition condition) {
    List<RequestCondition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new RequestPattern(label, more, true, display);
  }
}
