package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.hub.Pending;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.time.LoopThread;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Kind;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.WebhookSignatures;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Shared by all connections of a fake that raise events. */
record UpstreamContext(
    Options options,
    Timers timers,
    LoopThread loop,
    WebhookSignatures signatures,
    Supplier<URI> endpoint,
    Timeline timeline,
    Pending pending,
    HandlerFailures handlerFailures,
    Deliveries deliveries) {

  private static final String PARTY = "upstream";
  private static final int DEFAULT_PORT = 80;

  /** The service's host as it names itself to applications (event-handlers 3.1). */
  String origin() {
    return options.isOn(Option.ORIGIN_WITH_PORT) ? hostAndPort() : endpoint.get().getHost();
  }

  /** The service's host and port, which applications may name instead (event-handlers 3.2). */
  String hostAndPort() {
    URI own = endpoint.get();
    return own.getHost() + ":" + (own.getPort() < 0 ? DEFAULT_PORT : own.getPort());
  }

  /** Records a failure between a hub and its application. */
  void recordFailure(String hub, String text) {
    note(text);
    handlerFailures.add(timeline.now(), hub, text);
  }

  /** Tells of an event that was sent, before anyone acts on its answer. */
  void delivered(Delivery delivery) {
    invoke(deliveries::add, delivery);
  }

  void note(String text) {
    timeline.record(PARTY, Direction.NOTE, text);
  }

  void record(Direction direction, String text, HttpHeaders headers, byte[] body) {
    if (body.length == 0) {
      timeline.record(kind(direction), PARTY, direction, text);
    } else {
      timeline.record(kind(direction), PARTY, direction, text, isText(headers), body);
    }
  }

  private static Kind kind(Direction direction) {
    return direction == Direction.NOTE ? Kind.NOTE : Kind.EVENT;
  }

  private static boolean isText(HttpHeaders headers) {
    String type = headers.first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || type.startsWith("application/json");
  }

  /** Invokes a callback. What it throws is reported, so that others are invoked nevertheless. */
  <T> void invoke(Consumer<T> callback, T value) {
    try {
      callback.accept(value);
    } catch (Throwable failure) { // no failure may stop the other connections
      loop.report(failure);
    }
  }
}
