package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectRequest;
import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.time.MovableTimers;
import io.github.webpubsubtestkit.internal.timeline.Entry;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.WebhookSignatures;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Event handlers of a fake without the fake; hub {@code chat}, service at 127.0.0.1:8080. */
final class UpstreamFixture implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final URI ENDPOINT = URI.create("http://127.0.0.1:8080");
  static final ConnectRequest CONNECT =
      new ConnectRequest(Map.of(), Map.of(), Map.of(), List.of("json.webpubsub.azure.v1"));

  final TransportLoop loop;
  final MovableTimers time;
  final Timeline timeline = new Timeline();
  final Upstream upstream;

  UpstreamFixture(Options options) {
    this(options, ENDPOINT);
  }

  UpstreamFixture(Options options, URI endpoint) {
    LoopTimers real = LoopTimers.realTime();
    loop = TransportLoop.start("upstream-test", real);
    time = new MovableTimers(real, loop);
    upstream =
        new Upstream(
            options,
            time,
            loop,
            new WebhookSignatures(AccessKeys.of(KEY, null)),
            () -> endpoint,
            timeline);
  }

  UpstreamFixture() {
    this(Options.defaults());
  }

  static Options withDelays(Duration... delays) {
    return Options.builder().set(Setting.HANDLER_RETRY_DELAYS, List.of(delays)).build();
  }

  static Handler handler(String url, UpstreamChannel channel) {
    return new Handler(
        UrlTemplate.parse(url), EventPattern.ALL, EnumSet.allOf(SystemEvent.class), channel);
  }

  /** Has all events of the hub {@code chat} go there. */
  void handle(UpstreamChannel channel) {
    upstream.replace("chat", List.of(handler("http://127.0.0.1:7071/eh/{event}", channel)));
  }

  ConnectionEvents open() {
    return upstream.open("chat", "conn-1", "alice");
  }

  /** A JSON client. */
  ConnectionEvents registered() {
    ConnectionEvents events = open();
    events.registered("alice#1", "alice", Subprotocol.JSON.wireName(), Subprotocol.JSON);
    return events;
  }

  static CompletableFuture<ConnectOutcome> connect(ConnectionEvents events) {
    CompletableFuture<ConnectOutcome> outcome = new CompletableFuture<>();
    events.connect(CONNECT, outcome::complete);
    return outcome;
  }

  static CompletableFuture<EventOutcome> event(ConnectionEvents events, String name) {
    return event(events, new Event(name, Payload.text("hi"), null));
  }

  static CompletableFuture<EventOutcome> event(ConnectionEvents events, Event event) {
    CompletableFuture<EventOutcome> outcome = new CompletableFuture<>();
    events.userEvent(event, outcome::complete);
    return outcome;
  }

  static <T> T now(CompletableFuture<T> outcome) throws Exception {
    return outcome.get(10, TimeUnit.SECONDS);
  }

  /** What the timeline says, a line each, without times. */
  String story() {
    return timeline.entries().stream().map(UpstreamFixture::line).collect(Collectors.joining("\n"));
  }

  private static String line(Entry entry) {
    return (entry.party() + " " + entry.direction().arrow() + " " + entry.text())
        .replaceAll("after \\d+ ms", "after _ ms");
  }

  @Override
  public void close() {
    loop.close();
  }
}
