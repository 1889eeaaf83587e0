package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.time.LoopTimers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A loop that listens on a free loopback port. */
final class TestServer implements AutoCloseable {

  static final int LIMIT_SECONDS = 10;

  final TransportLoop loop;
  final InetSocketAddress address;
  final BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();
  final BlockingQueue<String> unreadable = new LinkedBlockingQueue<>();
  private final BlockingQueue<RecordingHandler> sessions;
  private final boolean secure;

  private TestServer(
      TransportLimits limits,
      @Nullable SSLContext tls,
      HttpHandler handler,
      BlockingQueue<RecordingHandler> sessions)
      throws IOException {
    this.sessions = sessions;
    this.secure = tls != null;
    loop = TransportLoop.start("transport-test", LoopTimers.realTime());
    if (tls != null) {
      loop.trust(() -> tls);
    }
    address =
        HttpListener.listen(
            loop,
            loopback(0),
            limits,
            loop.timers(),
            tls,
            new HttpHandler() {
              @Override
              public void handle(HttpRequest request, HttpExchange exchange) {
                requests.add(request);
                handler.handle(request, exchange);
              }

              @Override
              public void onUnreadable(String peer, String reason) {
                unreadable.add(reason);
              }
            });
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  static TestServer start(HttpHandler handler) throws IOException {
    return start(TransportLimits.ofService(), handler);
  }

  static TestServer start(TransportLimits limits, HttpHandler handler) throws IOException {
    return new TestServer(limits, null, handler, new LinkedBlockingQueue<>());
  }

  /** Answers each request with its method, target and body. */
  static TestServer echoingHttp(TransportLimits limits) throws IOException {
    return start(limits, (request, exchange) -> exchange.respond(echo(request)));
  }

  static HttpResponse echo(HttpRequest request) {
    String text =
        request.method()
            + " "
            + request.target()
            + " "
            + (request.bodyTooLarge() ? "too large" : new String(request.body(), UTF_8));
    return HttpResponse.of(200, "text/plain", text.getBytes(UTF_8));
  }

  /** Accepts each WebSocket with such a handler, and answers other requests like an echo. */
  static TestServer webSockets(
      TransportLimits limits, Function<WebSocketConnection, RecordingHandler> handlers)
      throws IOException {
    return webSockets(limits, null, handlers);
  }

  /** The same, over TLS unless that is null. */
  static TestServer webSockets(
      TransportLimits limits,
      @Nullable SSLContext tls,
      Function<WebSocketConnection, RecordingHandler> handlers)
      throws IOException {
    BlockingQueue<RecordingHandler> opened = new LinkedBlockingQueue<>();
    return new TestServer(
        limits,
        tls,
        (request, exchange) -> {
          if (exchange.isWebSocketUpgrade()) {
            exchange.upgrade(
                null,
                connection -> {
                  RecordingHandler handler = handlers.apply(connection);
                  opened.add(handler);
                  return handler;
                });
          } else {
            exchange.respond(echo(request));
          }
        },
        opened);
  }

  static TestServer webSockets() throws IOException {
    return webSockets(TransportLimits.ofService(), RecordingHandler::new);
  }

  /** The handler of the next WebSocket that was opened. */
  RecordingHandler session() throws InterruptedException {
    RecordingHandler handler = sessions.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (handler == null) {
      throw new AssertionError("no WebSocket was opened");
    }
    return handler;
  }

  RawPeer peer() throws IOException {
    return RawPeer.connect(address);
  }

  URI uri(String path) {
    return URI.create((secure ? "wss" : "ws") + "://127.0.0.1:" + address.getPort() + path);
  }

  /** Runs something on the loop and waits for it. */
  <T> T onLoop(Callable<T> task) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    boolean accepted =
        loop.execute(
            () -> {
              try {
                result.complete(task.call());
              } catch (Throwable failure) {
                result.completeExceptionally(failure);
              }
            });
    assertThat(accepted).isTrue();
    return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** How many sockets are open, without the listening one. */
  int connections() throws Exception {
    return onLoop(() -> loop.sockets().size()) - 1;
  }

  /** Opens a WebSocket from the same loop. */
  TestClient client() throws Exception {
    return TestClient.connect(loop, uri("/client/hubs/chat"), List.of());
  }

  @Override
  public void close() {
    loop.close();
  }
}
