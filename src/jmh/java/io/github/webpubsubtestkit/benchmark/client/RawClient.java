package io.github.webpubsubtestkit.benchmark.client;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/**
 * Java-WebSocket's own client with a queue of what came, as one writes it by hand in a test.
 *
 * <p>Its server loses a write now and then, until the next one on that connection. A test would
 * hang or fail; a benchmark has to go on, so all waits here are short and then do something about
 * it.
 */
public final class RawClient extends WebSocketClient {

  private static final int LOST_AFTER_MILLIS = 200;

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private RawClient(URI uri) {
    super(uri);
    setTcpNoDelay(true);
    setConnectionLostTimeout(0);
    setDaemon(true);
  }

  /** Connects. */
  public static RawClient open(URI uri) throws InterruptedException {
    return open(new RawClient(uri));
  }

  /** Connects over TLS. */
  public static RawClient open(URI uri, SSLContext tls) throws InterruptedException {
    RawClient client = new RawClient(uri);
    client.setSocketFactory(tls.getSocketFactory());
    return open(client);
  }

  private static RawClient open(RawClient client) throws InterruptedException {
    if (!client.connectBlocking(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not connected");
    }
    return client;
  }

  /** Sends a message and waits until a client, which may be this one, has it. */
  public void deliver(String text, RawClient receiver) throws InterruptedException {
    String received = exchange(text, receiver);
    if (!text.equals(received)) {
      throw new AssertionError("expected " + text + " but got " + received);
    }
  }

  /** Sends a message and returns the next that a client gets, which may be this one. */
  public String exchange(String text, RawClient receiver) throws InterruptedException {
    send(text);
    String received = receiver.messages.poll(LOST_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    while (received == null) {
      send(text);
      received = receiver.messages.poll(LOST_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    }
    return received;
  }

  /** Closes and waits for the end. */
  public void end() throws InterruptedException {
    close();
    if (!closed.await(LOST_AFTER_MILLIS, TimeUnit.MILLISECONDS)) {
      closeConnection(CloseFrame.ABNORMAL_CLOSE, "no answer to the close frame");
    }
  }

  @Override
  public void onMessage(String message) {
    messages.add(message);
  }

  @Override
  public void onOpen(ServerHandshake handshake) {}

  @Override
  public void onClose(int code, String reason, boolean remote) {
    closed.countDown();
  }

  @Override
  public void onError(Exception failure) {}
}
