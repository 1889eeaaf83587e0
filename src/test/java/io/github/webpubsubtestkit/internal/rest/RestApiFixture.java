package io.github.webpubsubtestkit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectRequest;
import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.ConnectionEffect;
import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.ConnectionLifecycle;
import io.github.webpubsubtestkit.internal.hub.DataPlane;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.FixedTokens;
import io.github.webpubsubtestkit.internal.hub.FrameEffect;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.LoopProgress;
import io.github.webpubsubtestkit.internal.hub.NewConnection;
import io.github.webpubsubtestkit.internal.hub.Outbound;
import io.github.webpubsubtestkit.internal.hub.Receiver;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.timeline.Entry;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import io.github.webpubsubtestkit.internal.wire.RawServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The API over hubs without sockets: requests go in as values, and so do answers and messages. */
final class RestApiFixture {

  static final String HUB = "/api/hubs/chat";

  private static final URI ENDPOINT = URI.create("http://127.0.0.1:8080");

  final Timeline timeline = new Timeline();
  final List<RecordedOperation> operations = new ArrayList<>();
  final List<String> received = new ArrayList<>();
  private final Hubs hubs =
      new Hubs(
          Options.defaults(),
          timeline,
          LoopTimers.realTime(),
          new NoProgress(),
          new FixedTokens(),
          operation -> {});
  final DataPlane dataPlane = new DataPlane(hubs);
  private final TokenMinter minter;
  private final RestApi api;

  RestApiFixture() {
    this(Options.defaults());
  }

  RestApiFixture(Options options) {
    AccessKeys keys = AccessKeys.random();
    minter = new TokenMinter(keys, InstantSource.system());
    TokenVerifier verifier =
        new TokenVerifier(
            keys,
            Options.defaults(),
            InstantSource.system(),
            InstantSource.system(),
            () -> ENDPOINT);
    api = new RestApi(dataPlane, verifier, options, timeline, operations::add);
  }

  /** A raw client in hub {@code chat}; what it gets is in {@link #received}. */
  Connection client(@Nullable String userId, String... groups) {
    NewConnection details =
        new NewConnection(
            ConnectionLifecycle.newConnectionId(),
            new NobodyHandlesEvents(),
            userId,
            List.of(),
            List.of(groups),
            null,
            Subprotocol.RAW,
            RawServiceCodec.sendEvent());
    return hubs.hub("chat").lifecycle().connect(details, new Inbox());
  }

  /** A call with a good token. */
  HttpResponse call(String method, String target, byte[] body, String... headers) {
    String token = minter.serverToken(ENDPOINT + target, Duration.ofMinutes(1));
    return callWithout(method, target, body, "Authorization", "Bearer " + token, headers);
  }

  HttpResponse call(String method, String target, String... headers) {
    return call(method, target, new byte[0], headers);
  }

  /** A send of text with a good token. */
  HttpResponse send(String target, String text) {
    return handle(sending(target, text));
  }

  HttpRequest sending(String target, String text) {
    HttpHeaders headers =
        HttpHeaders.of("Host", "127.0.0.1:8080")
            .with("Authorization", "Bearer " + token(target))
            .with("Content-Type", "text/plain")
            .with("Content-Length", String.valueOf(text.length()));
    return new HttpRequest("POST", target, headers, text.getBytes(UTF_8), false);
  }

  /** A call without a token, except for what the headers bring. */
  HttpResponse callWithout(
      String method, String target, byte[] body, String name, String value, String... more) {
    HttpHeaders headers = HttpHeaders.of("Host", "127.0.0.1:8080").with(name, value);
    for (int i = 0; i < more.length; i += 2) {
      headers = headers.with(more[i], more[i + 1]);
    }
    return handle(new HttpRequest(method, target, headers, body, false));
  }

  HttpResponse handle(HttpRequest request) {
    return answerTo(request).response();
  }

  /** A call whose answer may come later. */
  Exchange answerTo(HttpRequest request) {
    Exchange exchange = new Exchange();
    api.handle(request, exchange);
    return exchange;
  }

  String token(String target) {
    return minter.serverToken(ENDPOINT + target, Duration.ofMinutes(1));
  }

  /** What the timeline says of the API. */
  List<String> lines() {
    return timeline.entries().stream()
        .filter(entry -> entry.party().equals("REST"))
        .map(Entry::text)
        .toList();
  }

  RecordedOperation lastOperation() {
    return operations.get(operations.size() - 1);
  }

  /** Keeps what the API has made of a call. */
  static final class Exchange implements HttpExchange {

    private @Nullable HttpResponse response;
    boolean dropped;

    HttpResponse response() {
      return requireNonNull(response, "no answer yet");
    }

    boolean isPending() {
      return response == null && !dropped;
    }

    @Override
    public void respond(HttpResponse answer) {
      assertThat(isPending()).isTrue();
      response = answer;
    }

    @Override
    public void drop() {
      assertThat(isPending()).isTrue();
      dropped = true;
    }

    @Override
    public void fail(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public boolean isWebSocketUpgrade() {
      return false;
    }

    @Override
    public boolean isAbandoned() {
      return false;
    }

    @Override
    public void upgrade(
        @Nullable String subprotocol, Function<WebSocketConnection, WebSocketHandler> open) {
      throw new AssertionError("the API has no WebSockets");
    }
  }

  private static final class NoProgress implements LoopProgress {

    @Override
    public long turns() {
      return 0;
    }

    @Override
    public void later(Runnable task) {
      task.run();
    }
  }

  private record Prepared(EncodedMessage message) implements Outbound {}

  private static final class NobodyHandlesEvents implements ConnectionEvents {

    @Override
    public boolean asksConnect() {
      return false;
    }

    @Override
    public void connect(ConnectRequest request, Consumer<ConnectOutcome> then) {
      then.accept(ConnectOutcome.Accepted.AS_THE_TOKEN_SAYS);
    }

    @Override
    public void registered(
        String label,
        @Nullable String userId,
        @Nullable String subprotocol,
        Subprotocol protocol) {}

    @Override
    public void userEvent(ClientRequest.Event event, Consumer<EventOutcome> then) {
      then.accept(new EventOutcome.Failed("nobody"));
    }

    @Override
    public void abandonUserEvent() {}

    @Override
    public void disconnected(String reason) {}
  }

  private final class Inbox implements Receiver {

    @Override
    public Outbound prepare(EncodedMessage message) {
      return new Prepared(message);
    }

    @Override
    public void deliver(Outbound message) {
      received.add(new String(message.message().bytes(), UTF_8));
    }

    @Override
    public boolean isHindered() {
      return false;
    }

    @Override
    public void deliver(Outbound message, @Nullable FrameEffect effect, Trace trace) {
      trace.sent();
      String text = new String(message.message().bytes(), UTF_8);
      received.add(effect == null ? text : effect.kind() + " " + text);
    }

    @Override
    public void behindMessages(Runnable step, boolean last) {
      step.run();
    }

    @Override
    public void disturb(ConnectionEffect effect) {
      received.add(effect.kind().toString());
    }

    @Override
    public void reading(boolean on) {
      received.add(on ? "resumed" : "paused");
    }

    @Override
    public void close(int code, String reason) {
      received.add("close " + code);
    }

    @Override
    public void abort() {
      received.add("abort");
    }
  }
}
