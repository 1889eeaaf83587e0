package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.Changes;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.ConnectionEnd;
import io.github.webpubsubtestkit.internal.transport.Frame;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpListener;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.transport.TransportLimits;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A service that says what a test wants it to say, for what the fake never does. */
final class ScriptedService implements AutoCloseable {

  static final String CONNECTED =
      "{\"type\":\"system\",\"event\":\"connected\",\"userId\":\"alice\",\"connectionId\":\"c1\"}";

  private static final Barrier IDLE = atMost -> {};

  private final TransportLoop loop = TransportLoop.start("scripted-service", LoopTimers.realTime());
  private final Timeline timeline = new Timeline();
  private final Changes changes = new Changes();
  private final List<WebSocketConnection> connections = new CopyOnWriteArrayList<>();
  private final List<HttpRequest> handshakes = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final URI endpoint;
  private volatile List<String> greeting = List.of(CONNECTED);
  private volatile Function<String, List<String>> answers = frame -> List.of();
  private volatile @Nullable HttpResponse refusal;
  private volatile boolean silent;
  private volatile @Nullable String subprotocol = Protocol.JSON.subprotocol();

  ScriptedService() {
    try {
      InetSocketAddress bound =
          HttpListener.listen(
              loop,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              TransportLimits.ofService(),
              this::handle);
      endpoint = URI.create("ws://127.0.0.1:" + bound.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is sent as soon as a PubSub client has connected. Default: {@link #CONNECTED}. */
  ScriptedService greeting(String... frames) {
    greeting = List.of(frames);
    return this;
  }

  /** What is sent for a frame. Default: nothing. */
  ScriptedService answers(Function<String, List<String>> answers) {
    this.answers = answers;
    return this;
  }

  /** Answers handshakes with this. */
  ScriptedService refusing(int status, HttpHeaders headers, String body) {
    refusal = new HttpResponse(status, headers, body.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Does not answer handshakes at all. */
  ScriptedService silent() {
    silent = true;
    return this;
  }

  /** Selects this subprotocol, whatever was offered; null for none. */
  ScriptedService selecting(@Nullable String subprotocol) {
    this.subprotocol = subprotocol;
    return this;
  }

  TransportLoop loop() {
    return loop;
  }

  Timeline timeline() {
    return timeline;
  }

  WebSocketAddress address() {
    return WebSocketAddress.of(url());
  }

  URI url() {
    return endpoint.resolve("/client/hubs/shop?access_token=eyJhbGciOiJIUzI1NiJ9.e30.c2ln");
  }

  /** A connector for clients of this service, which is always idle. */
  OpenClients connector() {
    return connector(IDLE);
  }

  OpenClients connector(@Nullable Barrier barrier) {
    return new OpenClients(
        loop, timeline, barrier, "hub", ObjectMapping.ofClassPath(), WaitTimes.ofSystem(null));
  }

  /** A connector whose clients wait no longer than that for what they do by themselves. */
  OpenClients hasty(Duration deadline) {
    return new OpenClients(
        loop, timeline, IDLE, "hub", ObjectMapping.ofClassPath(), WaitTimes.fixed(deadline));
  }

  PubSubClient pubSub(ConnectOptions options) {
    return connector().pubSub(address(), options);
  }

  SimpleClient simple(ConnectOptions options) {
    selecting(null).greeting();
    return connector().simple(address(), options);
  }

  /** Sends text frames on the newest connection; returns when the client has read them. */
  void deliver(Client client, String... frames) {
    for (String frame : frames) {
      newest().send(Frame.text(frame));
    }
    awaitRead(client);
  }

  /** Sends a binary frame on the newest connection; returns when the client has read it. */
  void deliver(Client client, byte[] frame) {
    newest().send(Frame.binary(frame));
    awaitRead(client);
  }

  /** Returns when the client has read all that was sent to it so far. */
  private static void awaitRead(Client client) {
    boolean read =
        client.connection.awaitPingConfirmed(
            client.connection.socket().ping(), Waiting.deadlineAfter(Duration.ofSeconds(5)));
    if (!read) {
      throw new AssertionError("the client did not read what was sent to it");
    }
  }

  /** The server's side of the connection that was opened last. */
  WebSocketConnection newest() {
    return connections.get(connections.size() - 1);
  }

  /** Runs a task on the loop and waits for it. */
  void onLoop(Runnable task) {
    Changes done = new Changes();
    List<Optional<Throwable>> outcome = new CopyOnWriteArrayList<>();
    loop.execute(
        () -> {
          Throwable thrown = null;
          try {
            task.run();
          } catch (RuntimeException | AssertionError e) {
            thrown = e;
          }
          outcome.add(Optional.ofNullable(thrown));
          done.signal();
        });
    Optional<Throwable> thrown =
        Waiting.until(
                done,
                Waiting.deadlineAfter(Duration.ofSeconds(5)),
                () -> outcome.stream().findFirst())
            .orElseThrow();
    thrown.ifPresent(ScriptedService::rethrow);
  }

  /** The text frames that have come once there are as many. */
  List<String> received(int count) {
    Waiting.until(
        changes,
        Waiting.deadlineAfter(Duration.ofSeconds(5)),
        () -> received.size() >= count ? Optional.of(true) : Optional.empty());
    return List.copyOf(received);
  }

  /** Whether a connection ends that the service had accepted. */
  boolean seesAnEnd() {
    return Waiting.until(
            changes,
            Waiting.deadlineAfter(Duration.ofSeconds(5)),
            () -> ended.get() > 0 ? Optional.of(true) : Optional.empty())
        .isPresent();
  }

  HttpRequest handshake() {
    return handshakes.get(handshakes.size() - 1);
  }

  @Override
  public void close() {
    loop.close();
  }

  private static void rethrow(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  private void handle(HttpRequest request, HttpExchange exchange) {
    handshakes.add(request);
    HttpResponse refused = refusal;
    if (silent) {
      return;
    }
    if (refused != null) {
      exchange.respond(refused);
      return;
    }
    exchange.upgrade(
        subprotocol,
        connection -> {
          connections.add(connection);
          greeting.forEach(frame -> connection.send(Frame.text(frame)));
          return new Session(connection);
        });
  }

  private final class Session implements WebSocketHandler {
    private final WebSocketConnection connection;

    Session(WebSocketConnection connection) {
      this.connection = connection;
    }

    @Override
    public void onMessage(boolean text, byte[] payload) {
      String frame = new String(payload, StandardCharsets.UTF_8);
      received.add(text ? frame : "binary " + payload.length);
      changes.signal();
      answers.apply(frame).forEach(answer -> connection.send(Frame.text(answer)));
    }

    @Override
    public void onEnd(ConnectionEnd end) {
      ended.incrementAndGet();
      changes.signal();
    }
  }
}
