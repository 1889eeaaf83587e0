package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a {@link FakeWebPubSub}: what it was asked, and how its connections, users and
 * groups stand.
 *
 * <p>{@code receives…} waits, 5 seconds unless {@link #within} says otherwise. A fake has one
 * cursor for requests: {@link #receivesRequest} and {@link #receivesEvent} take the first match at
 * or behind it and move it behind that match, so that requests are taken in the order in which they
 * came. Where the order of two requests is not certain, as with two independent clients, use {@link
 * #receivesRequest} for the one that comes last in any case, or {@link #hasReceivedRequest} after
 * {@link FakeWebPubSub#awaitIdle()}. {@code hasReceived…} looks at all that is kept, never waits
 * and never moves the cursor.
 *
 * <p>Assertions on the state, as {@link #hasConnections}, look once and at once. Behind {@link
 * #within(Duration)} they wait until it is as expected. They are about the default hub unless
 * {@link #inHub(String)} says otherwise, and about all connections, those of the kit and of the
 * application under test.
 *
 * @since 0.1
 */
public class ServiceAssert extends AbstractAssert<ServiceAssert, FakeWebPubSub> {

  private @Nullable Duration time;
  private @Nullable String hub;

  /**
   * An assertion on a fake; usually made by {@code assertThat(service)}.
   *
   * @param actual the fake
   * @since 0.1
   */
  public ServiceAssert(FakeWebPubSub actual) {
    super(notNull(actual, "ServiceAssert", "actual"), ServiceAssert.class);
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
  public ServiceAssert within(Duration time) {
    notNull(time, "within", "time");
    if (time.isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative but is " + time);
    }
    this.time = time;
    return this;
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
  public ServiceAssert inHub(String hub) {
    notNull(hub, "inHub", "hub");
    this.hub = Checked.hub(hub);
    return this;
  }

  /**
   * Waits for a request and takes it.
   *
   * <p>Takes the first match at or behind the cursor and moves the cursor behind it; requests in
   * between are passed over. A request that the service refused does not match unless the pattern
   * asks for it, but the failure shows it with its refusal.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).receivesRequest(sendToUser("alice").withText("Hello, alice")); // passes
   * assertThat(service).receivesRequest(sendToUser("bob")); // fails after 5 s, and shows what came
   * }</pre>
   *
   * @param pattern what is wanted
   * @return an assertion on the request
   * @throws AssertionError if no such request comes in time
   * @since 0.1
   */
  public RequestAssert receivesRequest(RequestPattern pattern) {
    notNull(pattern, "receivesRequest", "pattern");
    return receives("a request", pattern);
  }

  /**
   * Does the same as {@link #receivesRequest(RequestPattern)}, within another time.
   *
   * @param atMost how long to wait at most, in real time; zero only looks
   * @param pattern what is wanted
   * @return an assertion on the request
   * @throws AssertionError as {@link #receivesRequest(RequestPattern)}
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public RequestAssert receivesRequestWithin(Duration atMost, RequestPattern pattern) {
    notNull(pattern, "receivesRequestWithin", "pattern");
    return during("receivesRequestWithin", atMost, () -> receivesRequest(pattern));
  }

  /**
   * Waits for a request that also fulfils a condition and takes it.
   *
   * <pre>{@code
   * assertThat(service).receivesRequestMatching(sendToAll(), it -> it.status().getAsInt() == 202);
   * assertThat(service).receivesRequestMatching(sendToAll(), it -> false); // fails after 5 s
   * }</pre>
   *
   * @param pattern what is wanted
   * @param condition what else must be true; asked only of requests that the pattern matches
   * @return an assertion on the request
   * @throws AssertionError if no such request comes in time
   * @since 0.1
   */
  public RequestAssert receivesRequestMatching(
      RequestPattern pattern, Predicate<? super RecordedRequest> condition) {
    notNull(pattern, "receivesRequestMatching", "pattern");
    notNull(condition, "receivesRequestMatching", "condition");
    return receives("a request", pattern.matching(condition, actual.mapping()));
  }

  /**
   * Does the same as {@link #receivesRequestMatching(RequestPattern, Predicate)}, within another
   * time.
   *
   * @param atMost how long to wait at most, in real time; zero only looks
   * @param pattern what is wanted
   * @param condition what else must be true; asked only of requests that the pattern matches
   * @return an assertion on the request
   * @throws AssertionError as {@link #receivesRequestMatching(RequestPattern, Predicate)}
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public RequestAssert receivesRequestMatchingWithin(
      Duration atMost, RequestPattern pattern, Predicate<? super RecordedRequest> condition) {
    notNull(pattern, "receivesRequestMatchingWithin", "pattern");
    notNull(condition, "receivesRequestMatchingWithin", "condition");
    return during(
        "receivesRequestMatchingWithin", atMost, () -> receivesRequestMatching(pattern, condition));
  }

  /**
   * Waits for a request that also meets requirements and takes it. The failure says of each request
   * that the pattern matches which requirement it did not meet.
   *
   * <pre>{@code
   * assertThat(service)
   *     .receivesRequestSatisfying(
   *         sendToAll(), it -> assertThat(it.text().get()).startsWith("Hello"));
   * }</pre>
   *
   * @param pattern what is wanted
   * @param requirements assertions; made only on requests that the pattern matches
   * @return an assertion on the request
   * @throws AssertionError if no such request comes in time
   * @since 0.1
   */
  public RequestAssert receivesRequestSatisfying(
      RequestPattern pattern, Consumer<? super RecordedRequest> requirements) {
    notNull(pattern, "receivesRequestSatisfying", "pattern");
    notNull(requirements, "receivesRequestSatisfying", "requirements");
    return receives("a request", pattern.satisfying(requirements, actual.mapping()));
  }

  /**
   * Does the same as {@link #receivesRequestSatisfying(RequestPattern, Consumer)}, within another
   * time.
   *
   * @param atMost how long to wait at most, in real time; zero only looks
   * @param pattern what is wanted
   * @param requirements assertions; made only on requests that the pattern matches
   * @return an assertion on the request
   * @throws AssertionError as {@link #receivesRequestSatisfying(RequestPattern, Consumer)}
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public RequestAssert receivesRequestSatisfyingWithin(
      Duration atMost, RequestPattern pattern, Consumer<? super RecordedRequest> requirements) {
    notNull(pattern, "receivesRequestSatisfyingWithin", "pattern");
    notNull(requirements, "receivesRequestSatisfyingWithin", "requirements");
    return during(
        "receivesRequestSatisfyingWithin",
        atMost,
        () -> receivesRequestSatisfying(pattern, requirements));
  }

  /**
   * Waits for a user event of a client and takes it; the same as {@link #receivesRequest} with
   * {@link RequestPattern#event}.
   *
   * <p>Takes the next event of that name, whoever sent it. Nobody takes events unless {@link
   * FakeWebPubSub#recordEvents()} was called.
   *
   * <pre>{@code
   * service.recordEvents();
   * alice.sendText("hi");                                                // a simple client
   * assertThat(service).receivesEvent("message").hasText("hi");         // passes
   * assertThat(service).within(ofMillis(100)).receivesEvent("message");  // fails: there was one
   * }</pre>
   *
   * @param event the name of the event; {@code message} for those of simple clients
   * @return an assertion on the event
   * @throws AssertionError if no such event comes in time
   * @since 0.1
   */
  public RequestAssert receivesEvent(String event) {
    notNull(event, "receivesEvent", "event");
    return receives("an event", RequestPattern.event(event));
  }

  /**
   * Does the same as {@link #receivesEvent(String)}, within another time.
   *
   * @param atMost how long to wait at most, in real time; zero only looks
   * @param event the name of the event; {@code message} for those of simple clients
   * @return an assertion on the event
   * @throws AssertionError as {@link #receivesEvent(String)}
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public RequestAssert receivesEventWithin(Duration atMost, String event) {
    notNull(event, "receivesEventWithin", "event");
    return during("receivesEventWithin", atMost, () -> receivesEvent(event));
  }

  /**
   * Waits for a connection of a user and takes it.
   *
   * <p>Takes the first connection of that user that was not taken before, whether it is still open
   * or not; the kit's own count as well. The cursor of the requests stays where it is.
   *
   * <pre>{@code
   * app.start();                                                             // connects as "alice"
   * assertThat(service).receivesConnectionFrom("alice").isInGroup("prices"); // passes
   * assertThat(service).receivesConnectionFrom("alice"); // fails after 5 s: there was one only
   * }</pre>
   *
   * @param userId the user
   * @return an assertion on the connection
   * @throws AssertionError if no such connection comes in time
   * @since 0.1
   */
  public ConnectionAssert receivesConnectionFrom(String userId) {
    notNull(userId, "receivesConnectionFrom", "userId");
    Duration time = timeToReceive();
    RequestLog log = actual.log();
    Optional<ConnectionInfo> taken =
        Waiting.forAssertion(
            log.changes(), time, () -> log.takeConnection(each -> isWanted(each, userId)));
    if (taken.isEmpty()) {
      throw failure("%s", noConnection(userId, time));
    }
    return described(new ConnectionAssert(taken.get()));
  }

  /**
   * Does the same as {@link #receivesConnectionFrom(String)}, within another time.
   *
   * @param atMost how long to wait at most, in real time; zero only looks
   * @param userId the user
   * @return an assertion on the connection
   * @throws AssertionError as {@link #receivesConnectionFrom(String)}
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public ConnectionAssert receivesConnectionFromWithin(Duration atMost, String userId) {
    notNull(userId, "receivesConnectionFromWithin", "userId");
    return during("receivesConnectionFromWithin", atMost, () -> receivesConnectionFrom(userId));
  }

  private boolean isWanted(ConnectionInfo connection, String userId) {
    return connection.userId().equals(Optional.of(userId))
        && hubSaid().map(connection.hub()::equals).orElse(true);
  }

  private String noConnection(String userId, Duration time) {
    List<Arrival> handshakes =
        actual.log().snapshot().entries().stream()
            .map(RequestLog.Entry::operation)
            .filter(RecordedOperation::isHandshake)
            .map(each -> RequestReport.arrival(each, List.of()))
            .toList();
    FailureText text =
        FailureText.of("service", headline("a connection", time))
            .fact(
                "expected",
                "one from user "
                    + FailureText.quotedContent(userId)
                    + hubSaid().map(hub -> " in hub " + hub).orElse("")
                    + " that was not received before")
            .arrivals(
                "received",
                handshakes.isEmpty()
                    ? "no handshake"
                    : StateReport.count(handshakes.size(), "handshake"),
                handshakes);
    return withTroubles(text).text();
  }

  /**
   * Waits until nothing is under way any more, then verifies that no request at or behind the
   * cursor matches.
   *
   * <p>Certain for everything that clients have sent and that applications have begun to ask; what
   * an application will ask later cannot be known. Does not move the cursor. {@code within(ZERO)}
   * only looks.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).receivesNoRequest(sendToAll());           // passes
   * assertThat(service).receivesNoRequest(sendToUser("alice"));   // fails, and marks the request
   * }</pre>
   *
   * @param pattern what is not wanted
   * @return this assertion object
   * @throws AssertionError if there is one, or if something is still under way after the time
   * @since 0.1
   */
  public ServiceAssert receivesNoRequest(RequestPattern pattern) {
    notNull(pattern, "receivesNoRequest", "pattern");
    RequestPattern unwanted = inHubSaid(pattern);
    Duration time = timeToReceive();
    if (!time.isZero()) {
      try {
        actual.clients().awaitIdle(time, true);
      } catch (NotIdleException e) {
        throw failure(
            "%s",
            FailureText.of(
                    "service", "expected no request, but cannot tell after " + Times.describe(time))
                .fact("unwanted", unwanted.toString())
                .fact("still busy", e.busy())
                .text());
      }
    }
    RequestLog.Snapshot log = actual.log().snapshot();
    boolean there =
        log.entries().stream()
            .anyMatch(each -> each.number() >= log.cursor() && unwanted.matches(each.operation()));
    if (there) {
      throw failure("%s", new RequestReport(unwanted, log).unwantedFromCursor());
    }
    return this;
  }

  /**
   * Does the same as {@link #receivesNoRequest(RequestPattern)}, within another time.
   *
   * @param atMost how long to wait at most, in real time; zero only looks
   * @param pattern what is not wanted
   * @return this assertion object
   * @throws AssertionError as {@link #receivesNoRequest(RequestPattern)}
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public ServiceAssert receivesNoRequestWithin(Duration atMost, RequestPattern pattern) {
    notNull(pattern, "receivesNoRequestWithin", "pattern");
    return during("receivesNoRequestWithin", atMost, () -> receivesNoRequest(pattern));
  }

  /**
   * Verifies that a request has come, anywhere in what is kept.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).hasReceivedRequest(sendToUser("alice")); // passes
   * assertThat(service).hasReceivedRequest(sendToAll());         // fails, and shows what came
   * }</pre>
   *
   * @param pattern what is wanted
   * @return this assertion object
   * @throws AssertionError if there is none
   * @since 0.1
   */
  public ServiceAssert hasReceivedRequest(RequestPattern pattern) {
    notNull(pattern, "hasReceivedRequest", "pattern");
    RequestPattern wanted = inHubSaid(pattern);
    RequestLog.Snapshot log = actual.log().snapshot();
    if (matches(wanted, log) == 0) {
      throw failure("%s", new RequestReport(wanted, log).missing());
    }
    return this;
  }

  /**
   * Verifies how often a request has come, in all that is kept.
   *
   * <pre>{@code
   * app.broadcast("a");
   * app.broadcast("b");
   * assertThat(service).hasReceivedRequests(2, sendToAll());               // passes
   * assertThat(service).hasReceivedRequests(2, sendToAll().withText("a")); // fails: it was one
   * }</pre>
   *
   * @param times how often
   * @param pattern what is wanted
   * @return this assertion object
   * @throws AssertionError if it was more or less often, or if that cannot be known because older
   *     requests were dropped
   * @since 0.1
   */
  public ServiceAssert hasReceivedRequests(int times, RequestPattern pattern) {
    notNull(pattern, "hasReceivedRequests", "pattern");
    RequestPattern wanted = inHubSaid(pattern);
    RequestLog.Snapshot log = actual.log().snapshot();
    long found = matches(wanted, log);
    if (found != times || log.dropped() > 0) {
      throw failure("%s", new RequestReport(wanted, log).wrongNumber(times, found));
    }
    return this;
  }

  /**
   * Verifies that no such request has come, in all that is kept.
   *
   * <p>Looks at once; {@link #receivesNoRequest} first waits until nothing is under way.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).hasReceivedNoRequest(sendToAll());         // passes
   * assertThat(service).hasReceivedNoRequest(sendToUser("alice")); // fails, and marks the request
   * }</pre>
   *
   * @param pattern what is not wanted
   * @return this assertion object
   * @throws AssertionError if there is one, or if that cannot be known because older requests were
   *     dropped
   * @since 0.1
   */
  public ServiceAssert hasReceivedNoRequest(RequestPattern pattern) {
    notNull(pattern, "hasReceivedNoRequest", "pattern");
    RequestPattern unwanted = inHubSaid(pattern);
    RequestLog.Snapshot log = actual.log().snapshot();
    if (matches(unwanted, log) > 0 || log.dropped() > 0) {
      throw failure("%s", new RequestReport(unwanted, log).unwanted());
    }
    return this;
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
  public ServiceAssert hasConnections(int count) {
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
  public ServiceAssert hasNoConnections() {
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
  public ServiceAssert hasConnectionFrom(String userId) {
    notNull(userId, "hasConnectionFrom", "userId");
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
  public ServiceAssert hasUser(String userId) {
    notNull(userId, "hasUser", "userId");
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
  public ServiceAssert hasNoUser(String userId) {
    notNull(userId, "hasNoUser", "userId");
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
  public ServiceAssert hasGroupMember(String group, String userId) {
    notNull(group, "hasGroupMember", "group");
    notNull(userId, "hasGroupMember", "userId");
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
  public ServiceAssert hasNoGroupMember(String group, String userId) {
    notNull(group, "hasNoGroupMember", "group");
    notNull(userId, "hasNoGroupMember", "userId");
    return holds(
        member(userId) + " not to be a member of group " + FailureText.quotedContent(group),
        all -> !hasMember(all, group, userId));
  }

  /**
   * Verifies how many connections are members of a group; those without a user count as well.
   *
   * <pre>{@code
   * // alice is the only member
   * assertThat(service).hasGroupMembers("room", 1); // passes
   * assertThat(service).hasGroupMembers("room", 2); // fails, and lists all and their groups
   * }</pre>
   *
   * @param group the group
   * @param count how many; 0 means that the group does not exist
   * @return this assertion object
   * @throws AssertionError if there are more or fewer
   * @since 0.1
   */
  public ServiceAssert hasGroupMembers(String group, int count) {
    notNull(group, "hasGroupMembers", "group");
    return holds(
        "group "
            + FailureText.quotedContent(group)
            + " to have "
            + StateReport.count(count, "member"),
        all -> all.stream().filter(each -> each.groups().contains(group)).count() == count);
  }

  private <T> T during(String method, Duration atMost, Supplier<T> assertion) {
    @Nullable Duration before = time;
    within(notNull(atMost, method, "atMost"));
    try {
      return assertion.get();
    } finally {
      time = before;
    }
  }

  private RequestAssert receives(String what, RequestPattern pattern) {
    RequestPattern wanted = inHubSaid(pattern);
    Duration time = timeToReceive();
    RequestLog.Search search = actual.log().search(wanted::matches);
    Optional<RecordedOperation> taken =
        Waiting.forAssertion(actual.log().changes(), time, search::take);
    if (taken.isEmpty()) {
      throw failure(
          "%s",
          withTroubles(
                  new RequestReport(wanted, actual.log().snapshot())
                      .missingFromCursor(headline(what, time)))
              .text());
    }
    return described(new RequestAssert(new RecordedRequest(taken.get(), actual.mapping())));
  }

  private static String headline(String what, Duration time) {
    return "expected "
        + what
        + (time.isZero() ? " to be there already" : " within " + Times.describe(time));
  }

  private static long matches(RequestPattern pattern, RequestLog.Snapshot log) {
    return log.entries().stream().filter(each -> pattern.matches(each.operation())).count();
  }

  private RequestPattern inHubSaid(RequestPattern given) {
    RequestPattern pattern = given.writtenBy(actual.mapping());
    return pattern.namesHub() ? pattern : hubSaid().map(pattern::inHub).orElse(pattern);
  }

  private <T extends AbstractAssert<T, ?>> T described(T next) {
    String description = descriptionText();
    return description == null || description.isEmpty() ? next : next.as("%s", description);
  }

  /** The hub that the state is about. */
  private String hubOfState() {
    return hub == null ? Checked.hub(actual.defaultHub()) : hub;
  }

  /** The hub that was said; empty if none was. */
  private Optional<String> hubSaid() {
    return Optional.ofNullable(hub);
  }

  /** How long {@code receives…} waits. */
  private Duration timeToReceive() {
    return time == null ? Waiting.DEFAULT : time;
  }

  /** Names what went wrong elsewhere, for whoever waited for what it should have led to. */
  private FailureText withTroubles(FailureText text) {
    return text.troubles(actual.troubles(hubSaid().orElse(null)));
  }

  private ServiceAssert holds(String expectation, Predicate<List<ConnectionInfo>> condition) {
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
    return this;
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
