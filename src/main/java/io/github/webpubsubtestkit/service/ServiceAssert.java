package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

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
 * @since 0.1
 */
public class ServiceAssert extends AbstractServiceStateAssert<ServiceAssert> {

  /**
   * An assertion on a fake; usually made by {@code assertThat(service)}.
   *
   * @param actual the fake
   * @since 0.1
   */
  public ServiceAssert(FakeWebPubSub actual) {
    super(actual, ServiceAssert.class);
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
    return receives("a request", pattern);
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
   * assertThat(service).receivesEvent("message").withText("hi");         // passes
   * assertThat(service).within(ofMillis(100)).receivesEvent("message");  // fails: there was one
   * }</pre>
   *
   * @param event the name of the event; {@code message} for those of simple clients
   * @return an assertion on the event
   * @throws AssertionError if no such event comes in time
   * @since 0.1
   */
  public RequestAssert receivesEvent(String event) {
    return receives("an event", RequestPattern.event(event));
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
    isNotNull();
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
    isNotNull();
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
    isNotNull();
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
    isNotNull();
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
    isNotNull();
    RequestPattern unwanted = inHubSaid(pattern);
    RequestLog.Snapshot log = actual.log().snapshot();
    if (matches(unwanted, log) > 0 || log.dropped() > 0) {
      throw failure("%s", new RequestReport(unwanted, log).unwanted());
    }
    return this;
  }

  private RequestAssert receives(String what, RequestPattern pattern) {
    isNotNull();
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
    return described(new RequestAssert(new RecordedRequest(taken.get())));
  }

  private static String headline(String what, Duration time) {
    return "expected "
        + what
        + (time.isZero() ? " to be there already" : " within " + Times.describe(time));
  }

  private static long matches(RequestPattern pattern, RequestLog.Snapshot log) {
    return log.entries().stream().filter(each -> pattern.matches(each.operation())).count();
  }

  private RequestPattern inHubSaid(RequestPattern pattern) {
    return pattern.namesHub() ? pattern : hubSaid().map(pattern::inHub).orElse(pattern);
  }

  private <T extends AbstractAssert<T, ?>> T described(T next) {
    String description = descriptionText();
    return description == null || description.isEmpty() ? next : next.as("%s", description);
  }
}
