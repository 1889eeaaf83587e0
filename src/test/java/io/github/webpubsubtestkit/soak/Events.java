package io.github.webpubsubtestkit.soak;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.breakConnection;
import static io.github.webpubsubtestkit.handler.EventAnswer.fail;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Events that a stub and an application over HTTP answer in their order, some of them by an error
 * and some by a broken connection.
 */
final class Events {

  private static final int CLIENTS = 8;
  private static final int EVENTS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Events() {}

  /** Returns how many events were answered. */
  static long run(FakeWebPubSub service) throws IOException {
    HttpServer application =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      application.setExecutor(threads);
      application.createContext("/eventhandler", Events::answer);
      application.start();
      String url = "http://127.0.0.1:" + application.getAddress().getPort() + "/eventhandler";
      service.eventHandler("http").add(EventHandler.url(url).systemEvents());
      service.eventHandler("stub").onUserEvent(event -> answer(event.text()));
      exchange(service);
    } finally {
      application.stop(0);
      threads.shutdownNow();
    }
    return (long) CLIENTS * EVENTS;
  }

  private static void exchange(FakeWebPubSub service) {
    List<PubSubClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(service.connect(asUser("user" + i).hub(i % 2 == 0 ? "stub" : "http")));
    }
    for (int i = 0; i < EVENTS; i++) {
      for (PubSubClient client : clients) {
        client.sendRaw(
            """
            {"type":"event","event":"echo","dataType":"text","data":"%d","ackId":%d}"""
                .formatted(i, i + 1));
      }
    }
    String[] replies =
        IntStream.range(0, EVENTS)
            .filter(i -> !isRefused(i) && !isBroken(i))
            .mapToObj(String::valueOf)
            .toArray(String[]::new);
    for (PubSubClient client : clients) {
      assertThat(client).within(PATIENCE).receivesExactly(replies);
      for (int i = 0; i < EVENTS; i++) {
        if (isRefused(i) || isBroken(i)) {
          assertThat(client).within(PATIENCE).receivesAck(i + 1).failedWith("InternalServerError");
        } else {
          assertThat(client).within(PATIENCE).receivesAck(i + 1).isSuccessful();
        }
      }
    }
  }

  private static boolean isRefused(int event) {
    return event % 7 == 3;
  }

  private static boolean isBroken(int event) {
    return event % 13 == 5;
  }

  private static EventAnswer answer(String text) {
    int event = Integer.parseInt(text);
    return isRefused(event) ? fail(404) : isBroken(event) ? breakConnection() : reply(text);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("OPTIONS")) {
        exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "*");
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      int event = Integer.parseInt(new String(body, UTF_8));
      if (isRefused(event)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!isBroken(event)) { // else it is closed without an answer
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
