package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.bridge.CurrentCallback;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.time.MemoryPause;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Incident;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.UpstreamChannel;
import io.github.webpubsubtestkit.internal.upstream.UpstreamRequest;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult;
import io.github.webpubsubtestkit.internal.upstream.UrlTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Delivers requests to a stub: records them on arrival, runs the test's code on another thread, and
 * delays answers without blocking a thread.
 */
final class StubChannel implements UpstreamChannel {

  /** What events would be sent to, if a stub had a server. */
  static final UrlTemplate URL = UrlTemplate.parse("http://event-handler-stub/{hub}/{event}");

  private static final StubAnswer FAILED = StubAnswer.of(500);

  /** The maximum number of pauses, ten seconds in total. */
  private static final int MEMORY_PAUSES = 160;

  private final String name;
  private final StubCallbacks callbacks;
  private final StubLog log;
  private final Executor threads;
  private final TransportLoop loop;
  private final Timers timers;
  private final Timeline timeline;
  private final ObjectMapping mapping;
  private final Consumer<String> failures;
  private final RunningCallbacks running;

  StubChannel(
      String name,
      StubCallbacks callbacks,
      StubLog log,
      Executor threads,
      TransportLoop loop,
      Timers timers,
      Timeline timeline,
      ObjectMapping mapping,
      Consumer<String> failures,
      RunningCallbacks running) {
    this.running = running;
    this.mapping = mapping;
    this.name = name;
    this.callbacks = callbacks;
    this.log = log;
    this.threads = threads;
    this.loop = loop;
    this.timers = timers;
    this.timeline = timeline;
    this.failures = failures;
    MemoryPause.prepare();
  }

  @Override
  public boolean needsValidation() {
    return false;
  }

  @Override
  public Call send(UpstreamRequest request, Consumer<UpstreamResult> then) {
    HandlerEvent event = HandlerEvents.of(request, timeline.now(), mapping);
    log.add(event);
    StubCall call = new StubCall(then, event.connectionId());
    Supplier<StubAnswer> callback = callbackFor(event);
    if (callback != null) {
      begin(event, callback, call);
    } else { // the test has no callback, and no thread needs to be woken
      call.answer(StubAnswer.of(204));
    }
    return call;
  }

  /** Runs the test's code for an event; null for none. */
  private @Nullable Supplier<StubAnswer> callbackFor(HandlerEvent event) {
    if (event instanceof UserEvent user) {
      return callbacks.of(user);
    }
    if (event instanceof ConnectEvent connect) {
      return callbacks.of(connect);
    }
    return event instanceof DisconnectedEvent disconnected
        ? callbacks.of(disconnected)
        : callbacks.of((ConnectedEvent) event);
  }

  private void begin(HandlerEvent event, Supplier<StubAnswer> callback, StubCall call) {
    RunningCallbacks.Run run = new RunningCallbacks.Run(event, callbacks.failuresExpected());
    running.begin(run);
    threads.execute(
        () -> {
          run.onThread();
          try {
            current(event).run(() -> run(event, callback, call));
          } finally {
            running.end(run);
          }
        });
  }

  /** Messages of the client wait for the answer to its events, other than notifications. */
  private CurrentCallback current(HandlerEvent event) {
    boolean awaited = event instanceof UserEvent;
    return new CurrentCallback(timeline, event.name(), awaited ? event.connectionId() : "");
  }

  private void run(HandlerEvent event, Supplier<StubAnswer> callback, StubCall call) {
    StubAnswer answer = FAILED;
    Throwable thrown = null;
    try {
      answer = callback.get().writtenBy(mapping);
    } catch (Throwable failure) { // also an AssertionError: the test has to hear of it
      thrown = failure;
    }
    boolean answered = answer(event, call, answer, thrown);
    for (int i = 0; i < MEMORY_PAUSES && !answered; i++) { // the callback may have used it up
      MemoryPause.await(i);
      answered = answer(event, call, answer, thrown);
    }
  }

  /** Sends the answer; returns false if there is no memory for it. */
  private boolean answer(
      HandlerEvent event, StubCall call, StubAnswer answer, @Nullable Throwable thrown) {
    try {
      if (thrown != null) {
        String text =
            "the callback for "
                + event.name()
                + " threw "
                + Secrets.describeOnOneLine(thrown)
                + UserFrames.place(thrown).map(place -> " at " + place).orElse("");
        log.failed(text);
        failures.accept(text);
        timeline.record(name, Direction.NOTE, text + "; answered 500");
        if (!callbacks.failuresExpected()) {
          addIncident(event, thrown);
        }
      }
      call.answer(answer);
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /** Retries of one event are one incident. */
  private void addIncident(HandlerEvent event, Throwable thrown) {
    String place = UserFrames.place(thrown).map(String::valueOf).orElse("");
    timeline
        .incidents()
        .add(
            Incident.Kind.CALLBACK,
            List.of(event.connectionId(), event.name(), event.eventId()),
            "a callback for event \""
                + event.name()
                + "\" threw "
                + Secrets.describeBriefly(thrown),
            Stream.of(
                    place.isEmpty() ? Secrets.describe(thrown) : "thrown at " + place,
                    "event " + event,
                    "answered 500; if it is meant: expectingFailures() of the stub, or return"
                        + " fail(500)")
                .map(String::stripTrailing)
                .toList(),
            thrown);
  }

  /** One call, which is answered once. */
  private final class StubCall implements Call {

    private final AtomicBoolean over = new AtomicBoolean();
    private final Consumer<UpstreamResult> then;
    private final String connectionId;
    private final Instant called = timers.instant(); // a delay counts from here

    StubCall(Consumer<UpstreamResult> then, String connectionId) {
      this.then = then;
      this.connectionId = connectionId;
    }

    void answer(StubAnswer answer) {
      CompletionStage<?> signal = answer.signal();
      if (signal == null) {
        answerAfterDelay(answer);
      } else {
        signal.whenComplete((value, failure) -> answerAfterDelay(answer));
      }
    }

    private void answerAfterDelay(StubAnswer answer) {
      if (answer.delay().isZero()) {
        complete(answer);
      } else { // on the loop, where the time cannot move between reading it and starting the timer
        loop.execute(() -> completeAt(called.plus(answer.delay()), answer));
      }
    }

    private void completeAt(Instant due, StubAnswer answer) {
      Duration left = Duration.between(timers.instant(), due);
      if (left.isZero() || left.isNegative()) {
        complete(answer);
      } else {
        timers.schedule(left, () -> complete(answer));
      }
    }

    private void complete(StubAnswer answer) {
      switch (answer.kind()) {
        case ANSWER -> end(new UpstreamResult.Answer(answer.response(), false));
        case RESET ->
            end(
                new UpstreamResult.Failure(
                    UpstreamResult.Kind.NETWORK, "the stub broke the connection"));
        case NOTHING -> {
          running.hangs(this, connectionId); // the waiting side has a deadline
          if (over.get()) {
            running.givenUp(this);
          }
        }
      }
    }

    private void end(UpstreamResult result) {
      if (!over.get()) {
        then.accept(result); // accepts only one
        over.set(true); // last: without memory it is retried
      }
    }

    @Override
    public void cancel() {
      over.set(true);
      running.givenUp(this);
    }
  }
}
