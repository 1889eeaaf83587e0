package io.github.webpubsubtestkit.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The connection of an application that is a client, on the JDK's WebSocket. */
final class WebSocketApplication implements WebSocket.Listener {

  static final String JSON = "json.webpubsub.azure.v1";
  static final String PROTOBUF = "protobuf.webpubsub.azure.v1";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Map<Integer, CompletableFuture<JsonNode>> acks = new ConcurrentHashMap<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder frame = new StringBuilder();

  /** Connects; throws what the JDK throws if the handshake fails. */
  static Connection open(URI url, String... subprotocols) {
    WebSocketApplication application = new WebSocketApplication();
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (subprotocols.length > 0) {
      builder.subprotocols(subprotocols[0]);
    }
    return new Connection(builder.buildAsync(url, application).join(), application);
  }

  /** An open connection. */
  record Connection(WebSocket socket, WebSocketApplication application) {

    /** Sends a frame, and does not care what comes of it. */
    void send(String frame) {
      socket.sendText(frame, true).join();
    }

    void send(byte[] frame) {
      socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    /** Sends a request, and waits for its ack, be it negative. */
    void request(int ackId, String frame) {
      CompletableFuture<JsonNode> ack = new CompletableFuture<>();
      application.acks.put(ackId, ack);
      send(frame.replaceFirst("\\{", "{\"ackId\":" + ackId + ","));
      ack.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Closes the connection, and waits until all that was sent to it has come. */
    void close() {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      application.closed.orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Adds a line of the window's own. */
    void show(String line) {
      application.lines.add(line);
    }

    /** What the window shows: each message with its sender. */
    List<String> lines() {
      return List.copyOf(application.lines);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    frame.append(data);
    if (last) {
      read(frame.toString());
      frame.setLength(0);
    }
    socket.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    closed.complete(status);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }

  private void read(String json) {
    try {
      JsonNode message = MAPPER.readTree(json);
      if (message.path("type").asText().equals("ack")) {
        CompletableFuture<JsonNode> waiting = acks.remove(message.path("ackId").asInt());
        if (waiting != null) {
          waiting.complete(message);
        }
      } else if (message.path("type").asText().equals("message")) {
        lines.add(
            message.path("fromUserId").asText("server") + ": " + message.path("data").asText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
