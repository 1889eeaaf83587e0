package io.github.webpubsubtestkit.benchmark.client;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/** Java-WebSocket's own client with a queue of what came, as one writes it by hand in a test. */
public final class RawClient extends WebSocketClient {

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

  private RawClient(URI uri) {
    super(uri);
    setTcpNoDelay(true);
    setConnectionLostTimeout(0);
    setDaemon(true);
  }

  /** Connects. */
  public static RawClient open(URI uri) throws InterruptedException {
    RawClient client = new RawClient(uri);
    if (!client.connectBlocking(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not connected");
    }
    return client;
  }

  /** The next message; fails if it is another one. */
  public void expect(String text) throws InterruptedException {
    String received = messages.poll(10, TimeUnit.SECONDS);
    if (!text.equals(received)) {
      throw new AssertionError("expected " + text + " but got " + received);
    }
  }

  @Override
  public void onMessage(String message) {
    messages.add(message);
  }

  @Override
  public void onOpen(ServerHandshake handshake) {}

  @Override
  public void onClose(int code, String reason, boolean remote) {}

  @Override
  public void onError(Exception failure) {}
}
