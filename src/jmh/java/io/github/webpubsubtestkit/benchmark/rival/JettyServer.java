package io.github.webpubsubtestkit.benchmark.rival;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty 12 with its own thread pool. */
public final class JettyServer implements Rival {

  private final Arrivals arrivals = new Arrivals();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final Set<Session> all = ConcurrentHashMap.newKeySet();

  private JettyServer() throws Exception {
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    server.setHandler(
        WebSocketUpgradeHandler.from(
            server,
            container -> {
              container.setIdleTimeout(Duration.ZERO);
              container.addMapping("/*", (request, response, callback) -> new Relay());
            }));
    server.start();
  }

  /** Starts one. */
  public static JettyServer begin() throws Exception {
    return new JettyServer();
  }

  @Override
  public Arrivals arrivals() {
    return arrivals;
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  /** Public, or Jetty cannot call it. */
  public final class Relay implements Session.Listener.AutoDemanding {

    private Session session;

    @Override
    public void onWebSocketOpen(Session opened) {
      session = opened;
      all.add(opened);
      arrivals.add();
    }

    @Override
    public void onWebSocketText(String message) {
      all.forEach(each -> each.sendText(message, Callback.NOOP));
    }

    @Override
    public void onWebSocketClose(int code, String reason) {
      all.remove(session);
    }
  }
}
