package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.EventSink;
import io.github.webpubsubtestkit.internal.hub.Pending;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.time.LoopThread;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Digest;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.WebhookSignatures;
import io.github.webpubsubtestkit.internal.wire.Names;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The event handlers of all hubs of a fake, and what is under way to them. */
public final class Upstream implements EventSink {

  private static final int MAX_PENDING_TOLD = 3;

  private final UpstreamContext context;
  private final Validations validations;
  private final Map<String, HubHandlers> hubs = new ConcurrentHashMap<>(); // by lower case
  private volatile boolean listening;

  /**
   * No handlers yet.
   *
   * @param timers the time of the fake, which a test may move
   * @param loop gets the failures of callbacks
   * @param endpoint the service's address, known when the first event happens
   */
  public Upstream(
      Options options,
      Timers timers,
      LoopThread loop,
      WebhookSignatures signatures,
      Supplier<URI> endpoint,
      Timeline timeline) {
    this.context =
        new UpstreamContext(
            options,
            timers,
            loop,
            signatures,
            endpoint,
            timeline,
            new Pending(),
            new FaultyCalls(timers),
            new HandlerFailures(),
            new Deliveries());
    this.validations = new Validations(context);
  }

  @Override
  public ConnectionEvents open(String hub, String connectionId, @Nullable String userId) {
    return new ConnectionEventState(of(hub), connectionId, userId);
  }

  /**
   * Replaces the handlers of a hub, from its next event on; open connections stay (event-handlers
   * 2.5).
   *
   * @param hub in any case
   * @param handlers in the order in which they are asked; none if empty
   * @throws IllegalArgumentException if there can be no such hub
   */
  public void replace(String hub, List<Handler> handlers) {
    if (!Names.isHub(hub)) {
      throw new IllegalArgumentException(
          "\""
              + Secrets.mask(hub)
              + "\" is no name of a hub: a letter, then up to 127 letters, digits, _ ` , . [ ]");
    }
    of(hub).replace(handlers);
  }

  /** The handlers of a hub, in order. */
  public List<Handler> handlers(String hub) {
    return of(hub).handlers();
  }

  /** Returns whether any hub has a handler. */
  public boolean hasHandlers() {
    return hubs.values().stream().anyMatch(each -> !each.handlers().isEmpty());
  }

  private HubHandlers of(String hub) {
    HubHandlers known = hubs.get(hub); // nearly always: hubs ask in lower case
    return known != null
        ? known
        : hubs.computeIfAbsent(hub.toLowerCase(Locale.ROOT), name -> new HubHandlers(this, name));
  }

  /** A clause about handlers that do not take an event, so that a wrong name is seen. */
  String otherHandlers(HubHandlers asked) {
    if (!asked.handlers().isEmpty()) {
      return asked.taken().isEmpty()
          ? "; its handlers take no user event"
          : "; its handlers take " + String.join(", ", asked.taken());
    }
    List<String> others =
        hubs.values().stream()
            .filter(each -> each != asked && !each.handlers().isEmpty())
            .map(each -> "\"" + each.hub() + "\"")
            .sorted()
            .toList();
    return others.isEmpty()
        ? "; no hub has a handler"
        : "; there are handlers for hub " + String.join(", ", others);
  }

  /**
   * Who takes a user event of a hub, in words: {@code handler 1 of 2 of the hub, which takes "*";
   * the first that takes an event gets it}; empty if nobody does.
   */
  public Optional<String> taker(String hub, String event) {
    List<Handler> asked = handlers(hub);
    for (int i = 0; i < asked.size(); i++) {
      Handler each = asked.get(i);
      if (each.userEvents().matches(event)) {
        return Optional.of(
            (asked.size() == 1 ? "the only handler" : "handler " + (i + 1) + " of " + asked.size())
                + " of the hub, which takes \""
                + each.userEvents()
                + (i + 1 < asked.size() ? "\"; the first that takes an event gets it" : "\""));
      }
    }
    return Optional.empty();
  }

  /**
   * Adds or removes a listener that takes every user event and only records it (event-handlers 10).
   */
  public void listening(boolean on) {
    listening = on;
  }

  /** Takes all handlers away, so that nothing more is sent to them. */
  public void removeHandlers() {
    listening = false;
    hubs.values().forEach(each -> each.replace(List.of()));
  }

  /** Gives up everything that is under way, and sends nothing more. */
  public void close() {
    for (Object each : context.pending().close()) {
      ((Abandonable) each).abandon();
    }
  }

  /** Follows faults from now on; null for none. */
  public void faults(@Nullable HandlerFaults faults) {
    context.calls().follow(faults);
  }

  /** Lets the events go on that faults hold back. */
  public void release() {
    context.calls().release();
  }

  /** Returns whether a fault holds an event of a connection back for longer than a time. */
  public boolean isHeldBack(String connectionId, Duration time) {
    return context.calls().isHeldBack(connectionId, time);
  }

  UpstreamContext context() {
    return context;
  }

  Validations validations() {
    return validations;
  }

  /** Returns whether a listener accepts user events, and only records them. */
  public boolean isListening() {
    return listening;
  }

  /**
   * Validates the URLs of a hub's handlers now, whatever is known of them (event-handlers 3.3).
   *
   * @return completed on any thread with what is wrong, a line for each URL that is refused
   */
  public CompletableFuture<List<String>> validate(String hub) {
    HubHandlers handlers = of(hub);
    return validations.askNow(handlers.handlers(), handlers.hub());
  }

  /** Records a failure within a stand-in for the application of a hub. */
  public void addFailure(String hub, String failure) {
    context.handlerFailures().add(context.timeline().now(), hub, failure);
  }

  /**
   * Gives failures between hubs and their applications to a listener, from now on.
   *
   * @param listener gets the hub and a line, tokens masked; on any thread, must not call back
   */
  public void onHandlerFailure(BiConsumer<String, String> listener) {
    context.handlerFailures().listener(listener);
  }

  /**
   * Gives every event that was sent to a listener, from now on, before its answer has an effect.
   *
   * @param listener is called on any thread, must not wait or call back
   */
  public void onDelivery(Consumer<Delivery> listener) {
    context.deliveries().listener(listener);
  }

  /**
   * Why an effect of events may be missing, for the failure texts of who waited for it.
   *
   * @param hub null for all
   * @param since in the timeline's time
   * @return a few lines: what failed there, and what all hubs still wait for
   */
  public List<String> troubles(@Nullable String hub, Duration since) {
    List<String> troubles = new ArrayList<>(context.handlerFailures().since(since, hub));
    context.pending().unanswered().stream().limit(MAX_PENDING_TOLD).forEach(troubles::add);
    return troubles;
  }

  /** What failed between hubs and their applications, and what they wait for, to choose from. */
  public List<Digest.Line> lines() {
    List<Digest.Line> lines = new ArrayList<>(context.handlerFailures().lines());
    Duration now = context.timeline().now();
    for (String each : context.pending().unanswered()) {
      lines.add(new Digest.Line(now, Digest.Rank.REFUSED, each));
    }
    return lines;
  }

  /** Returns whether nothing is under way. */
  public boolean isIdle() {
    return context.pending().isEmpty();
  }

  /**
   * The events under way, for example {@code connected of alice#1 at POST http://… (attempt 2)}.
   */
  public List<String> pending() {
    return context.pending().texts();
  }

  /**
   * Waits until nothing is under way. Must not be called on the loop.
   *
   * @param deadlineNanos of {@link System#nanoTime()}
   * @return whether that came true in time
   */
  public boolean awaitIdle(long deadlineNanos) throws InterruptedException {
    return context.pending().awaitNone(deadlineNanos);
  }
}
