package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a client's handshake ended, and the WebSocket if it succeeded. */
class TestClient implements ClientHandshakeHandler {

  final CompletableFuture<String> outcome = new CompletableFuture<>();
  private volatile @Nullable RecordingHandler handler;
  private volatile @Nullable HttpResponse refusal;
  private volatile @Nullable IOException failure;

  static TestClient begin(TransportLoop loop, ClientHandshake handshake, TransportLimits limits) {
    TestClient client = new TestClient();
    WebSocketDialer.connect(loop, handshake, limits, client);
    return client;
  }

  static TestClient begin(TransportLoop loop, URI uri, List<String> subprotocols) {
    return begin(
        loop,
        new ClientHandshake(WebSocketAddress.of(uri), HttpHeaders.none(), subprotocols),
        TransportLimits.ofClient());
  }

  static TestClient connect(TransportLoop loop, URI uri, List<String> subprotocols)
      throws Exception {
    TestClient client = begin(loop, uri, subprotocols);
    String outcome = client.outcome();
    if (!outcome.startsWith("open")) {
      throw new IOException(outcome);
    }
    return client;
  }

  /** "open SUBPROTOCOL", "refused STATUS" or "failed MESSAGE". */
  String outcome() throws Exception {
    return outcome.get(TestServer.LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  RecordingHandler handler() {
    RecordingHandler opened = handler;
    if (opened == null) {
      throw new AssertionError("not open");
    }
    return opened;
  }

  HttpResponse refusal() {
    HttpResponse response = refusal;
    if (response == null) {
      throw new AssertionError("not refused");
    }
    return response;
  }

  IOException failure() {
    IOException cause = failure;
    if (cause == null) {
      throw new AssertionError("not failed");
    }
    return cause;
  }

  void send(String text) {
    handler().connection.send(Frame.text(text));
  }

  @Override
  public WebSocketHandler onOpen(WebSocketConnection connection, @Nullable String subprotocol) {
    RecordingHandler opened = new RecordingHandler(connection);
    handler = opened;
    outcome.complete("open " + subprotocol);
    return opened;
  }

  @Override
  public void onRefused(HttpResponse response) {
    refusal = response;
    complete("refused " + response.status());
  }

  @Override
  public void onFailed(IOException cause) {
    failure = cause;
    complete("failed " + cause.getMessage());
  }

  private void complete(String result) {
    if (!outcome.complete(result)) {
      throw new AssertionError("a second outcome: " + result);
    }
  }
}
