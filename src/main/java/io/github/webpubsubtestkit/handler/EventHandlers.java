package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.HandlerRegistry;
import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Interruption;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.EventPattern;
import io.github.webpubsubtestkit.internal.upstream.Handler;
import io.github.webpubsubtestkit.internal.upstream.HttpChannel;
import io.github.webpubsubtestkit.internal.upstream.SystemEvent;
import io.github.webpubsubtestkit.internal.upstream.Upstream;
import io.github.webpubsubtestkit.internal.upstream.UpstreamChannel;
import io.github.webpubsubtestkit.internal.upstream.UpstreamRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The event handlers of one fake; {@code service} uses them through the bridge. */
final class EventHandlers
    implements HandlerRegistry<EventHandler, EventHandlerSetup, HandlerEvent> {

  static {
    Factory<EventHandler, EventHandlerSetup, HandlerEvent> factory = EventHandlers::new;
    Bridge.HANDLERS.register(factory);
  }

  /**
   * The maximum wait for a validation in real time; each request has its own timeout in the fake's
   * time, but that clock may be stopped.
   */
  private static final long LONGEST_VALIDATION_MINUTES = 1;

  private final Upstream upstream;
  private final TransportLoop loop;
  private final Timers timers;
  private final Timeline timeline;
  private final Barrier barrier;
  private final ObjectMapping mapping;
  private final WaitTimes times;

  private final RunningCallbacks running;
  private final Object lock = new Object();
  private final List<StubCallbacks> stubs = new ArrayList<>(); // guarded by lock
  private final Map<List<X509Certificate>, UpstreamChannel> http = // by what they trust
      new HashMap<>(); // guarded by lock; most tests need none
  private @Nullable StubThreads threads; // guarded by lock
  private boolean closed; // guarded by lock
  private boolean retired; // guarded by lock

  EventHandlers(
      Upstream upstream,
      TransportLoop loop,
      Timers timers,
      Timeline timeline,
      Barrier barrier,
      ObjectMapping mapping,
      WaitTimes times) {
    this.mapping = mapping;
    this.times = times;
    this.upstream = upstream;
    this.loop = loop;
    this.timers = timers;
    this.timeline = timeline;
    this.barrier = barrier;
    this.running = new RunningCallbacks(barrier);
  }

  @Override
  public EventHandlerSetup setup(String hub) {
    return new EventHandlerSetup(hub, this);
  }

  @Override
  public void replace(String hub, List<EventHandler> handlers) {
    synchronized (lock) {
      checkOpen();
      upstream.replace(hub, handlers.stream().map(this::handler).toList());
    }
  }

  @Override
  public void validate(String hub) {
    long began = System.nanoTime();
    List<String> refusals;
    try {
      refusals = upstream.validate(hub).get(LONGEST_VALIDATION_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedWaitException(
          Interruption.since(began).in(FailureText.of("service", consent(hub)).text()));
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the validation has not ended: " + e, e);
    }
    if (!refusals.isEmpty()) {
      throw new AssertionError(
          FailureText.of("service", consent(hub))
              .fact("but", refusals.toArray(String[]::new))
              .text());
    }
  }

  private static String consent(String hub) {
    return "expected the event handlers of hub " + FailureText.quote(hub) + " to consent";
  }

  @Override
  public HandlerEvent event(UpstreamRequest request, Duration at) {
    return HandlerEvents.of(request, at, mapping);
  }

  void add(String hub, EventHandler handler) {
    synchronized (lock) {
      add(hub, handler(handler));
    }
  }

  EventHandlerStub addStub(String hub, Function<EventHandlerStub, EventHandlerStub> first) {
    StubCallbacks callbacks = new StubCallbacks();
    StubLog log = new StubLog();
    EventHandlerStub stub =
        first.apply(new EventHandlerStub(hub, callbacks, log, barrier, timeline, times));
    StubChannel channel =
        new StubChannel(
            "handler " + hub,
            callbacks,
            log,
            this::execute,
            loop,
            timers,
            timeline,
            mapping,
            failure -> upstream.addFailure(hub, failure),
            running);
    synchronized (lock) {
      stubs.add(callbacks);
    }
    add(
        hub,
        new Handler(StubChannel.URL, EventPattern.ALL, EnumSet.allOf(SystemEvent.class), channel));
    return stub;
  }

  private void add(String hub, Handler handler) {
    synchronized (lock) {
      checkOpen();
      List<Handler> handlers = new ArrayList<>(upstream.handlers(hub));
      handlers.add(handler);
      upstream.replace(hub, handlers);
    }
  }

  /** Converts a handler; called with the lock held. */
  private Handler handler(EventHandler handler) {
    UpstreamChannel channel = http.computeIfAbsent(handler.trusted(), this::channel);
    return new Handler(handler.template(), handler.pattern(), handler.system(), channel);
  }

  private UpstreamChannel channel(List<X509Certificate> trusted) {
    if (trusted.isEmpty()) {
      return new HttpChannel(loop);
    }
    SSLContext context = TlsIdentity.trusting(trusted);
    return new HttpChannel(loop, () -> context);
  }

  /** Runs a callback, unless the fake is closed. */
  private void execute(Runnable callback) {
    synchronized (lock) {
      if (closed) {
        return;
      }
      StubThreads pool = threads;
      if (pool == null) {
        pool = new StubThreads("webpubsub", timeline.incidents()::addOfKit);
        threads = pool;
      }
      pool.execute(callback);
    }
  }

  @Override
  public boolean hasCallbacks() {
    synchronized (lock) {
      return stubs.stream().anyMatch(each -> each.hasAny() && !each.failuresExpected());
    }
  }

  @Override
  public boolean isHanging(String connectionId) {
    return running.isHanging(connectionId);
  }

  @Override
  public long callbacksBegun() {
    return running.begun();
  }

  @Override
  public List<String> awaitCallbacks(long deadlineNanos) {
    try {
      return running.awaitNone(deadlineNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          retired
              ? "the service was reset since eventHandler(..) was called: call it again"
              : "the fake is closed");
    }
  }

  @Override
  public List<String> stop() {
    return stop(false);
  }

  @Override
  public List<String> retire() {
    return stop(true);
  }

  private List<String> stop(boolean byReset) {
    StubThreads pool;
    running.close();
    synchronized (lock) {
      closed = true;
      retired = byReset;
      pool = threads;
    }
    Timeout atMost = times.stop();
    boolean ended = pool == null || (byReset ? pool.retire(atMost) : pool.stop(atMost));
    return ended
        ? List.of()
        : running.texts().stream().map(each -> notEnded(each, atMost)).toList();
  }

  private static String notEnded(String callback, Timeout atMost) {
    return "a callback did not end within " + atMost + " of being interrupted: " + callback;
  }
}
