package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.internal.expect.Attempt;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Requirements;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the events that an {@link EventHandlerStub} received.
 *
 * <p>{@code receives…} waits, by default 5 seconds, see {@link #within}; it takes the first match
 * at or behind the stub's cursor and moves the cursor behind it. {@code hasReceived…} checks all
 * recorded events, never waits and never moves the cursor. Names are case-sensitive and do not
 * identify the origin of an event: a client may name its own events {@code connected}.
 *
 * <pre>{@code
 * assertThat(handler).receivesEvents("connect", "connected");
 * assertThat(handler).receivesEvent("shout").isFromUser("alice").hasText("hi");
 * assertThat(handler).receivesNoEvent();
 * }</pre>
 *
 * @since 0.1
 */
public class EventHandlerAssert extends AbstractAssert<EventHandlerAssert, EventHandlerStub> {

  private @Nullable Duration time;

  /**
   * Creates assertions on a stub; tests use {@code assertThat(handler)}.
   *
   * @param actual the stub
   * @since 0.1
   */
  public EventHandlerAssert(EventHandlerStub actual) {
    super(notNull(actual, "EventHandlerAssert", "actual"), EventHandlerAssert.class);
  }

  /**
   * Sets the timeout of the following assertions. Default: the {@linkplain
   * io.github.webpubsubtestkit.service.FakeWebPubSubBuilder#timeout timeout of the service}, 5
   * seconds unless it was set. The parameter {@code webpubsub.test.timeout-factor} multiplies it,
   * except zero.
   *
   * <pre>{@code
   * assertThat(handler).within(ofSeconds(1)).receivesEvent("shout"); // passes when it comes in time
   * assertThat(handler).within(ZERO).receivesEvent("shout");         // fails if it is not there yet
   * }</pre>
   *
   * @param atMost the maximum time to wait; zero checks once
   * @return this assertion object
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public EventHandlerAssert within(Duration atMost) {
    notNull(atMost, "within", "atMost");
    if (atMost.isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative but is " + atMost);
    }
    time = atMost;
    return this;
  }

  /**
   * Waits for an event and takes it; skips events before it.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvent("shout").hasText("hi"); // passes
   * assertThat(handler).receivesEvent("whisper");             // fails after 5 s, shows what came
   * }</pre>
   *
   * @param name the name of the event
   * @return an assertion on the event
   * @throws AssertionError if none arrives in time
   * @since 0.1
   */
  public HandlerEventAssert receivesEvent(String name) {
    notNull(name, "receivesEvent", "name");
    return take(name, "", named(name), event -> Optional.empty());
  }

  /**
   * Waits for an event that meets a condition and takes it; skips events before it.
   *
   * <pre>{@code
   * assertThat(handler).receivesEventMatching("shout", event -> event.userId().isPresent());
   * assertThat(handler).receivesEventMatching("shout", event -> false);   // fails after 5 s
   * }</pre>
   *
   * @param name the name of the event
   * @param condition an additional condition
   * @return an assertion on the event
   * @throws AssertionError if none arrives in time; the text marks those of that name
   * @since 0.1
   */
  public HandlerEventAssert receivesEventMatching(
      String name, Predicate<? super HandlerEvent> condition) {
    notNull(name, "receivesEventMatching", "name");
    notNull(condition, "receivesEventMatching", "condition");
    return take(
        name,
        " that fulfils the given condition",
        event -> named(name).test(event) && condition.test(event),
        event -> Optional.empty());
  }

  /**
   * Waits for an event that satisfies requirements and takes it; skips events before it.
   *
   * <pre>{@code
   * assertThat(handler)
   *     .receivesEventSatisfying("shout", event -> assertThat(event).isFromUser("alice"));
   * }</pre>
   *
   * @param name the name of the event
   * @param requirements assertions, executed on each event of that name
   * @return an assertion on the event
   * @throws AssertionError if none arrives in time; the text states which requirements those of
   *     that name did not meet
   * @since 0.1
   */
  public HandlerEventAssert receivesEventSatisfying(
      String name, Consumer<? super HandlerEvent> requirements) {
    notNull(name, "receivesEventSatisfying", "name");
    notNull(requirements, "receivesEventSatisfying", "requirements");
    Map<HandlerEvent, String> unmet = new HashMap<>(); // events are equal only to themselves
    return take(
        name,
        " that meets the given requirements",
        event -> {
          if (!named(name).test(event)) {
            return false;
          }
          Optional<String> failure = Requirements.unmet(requirements, event);
          failure.ifPresent(text -> unmet.put(event, text));
          return failure.isEmpty();
        },
        event -> Optional.ofNullable(unmet.get(event)).map(text -> "not met: " + text));
  }

  /**
   * Waits for events in order and takes them; others may arrive before and between them.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvents("connect", "shout");  // passes: connected may be between
   * assertThat(handler).receivesEvents("shout", "connect");  // fails: not in that order
   * }</pre>
   *
   * @param names their names, in order
   * @return this assertion object
   * @throws AssertionError if one of them does not arrive in time
   * @since 0.1
   */
  public EventHandlerAssert receivesEvents(String... names) {
    noneNull(names, "receivesEvents", "names");
    long deadline = timeToReceive().deadlineNanos();
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      String place = names.length == 1 ? "" : " (" + (i + 1) + ". of " + names.length + " events)";
      Supplier<String> missing =
          () ->
              new EventReport(actual)
                  .missing(EventReport.event(name, "").words(place), inTime(), name);
      if (wait(until(deadline), named(name), missing).isEmpty()) {
        throw failure("%s", missing.get());
      }
    }
    return this;
  }

  /**
   * Waits for the next events and takes them: no others may arrive before or between them.
   *
   * <pre>{@code
   * assertThat(handler).receivesExactly("connect", "connected", "shout"); // passes
   * assertThat(handler).receivesExactly("connect", "shout"); // fails: connected came between
   * }</pre>
   *
   * @param names their names, in order
   * @return this assertion object
   * @throws AssertionError if another event arrives, or one of them does not arrive in time
   * @since 0.1
   */
  public EventHandlerAssert receivesExactly(String... names) {
    noneNull(names, "receivesExactly", "names");
    long deadline = timeToReceive().deadlineNanos();
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      int at = i;
      Optional<HandlerEvent> next =
          wait(
              until(deadline),
              event -> true,
              () -> new EventReport(actual).sequence(names, at, inTime(), Optional.empty()));
      if (!next.map(HandlerEvent::name).equals(Optional.of(name))) {
        throw failure("%s", new EventReport(actual).sequence(names, i, inTime(), next));
      }
    }
    return this;
  }

  /**
   * Waits until no work is pending in the fake, then verifies that there is no event at or behind
   * the cursor.
   *
   * <p>The result is certain for everything that clients have sent. {@code within(ZERO)} checks
   * once, without waiting.
   *
   * <pre>{@code
   * assertThat(handler).receivesEvents("connect", "connected");
   * assertThat(handler).receivesNoEvent(); // passes
   * alice.sendEvent("shout", "hi");
   * assertThat(handler).receivesNoEvent(); // fails, and shows it
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if there is one, or if work is still pending after the timeout
   * @since 0.1
   */
  public EventHandlerAssert receivesNoEvent() {
    return receivesNone("no event", event -> true);
  }

  /**
   * Waits until no work is pending in the fake, then verifies that there is no event of this name
   * at or behind the cursor.
   *
   * <pre>{@code
   * assertThat(handler).receivesNoEvent("disconnected"); // passes while all are connected
   * alice.close();
   * assertThat(handler).receivesNoEvent("disconnected"); // fails, and shows it
   * }</pre>
   *
   * @param name the name of the event
   * @return this assertion object
   * @throws AssertionError if there is one, or if work is still pending after the timeout
   * @since 0.1
   */
  public EventHandlerAssert receivesNoEvent(String name) {
    notNull(name, "receivesNoEvent", "name");
    return receivesNone("no event " + FailureText.quotedContent(name), named(name));
  }

  /**
   * Verifies that the recorded events contain an event of this name.
   *
   * <pre>{@code
   * assertThat(handler).hasReceivedEvent("connect");  // passes
   * assertThat(handler).hasReceivedEvent("whisper");  // fails, shows what came
   * }</pre>
   *
   * @param name the name of the event
   * @return this assertion object
   * @throws AssertionError if there is none
   * @since 0.1
   */
  public EventHandlerAssert hasReceivedEvent(String name) {
    notNull(name, "hasReceivedEvent", "name");
    if (actual.events().stream().noneMatch(named(name))) {
      throw failure("%s", new EventReport(actual).neverCame(name));
    }
    return this;
  }

  /**
   * Verifies that the recorded events contain no event of this name.
   *
   * <pre>{@code
   * assertThat(handler).hasReceivedNoEvent("whisper");  // passes
   * assertThat(handler).hasReceivedNoEvent("connect");  // fails, and marks it
   * }</pre>
   *
   * @param name the name of the event
   * @return this assertion object
   * @throws AssertionError if there is one, or if that cannot be known because older events were
   *     dropped
   * @since 0.1
   */
  public EventHandlerAssert hasReceivedNoEvent(String name) {
    notNull(name, "hasReceivedNoEvent", "name");
    StubLog.Snapshot log = actual.log().snapshot();
    if (log.dropped() > 0 || log.events().stream().anyMatch(named(name))) {
      throw failure(
          "%s",
          new EventReport(actual)
              .history(
                  Headline.of("expected no event ")
                      .quoted(name)
                      .words(
                          " to have been received but "
                              + (log.events().stream().anyMatch(named(name))
                                  ? "received one"
                                  : "older events were dropped, so it cannot be told")),
                  named(name)));
    }
    return this;
  }

  /**
   * Verifies all recorded events, in order.
   *
   * <pre>{@code
   * assertThat(handler).hasReceivedExactly("connect", "connected"); // passes
   * assertThat(handler).hasReceivedExactly("connect");              // fails: there is one more
   * }</pre>
   *
   * @param names their names
   * @return this assertion object
   * @throws AssertionError if there are others, or their order differs
   * @since 0.1
   */
  public EventHandlerAssert hasReceivedExactly(String... names) {
    noneNull(names, "hasReceivedExactly", "names");
    StubLog.Snapshot log = actual.log().snapshot();
    List<String> came = log.events().stream().map(HandlerEvent::name).toList();
    if (log.dropped() > 0 || !came.equals(List.of(names))) {
      throw failure(
          "%s",
          new EventReport(actual)
              .history(
                  Headline.of("expected exactly " + FailureText.count(names.length, "event") + " ")
                      .value(EventReport.list(names))
                      .words(" to have been received but received ")
                      .value(
                          came.isEmpty() ? "none" : EventReport.list(came.toArray(String[]::new))),
                  event -> false));
    }
    return this;
  }

  private HandlerEventAssert take(
      String name,
      String condition,
      Predicate<HandlerEvent> wanted,
      Function<HandlerEvent, Optional<String>> note) {
    Supplier<String> missing =
        () ->
            new EventReport(actual)
                .missing(EventReport.event(name, condition), inTime(), name, note);
    Optional<HandlerEvent> taken = wait(timeToReceive().time(), wanted, missing);
    if (taken.isEmpty()) {
      throw failure("%s", missing.get());
    }
    HandlerEventAssert next = new HandlerEventAssert(taken.get());
    String description = descriptionText();
    return description.isEmpty() ? next : next.as("%s", description);
  }

  private Optional<HandlerEvent> wait(
      Duration atMost, Predicate<HandlerEvent> wanted, Supplier<String> report) {
    StubLog log = actual.log();
    return Waiting.forAssertion(
        log.changes(),
        atMost,
        () -> log.take(wanted),
        new Attempt(actual.timeline(), report, InterruptedWaitException::new));
  }

  private EventHandlerAssert receivesNone(String what, Predicate<HandlerEvent> unwanted) {
    Timeout atMost = timeToReceive();
    if (!atMost.isZero()) {
      try {
        actual.barrier().awaitIdle(atMost.time());
      } catch (NotIdleException e) {
        throw failure("%s", EventReport.stillBusy(actual, what, atMost, e.busy()));
      }
    }
    if (actual.log().snapshot().unread().stream().anyMatch(unwanted)) {
      throw failure("%s", new EventReport(actual).unwanted(what, unwanted));
    }
    return this;
  }

  private static Duration until(long deadlineNanos) {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }

  private Timeout timeToReceive() {
    return actual.times().ofNullable(time);
  }

  private String inTime() {
    Timeout atMost = timeToReceive();
    return atMost.isZero() ? " to be there already" : " within " + atMost;
  }

  private static Predicate<HandlerEvent> named(String name) {
    return event -> event.name().equals(name);
  }
}
