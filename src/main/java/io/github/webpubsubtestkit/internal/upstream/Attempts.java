package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamChannel.Call;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request, sent until it has an answer that counts, within one deadline (event-handlers 8). */
final class Attempts {

  private static final Failure NO_MEMORY =
      new Failure(Kind.LOCAL, "there was no memory for the request or its answer");

  static final Failure GONE = new Failure(Kind.CLOSED, "as its client has gone");

  private final UpstreamContext context;
  private final UpstreamChannel channel;
  private final UpstreamRequest request;
  private final Duration limit;
  private final String title;
  private final Consumer<Reply> then;
  private final Reply noMemory;

  // guarded by this
  private int number;
  private int lastAnswered;
  private long startedNanos;
  private boolean ended;
  private boolean extended;
  private boolean completed;
  private @Nullable Call call;
  private @Nullable Scheduled deadline;
  private @Nullable Scheduled retry;

  /**
   * Not begun yet.
   *
   * @param limit how long until the head of an answer comes, retries and their delays included
   * @param title whose request it is
   * @param then gets the last word, once, with no lock held
   */
  Attempts(
      UpstreamContext context,
      UpstreamChannel channel,
      UpstreamRequest request,
      Duration limit,
      String title,
      Consumer<Reply> then) {
    this.context = context;
    this.channel = channel;
    this.request = request;
    this.limit = limit;
    this.title = title;
    this.then = then;
    this.noMemory = new Reply(request, NO_MEMORY, 0);
  }

  void start() {
    try {
      synchronized (this) {
        deadline = context.timers().deadline(limit, this::timeOut);
      }
    } catch (OutOfMemoryError e) {
      giveUp();
      return;
    }
    attempt();
  }

  private void attempt() {
    try {
      send();
    } catch (OutOfMemoryError e) {
      giveUp();
    }
  }

  private void answered(int attempt, UpstreamResult result) {
    try {
      take(attempt, result);
    } catch (OutOfMemoryError e) {
      giveUp();
    }
  }

  /** Without memory there is no way on but to say so, once, with what has been made before. */
  private void giveUp() {
    synchronized (this) {
      ended = true;
    }
    complete(noMemory);
  }

  private void complete(Reply reply) {
    synchronized (this) {
      if (completed) {
        return;
      }
      completed = true;
    }
    then.accept(reply);
  }

  private void send() {
    int current;
    synchronized (this) {
      if (ended) {
        return;
      }
      retry = null;
      current = ++number;
      startedNanos = System.nanoTime();
    }
    context.record(
        Direction.OUT,
        title + ": " + request + (current > 1 ? " (attempt " + current + ")" : ""),
        request.headers(),
        request.body());
    Call sent;
    try {
      sent = context.calls().send(channel, request, result -> answered(current, result));
    } catch (RuntimeException e) { // a stand-in that fails is an application that fails
      answered(current, new Failure(Kind.LOCAL, "it could not be sent: " + e));
      return;
    }
    boolean late;
    synchronized (this) {
      late = ended && lastAnswered < current;
      call = lastAnswered < current ? sent : call;
    }
    if (late) {
      sent.cancel();
    }
  }

  private void take(int attempt, UpstreamResult result) {
    Duration delay;
    long nanos;
    synchronized (this) {
      if (ended || attempt != number || lastAnswered == attempt) {
        return;
      }
      nanos = System.nanoTime() - startedNanos;
      delay = result.isWorthRetrying() ? delayAfter(attempt) : null;
      record(attempt, result, nanos); // first: without memory for it the answer comes again
      lastAnswered = attempt;
      call = null;
      ended = delay == null;
    }
    if (delay == null) {
      end(attempt, result);
    } else if (delay.isZero() || delay.isNegative()) {
      attempt();
    } else {
      synchronized (this) {
        retry = ended ? null : context.timers().schedule(delay, this::attempt);
      }
    }
  }

  private @Nullable Duration delayAfter(int attempt) {
    List<Duration> delays = context.options().get(Setting.HANDLER_RETRY_DELAYS);
    return attempt <= delays.size() ? delays.get(attempt - 1) : null;
  }

  private void record(int attempt, UpstreamResult result, long nanos) {
    String suffix =
        " after " + nanos / 1_000_000 + " ms" + (attempt > 1 ? " (attempt " + attempt + ")" : "");
    HttpResponse response = result.response();
    if (response != null) {
      context.record(
          Direction.IN,
          title
              + ": "
              + response.status()
              + (result.bodyTooLarge() ? " with a body of more than 16 MiB" : "")
              + suffix,
          response.headers(),
          response.body());
    } else if (!result.isClosed()) {
      context.record(
          Direction.IN, title + ": " + result.failure() + suffix, HttpHeaders.none(), new byte[0]);
    }
  }

  /** Nobody is interested any more: ends it at once, without effect if it has ended. */
  void abandon() {
    Call hanging;
    Scheduled waiting;
    int attempt;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      hanging = call;
      waiting = retry;
      attempt = number;
    }
    if (hanging != null) {
      hanging.cancel();
    }
    if (waiting != null) {
      waiting.cancel();
    }
    context.record(
        Direction.NOTE, title + ": given up, " + GONE.failure(), HttpHeaders.none(), new byte[0]);
    end(attempt, GONE);
  }

  private void timeOut() {
    try {
      endInTime();
    } catch (OutOfMemoryError e) {
      giveUp();
    }
  }

  private void endInTime() {
    Call hanging;
    Scheduled waiting;
    int attempt;
    long nanos;
    synchronized (this) {
      if (ended) {
        return;
      }
      hanging = call;
      if (hanging != null && !extended && hanging.isAnswering()) {
        extended = true; // the deadline is that of the head; the body has as long again
        deadline = context.timers().deadline(limit, this::timeOut);
        return;
      }
      ended = true;
      waiting = retry;
      attempt = number;
      nanos = System.nanoTime() - startedNanos;
    }
    String obstacle = hanging == null ? "" : hanging.obstacle(); // which is gone with the call
    if (hanging != null) {
      hanging.cancel();
    }
    if (waiting != null) {
      waiting.cancel();
    }
    Failure failure =
        new Failure(
            Kind.TIMEOUT,
            "no answer within " + seconds(limit) + (obstacle.isEmpty() ? "" : "; " + obstacle));
    record(attempt, failure, nanos);
    end(attempt, failure);
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  private void end(int attempts, UpstreamResult result) {
    Scheduled running;
    synchronized (this) {
      running = deadline;
      deadline = null;
    }
    if (running != null) {
      running.cancel();
    }
    complete(new Reply(request, result, attempts));
  }

  /** {@code POST http://127.0.0.1:7071/eh/connected (attempt 2)}. */
  @Override
  public String toString() {
    Call underWay;
    int attempt;
    synchronized (this) {
      underWay = call;
      attempt = number;
    }
    String obstacle = underWay == null ? "" : underWay.obstacle();
    return request
        + (attempt > 1 ? " (attempt " + attempt + ")" : "")
        + (obstacle.isEmpty() ? "" : " (" + obstacle + ")");
  }
}
