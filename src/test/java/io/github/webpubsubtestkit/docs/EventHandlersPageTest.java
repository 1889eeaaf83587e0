package io.github.webpubsubtestkit.docs;

// tag::event-handlers-imports[]
import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.accept;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.reject;
import static io.github.webpubsubtestkit.handler.EventAnswer.fail;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.junit.jupiter.api.Test;

// end::event-handlers-imports[]

@WebPubSubTest
class EventHandlersPageTest {

  // tag::event-handler-stub[]
  @Test
  void theTestAnswersEvents(FakeWebPubSub service) {
    EventHandlerStub handler =
        service
            .eventHandler("hub")
            .onConnect(
                event ->
                    event.query("ticket").isEmpty()
                        ? reject(401)
                        : accept().userId("alice").groups("room"))
            .onUserEvent("shout", event -> reply(event.text().toUpperCase(Locale.ROOT)))
            .onUserEvent("order", event -> fail(500));

    PubSubClient alice = service.connect(anonymous().query("ticket", "7"));
    alice.sendEvent("shout", "hi");

    assertThat(alice).hasUserId("alice");
    assertThat(alice).receivesText("HI");
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("order", "42"))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("InternalServerError"));
    assertThat(handler).receivesEvents("connect", "connected", "shout", "order");
    assertThat(handler).receivesEvent("order").hasText("42").isFromUser("alice");
  }

  // end::event-handler-stub[]

  // tag::event-handler[]
  @Test
  void theEventHandlerShouts(FakeWebPubSub service) throws Exception {
    try (ShoutApp app = new ShoutApp()) {
      service.eventHandler("hub").url("http://localhost:" + app.port() + "/eventhandler");
      PubSubClient alice = service.connect(asUser("alice"));

      alice.sendEvent("shout", "hi");

      assertThat(alice).receivesText("HI");
    }
  }

  // end::event-handler[]

  // tag::sent-event[]
  @Test
  void theServiceSaysWhatItSent(FakeWebPubSub service) throws Exception {
    try (ShoutApp app = new ShoutApp()) {
      service.eventHandler("hub").url("http://localhost:" + app.port() + "/eventhandler");
      PubSubClient alice = service.connect(asUser("alice"));

      alice.sendEvent("shout", "hi");

      assertThat(service).sendsEvent("connected").isFromUser("alice").isSuccessful();
      assertThat(service)
          .sendsEvent("shout")
          .hasText("hi")
          .hasHeader("ce-hub", "hub")
          .hasStatus(200)
          .hasAttempts(1);
    }
  }

  // end::sent-event[]

  // tag::shout-app[]
  /** An application with an event handler, in the style of Azure's sample for Java. */
  private static final class ShoutApp implements AutoCloseable {
    private final HttpServer server;

    ShoutApp() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/eventhandler", ShoutApp::handle);
      server.start();
    }

    private static void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        String type = exchange.getRequestHeaders().getFirst("ce-type");
        if (exchange.getRequestMethod().equals("OPTIONS")) {
          exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "*");
          exchange.sendResponseHeaders(200, -1);
        } else if ("azure.webpubsub.user.shout".equals(type)) {
          String text = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          byte[] reply = text.toUpperCase(Locale.ROOT).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
        } else {
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  // end::shout-app[]
}
