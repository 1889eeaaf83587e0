package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** All hubs of one service. Hubs need no declaration: each valid name is one (rest-api 1). */
public final class Hubs {

  private final ConcurrentMap<String, Hub> hubs = new ConcurrentHashMap<>();
  private final ServiceContext service;

  /**
   * Hubs without a connection.
   *
   * @param options the options of the fake
   * @param timeline records everything
   * @param timers the time of the service
   * @param progress the progress of the service, in real time
   * @param tokens creates the tokens that the service issues
   * @param observer called with each client request; called under a hub's lock, must neither block
   *     nor call back
   */
  public Hubs(
      Options options,
      Timeline timeline,
      Timers timers,
      LoopProgress progress,
      ServiceTokens tokens,
      Consumer<RecordedOperation> observer) {
    service = new ServiceContext(options, timeline, timers, progress, tokens, observer);
  }

  /** The hub of that name, without regard to case. */
  public Hub hub(String name) {
    return hubs.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Hub(key, service));
  }

  /** All hubs used so far. */
  public Collection<Hub> all() {
    return List.copyOf(hubs.values());
  }

  /**
   * Sets a listener for changes of connections or members of groups; called under a hub's lock,
   * must neither block nor call back.
   */
  public void onChange(Runnable listener) {
    service.onChange(listener);
  }

  /** Ends all connections, also those that are about to begin. The application gets no event. */
  public void close() {
    service.close(); // first: whoever comes later sees it under the lock
    for (Hub hub : all()) {
      hub.endAll();
    }
  }

  ServiceTokens tokens() {
    return service.tokens();
  }

  /** Where the faults of connected clients are planned. */
  public PlannedFaults faults() {
    return service.faults();
  }

  /** Lets all open connections meet the faults that are for them. */
  public void meetFaults() {
    all().forEach(Hub::meetFaults);
  }

  /** The limits of what reliable connections may leave unacknowledged. */
  public BufferLimits limits() {
    return service.limits();
  }
}
