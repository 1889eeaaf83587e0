package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Timeout;
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
 * Assertions on a {@link FakeWebPubSub}: the requests it received, and the state of its
 * connections, users and groups.
 *
 * <p>{@code receives…} waits, by default 5 seconds; {@link #within} changes that. A fake has one
 * cursor for requests: {@link #receivesRequest} and {@link #receivesEvent} take the first match at
 * or behind it and move it behind that match, so that requests are taken in the order of their
 * arrival. Where the order of two requests is not certain, as with two independent clients, use
 * {@link #receivesRequest} for the one that is certain to come last, or {@link #hasReceivedRequest}
 * after {@link FakeWebPubSub#awaitIdle()}. {@code hasReceived…} checks all recorded requests, never
 * waits and never moves the cursor.
 *
 * <p>Assertions on the state, such as {@link #hasConnections}, check it once, without waiting.
 * After {@link #within(Duration)} they wait until it is as expected. They apply to the default hub
 * unless {@link #inHub(String)} selects another, and to all connections, those of the kit and of
 * the application under test.
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
   * Sets the timeout of the following assertions: of {@code receives…} instead of 5 seconds, and of
   * those on the state, which do not wait by default. {@code hasReceived…} never waits.
   *
   * <pre>{@code
   * assertThat(service).within(ofSeconds(2)).hasNoUser("alice");   // passes as soon as she is gone
   * assertThat(service).within(ZERO).receivesRequest(sendToAll()); // fails if it has not come yet
   * }</pre>
   *
   * @param time the maximum time to wait; zero checks once
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
   * Selects the hub of the following assertions. By default, those on the state apply to the
   * default hub, all others to every hub.
   *
   * <pre>{@code
   * assertThat(service).inHub("chat").hasConnections(2); // passes with two connections in "chat"
   * assertThat(service).inHub("news").hasConnections(2); // fails, and lists those of "news"
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return this assertion object
   * @throws IllegalArgumentException if the hub name is invalid
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
   * between are skipped. A request that the service rejected does not match unless the pattern asks
   * for it, but the failure shows it with its outcome.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).receivesRequest(sendToUser("alice").withText("Hello, alice")); // passes
   * assertThat(service).receivesRequest(sendToUser("bob")); // fails after 5 s, and shows what came
   * }</pre>
   *
   * @param pattern describes the request
   * @return an assertion on the request
   * @throws AssertionError if no such request arrives in time
   * @since 0.1
   */
  public RequestAssert receivesRequest(RequestPattern pattern) {
    notNull(pattern, "receivesRequest", "pattern");
    return receives(pattern);
  }

  /**
   * Waits for a request that also meets a condition and takes it.
   *
   * <pre>{@code
   * assertThat(service).receivesRequestMatching(sendToAll(), it -> it.status().getAsInt() == 202);
   * assertThat(service).receivesRequestMatching(sendToAll(), it -> false); // fails after 5 s
   * }</pre>
   *
   * @param pattern describes the request
   * @param condition an additional condition; checked only for requests that the pattern matches
   * @return an assertion on the request
   * @throws AssertionError if no such request arrives in time
   * @since 0.1
   */
  public RequestAssert receivesRequestMatching(
      RequestPattern pattern, Predicate<? super RecordedRequest> condition) {
    notNull(pattern, "receivesRequestMatching", "pattern");
    notNull(condition, "receivesRequestMatching", "condition");
    return receives(pattern.matching(condition, actual.mapping()));
  }

  /**
   * Waits for a request that also satisfies requirements and takes it. For each request that the
   * pattern matches, the failure states which requirement it did not meet.
   *
   * <pre>{@code
   * assertThat(service)
   *     .receivesRequestSatisfying(
   *         sendToAll(), it -> assertThat(it.text().get()).startsWith("Hello"));
   * }</pre>
   *
   * @param pattern describes the request
   * @param requirements assertions; executed only on requests that the pattern matches
   * @return an assertion on the request
   * @throws AssertionError if no such request arrives in time
   * @since 0.1
   */
  public RequestAssert receivesRequestSatisfying(
      RequestPattern pattern, Consumer<? super RecordedRequest> requirements) {
    notNull(pattern, "receivesRequestSatisfying", "pattern");
    notNull(requirements, "receivesRequestSatisfying", "requirements");
    return receives(pattern.satisfying(requirements, actual.mapping()));
  }

  /**
   * Waits for a user event of a client and takes it; the same as {@link #receivesRequest} with
   * {@link RequestPattern#event}.
   *
   * <p>Takes the next event of that name, from any client. Events are accepted only after {@link
   * FakeWebPubSub#recordEvents()}.
   *
   * <pre>{@code
   * service.recordEvents();
   * simple.sendText("hi");
   * assertThat(service).receivesEvent("message").hasText("hi");         // passes
   * assertThat(service).within(ofMillis(100)).receivesEvent("message");  // fails: there was one
   * }</pre>
   *
   * @param event the name of the event; {@code message} for those of simple clients
   * @return an assertion on the event
   * @throws AssertionError if no such event arrives in time
   * @since 0.1
   */
  public RequestAssert receivesEvent(String event) {
    notNull(event, "receivesEvent", "event");
    return receives(RequestPattern.event(event));
  }

  /**
   * Waits for a connection of a user and takes it.
   *
   * <p>Takes the first connection of that user that was not taken before, open or closed, including
   * the kit's own. The cursor of the requests does not move.
   *
   * <pre>{@code
   * app.start();                                                             // connects as "alice"
   * assertThat(service).receivesConnectionFrom("alice").isInGroup("prices"); // passes
   * assertThat(service).receivesConnectionFrom("alice"); // fails after 5 s: there was one only
   * }</pre>
   *
   * @param userId the user
   * @return an assertion on the connection
   * @throws AssertionError if no such connection arrives in time
   * @since 0.1
   */
  public ConnectionAssert receivesConnectionFrom(String userId) {
    notNull(userId, "receivesConnectionFrom", "userId");
    Timeout time = timeToReceive();
    RequestLog log = actual.log();
    Optional<ConnectionInfo> taken =
        Waiting.forAssertion(
            log.changes(),
            time.time(),
            () -> log.takeConnection(each -> isWanted(each, userId)),
            actual.attempt(() -> noConnection(userId, time)));
    if (taken.isEmpty()) {
      throw failure("%s", noConnection(userId, time));
    }
    return described(new ConnectionAssert(taken.get()));
  }

  private boolean isWanted(ConnectionInfo connection, String userId) {
    return connection.userId().equals(Optional.of(userId))
        && hubSaid().map(connection.hub()::equals).orElse(true);
  }

  private String noConnection(String userId, Timeout time) {
    List<Arrival> handshakes =
        actual.log().snapshot().entries().stream()
            .map(RequestLog.Entry::operation)
            .filter(RecordedOperation::isHandshake)
            .map(each -> RequestReport.arrival(each, List.of()))
            .toList();
    FailureText text =
        FailureText.of(
                "service",
                Headline.of("expected a connection from ")
                    .add(user(userId))
                    .words(
                        hubSaid().map(where -> " in hub " + RequestText.quote(where)).orElse("")
                            + inTime(time)
                            + " but "
                            + (handshakes.isEmpty() ? "no client connected" : "no new one came")))
            .arrivals(
                "received",
                handshakes.isEmpty()
                    ? "no handshake"
                    : FailureText.count(handshakes.size(), "handshake"),
                handshakes);
    return withTroubles(text).text();
  }

  /**
   * Waits until no work is pending, then verifies that no request at or behind the cursor matches.
   *
   * <p>The result is certain for everything that clients have sent and for requests that
   * applications have begun; later requests of an application cannot be known. Does not move the
   * cursor. {@code within(ZERO)} checks once, without waiting.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).receivesNoRequest(sendToAll());           // passes
   * assertThat(service).receivesNoRequest(sendToUser("alice"));   // fails, and marks the request
   * }</pre>
   *
   * @param pattern describes the unexpected request
   * @return this assertion object
   * @throws AssertionError if there is one, or if work is still pending after the timeout
   * @since 0.1
   */
  public ServiceAssert receivesNoRequest(RequestPattern pattern) {
    notNull(pattern, "receivesNoRequest", "pattern");
    RequestPattern unwanted = inHubSaid(pattern);
    Timeout time = timeToReceive();
    if (!time.isZero()) {
      try {
        actual.clients().awaitIdle(time.time(), true);
      } catch (NotIdleException e) {
        throw failure(
            "%s",
            FailureText.of("service", "expected no request, but cannot tell after " + time)
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
      throw failure(
          "%s", new RequestReport(unwanted, log).unwantedFromCursor().times(actual.now()).text());
    }
    return this;
  }

  /**
   * Verifies that the recorded requests contain a match.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).hasReceivedRequest(sendToUser("alice")); // passes
   * assertThat(service).hasReceivedRequest(sendToAll());         // fails, and shows what came
   * }</pre>
   *
   * @param pattern describes the request
   * @return this assertion object
   * @throws AssertionError if there is none
   * @since 0.1
   */
  public ServiceAssert hasReceivedRequest(RequestPattern pattern) {
    notNull(pattern, "hasReceivedRequest", "pattern");
    RequestPattern wanted = inHubSaid(pattern);
    RequestLog.Snapshot log = actual.log().snapshot();
    if (matches(wanted, log) == 0) {
      throw failure("%s", withTroubles(new RequestReport(wanted, log).missing()).text());
    }
    return this;
  }

  /**
   * Verifies the number of matches among the recorded requests.
   *
   * <pre>{@code
   * app.broadcast("a");
   * app.broadcast("b");
   * assertThat(service).hasReceivedRequests(2, sendToAll());               // passes
   * assertThat(service).hasReceivedRequests(2, sendToAll().withText("a")); // fails: it was one
   * }</pre>
   *
   * @param times the number of matches
   * @param pattern describes the request
   * @return this assertion object
   * @throws AssertionError if the number differs, or cannot be known because older requests were
   *     dropped
   * @since 0.1
   */
  public ServiceAssert hasReceivedRequests(int times, RequestPattern pattern) {
    notNull(pattern, "hasReceivedRequests", "pattern");
    RequestPattern wanted = inHubSaid(pattern);
    RequestLog.Snapshot log = actual.log().snapshot();
    long found = matches(wanted, log);
    if (found != times || log.dropped() > 0) {
      throw failure(
          "%s", withTroubles(new RequestReport(wanted, log).wrongNumber(times, found)).text());
    }
    return this;
  }

  /**
   * Verifies that the recorded requests contain no match.
   *
   * <p>Checks once; {@link #receivesNoRequest} first waits until no work is pending.
   *
   * <pre>{@code
   * app.welcome("alice");
   * assertThat(service).hasReceivedNoRequest(sendToAll());         // passes
   * assertThat(service).hasReceivedNoRequest(sendToUser("alice")); // fails, and marks the request
   * }</pre>
   *
   * @param pattern describes the unexpected request
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
      throw failure("%s", new RequestReport(unwanted, log).unwanted().times(actual.now()).text());
    }
    return this;
  }

  /**
   * Waits for an event that the service sent to an event handler, a stub or the application's, and
   * takes it. The event is there once its handler has answered, after all attempts, or has failed
   * to; an event that is still under way is named by the failure.
   *
   * <p>Takes the first match that was not taken before; others remain, as handlers may answer in
   * any order. The latest 1,000 events are recorded, up to 16 MiB.
   *
   * <pre>{@code
   * alice.sendEvent("shout", "hi");
   * assertThat(service).sendsEvent("shout").hasText("hi").hasStatus(204).hasAttempts(1); // passes
   * assertThat(service).sendsEvent("whisper"); // fails after 5 s, and shows what was sent
   * }</pre>
   *
   * @param event the name of the event, such as {@code connect} or that of a user event
   * @return an assertion on the event
   * @throws AssertionError if no such event was sent and answered in time
   * @since 0.1
   */
  public SentEventAssert sendsEvent(String event) {
    notNull(event, "sendsEvent", "event");
    Timeout time = timeToReceive();
    SentLog log = actual.sent();
    Supplier<String> missing = () -> notSent(event, log.snapshot(), time);
    Optional<SentEvent> taken =
        Waiting.forAssertion(
            log.changes(),
            time.time(),
            () -> log.take(each -> SentReport.matches(each, event, hub)),
            actual.attempt(missing));
    if (taken.isEmpty()) {
      throw failure("%s", missing.get());
    }
    return described(new SentEventAssert(taken.get()));
  }

  /**
   * Verifies that the recorded events include one of this name that was sent to an event handler.
   * Checks once, and takes nothing.
   *
   * <pre>{@code
   * assertThat(service).hasSentEvent("connected"); // passes
   * assertThat(service).hasSentEvent("shout");     // fails, and shows what was sent
   * }</pre>
   *
   * @param event the name of the event
   * @return this assertion object
   * @throws AssertionError if there is none
   * @since 0.1
   */
  public ServiceAssert hasSentEvent(String event) {
    notNull(event, "hasSentEvent", "event");
    SentLog.Snapshot log = actual.sent().snapshot();
    if (log.events().stream().noneMatch(each -> SentReport.matches(each, event, hub))) {
      throw failure("%s", notSent(event, log, null));
    }
    return this;
  }

  /**
   * Verifies that no event of this name was sent to an event handler. Checks once; {@link
   * FakeWebPubSub#awaitIdle()} beforehand waits for events that are under way.
   *
   * <pre>{@code
   * service.awaitIdle();
   * assertThat(service).hasSentNoEvent("shout");     // passes
   * assertThat(service).hasSentNoEvent("connected"); // fails, and marks it
   * }</pre>
   *
   * @param event the name of the event
   * @return this assertion object
   * @throws AssertionError if there is one, or if that cannot be known because older events were
   *     dropped
   * @since 0.1
   */
  public ServiceAssert hasSentNoEvent(String event) {
    notNull(event, "hasSentNoEvent", "event");
    SentLog.Snapshot log = actual.sent().snapshot();
    if (log.dropped() > 0
        || log.events().stream().anyMatch(each -> SentReport.matches(each, event, hub))) {
      throw failure("%s", new SentReport(event, hub, log).unwanted().times(actual.now()).text());
    }
    return this;
  }

  /**
   * Verifies the number of connections of the hub.
   *
   * <pre>{@code
   * // alice and bob are connected
   * assertThat(service).hasConnections(2);  // passes
   * assertThat(service).hasConnections(3);  // fails, and lists the two
   * }</pre>
   *
   * @param count the number of connections
   * @return this assertion object
   * @throws AssertionError if there are more or fewer
   * @since 0.1
   */
  public ServiceAssert hasConnections(int count) {
    return holds(
        question(FailureText.count(count, "connection"), null, null, count > 0),
        all -> all.size() == count);
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
    return holds(question("no connection", null, null, false), List::isEmpty);
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
        new StateQuestion(
            Headline.of("a connection from user ").quoted(userId), userId, null, true),
        all -> hasUser(all, userId));
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
        new StateQuestion(user(userId).words(" to be connected"), userId, null, true),
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
        new StateQuestion(user(userId).words(" not to be connected"), userId, null, false),
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
        new StateQuestion(
            user(userId).words(" to be a member of group ").quoted(group), userId, group, true),
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
        new StateQuestion(
            user(userId).words(" not to be a member of group ").quoted(group),
            userId,
            group,
            false),
        all -> !hasMember(all, group, userId));
  }

  /**
   * Verifies the number of connections in a group, including those without a user.
   *
   * <pre>{@code
   * // alice is the only member
   * assertThat(service).hasGroupMembers("room", 1); // passes
   * assertThat(service).hasGroupMembers("room", 2); // fails, and lists all and their groups
   * }</pre>
   *
   * @param group the group
   * @param count the number of connections; 0 means that the group does not exist
   * @return this assertion object
   * @throws AssertionError if there are more or fewer
   * @since 0.1
   */
  public ServiceAssert hasGroupMembers(String group, int count) {
    notNull(group, "hasGroupMembers", "group");
    return holds(
        new StateQuestion(
            Headline.of("group ")
                .quoted(group)
                .words(" to have " + FailureText.count(count, "member")),
            null,
            group,
            count > 0),
        all -> all.stream().filter(each -> each.groups().contains(group)).count() == count);
  }

  private RequestAssert receives(RequestPattern pattern) {
    return described(new RequestAssert(take(pattern)));
  }

  /** The request that {@link #receivesRequest} takes. */
  RecordedRequest take(RequestPattern pattern) {
    RequestPattern wanted = inHubSaid(pattern);
    Timeout time = timeToReceive();
    RequestLog.Search search = actual.log().search(wanted::matches);
    Supplier<String> missing =
        () ->
            withTroubles(
                    new RequestReport(wanted, actual.log().snapshot())
                        .missingFromCursor(inTime(time)))
                .text();
    Optional<RecordedOperation> taken =
        Waiting.forAssertion(
            actual.log().changes(), time.time(), search::take, actual.attempt(missing));
    if (taken.isEmpty()) {
      throw failure("%s", missing.get());
    }
    return new RecordedRequest(taken.get(), actual.mapping());
  }

  private static String inTime(Timeout time) {
    return time.isZero() ? " to be there already" : " within " + time;
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

  /** The hub of the assertions on the state. */
  private String hubOfState() {
    return hub == null ? Checked.hub(actual.defaultHub()) : hub;
  }

  /** The selected hub, if any. */
  private Optional<String> hubSaid() {
    return Optional.ofNullable(hub);
  }

  /** The timeout of {@code receives…}. */
  private Timeout timeToReceive() {
    return actual.times().ofNullable(time);
  }

  /** Adds problems elsewhere that may explain a missing effect. */
  private String notSent(String event, SentLog.Snapshot log, @Nullable Timeout time) {
    String said = hubSaid().orElse(null);
    SentReport report = new SentReport(event, hub, log);
    List<String> troubles = actual.troubles(said); // once, as they say how long they have lasted
    return report
        .missing(time, actual.whyNotSent(event, said, troubles))
        .troubles(troubles)
        .times(actual.now())
        .text();
  }

  private FailureText withTroubles(FailureText text) {
    return text.troubles(actual.troubles(hubSaid().orElse(null))).times(actual.now());
  }

  private ServiceAssert holds(StateQuestion question, Predicate<List<ConnectionInfo>> condition) {
    Timeout atMost = actual.times().of(time == null ? Duration.ZERO : time);
    String where = hubOfState();
    Look look = new Look(where, condition);
    Supplier<String> report = () -> report(question, atMost, where, look.seen);
    if (Waiting.forAssertion(
            actual.log().changes(), atMost.time(), look::asExpected, actual.attempt(report))
        .isEmpty()) {
      throw failure("%s", report.get());
    }
    return this;
  }

  private String report(
      StateQuestion question, Timeout atMost, String where, List<ConnectionInfo> seen) {
    Headline headline =
        Headline.of("expected ")
            .add(question.expected())
            .words((atMost.isZero() ? "" : " within " + atMost) + " but ")
            .add(question.instead(seen));
    FailureText text = FailureText.of("service", headline);
    question.addOperations(text, where, actual.journal().operations());
    StateReport.add(text, where, actual.state().connections(), seen);
    return withTroubles(text).text();
  }

  private static StateQuestion question(
      String expected, @Nullable String user, @Nullable String group, boolean there) {
    return new StateQuestion(Headline.of(expected), user, group, there);
  }

  private static Headline user(String userId) {
    return Headline.of("user ").quoted(userId);
  }

  private static boolean hasUser(List<ConnectionInfo> connections, String userId) {
    return connections.stream().anyMatch(each -> each.userId().equals(Optional.of(userId)));
  }

  private static boolean hasMember(List<ConnectionInfo> connections, String group, String userId) {
    return connections.stream()
        .anyMatch(
            each -> each.userId().equals(Optional.of(userId)) && each.groups().contains(group));
  }

  /**
   * A check that keeps its snapshot, so that the failure shows the state that failed and no later
   * one.
   */
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
