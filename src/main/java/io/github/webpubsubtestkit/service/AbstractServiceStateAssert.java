package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link ServiceAssert} that is about connections, users and groups.
 *
 * <p>These assertions look once and at once. Behind {@link #within(Duration)} they wait until the
 * state is as expected. They are about the default hub unless {@link #inHub(String)} says
 * otherwise, and about all connections, those of the kit and of the application under test.
 *
 * @param <S> the concrete assertion
 * @since 0.1
 */
public abstract class AbstractServiceStateAssert<S extends AbstractServiceStateAssert<S>>
    extends AbstractAssert<S, FakeWebPubSub> {

  private @Nullable Duration time;
  private @Nullable String hub;

  AbstractServiceStateAssert(FakeWebPubSub actual, Class<?> type) {
    super(actual, type);
  }

  /**
   * Says how long the assertions behind it wait: {@code receives…} instead of 5 seconds, and those
   * about the state instead of not at all. {@code hasReceived…} never waits.
   *
   * <pre>{@code
   * assertThat(service).within(ofSeconds(2)).hasNoUser("alice");   // passes as soon as she is gone
   * assertThat(service).within(ZERO).receivesRequest(sendToAll()); // fails if it has not come yet
   * }</pre>
   *
   * @param time how long to wait at most; zero only looks
   * @return this assertion object
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public S within(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative but is " + time);
    }
    this.time = time;
    return myself;
  }

  /**
   * Says which hub the assertions behind it are about. Without it, those on the state are about the
   * default hub, all others about every hub.
   *
   * <pre>{@code
   * assertThat(service).inHub("chat").hasConnections(2); // passes with two connections in "chat"
   * assertThat(service).inHub("news").hasConnections(2); // fails, and lists those of "news"
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return this assertion object
   * @throws IllegalArgumentException if that is no hub name
   * @since 0.1
   */
  public S inHub(String hub) {
    this.hub = Checked.hub(hub);
    return myself;
  }

  /**
   * Verifies how many connections the hub has.
   *
   * <pre>{@code
   * // alice and bob are connected
   * assertThat(service).hasConnections(2);  // passes
   * assertThat(service).hasConnections(3);  // fails, and lists the two
   * }</pre>
   *
   * @param count how many
   * @return this assertion object
   * @throws AssertionError if there are more or fewer
   * @since 0.1
   */
  public S hasConnections(int count) {
    return holds(StateReport.count(count, "connection"), all -> all.size() == count);
  }

  /**
   * Verifies that the hub has no connection.
   *
   * <pre>{@code
   * alice.close();
   * assertThat(service).within(ofSeconds(1)).hasNoConnections(); // passes
   * // while bob is connected
   * assertThat(service).hasNoConnections();                      // fails, and shows bob's
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if there is one
   * @since 0.1
   */
  public S hasNoConnections() {
    return holds("no connection", List::isEmpty);
  }

  /**
   * Verifies that a user has a connection; the same as {@link #hasUser}. {@link
   * ServiceAssert#receivesConnectionFrom} waits for one.
   *
   * <pre>{@code
   * // alice is connected
   * assertThat(service).hasConnectionFrom("alice"); // passes
   * assertThat(service).hasConnectionFrom("bob");   // fails, and lists the connections
   * }</pre>
   *
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if there is none
   * @since 0.1
   */
  public S hasConnectionFrom(String userId) {
    return holds(
        "a connection from user " + FailureText.quotedContent(userId), all -> hasUser(all, userId));
  }

  /**
   * Verifies that a user has a connection.
   *
   * <pre>{@code
   * // alice is connected
   * assertThat(service).hasUser("alice"); // passes
   * assertThat(service).hasUser("bob");   // fails, and lists the connections
   * }</pre>
   *
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if there is none
   * @since 0.1
   */
  public S hasUser(String userId) {
    return holds(
        "user " + FailureText.quotedContent(userId) + " to be connected",
        all -> hasUser(all, userId));
  }

  /**
   * Verifies that a user has no connection.
   *
   * <pre>{@code
   * // alice is connected
   * assertThat(service).hasNoUser("bob");   // passes
   * assertThat(service).hasNoUser("alice"); // fails, and lists the connections
   * }</pre>
   *
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if there is one
   * @since 0.1
   */
  public S hasNoUser(String userId) {
    return holds(
        "user " + FailureText.quotedContent(userId) + " not to be connected",
        all -> !hasUser(all, userId));
  }

  /**
   * Verifies that a connection of a user is a member of a group.
   *
   * <pre>{@code
   * alice.joinGroup("room");
   * assertThat(service).hasGroupMember("room", "alice"); // passes
   * assertThat(service).hasGroupMember("room", "bob");   // fails, and lists all and their groups
   * }</pre>
   *
   * @param group the group
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if there is none
   * @since 0.1
   */
  public S hasGroupMember(String group, String userId) {
    return holds(
        member(userId) + " to be a member of group " + FailureText.quotedContent(group),
        all -> hasMember(all, group, userId));
  }

  /**
   * Verifies that no connection of a user is a member of a group.
   *
   * <pre>{@code
   * alice.leaveGroup("room");
   * assertThat(service).hasNoGroupMember("room", "alice"); // passes
   * // while bob is a member
   * assertThat(service).hasNoGroupMember("room", "bob");   // fails, and lists all and their groups
   * }</pre>
   *
   * @param group the group
   * @param userId the user
   * @return this assertion object
   * @throws AssertionError if there is one
   * @since 0.1
   */
  public S hasNoGroupMember(String group, String userId) {
    return holds(
        member(userId) + " not to be a member of group " + FailureText.quotedContent(group),
        all -> !hasMember(all, group, userId));
  }

  /**
   * Verifies how many connections are members of a group; those without a user count as well.
   *
   * <pre>{@code
   * // alice is the only member
   * assertThat(service).groupHasMembers("room", 1); // passes
   * assertThat(service).groupHasMembers("room", 2); // fails, and lists all and their groups
   * }</pre>
   *
   * @param group the group
   * @param count how many; 0 means that the group does not exist
   * @return this assertion object
   * @throws AssertionError if there are more or fewer
   * @since 0.1
   */
  public S groupHasMembers(String group, int count) {
    return holds(
        "group "
            + FailureText.quotedContent(group)
            + " to have "
            + StateReport.count(count, "member"),
        all -> all.stream().filter(each -> each.groups().contains(group)).count() == count);
  }

  /** The hub that the state is about. */
  String hubOfState() {
    return hub == null ? Checked.hub(actual.defaultHub()) : hub;
  }

  /** The hub that was said; empty if none was. */
  Optional<String> hubSaid() {
    return Optional.ofNullable(hub);
  }

  /** How long {@code receives…} waits. */
  Duration timeToReceive() {
    return time == null ? Waiting.DEFAULT : time;
  }

  /** Names what went wrong elsewhere, for whoever waited for what it should have led to. */
  FailureText withTroubles(FailureText text) {
    return text.troubles(actual.troubles(hubSaid().orElse(null)));
  }

  private S holds(String expectation, Predicate<List<ConnectionInfo>> condition) {
    isNotNull();
    requireNonNull(condition, "condition");
    Duration atMost = time == null ? Duration.ZERO : time;
    String where = hubOfState();
    Look look = new Look(where, condition);
    if (Waiting.forAssertion(actual.log().changes(), atMost, look::asExpected).isEmpty()) {
      String headline =
          "expected " + expectation + (atMost.isZero() ? "" : " within " + Times.describe(atMost));
      throw failure(
          "%s",
          withTroubles(StateReport.add(FailureText.of("service", headline), where, look.seen))
              .text());
    }
    return myself;
  }

  private static boolean hasUser(List<ConnectionInfo> connections, String userId) {
    return connections.stream().anyMatch(each -> each.userId().equals(Optional.of(userId)));
  }

  private static boolean hasMember(List<ConnectionInfo> connections, String group, String userId) {
    return connections.stream()
        .anyMatch(
            each -> each.userId().equals(Optional.of(userId)) && each.groups().contains(group));
  }

  private static String member(String userId) {
    return "user " + FailureText.quotedContent(userId);
  }

  /** Remembers what it saw, so that the failure shows what failed and not what came after. */
  private final class Look {
    private final String where;
    private final Predicate<List<ConnectionInfo>> condition;
    private List<ConnectionInfo> seen = List.of();

    Look(String where, Predicate<List<ConnectionInfo>> condition) {
      this.where = where;
      this.condition = condition;
    }

    Optional<Boolean> asExpected() {
      seen = actual.state().connections(where);
      return condition.test(seen) ? Optional.of(true) : Optional.empty();
    }
  }
}
