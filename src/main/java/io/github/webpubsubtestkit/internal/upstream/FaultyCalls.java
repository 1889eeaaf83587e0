package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.hub.InterceptedCall.Answer;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.HandlerFaults.EventAttempt;
import io.github.webpubsubtestkit.internal.upstream.HandlerFaults.EventFate;
import io.github.webpubsubtestkit.internal.upstream.UpstreamChannel.Call;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends the events of a service to their handlers, or does what faults make of that. */
final class FaultyCalls {

  private final Timers timers;
  private final Set<FaultyCall> held = new LinkedHashSet<>(0); // guarded by itself
  private volatile @Nullable HandlerFaults faults;

  FaultyCalls(Timers timers) {
    this.timers = timers;
  }

  void follow(@Nullable HandlerFaults next) {
    faults = next;
  }

  /** Lets the calls go on that faults hold back; those that hang break. */
  void release() {
    List<FaultyCall> all;
    synchronized (held) {
      all = List.copyOf(held);
    }
    all.forEach(FaultyCall::release);
  }

  /** Returns whether a user event of a connection is held back for longer than a time. */
  boolean isHeldBack(String connectionId, Duration time) {
    synchronized (held) {
      return held.stream().anyMatch(each -> each.isHeldBack(connectionId, time));
    }
  }

  /** Does the same as {@link UpstreamChannel#send}, unless there is a fault for it. */
  Call send(UpstreamChannel channel, UpstreamRequest request, Consumer<UpstreamResult> then) {
    HandlerFaults known = faults;
    FaultyCall faulty = known == null ? null : meet(known, request, then);
    return faulty == null ? channel.send(request, then) : faulty.begin(channel, request);
  }

  private @Nullable FaultyCall meet(
      HandlerFaults known, UpstreamRequest request, Consumer<UpstreamResult> then) {
    synchronized (held) { // whoever sees the fault as met and takes it back finds the call
      EventFate fate = fate(known, request.headers());
      if (fate == null) {
        return null;
      }
      FaultyCall met = new FaultyCall(fate, request.headers(), then);
      if (met.mayBeHeldBack()) {
        held.add(met);
      }
      return met;
    }
  }

  /** Only events have faults, not the validation of their handlers. */
  private static @Nullable EventFate fate(HandlerFaults known, HttpHeaders headers) {
    Optional<String> event = headers.first("ce-eventName");
    return event.isEmpty()
        ? null
        : known.onEvent(
            new EventAttempt(
                headers.first("ce-hub").orElse(""),
                event.get(),
                headers.first("ce-userId").orElse(null),
                headers.first("ce-connectionId").orElse("")));
  }

  private final class FaultyCall implements Call {

    private final EventFate fate;
    private final HttpHeaders event;
    private final Consumer<UpstreamResult> then;
    private final Instant begun = timers.instant();
    private @Nullable Call sent; // this and the rest: guarded by this
    private @Nullable UpstreamResult result;
    private @Nullable Scheduled timer;
    private boolean released; // also before it was sent
    private boolean due;
    private boolean over;

    FaultyCall(EventFate fate, HttpHeaders event, Consumer<UpstreamResult> then) {
      this.fate = fate;
      this.event = event;
      this.then = then;
    }

    boolean mayBeHeldBack() {
      return fate.kind() == EventFate.Kind.UNANSWERED || !fate.delay().isZero();
    }

    /** What a connection sends waits for its user events alone (event-handlers 9). */
    boolean isHeldBack(String connectionId, Duration time) {
      return event.first("ce-connectionId").filter(connectionId::equals).isPresent()
          && event.first("ce-type").filter(type -> type.contains(".user.")).isPresent()
          && (fate.kind() == EventFate.Kind.UNANSWERED
              || begun.plus(fate.delay()).isAfter(timers.instant().plus(time)));
    }

    Call begin(UpstreamChannel channel, UpstreamRequest request) {
      startDelay();
      switch (fate.kind()) {
        case USUAL -> sent(channel.send(request, this::answerLater));
        case ANSWER_DROPPED ->
            sent(channel.send(request, answer -> answerLater(broken("answer dropped"))));
        case ANSWERED -> answerLater(new UpstreamResult.Answer(response(fate.answer()), false));
        case DROPPED -> answerLater(broken("connection dropped"));
        case UNANSWERED -> breakWhenReleased();
      }
      return this;
    }

    private void breakWhenReleased() {
      boolean now;
      synchronized (this) {
        result = broken("connection of a request that hung is reset");
        now = released;
      }
      if (now) {
        release();
      }
    }

    private Failure broken(String how) {
      return new Failure(Kind.NETWORK, how + " by the fault \"" + fate.fault() + "\"");
    }

    private HttpResponse response(@Nullable Answer answer) {
      return answer == null
          ? HttpResponse.of(500)
          : new HttpResponse(
              answer.status(), HttpHeaders.ofEntries(answer.headers()), answer.body());
    }

    private synchronized void sent(Call call) {
      sent = call;
    }

    /** The answer comes late, however long it takes to come. */
    private void startDelay() {
      Duration delay = fate.kind() == EventFate.Kind.UNANSWERED ? Duration.ZERO : fate.delay();
      synchronized (this) {
        due = released || delay.isZero();
        if (!due) {
          timer = timers.schedule(delay, this::nowDue);
        }
      }
    }

    private void nowDue() {
      boolean answered;
      synchronized (this) {
        due = true;
        answered = result != null;
      }
      if (answered) {
        release();
      }
    }

    private void answerLater(UpstreamResult answer) {
      boolean now;
      synchronized (this) {
        result = answer;
        now = due;
      }
      if (now) {
        release();
      }
    }

    /** Goes on at once, or as soon as there is an answer. */
    void release() {
      UpstreamResult answer;
      synchronized (this) {
        released = true;
        due = true;
        answer = over ? null : result;
        over |= answer != null;
      }
      forget();
      if (answer != null) {
        then.accept(answer);
      }
    }

    @Override
    public void cancel() {
      Call inner;
      synchronized (this) {
        over = true;
        inner = sent;
      }
      forget();
      if (inner != null) {
        inner.cancel();
      }
    }

    private void forget() {
      Scheduled running;
      synchronized (this) {
        running = timer;
        timer = null;
      }
      if (running != null) {
        running.cancel();
      }
      synchronized (held) {
        held.remove(this);
      }
    }

    @Override
    public synchronized String obstacle() {
      boolean waits = !over && (!due || fate.kind() == EventFate.Kind.UNANSWERED);
      return waits ? "held back by the fault \"" + fate.fault() + "\"" : "";
    }

    @Override
    public synchronized boolean isAnswering() {
      return result == null && sent != null && sent.isAnswering();
    }
  }
}
