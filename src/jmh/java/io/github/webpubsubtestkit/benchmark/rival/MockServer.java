package io.github.webpubsubtestkit.benchmark.rival;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** OkHttp's MockWebServer. */
public final class MockServer implements Rival {

  private final Arrivals arrivals = new Arrivals();
  private final MockWebServer server = new MockWebServer();
  private final Set<WebSocket> all = ConcurrentHashMap.newKeySet();

  private MockServer() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().webSocketUpgrade(new Relay()).build();
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  /** Starts one. */
  public static MockServer begin() throws IOException {
    return new MockServer();
  }

  @Override
  public Arrivals arrivals() {
    return arrivals;
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private final class Relay extends WebSocketListener {

    @Override
    public void onOpen(WebSocket socket, Response response) {
      all.add(socket);
      arrivals.add();
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      all.forEach(each -> each.send(text));
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
      all.remove(socket);
      socket.close(code, reason);
    }
  }
}
