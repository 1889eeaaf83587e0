package com.example.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The chat's own server: tells clients where to connect, and speaks to all of them.
 *
 * <ul>
 *   <li>{@code GET /negotiate?userId=alice} answers {@code {"url": "wss://…"}}, where that user
 *       connects
 *   <li>{@code POST /broadcast} sends the body to everyone
 *   <li>{@code POST /broadcast?group=room} sends the body to the members of a group
 * </ul>
 */
public final class ChatServer implements AutoCloseable {

  /** The hub that this application lives in. */
  public static final String HUB = "chat";

  private static final List<String> ROLES =
      List.of("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer http;
  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final WebPubSubServiceClient service;

  private ChatServer(HttpServer http, WebPubSubServiceClient service) {
    this.http = http;
    this.service = service;
  }

  /** Starts the server for the Web PubSub resource that the connection string names. */
  public static ChatServer start(String connectionString, int port) throws IOException {
    WebPubSubServiceClient service =
        new WebPubSubServiceClientBuilder()
            .connectionString(connectionString)
            .hub(HUB)
            .buildClient();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ChatServer server = new ChatServer(http, service);
    http.setExecutor(server.workers);
    http.createContext("/negotiate", exchange -> answer(exchange, "GET", server::negotiate));
    http.createContext("/broadcast", exchange -> answer(exchange, "POST", server::broadcast));
    http.start();
    return server;
  }

  /** Where this server is reached. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
    workers.shutdownNow();
  }

  private Answer negotiate(HttpExchange exchange) throws IOException {
    Optional<String> userId = parameter(exchange, "userId");
    if (userId.isEmpty()) {
      return new Answer(400, "text/plain", "Who are you? Call /negotiate?userId=…\n");
    }
    String url =
        service
            .getClientAccessToken(
                new GetClientAccessTokenOptions()
                    .setUserId(userId.get())
                    .setRoles(ROLES)
                    .setExpiresAfter(Duration.ofMinutes(10)))
            .getUrl();
    return new Answer(200, "application/json", JSON.writeValueAsString(Map.of("url", url)));
  }

  private Answer broadcast(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (text.isBlank()) {
      return new Answer(400, "text/plain", "Nothing to say: the body is empty\n");
    }
    parameter(exchange, "group")
        .ifPresentOrElse(
            group -> service.sendToGroup(group, text, WebPubSubContentType.TEXT_PLAIN),
            () -> service.sendToAll(text, WebPubSubContentType.TEXT_PLAIN));
    return new Answer(204, "text/plain", "");
  }

  private static void answer(HttpExchange exchange, String method, Handler handler)
      throws IOException {
    try (exchange) {
      Answer answer;
      if (!exchange.getRequestMethod().equals(method)) {
        answer = new Answer(405, "text/plain", "Use " + method + "\n");
      } else {
        try {
          answer = handler.handle(exchange);
        } catch (RuntimeException e) {
          answer = new Answer(502, "text/plain", "Web PubSub did not do it: " + e + "\n");
        }
      }
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Optional<String> parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null) {
      return Optional.empty();
    }
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        String value = URLDecoder.decode(pair.substring(name.length() + 1), UTF_8);
        return Optional.of(value).filter(text -> !text.isBlank());
      }
    }
    return Optional.empty();
  }

  private interface Handler {
    Answer handle(HttpExchange exchange) throws IOException;
  }

  private record Answer(int status, String contentType, String body) {}
}
