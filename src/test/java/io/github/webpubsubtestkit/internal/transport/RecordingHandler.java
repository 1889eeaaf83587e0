package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what happens on one WebSocket. */
class RecordingHandler implements WebSocketHandler {

  private static final int LIMIT_SECONDS = 10;

  final WebSocketConnection connection;
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final AtomicInteger ends = new AtomicInteger();
  private final CompletableFuture<ConnectionEnd> end = new CompletableFuture<>();

  RecordingHandler(WebSocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public void onMessage(boolean text, byte[] payload) {
    events.add(text ? "text " + new String(payload, UTF_8) : "binary " + payload.length);
  }

  @Override
  public void onPong(byte[] payload) {
    events.add("pong " + new String(payload, UTF_8));
  }

  @Override
  public void onPeerClose(int code, String reason) {
    events.add("close " + code + " " + reason);
  }

  @Override
  public void onViolation(int code, String detail) {
    events.add("violation " + code);
  }

  @Override
  public void onEnd(ConnectionEnd ended) {
    ends.incrementAndGet();
    end.complete(ended);
  }

  String nextEvent() throws Exception {
    String event = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(event).as("an event within %s s", LIMIT_SECONDS).isNotNull();
    return String.valueOf(event);
  }

  ConnectionEnd end() throws Exception {
    return end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends back each message as it is. */
  static final class Echo extends RecordingHandler {

    Echo(WebSocketConnection connection) {
      super(connection);
    }

    @Override
    public void onMessage(boolean text, byte[] payload) {
      connection.send(Frame.of(text, payload));
    }
  }
}
