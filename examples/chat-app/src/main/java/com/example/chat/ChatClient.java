package com.example.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** One person in the chat, connected to Web PubSub by the JDK's own WebSocket. */
public final class ChatClient implements AutoCloseable {

  private static final String SUBPROTOCOL = "json.webpubsub.azure.v1";
  private static final long PATIENCE_SECONDS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicLong nextAckId = new AtomicLong(1);
  private final Map<Long, CompletableFuture<Void>> awaitedAcks = new ConcurrentHashMap<>();
  private final List<ChatMessage> messages = new CopyOnWriteArrayList<>();
  private final WebSocket webSocket;

  private ChatClient(HttpClient http, URI url) {
    this.webSocket =
        http.newWebSocketBuilder()
            .subprotocols(SUBPROTOCOL)
            .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .buildAsync(url, new Listener())
            .orTimeout(PATIENCE_SECONDS, SECONDS)
            .join();
  }

  /** Asks the chat's server where to connect, and connects there. */
  public static ChatClient connect(URI chatServer, String userId)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest negotiate =
        HttpRequest.newBuilder(
                chatServer.resolve("/negotiate?userId=" + URLEncoder.encode(userId, UTF_8)))
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .build();
    HttpResponse<String> answer = http.send(negotiate, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("negotiate was answered " + answer.statusCode() + ": " + answer.body());
    }
    return new ChatClient(http, URI.create(JSON.readTree(answer.body()).path("url").asText()));
  }

  /** Enters a group; returns when the service has confirmed it. */
  public void join(String group) {
    request(message("joinGroup", group));
  }

  /** Leaves a group; returns when the service has confirmed it. */
  public void leave(String group) {
    request(message("leaveGroup", group));
  }

  /** Says something to a group; returns when the service has confirmed it. */
  public void say(String group, String text) {
    request(
        message("sendToGroup", group)
            .put("noEcho", true)
            .put("dataType", "text")
            .put("data", text));
  }

  /** All that was heard so far. */
  public List<ChatMessage> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    webSocket
        .sendClose(WebSocket.NORMAL_CLOSURE, "")
        .orTimeout(PATIENCE_SECONDS, SECONDS)
        .exceptionally(alreadyGone -> webSocket)
        .join();
  }

  private void request(ObjectNode request) {
    long ackId = nextAckId.getAndIncrement();
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    awaitedAcks.put(ackId, acknowledged);
    try {
      webSocket.sendText(request.put("ackId", ackId).toString(), true).join();
      acknowledged.orTimeout(PATIENCE_SECONDS, SECONDS).join();
    } finally {
      awaitedAcks.remove(ackId);
    }
  }

  private static ObjectNode message(String type, String group) {
    return JSON.createObjectNode().put("type", type).put("group", group);
  }

  private void onMessage(JsonNode message) {
    switch (message.path("type").asText()) {
      case "ack" -> {
        CompletableFuture<Void> awaited = awaitedAcks.get(message.path("ackId").asLong());
        if (awaited != null && message.path("success").asBoolean()) {
          awaited.complete(null);
        } else if (awaited != null) {
          awaited.completeExceptionally(
              new IllegalStateException("refused: " + message.path("error")));
        }
      }
      case "message" -> messages.add(chatMessage(message));
      default -> {
        // "system" messages tell of the connection itself, which the WebSocket does as well
      }
    }
  }

  private static ChatMessage chatMessage(JsonNode message) {
    return new ChatMessage(
        Optional.ofNullable(message.path("group").textValue()),
        Optional.ofNullable(message.path("fromUserId").textValue()),
        message.path("data").asText());
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        String text = parts.toString();
        parts.setLength(0);
        try {
          onMessage(JSON.readTree(text));
        } catch (JsonProcessingException e) {
          throw new IllegalStateException("not a message of " + SUBPROTOCOL + ": " + text, e);
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      fail(new IOException("connection closed: " + statusCode + " " + reason));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      fail(error);
    }

    private void fail(Throwable cause) {
      awaitedAcks.values().forEach(awaited -> awaited.completeExceptionally(cause));
    }
  }
}
