package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.KEY;
import static io.github.webpubsubtestkit.conformance.EventFixture.event;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An application as one writes it by hand in Java, after the published sample and with the server
 * of the JDK (event-handlers 11.3).
 */
class JavaHandlerConformanceTest {

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final CountDownLatch grouped = new CountDownLatch(1);
  private HttpServer application;
  private FakeFixture fixture;

  @BeforeEach
  void start() throws IOException {
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.setExecutor(threads);
    application.createContext("/eventhandler", this::handle);
    application.start();
    String url = "http://127.0.0.1:%d/eventhandler".formatted(application.getAddress().getPort());
    fixture =
        FakeFixture.of(
            FakeWebPubSub.builder().accessKey(KEY).eventHandler("chat", EventHandler.url(url)));
  }

  @AfterEach
  void close() throws InterruptedException {
    application.stop(0);
    threads.shutdown();
    assertThat(threads.awaitTermination(10, SECONDS)).isTrue(); // handlers may be calling the fake
    fixture.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestMethod().equals("OPTIONS")) {
        exchange.getResponseHeaders().add("WebHook-Allowed-Origin", "*");
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      switch (exchange.getRequestHeaders().getFirst("ce-type")) {
        case "azure.webpubsub.sys.connect" -> connect(exchange, body);
        case "azure.webpubsub.sys.connected" -> connected(exchange);
        case "azure.webpubsub.user.message" -> message(exchange, body);
        default -> exchange.sendResponseHeaders(200, -1);
      }
    }
  }

  private static void connect(HttpExchange exchange, byte[] body) throws IOException {
    JsonNode id = new ObjectMapper().readTree(body).at("/query/id/0");
    if (id.isMissingNode()) {
      answer(exchange, 401, "missing user id");
    } else {
      answer(exchange, 200, "{\"userId\":\"" + id.asText() + "\"}");
    }
  }

  private void connected(HttpExchange exchange) throws IOException {
    String connectionId = exchange.getRequestHeaders().getFirst("ce-connectionId");
    try (RestDriver rest = new RestDriver(fixture.endpoint(), KEY, "chat")) {
      rest.addToGroup(connectionId, "everybody");
      grouped.countDown();
    }
    exchange.sendResponseHeaders(200, -1);
  }

  private void message(HttpExchange exchange, byte[] body) throws IOException {
    String from = exchange.getRequestHeaders().getFirst("ce-userId");
    try (RestDriver rest = new RestDriver(fixture.endpoint(), KEY, "chat")) {
      rest.sendText(RestDriver.ALL, from + ": " + new String(body, UTF_8));
    }
    exchange.sendResponseHeaders(200, -1);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Test
  @DisplayName("E170 the application names the user after the query")
  void userFromQuery() {
    fixture.open(fixture.request(fixture.token(), "&id=7"));

    assertThat(fixture.rest().exists(user("7"))).isTrue();
  }

  @Test
  @DisplayName("E171 without an id the application refuses")
  void withoutId() {
    HttpAnswer answer = fixture.refused(fixture.request(fixture.token()));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  @DisplayName("E172 a broadcast from within the handler comes before the ack of the event")
  void broadcastFromTheHandler() {
    WireClient other = fixture.open(fixture.request(fixture.token(), "&id=8"));
    WireJsonClient sender =
        fixture.openJson(fixture.request(fixture.token(), "&id=7").offering(FakeFixture.JSON));

    sender.send(event("message", "hi", 1));

    sender.expect(EventFixture.reply("text", "'7: hi'"));
    sender.expectAck(1);
    other.expectText("7: hi");
  }

  @Test
  @DisplayName("E173 the application adds the connection to a group when it hears of it")
  void addsToGroup() throws InterruptedException {
    WireJsonClient client =
        fixture.openJson(fixture.request(fixture.token(), "&id=7").offering(FakeFixture.JSON));
    assertThat(grouped.await(10, SECONDS)).isTrue();

    fixture.rest().sendText(RestDriver.group("everybody"), "hi");

    assertThat(client.next()).contains("\"hi\"");
  }
}
