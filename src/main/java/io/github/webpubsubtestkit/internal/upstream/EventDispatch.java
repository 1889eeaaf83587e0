package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One event on its way to its handler: first the validation, then the attempts. */
final class EventDispatch implements Abandonable {

  private final UpstreamContext context;
  private final Validations validations;
  private final Handler handler;
  private final String hub;
  private final String title;
  private final UpstreamRequest request;
  private final Consumer<Reply> then;
  private final Duration raisedAt;
  private @Nullable Attempts attempts; // guarded by this
  private boolean abandoned; // guarded by this

  EventDispatch(
      UpstreamContext context,
      Validations validations,
      Handler handler,
      String hub,
      String title,
      UpstreamRequest request,
      Consumer<Reply> then) {
    this.context = context;
    this.validations = validations;
    this.handler = handler;
    this.hub = hub;
    this.title = title;
    this.request = request;
    this.then = then;
    this.raisedAt = context.timeline().now();
  }

  void start() {
    if (!context.pending().begin(this)) {
      end(new Reply(request, Attempts.GONE, 0));
      return;
    }
    validations.check(handler, hub, this::validated);
  }

  private void validated(Verdict verdict) {
    Failure refusal = verdict.refusal();
    if (refusal != null) {
      end(new Reply(request, refusal, 0));
      return;
    }
    Attempts post =
        new Attempts(
            context,
            handler.channel(),
            request,
            context.options().get(Setting.HANDLER_DEADLINE),
            title,
            this::end);
    boolean noMore;
    synchronized (this) {
      attempts = post;
      noMore = abandoned;
    }
    if (noMore) {
      post.abandon();
    } else {
      post.start();
    }
  }

  /** Gives the request up, answered or not: its reply says so at once, unless it has come. */
  @Override
  public void abandon() {
    Attempts post;
    synchronized (this) {
      abandoned = true;
      post = attempts;
    }
    if (post != null) {
      post.abandon();
    }
  }

  private void end(Reply reply) {
    context.pending().answered(this);
    try {
      report(reply);
      context.invoke(then, reply);
    } finally {
      context.pending().end(this); // whoever waits for this sees what came of it
    }
  }

  private void report(Reply reply) {
    if (reply.attempts() == 0) {
      return; // nothing was sent
    }
    try {
      context.delivered(new Delivery(hub, request, reply.result(), reply.attempts(), raisedAt));
    } catch (OutOfMemoryError e) {
      // a missing record harms less than a missing answer
    }
  }

  /** {@code connected of alice#1 at POST http://127.0.0.1:7071/eh/connected (attempt 2)}. */
  @Override
  public String toString() {
    Attempts post;
    synchronized (this) {
      post = attempts;
    }
    return title + (post == null ? ", whose URL is being validated" : " at " + post);
  }
}
