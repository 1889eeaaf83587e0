package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerSetup;
import io.github.webpubsubtestkit.handler.HandlerEvent;
import io.github.webpubsubtestkit.internal.bridge.HandlerRegistry;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Incident;
import io.github.webpubsubtestkit.internal.timeline.Incidents;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes one failure of all that went wrong in a fake outside of what the test asserts. Each
 * incident is reported once.
 */
final class FakeFailures {

  private static final int MAX_SHOWN = 10;

  private final Engine engine;
  private final KitClients clients;
  private final FaultOrders faults;
  private final HandlerRegistry<EventHandler, EventHandlerSetup, HandlerEvent> handlers;
  private final Incidents incidents;
  private final HubInspector state;
  private final Supplier<Seen> seen;
  private final WaitTimes times;
  private final boolean strict;

  /**
   * The failures of an era.
   *
   * @param seen what may have come near to faults that were not met
   * @param strict whether strays fail tests, too
   */
  FakeFailures(
      Engine engine,
      KitClients clients,
      FaultOrders faults,
      HandlerRegistry<EventHandler, EventHandlerSetup, HandlerEvent> handlers,
      HubInspector state,
      Supplier<Seen> seen,
      WaitTimes times,
      boolean strict) {
    this.state = state;
    this.seen = seen;
    this.times = times;
    this.strict = strict;
    this.engine = engine;
    this.clients = clients;
    this.faults = faults;
    this.handlers = handlers;
    this.incidents = engine.timeline().incidents();
  }

  /** Marks the current moment for {@link #check}. */
  long mark() {
    return incidents.next();
  }

  /**
   * Waits for the running callbacks, at most the usual timeout, and reports.
   *
   * @param since reports nothing of before this {@link #mark}
   * @param alsoFaults also reports faults that were not met or not finished
   */
  Optional<AssertionError> check(long since, boolean alsoFaults) {
    awaitCallbacks();
    if (strict) {
      clients.addUnseenAcks(incidents);
    }
    List<Incident> found =
        new ArrayList<>(
            incidents.take(
                each -> each.number() >= since && (strict || each.kind() != Incident.Kind.STRAY)));
    List<UnmetFault> unmet = alsoFaults ? faults.takeUnmet(seen) : List.of();
    return found.isEmpty() && unmet.isEmpty()
        ? Optional.empty()
        : Optional.of(failure(found, unmet));
  }

  /** Adds the connections that a test has left open, and reports. */
  Optional<AssertionError> checkConnections(long since, Set<String> before, String test) {
    if (!clients.isOpen()) {
      return Optional.empty();
    }
    List<ConnectionInfo> left = opened(before);
    if (!left.isEmpty()) { // one whose client has just closed it may not have ended here
      awaitPongs();
      left = opened(before);
    }
    for (ConnectionInfo each : left) {
      String user = each.userId().map(id -> "user " + FailureText.quote(id)).orElse("no user");
      String headline =
          "test " + test + " has left a connection open: " + user + " in hub " + each.hub();
      engine.timeline().record("service", Direction.NOTE, headline);
      incidents.addStray(each.connectionId(), headline, "connection " + each.connectionId());
    }
    return check(since, false);
  }

  private void awaitPongs() {
    try {
      var unused = engine.awaitPongs(times.usual().deadlineNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<ConnectionInfo> opened(Set<String> before) {
    return state.connections().stream()
        .filter(each -> !before.contains(each.connectionId()))
        .toList();
  }

  private static AssertionError failure(List<Incident> incidents, List<UnmetFault> faults) {
    List<String> headlines = new ArrayList<>();
    List<List<String>> details = new ArrayList<>();
    AssertionError error = null;
    for (Incident each : incidents) {
      headlines.add(each.headline());
      List<String> lines = new ArrayList<>();
      lines.add("at " + Timeline.seconds(each.at()));
      lines.addAll(each.details());
      details.add(lines);
    }
    for (UnmetFault each : faults) {
      headlines.add(each.headline());
      details.add(each.details());
    }
    FailureText text = FailureText.of("service", headlines.get(0));
    details.get(0).forEach(text::state);
    for (int i = 1; i < Math.min(headlines.size(), MAX_SHOWN); i++) {
      text.state("and " + headlines.get(i));
      details.get(i).forEach(line -> text.state("  " + line));
    }
    if (headlines.size() > MAX_SHOWN) {
      text.state("and " + (headlines.size() - MAX_SHOWN) + " more");
    }
    for (Incident each : incidents) {
      Throwable thrown = each.cause();
      if (thrown == null) {
        continue;
      }
      if (error == null) {
        error = new AssertionError(text.text(), Secrets.mask(thrown));
      } else if (error.getSuppressed().length < MAX_SHOWN) {
        error.addSuppressed(Secrets.mask(thrown));
      }
    }
    return error == null ? new AssertionError(text.text()) : error;
  }

  /** Waits until what clients have sent has reached the callbacks, and these have ended. */
  private void awaitCallbacks() {
    if (!clients.isOpen() || !handlers.hasCallbacks()) {
      return;
    }
    clients.checkNotInCallback("assertNoFailures()");
    Timeout atMost = times.usual();
    long deadline = atMost.deadlineNanos();
    clients.settle(deadline);
    long begun;
    do {
      begun = handlers.callbacksBegun();
      engine.awaitTurn(); // an answer may let the next event begin
      for (String event : handlers.awaitCallbacks(deadline)) {
        String headline = "a callback is still running after " + atMost + ": " + event;
        engine.timeline().record("service", Direction.NOTE, headline);
        incidents.addStray(null, headline, "its thread is interrupted when the service closes");
      }
      engine.awaitTurn();
    } while (handlers.callbacksBegun() != begun && deadline - System.nanoTime() > 0);
  }
}
