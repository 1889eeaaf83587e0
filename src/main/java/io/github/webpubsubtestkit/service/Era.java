package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerSetup;
import io.github.webpubsubtestkit.handler.HandlerEvent;
import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.CallbackThread;
import io.github.webpubsubtestkit.internal.bridge.HandlerRegistry;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.upstream.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a fake consists of from its start, or a reset, to the next reset or its end. */
final class Era {

  private final Engine engine;
  private final RequestLog log;
  private final Journal journal = new Journal();
  private final SentLog sent = new SentLog();
  private final HubInspector state;
  private final String defaultHub;
  private final KitClients clients;
  private final HandlerRegistry<EventHandler, EventHandlerSetup, HandlerEvent> handlers;
  private final FakeFailures failures;

  /**
   * The era of a fake that lasts. It does not refer to the fake, which may be lost while its engine
   * still runs, see {@link Leftovers}.
   */
  static final class Current {

    private volatile @Nullable Era era;

    void set(Era begun) {
      era = begun;
    }

    /**
     * The era that lasts.
     *
     * @throws IllegalStateException in a callback that began before the fake was reset
     */
    Era get() {
      CallbackThread.checkNotRetired();
      return requireNonNull(era);
    }

    Engine engine() {
      return get().engine();
    }

    void closeEngine() {
      engine().close();
    }
  }

  /**
   * Begins.
   *
   * @param faults those of the fake
   * @param eventHandlers those of the builder, by hub
   * @param strict whether strays fail tests, too
   */
  Era(
      Engine engine,
      FaultOrders faults,
      String defaultHub,
      ObjectMapping mapping,
      WaitTimes times,
      EarlierServices earlier,
      Map<String, List<EventHandler>> eventHandlers,
      boolean strict) {
    this.engine = engine;
    Options options = engine.options();
    this.log =
        new RequestLog(
            options.get(Setting.MAX_RECORDED_REQUESTS),
            options.get(Setting.MAX_RECORDED_REQUEST_BYTES));
    this.state = new HubInspector(engine.hubs());
    this.defaultHub = defaultHub;
    this.clients =
        new KitClients(
            engine,
            () -> new ServiceEvidence(engine, journal, earlier, mapping.display()),
            defaultHub,
            mapping,
            times,
            earlier);
    @SuppressWarnings("unchecked") // the handler room registers no other
    var registries =
        (HandlerRegistry.Factory<EventHandler, EventHandlerSetup, HandlerEvent>)
            Bridge.HANDLERS.factory();
    this.handlers =
        registries.make(
            engine.upstream(),
            engine.loop(),
            engine.timers(),
            engine.timeline(),
            clients,
            mapping,
            times);
    clients.hanging(handlers::isHanging);
    engine.onViolation(clients::addViolation);
    this.failures =
        new FakeFailures(
            engine,
            clients,
            faults,
            handlers,
            state,
            () -> Seen.by(engine, journal),
            times,
            strict);
    engine.hubs().onChange(log.changes()::signal);
    engine.observe(operation -> log.add(operation, state.opened(operation)));
    engine.observe(journal::add);
    Function<Delivery, HandlerEvent> parser = each -> handlers.event(each.request(), each.at());
    engine.upstream().onDelivery(each -> sent.add(new SentEvent(each, parser)));
    eventHandlers.forEach(handlers::replace);
  }

  Engine engine() {
    return engine;
  }

  RequestLog log() {
    return log;
  }

  SentLog sent() {
    return sent;
  }

  Journal journal() {
    return journal;
  }

  HubInspector state() {
    return state;
  }

  ServerCalls server() {
    return new ServerCalls(
        engine.dataPlane(), defaultHub, engine.timeline(), engine::awaitTurn, journal::add);
  }

  KitClients clients() {
    return clients;
  }

  HandlerRegistry<EventHandler, EventHandlerSetup, HandlerEvent> handlers() {
    return handlers;
  }

  /** What went wrong outside of what the test asserts. */
  FakeFailures failures() {
    return failures;
  }

  /** What a tidy test would not leave, a line each, but for faults. */
  List<String> leftOver() {
    List<String> left = new ArrayList<>();
    for (Hub hub : engine.hubs().all()) {
      for (ConnectionView each : hub.connections()) {
        left.add("connection " + each.label() + " in hub " + hub.name());
      }
    }
    engine.dataPlane().held().texts().forEach(each -> left.add("no answer yet to " + each));
    engine.upstream().pending().forEach(each -> left.add("no answer yet to " + each));
    if (engine.timers().isFrozen()) {
      left.add("the clock was frozen");
    }
    return left;
  }
}
