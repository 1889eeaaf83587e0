package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.fail;
import static io.github.webpubsubtestkit.handler.EventAnswer.hang;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@WebPubSubTest
class SentEventTest {

  @Test
  void whatAStubGotWasSent(FakeWebPubSub service) {
    service
        .eventHandler("hub")
        .onUserEvent("shout", event -> acknowledge().state("second"))
        .onConnected(event -> {});
    PubSubClient alice = service.connect(asUser("alice"));

    alice.sendEvent("shout", "hi");
    alice.sendJsonEvent("shout", "{\"id\":1}");
    alice.sendEvent("shout", Content.binary(new byte[] {1, 2}));

    assertThat(service).sendsEvent("connected").isFromUser("alice").hasStatus(204);
    assertThat(service)
        .sendsEvent("shout")
        .hasName("shout")
        .isInHub("HUB")
        .hasText("hi")
        .hasNoState()
        .hasNoMetadata()
        .isFromConnection(alice.connectionId())
        .hasHeader("CE-EventName", "shout")
        .hasUrl("http://event-handler-stub/hub/shout")
        .hasAttempts(1)
        .isSuccessful();
    assertThat(service).sendsEvent("shout").hasJson("{\"id\":1.0}").hasState("second");
    assertThat(service).sendsEvent("shout").hasBinary(new byte[] {1, 2});
  }

  @Test
  void whatAnApplicationGotWasSentSigned(FakeWebPubSub service) throws Exception {
    HttpServer app = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("WebHook-Allowed-Origin", "*");
          exchange.sendResponseHeaders(
              exchange.getRequestMethod().equals("OPTIONS") ? 200 : 202, -1);
          exchange.close();
        });
    app.start();
    try {
      String url = "http://127.0.0.1:" + app.getAddress().getPort() + "/eventhandler";
      service.eventHandler("hub").url(url);
      PubSubClient alice = service.connect(asUser("alice"));

      alice.sendEvent("shout", "hi");

      assertThat(service)
          .sendsEvent("shout")
          .hasUrl(url)
          .hasStatus(202)
          .hasHeader("ce-signature", "sha256=" + signature(service, alice.connectionId()))
          .extractingText()
          .isEqualTo("hi");
    } finally {
      app.stop(0);
    }
  }

  @Test
  void attemptsAreCounted(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.eventHandler("hub").onUserEvent("order", event -> fail(500));

    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("order", "42"));

    assertThat(service).sendsEvent("order").hasFailed().hasAttempts(4).hasStatus(500);
  }

  @Test
  void eventsAreTakenOnceInAnyOrderAndHistoryIsNot(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.eventHandler("hub").recording();
    alice.sendEvent("a", "1");
    alice.sendEvent("b", "2");

    assertThat(service).sendsEvent("b").hasText("2");
    assertThat(service).sendsEvent("a").hasText("1");
    assertThat(service).hasSentEvent("a").hasSentEvent("b").hasSentNoEvent("c");
    assertThat(fails(it -> it.within(ZERO).sendsEvent("a"), service))
        .startsWith("[service] expected event \"a\" to be sent already but ")
        .contains("text \"1\"     <- already read");
    assertThat(service).inHub("hub").hasSentEvent("a");
    assertThat(service).inHub("other").hasSentNoEvent("a");
  }

  @Test
  void missingEventIsReportedWithTheNearest(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.eventHandler("hub").onUserEvent("shout", event -> acknowledge());
    alice.sendEvent("shout", "hi");

    assertThat(fails(it -> it.within(ZERO).sendsEvent("Shout"), service))
        .isEqualTo(
            """
            [service] expected event "Shout" to be sent already; nearest: shout
              sent   1 event
                +T s  shout (user event)  user "alice"  connection ID  answered 204  text "hi"     <- nearest
              times are seconds since the service started; now it is +T s""");
  }

  @Test
  void missingEventThatIsUnderWayIsNamed(
      FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    EventHandlerStub handler = service.eventHandler("hub").onUserEvent(event -> hang());
    alice.sendText("42");
    assertThat(handler).receivesEvent("message");

    assertThat(fails(it -> it.within(ZERO).sendsEvent("message"), service))
        .startsWith(
            "[service] expected event \"message\" to be sent already but it is not answered yet\n"
                + "  event handler: no answer yet to event message of alice#1")
        .containsOnlyOnce("no answer yet to event message of alice#1");
  }

  @Test
  void eventThatIsUnderWayComesBeforeOthersThatWereSent(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    EventHandlerStub handler =
        service
            .eventHandler("hub")
            .onUserEvent("quick", event -> acknowledge())
            .onUserEvent("slow", event -> hang());
    alice.sendEvent("quick", "1");
    alice.sendRaw("{\"type\":\"event\",\"event\":\"slow\",\"dataType\":\"text\",\"data\":\"2\"}");
    assertThat(handler).receivesEvent("slow");

    assertThat(fails(it -> it.within(ZERO).sendsEvent("slow"), service))
        .matches(
            "(?s)\\[service] expected event \"slow\" to be sent already but it is not answered yet\n"
                + "  event handler: no answer yet to event slow of alice#1[^\n]*\n  sent   1 event\n.*");
  }

  @Test
  void hubWithoutHandlerIsNamed(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    assertThat(alice.isConnected()).isTrue();
    String none = "  hub \"hub\" has no event handler; see service.eventHandler(..)";
    assertThat(fails(it -> it.within(ZERO).sendsEvent("order"), service))
        .startsWith("[service] expected event \"order\" to be sent already but none was\n" + none);
    assertThat(fails(it -> it.hasSentEvent("order"), service)).contains(none);

    service.recordEvents();
    alice.sendEvent("order", "42");
    assertThat(fails(it -> it.within(ZERO).sendsEvent("order"), service))
        .contains(none + ". Events that are recorded are not sent: ask receivesEvent(..)\n");

    service.eventHandler("chat").recording();
    assertThat(fails(it -> it.within(ZERO).sendsEvent("order"), service))
        .doesNotContain("has no event handler");
    assertThat(fails(it -> it.inHub("hub").within(ZERO).sendsEvent("order"), service))
        .contains(none);
    assertThat(fails(it -> it.inHub("chat").within(ZERO).sendsEvent("order"), service))
        .doesNotContain("has no event handler");
  }

  @Test
  void unwantedEventIsMarked(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.eventHandler("hub").onUserEvent("order", event -> acknowledge());
    alice.sendEvent("order", "42");

    assertThat(fails(it -> it.hasSentNoEvent("order"), service))
        .isEqualTo(
            """
            [service] expected no event "order" to be sent but 1 was
              sent   1 event
                +T s  order (user event)  user "alice"  connection ID  answered 204  text "42"     <- this one
              times are seconds since the service started; now it is +T s""");
    assertThat(fails(it -> it.hasSentEvent("bid"), service))
        .startsWith("[service] expected event \"bid\" to have been sent but only others were\n");
  }

  @Test
  void whatDiffersIsSaid(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.eventHandler("hub").onUserEvent("order", event -> acknowledge());
    alice.sendEvent("order", "42");
    SentEventAssert order = assertThat(service).sendsEvent("order");

    assertThat(text(() -> order.hasStatus(200)))
        .isEqualTo(
            """
            [service] expected a sent event answered with 200 but it was answered 204
              event   +T s order (user event)  user "alice"  connection ID  answered 204  text "42"  \
            POST http://event-handler-stub/hub/order""");
    assertThat(headline(() -> order.hasAttempts(2)))
        .isEqualTo("[service] expected a sent event with 2 attempts but it was sent in 1 attempt");
    assertThat(headline(() -> order.hasHeader("ce-hub", "chat")))
        .isEqualTo(
            "[service] expected a sent event with header ce-hub: chat but it has ce-hub: hub");
    assertThat(headline(() -> order.hasHeader("x-y", "chat")))
        .isEqualTo(
            "[service] expected a sent event with header x-y: chat but it has no such header");
    assertThat(headline(() -> order.isInHub("chat")))
        .isEqualTo("[service] expected a sent event in hub \"chat\" but it is in hub hub");
    assertThat(headline(order::hasFailed))
        .isEqualTo("[service] expected a sent event that failed but it was answered 204");
    assertThat(headline(() -> order.hasUrl("http://localhost/")))
        .isEqualTo(
            "[service] expected a sent event to \"http://localhost/\" but it went to"
                + " http://event-handler-stub/hub/order");
    assertThat(text(() -> order.as("the order").hasText("43")))
        .startsWith("[the order] [event handler] expected an event with text \"43\" but it");
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static String signature(FakeWebPubSub service, String connectionId) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(service.accessKey().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(connectionId.getBytes(StandardCharsets.UTF_8)));
  }

  private static String fails(Consumer<ServiceAssert> assertion, FakeWebPubSub service) {
    return text(() -> assertion.accept(assertThat(service)));
  }

  private static String headline(ThrowingCallable assertion) {
    return text(assertion).lines().findFirst().orElse("");
  }

  private static String text(ThrowingCallable assertion) {
    Throwable error = catchThrowable(assertion);
    assertThat(error).isInstanceOf(AssertionError.class);
    return String.valueOf(error.getMessage())
        .replaceAll("\\+\\d+\\.\\d+ s", "+T s")
        .replaceAll("connection [\\w-]{20,}", "connection ID");
  }
}
