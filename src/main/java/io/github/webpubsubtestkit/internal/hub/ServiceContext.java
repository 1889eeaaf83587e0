package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The state shared by all hubs of one service. */
final class ServiceContext {

  private final Options options;
  private final BufferLimits limits;
  private final Timeline timeline;
  private final Timers timers;
  private final LoopProgress progress;
  private final ServiceTokens tokens;
  private final Consumer<RecordedOperation> observer;
  private final AtomicInteger connectionNumbers = new AtomicInteger();
  private final AtomicInteger clientsBehind = new AtomicInteger(); // hubs have locks of their own
  private final PlannedFaults faults = new PlannedFaults();
  private volatile boolean closed;
  private volatile Runnable changeListener = () -> {};

  ServiceContext(
      Options options,
      Timeline timeline,
      Timers timers,
      LoopProgress progress,
      ServiceTokens tokens,
      Consumer<RecordedOperation> observer) {
    this.options = options;
    this.limits = BufferLimits.of(options);
    this.timeline = timeline;
    this.timers = timers;
    this.progress = progress;
    this.tokens = tokens;
    this.observer = observer;
  }

  Options options() {
    return options;
  }

  /** The limits of what a reliable connection may leave unacknowledged. */
  BufferLimits limits() {
    return limits;
  }

  Timeline timeline() {
    return timeline;
  }

  /** Where the faults of connected clients are planned. */
  PlannedFaults faults() {
    return faults;
  }

  Timers timers() {
    return timers;
  }

  LoopProgress progress() {
    return progress;
  }

  /** Reports a client's request; called under a hub's lock. */
  void observe(RecordedOperation operation) {
    observer.accept(operation);
  }

  ServiceTokens tokens() {
    return tokens;
  }

  int nextConnectionNumber() {
    return connectionNumbers.incrementAndGet();
  }

  /** The number of clients that are behind a burst. */
  AtomicInteger clientsBehind() {
    return clientsBehind;
  }

  /** Lets no connection live any longer. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  void onChange(Runnable listener) {
    changeListener = listener;
  }

  /** Reports a change of connections or members of groups; called under a hub's lock. */
  void changed() {
    changeListener.run();
  }
}
