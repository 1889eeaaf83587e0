package io.github.webpubsubtestkit.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An application with an event handler by HTTP, on {@code /eventhandler}. */
final class EventApplication implements AutoCloseable {

  /** Its answer to an event. */
  record Answer(int status, String text) {

    static final Answer NOTHING = new Answer(204, "");
  }

  /** What it does with an event. */
  interface Events {
    Answer handle(String event, String text) throws InterruptedException;
  }

  private static final String PREFIX = "azure.webpubsub.user.";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  private EventApplication(boolean validates, Events events) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/eventhandler", exchange -> handle(exchange, validates, events));
    server.setExecutor(threads);
    server.start();
  }

  static EventApplication start(Events userEvents) {
    return new EventApplication(true, userEvents);
  }

  /** An application that has never heard of the validation. */
  static EventApplication withoutValidation(Events userEvents) {
    return new EventApplication(false, userEvents);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static void handle(HttpExchange exchange, boolean validates, Events events)
      throws IOException {
    try (exchange) {
      String type = exchange.getRequestHeaders().getFirst("ce-type");
      String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (exchange.getRequestMethod().equals("OPTIONS") && validates) {
        exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "*");
        exchange.sendResponseHeaders(200, -1);
      } else if (type == null || !type.startsWith(PREFIX)) {
        exchange.sendResponseHeaders(204, -1);
      } else {
        answer(exchange, events.handle(type.substring(PREFIX.length()), text));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.text().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
