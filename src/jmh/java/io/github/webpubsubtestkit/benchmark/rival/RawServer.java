package io.github.webpubsubtestkit.benchmark.rival;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

/** The baseline: Java-WebSocket's own server, as one writes it by hand in a test. */
public final class RawServer extends WebSocketServer implements Rival {

  private final Arrivals arrivals = new Arrivals();
  private final CountDownLatch started = new CountDownLatch(1);

  private RawServer() {
    super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    setTcpNoDelay(true);
    setConnectionLostTimeout(0);
  }

  /** Starts one and waits until it listens. */
  public static RawServer begin() throws InterruptedException {
    return begin(new RawServer());
  }

  /** The same with TLS. */
  public static RawServer begin(SSLContext tls) throws InterruptedException {
    RawServer server = new RawServer();
    server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(tls));
    return begin(server);
  }

  private static RawServer begin(RawServer server) throws InterruptedException {
    server.setDaemon(true);
    server.start();
    if (!server.started.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server did not start");
    }
    return server;
  }

  /** Where it listens with TLS. */
  public URI secureUri() {
    return URI.create("wss://localhost:" + getPort());
  }

  @Override
  public Arrivals arrivals() {
    return arrivals;
  }

  @Override
  public int port() {
    return getPort();
  }

  @Override
  public void close() throws InterruptedException {
    try {
      stop();
    } catch (ClosedSelectorException e) {
      // it has: with clients still connected, its own threads race each other to the end
    }
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onMessage(WebSocket sender, String message) {
    broadcast(message);
  }

  @Override
  public void onOpen(WebSocket connection, ClientHandshake handshake) {
    arrivals.add();
  }

  @Override
  public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

  @Override
  public void onError(WebSocket connection, Exception failure) {}
}
