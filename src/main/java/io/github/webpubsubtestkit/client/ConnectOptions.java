package io.github.webpubsubtestkit.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * As whom and how a client connects. Immutable: every method returns a changed copy.
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
   * A client with a user id.
   *
   * <p>Unless changed: the service's default hub, the roles {@code webpubsub.joinLeaveGroup} and
   * {@code webpubsub.sendToGroup}, no group, the JSON subprotocol (for {@link PubSubClient}s), a
   * token of one hour in the URL.
   *
   * @param userId the {@code sub} of the token; it may be empty, which the service takes for a user
   *     without an id nearly everywhere
   * @return the options
   * @since 0.1
   */
  public static ConnectOptions asUser(String userId) {
    Draft draft = new Draft();
    draft.userId = requireNonNull(userId, "userId");
    return new ConnectOptions(draft);
  }

  /**
   * A client with a token that names no user. To connect without any token see {@link
   * #withoutToken()}.
   *
   * @return the options, otherwise as with {@link #asUser(String)}
   * @since 0.1
   */
  public static ConnectOptions anonymous() {
    return new ConnectOptions(new Draft());
  }

  /**
   * The hub to connect to. Default: the default hub of the service.
   *
   * @param hub its name, in any case of letters; it is not checked here, so that a test can see how
   *     the service refuses it
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions hub(String hub) {
    Draft draft = values.copy();
    draft.hub = requireNonNull(hub, "hub");
    return new ConnectOptions(draft);
  }

  /**
   * The roles in the token; they replace those set before and the default ones.
   *
   * @param roles for example {@code webpubsub.sendToGroup.room}; for none see {@link
   *     #withoutRoles()}
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions roles(String... roles) {
    Draft draft = values.copy();
    draft.roles = List.of(roles);
    return new ConnectOptions(draft);
  }

  /**
   * No role at all: the client may receive and send events, but neither join, leave nor send to
   * groups.
   *
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions withoutRoles() {
    return roles(new String[0]);
  }

  /**
   * The groups that the token makes the connection a member of; they replace those set before.
   * Default: none.
   *
   * @param groups the names
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions groups(String... groups) {
    Draft draft = values.copy();
    draft.groups = List.of(groups);
    return new ConnectOptions(draft);
  }

  /**
   * The subprotocol of a {@link PubSubClient}; a {@link SimpleClient} has none and ignores this.
   * Default: {@link Protocol#JSON}.
   *
   * @param protocol the subprotocol to offer
   * @return changed options
   * @throws IllegalStateException if it is a protobuf one and {@code
   *     com.google.protobuf:protobuf-java} is not on the class path
   * @since 0.1
   */
  public ConnectOptions protocol(Protocol protocol) {
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
   * What to call the client in failure texts and in the timeline. Default: the user id, and {@code
   * client-1}, {@code client-2} … without one.
   *
   * @param displayName not blank
   * @return changed options
   * @throws IllegalArgumentException if the name is blank
   * @since 0.1
   */
  public ConnectOptions name(String displayName) {
    if (displayName.isBlank()) {
      throw new IllegalArgumentException("displayName must not be blank");
    }
    Draft draft = values.copy();
    draft.name = displayName;
    return new ConnectOptions(draft);
  }

  /**
   * Adds a parameter to the query of the client URL. A name may be given several times.
   *
   * @param name not empty, unencoded; not {@code access_token}, see {@link #accessToken(String)}
   * @param value unencoded
   * @return changed options
   * @throws IllegalArgumentException if the name is empty or {@code access_token}
   * @since 0.1
   */
  public ConnectOptions query(String name, String value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name of a query parameter must not be empty");
    }
    if (name.equalsIgnoreCase("access_token")) {
      throw new IllegalArgumentException(
          "a token is not set by query(\"access_token\", …): use accessToken(…) for a given token,"
              + " withoutToken() for none");
    }
    Draft draft = values.copy();
    draft.query.computeIfAbsent(name, none -> new ArrayList<>()).add(requireNonNull(value));
    return new ConnectOptions(draft);
  }

  /**
   * How long the token is good for. Default: one hour. The service allows for clocks that differ by
   * five minutes, so a token has to be expired for longer than that to be refused.
   *
   * @param lifetime from now on; negative for an expired token
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions expiresIn(Duration lifetime) {
    Draft draft = values.copy();
    draft.expiresIn = requireNonNull(lifetime, "lifetime");
    return new ConnectOptions(draft);
  }

  /**
   * Sends the token in the header {@code Authorization} instead of the query.
   *
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions tokenInHeader() {
    Draft draft = values.copy();
    draft.tokenInHeader = true;
    return new ConnectOptions(draft);
  }

  /**
   * Makes everything that a {@link SimpleClient} sends a message to a group, by {@code
   * webpubsub_mode=sendToGroup&group=…}. Without it such a client sends events.
   *
   * @param group the group, which the client does not become a member of
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions rawSendToGroup(String group) {
    Draft draft = values.copy();
    draft.query.put("webpubsub_mode", List.of("sendToGroup"));
    draft.query.put("group", List.of(group));
    return new ConnectOptions(draft);
  }

  /**
   * Spares a client with {@link #rawSendToGroup(String)} the copy of its own messages, by {@code
   * noEcho=true}.
   *
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions noEcho() {
    Draft draft = values.copy();
    draft.query.put("noEcho", List.of("true"));
    return new ConnectOptions(draft);
  }

  /**
   * Sends this token and no other, whatever it is. User, roles, groups and lifetime of these
   * options then have no effect on the service.
   *
   * @param verbatimToken a JWT, or something that is none
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions accessToken(String verbatimToken) {
    Draft draft = values.copy();
    draft.accessToken = requireNonNull(verbatimToken, "verbatimToken");
    draft.withoutToken = false;
    return new ConnectOptions(draft);
  }

  /**
   * Sends no token.
   *
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions withoutToken() {
    Draft draft = values.copy();
    draft.accessToken = null;
    draft.withoutToken = true;
    return new ConnectOptions(draft);
  }

  /**
   * Signs the token with a key that need not be the service's.
   *
   * @param otherAccessKey the key; at least 32 bytes long
   * @return changed options
   * @since 0.1
   */
  public ConnectOptions signedWith(String otherAccessKey) {
    Draft draft = values.copy();
    draft.signingKey = requireNonNull(otherAccessKey, "otherAccessKey");
    return new ConnectOptions(draft);
  }

  /**
   * The hub asked for.
   *
   * @return empty for the service's default hub
   * @since 0.1
   */
  public Optional<String> hub() {
    return Optional.ofNullable(values.hub);
  }

  /**
   * The user id.
   *
   * @return empty for a token that names no user
   * @since 0.1
   */
  public Optional<String> userId() {
    return Optional.ofNullable(values.userId);
  }

  /**
   * The roles in the token.
   *
   * @return unmodifiable
   * @since 0.1
   */
  public List<String> roles() {
    return values.roles;
  }

  /**
   * The groups in the token.
   *
   * @return unmodifiable
   * @since 0.1
   */
  public List<String> groups() {
    return values.groups;
  }

  /**
   * The subprotocol of a {@link PubSubClient}.
   *
   * @return the one to offer
   * @since 0.1
   */
  public Protocol protocol() {
    return values.protocol;
  }

  /**
   * The display name.
   *
   * @return empty if none was chosen
   * @since 0.1
   */
  public Optional<String> name() {
    return Optional.ofNullable(values.name);
  }

  /**
   * All parameters of the query but the token, those of {@link #rawSendToGroup(String)} and {@link
   * #noEcho()} included.
   *
   * @return unencoded values by unencoded name, in the order in which they were added; unmodifiable
   * @since 0.1
   */
  public Map<String, List<String>> queryParameters() {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.query.forEach((name, all) -> copy.put(name, List.copyOf(all)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * The lifetime of the token.
   *
   * @return negative for an expired one
   * @since 0.1
   */
  public Duration expiresIn() {
    return values.expiresIn;
  }

  /**
   * Where the token goes.
   *
   * @return true for the header, false for the query
   * @since 0.1
   */
  public boolean isTokenInHeader() {
    return values.tokenInHeader;
  }

  /**
   * The token to send as it is.
   *
   * @return empty if one is to be made from these options
   * @since 0.1
   */
  public Optional<String> accessToken() {
    return Optional.ofNullable(values.accessToken);
  }

  /**
   * Returns whether no token is to be sent.
   *
   * @return true after {@link #withoutToken()}
   * @since 0.1
   */
  public boolean isWithoutToken() {
    return values.withoutToken;
  }

  /**
   * The key to sign with.
   *
   * @return empty for the service's own key
   * @since 0.1
   */
  public Optional<String> signingKey() {
    return Optional.ofNullable(values.signingKey);
  }

  /** The values while they are put together; never changed once options hold it. */
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
