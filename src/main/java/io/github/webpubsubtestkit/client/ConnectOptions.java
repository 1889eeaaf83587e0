package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options of a client's connection. Immutable: every method returns a modified copy.
 *
 * <pre>{@code
 * PubSubClient alice = service.connect(asUser("alice").groups("room"));
 * SimpleClient sensor = service.connectSimple(anonymous().rawSendToGroup("readings"));
 *
 * assertThatExceptionOfType(HandshakeRejectedException.class)
 *     .isThrownBy(() -> service.connect(asUser("mallory").expiresIn(ofMinutes(-10))))
 *     .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
 * }</pre>
 *
 * @since 0.1
 */
public final class ConnectOptions {

  private static final List<String> DEFAULT_ROLES =
      List.of("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");

  private final Draft values;

  private ConnectOptions(Draft values) {
    this.values = values;
  }

  /**
   * Returns options with a user id.
   *
   * <p>Defaults: the service's default hub, the roles {@code webpubsub.joinLeaveGroup} and {@code
   * webpubsub.sendToGroup}, no group, the JSON subprotocol (for {@link PubSubClient}s), a token of
   * one hour in the URL.
   *
   * @param userId the {@code sub} of the token; may be empty, which the service treats nearly
   *     everywhere like no user id
   * @return the options
   * @since 0.1
   */
  public static ConnectOptions asUser(String userId) {
    notNull(userId, "asUser", "userId");
    Draft draft = new Draft();
    draft.userId = userId;
    return new ConnectOptions(draft);
  }

  /**
   * Returns options with a token without a user. To connect without any token, see {@link
   * #withoutToken()}.
   *
   * @return the options, with the defaults of {@link #asUser(String)}
   * @since 0.1
   */
  public static ConnectOptions anonymous() {
    return new ConnectOptions(new Draft());
  }

  /**
   * Sets the hub to connect to. Default: the default hub of the service.
   *
   * @param hub its name, case-insensitive; not checked here, so that a test can see how the service
   *     rejects it
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions hub(String hub) {
    notNull(hub, "hub", "hub");
    Draft draft = values.copy();
    draft.hub = hub;
    return new ConnectOptions(draft);
  }

  /**
   * Sets the roles in the token, replacing earlier ones and the defaults.
   *
   * @param roles the roles, for example {@code webpubsub.sendToGroup.room}; for none see {@link
   *     #withoutRoles()}
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions roles(String... roles) {
    noneNull(roles, "roles", "roles");
    Draft draft = values.copy();
    draft.roles = List.of(roles);
    return new ConnectOptions(draft);
  }

  /**
   * Removes all roles: the client may receive messages and send events, but neither join, leave nor
   * send to groups.
   *
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions withoutRoles() {
    return roles(new String[0]);
  }

  /**
   * Sets the groups the token adds the connection to, replacing earlier ones. Default: none.
   *
   * @param groups the names
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions groups(String... groups) {
    noneNull(groups, "groups", "groups");
    Draft draft = values.copy();
    draft.groups = List.of(groups);
    return new ConnectOptions(draft);
  }

  /**
   * Sets the subprotocol of a {@link PubSubClient}; a {@link SimpleClient} ignores it. Default:
   * {@link Protocol#JSON}.
   *
   * @param protocol the subprotocol to offer
   * @return the modified copy
   * @throws IllegalStateException if it is a protobuf subprotocol and {@code
   *     com.google.protobuf:protobuf-java} is not on the class path
   * @since 0.1
   */
  public ConnectOptions protocol(Protocol protocol) {
    notNull(protocol, "protocol", "protocol");
    Optional<String> missing = protocol.missing();
    if (missing.isPresent()) {
      throw new IllegalStateException(
          "protocol " + protocol + " (" + protocol.subprotocol() + ") " + missing.get());
    }
    Draft draft = values.copy();
    draft.protocol = protocol;
    return new ConnectOptions(draft);
  }

  /**
   * Sets the name of the client in failure texts and in the timeline. Default: the user id, or
   * {@code client-1}, {@code client-2} … without one.
   *
   * @param displayName the name, not blank
   * @return the modified copy
   * @throws IllegalArgumentException if the name is blank
   * @since 0.1
   */
  public ConnectOptions name(String displayName) {
    notNull(displayName, "name", "displayName");
    if (displayName.isBlank()) {
      throw new IllegalArgumentException("displayName must not be blank");
    }
    Draft draft = values.copy();
    draft.name = displayName;
    return new ConnectOptions(draft);
  }

  /**
   * Adds a query parameter to the client URL. A name may be repeated.
   *
   * @param name the name, not empty, unencoded; not {@code access_token}, see {@link
   *     #accessToken(String)}
   * @param value the value, unencoded
   * @return the modified copy
   * @throws IllegalArgumentException if the name is empty or {@code access_token}
   * @since 0.1
   */
  public ConnectOptions query(String name, String value) {
    notNull(name, "query", "name");
    notNull(value, "query", "value");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name of a query parameter must not be empty");
    }
    if (name.equalsIgnoreCase("access_token")) {
      throw new IllegalArgumentException(
          "query(\"access_token\", …) cannot set the token: use accessToken(…) for a given token,"
              + " withoutToken() for none");
    }
    Draft draft = values.copy();
    draft.query.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
    return new ConnectOptions(draft);
  }

  /**
   * Sets the lifetime of the token. Default: one hour. The service tolerates a clock difference of
   * five minutes, so a token is rejected only when it has been expired for longer.
   *
   * @param lifetime the lifetime from now on; negative for an expired token
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions expiresIn(Duration lifetime) {
    notNull(lifetime, "expiresIn", "lifetime");
    Draft draft = values.copy();
    draft.expiresIn = lifetime;
    return new ConnectOptions(draft);
  }

  /**
   * Sends the token in the header {@code Authorization} instead of the query.
   *
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions tokenInHeader() {
    Draft draft = values.copy();
    draft.tokenInHeader = true;
    return new ConnectOptions(draft);
  }

  /**
   * Publishes everything that a {@link SimpleClient} sends to a group, by {@code
   * webpubsub_mode=sendToGroup&group=…}. By default such a client sends events.
   *
   * @param group the group; the client does not become a member
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions rawSendToGroup(String group) {
    notNull(group, "rawSendToGroup", "group");
    Draft draft = values.copy();
    draft.query.put("webpubsub_mode", List.of("sendToGroup"));
    draft.query.put("group", List.of(group));
    return new ConnectOptions(draft);
  }

  /**
   * Suppresses copies of its own messages for a client with {@link #rawSendToGroup(String)}, by
   * {@code noEcho=true}.
   *
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions noEcho() {
    Draft draft = values.copy();
    draft.query.put("noEcho", List.of("true"));
    return new ConnectOptions(draft);
  }

  /**
   * Sends exactly this token, valid or not. User, roles, groups and lifetime of these options then
   * have no effect.
   *
   * @param verbatimToken a JWT or any other text
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions accessToken(String verbatimToken) {
    notNull(verbatimToken, "accessToken", "verbatimToken");
    Draft draft = values.copy();
    draft.accessToken = verbatimToken;
    draft.withoutToken = false;
    return new ConnectOptions(draft);
  }

  /**
   * Sends no token.
   *
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions withoutToken() {
    Draft draft = values.copy();
    draft.accessToken = null;
    draft.withoutToken = true;
    return new ConnectOptions(draft);
  }

  /**
   * Signs the token with another key than the service's.
   *
   * @param otherAccessKey the key; at least 32 bytes long
   * @return the modified copy
   * @since 0.1
   */
  public ConnectOptions signedWith(String otherAccessKey) {
    notNull(otherAccessKey, "signedWith", "otherAccessKey");
    Draft draft = values.copy();
    draft.signingKey = otherAccessKey;
    return new ConnectOptions(draft);
  }

  /**
   * Returns the hub.
   *
   * @return the hub; empty for the service's default hub
   * @since 0.1
   */
  public Optional<String> hub() {
    return Optional.ofNullable(values.hub);
  }

  /**
   * Returns the user id.
   *
   * @return the user id; empty for a token without a user
   * @since 0.1
   */
  public Optional<String> userId() {
    return Optional.ofNullable(values.userId);
  }

  /**
   * Returns the roles in the token.
   *
   * @return an unmodifiable list
   * @since 0.1
   */
  public List<String> roles() {
    return values.roles;
  }

  /**
   * Returns the groups in the token.
   *
   * @return an unmodifiable list
   * @since 0.1
   */
  public List<String> groups() {
    return values.groups;
  }

  /**
   * Returns the subprotocol of a {@link PubSubClient}.
   *
   * @return the subprotocol to offer
   * @since 0.1
   */
  public Protocol protocol() {
    return values.protocol;
  }

  /**
   * Returns the display name.
   *
   * @return the name; empty if none was set
   * @since 0.1
   */
  public Optional<String> name() {
    return Optional.ofNullable(values.name);
  }

  /**
   * Returns all query parameters except the token, including those of {@link
   * #rawSendToGroup(String)} and {@link #noEcho()}.
   *
   * @return unencoded values by unencoded name, in order of addition; unmodifiable
   * @since 0.1
   */
  public Map<String, List<String>> queryParameters() {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.query.forEach((name, all) -> copy.put(name, List.copyOf(all)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the lifetime of the token.
   *
   * @return the lifetime; negative for an expired token
   * @since 0.1
   */
  public Duration expiresIn() {
    return values.expiresIn;
  }

  /**
   * Returns whether the token is sent in the header.
   *
   * @return true for the header, false for the query
   * @since 0.1
   */
  public boolean isTokenInHeader() {
    return values.tokenInHeader;
  }

  /**
   * Returns the token to send verbatim.
   *
   * @return the token; empty if one is generated from these options
   * @since 0.1
   */
  public Optional<String> accessToken() {
    return Optional.ofNullable(values.accessToken);
  }

  /**
   * Returns whether no token is sent.
   *
   * @return true after {@link #withoutToken()}
   * @since 0.1
   */
  public boolean isWithoutToken() {
    return values.withoutToken;
  }

  /**
   * Returns the key to sign with.
   *
   * @return the key; empty for the service's own
   * @since 0.1
   */
  public Optional<String> signingKey() {
    return Optional.ofNullable(values.signingKey);
  }

  /** The values during construction; never changed once held by options. */
  private static final class Draft {
    @Nullable String hub;
    @Nullable String userId;
    @Nullable String name;
    @Nullable String accessToken;
    @Nullable String signingKey;
    List<String> roles = DEFAULT_ROLES;
    List<String> groups = List.of();
    Protocol protocol = Protocol.JSON;
    Duration expiresIn = Duration.ofHours(1);
    boolean tokenInHeader;
    boolean withoutToken;
    final Map<String, List<String>> query = new LinkedHashMap<>();

    Draft copy() {
      Draft copy = new Draft();
      copy.hub = hub;
      copy.userId = userId;
      copy.name = name;
      copy.accessToken = accessToken;
      copy.signingKey = signingKey;
      copy.roles = roles;
      copy.groups = groups;
      copy.protocol = protocol;
      copy.expiresIn = expiresIn;
      copy.tokenInHeader = tokenInHeader;
      copy.withoutToken = withoutToken;
      query.forEach((parameter, all) -> copy.query.put(parameter, new ArrayList<>(all)));
      return copy;
    }
  }
}
