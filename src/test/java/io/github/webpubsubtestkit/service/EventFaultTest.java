package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static io.github.webpubsubtestkit.service.ClientPattern.ofAnyone;
import static io.github.webpubsubtestkit.service.ClientPattern.ofConnection;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.WireJsonClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("A fault of events")
class EventFaultTest {

  private static final String ORDER =
      "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"42\",\"ackId\":1}";
  private static final String REPLY =
      "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"text\",\"data\":\"ok\"}";

  private final FaultyService service = new FaultyService(FakeWebPubSub.start());
  private final Faults faults = service.faults();

  @AfterEach
  void stop() {
    service.close();
  }

  private static long orders(EventHandlerStub stub) {
    return stub.events().stream().filter(each -> each.name().equals("order")).count();
  }

  private EventHandlerStub stub() {
    return service.fake().eventHandler("hub").onUserEvent(event -> reply("ok"));
  }

  @Test
  @DisplayName("answers instead of the handler, which is tried again after 5xx until it answers")
  void answers() {
    EventHandlerStub stub = stub();
    WireJsonClient alice = service.json("alice");
    EventFault fault = faults.event("order").answer(503).times(3);

    alice.send(ORDER);

    alice.expect(REPLY);
    alice.expectAck(1);
    assertThat(fault.timesMet()).isEqualTo(3);
    assertThat(orders(stub)).isOne();
    assertThat(service.fake().timeline())
        .contains("fault: 503 instead of event \"order\" of anyone, 3 of 3: \"alice\"")
        .contains("(attempt 4)");
  }

  @Test
  @DisplayName("answers four times, and the event has failed")
  void fails() {
    EventHandlerStub stub = stub();
    WireJsonClient alice = service.json("alice");
    faults.event("order", ofUser("alice")).answer(500).always();

    alice.send(ORDER);

    alice.expectAck(1, "InternalServerError", "Internal server error");
    assertThat(orders(stub)).isZero();
  }

  @Test
  @DisplayName("answers once what is not tried again")
  void answersFinally() {
    stub();
    WireJsonClient alice = service.json("alice");
    EventFault fault = faults.event("order").answer(400).times(2).lenient();

    alice.send(ORDER);

    alice.expectAck(1, "InternalServerError", "Internal server error");
    assertThat(fault.timesMet()).isOne();
  }

  @Test
  @DisplayName("answers with a body of its own, right or wrong")
  void bodies() {
    stub();
    WireJsonClient alice = service.json("alice");
    faults.event("order").answer(200, json("{\"a\":1}"));
    faults.event("order").answer(200, text("x")).header("Content-Type", "image/png");

    alice.send(ORDER);
    alice.expect(
        "{\"type\":\"message\",\"from\":\"server\",\"dataType\":\"json\",\"data\":{\"a\":1}}");
    alice.expectAck(1);
    alice.send(ORDER.replace("\"ackId\":1", "\"ackId\":2"));

    alice.expectAck(2, "InternalServerError", "Internal server error");
  }

  @Test
  @DisplayName("drops the connection before the handler has anything, and it is tried again")
  void drops() {
    EventHandlerStub stub = stub();
    WireJsonClient alice = service.json("alice");
    faults.event("order", ofConnection(alice.connectionId()).inHub("hub")).drop();

    alice.send(ORDER);

    alice.expect(REPLY);
    alice.expectAck(1);
    assertThat(orders(stub)).isOne();
    assertThat(service.fake().timeline())
        .contains("connection dropped by the fault \"connection dropped for event \"order\"");
  }

  @Test
  @DisplayName("drops the answer, and the handler has the event twice")
  void dropsAnswer() {
    EventHandlerStub stub = stub();
    WireJsonClient alice = service.json("alice");
    faults.event("order").dropAnswer();

    alice.send(ORDER);

    alice.expect(REPLY);
    alice.expectAck(1);
    assertThat(orders(stub)).isEqualTo(2);
  }

  @Test
  @DisplayName("delays the answer of a handler that has the event at once")
  void delays() {
    service.fake().clock().freeze();
    EventHandlerStub stub = stub();
    WireJsonClient alice = service.json("alice");
    faults.event("order").delay(ofSeconds(10));

    alice.send(ORDER);
    stub.assertThat().receivesEvent("order");
    alice.wire().expectOpen();
    service.fake().clock().advanceBy(ofSeconds(10));

    alice.expect(REPLY);
    alice.expectAck(1);
  }

  @Test
  @DisplayName("delays for longer than the service waits, and the event has failed")
  void delaysTooLong() {
    service.fake().clock().freeze();
    EventHandlerStub stub = stub();
    WireJsonClient alice = service.json("alice");
    faults.event("order").delay(ofSeconds(101));

    alice.send(ORDER);
    stub.assertThat().receivesEvent("order");
    service.fake().clock().advanceBy(ofSeconds(100));

    alice.expectAck(1, "InternalServerError", "Internal server error");
    service.fake().clock().advanceBy(ofSeconds(10));
    alice.expectOpen();
  }

  @Test
  @DisplayName("hangs until the service gives up, or clear() breaks the connection")
  void hangs() {
    service.fake().clock().freeze();
    EventHandlerStub stub = stub();
    WireJsonClient alice = service.json("alice");
    EventFault fault = faults.event("order").hang().times(2);

    alice.send(ORDER);
    eventually().until(() -> fault.timesMet() == 1);
    service.fake().clock().advanceBy(ofSeconds(100));
    alice.expectAck(1, "InternalServerError", "Internal server error");
    assertThat(orders(stub)).isZero();
    alice.send(ORDER.replace("\"ackId\":1", "\"ackId\":2"));
    eventually().until(() -> fault.timesMet() == 2);
    faults.clear();

    alice.expect(REPLY);
    alice.expectAck(2);
    assertThat(orders(stub)).isOne();
  }

  @Test
  @DisplayName("is of system events, too, and not of the validation of URLs")
  void systemEvents() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer app =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getResponseHeaders().add("WebHook-Allowed-Origin", "*");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    app.start();
    try {
      service
          .fake()
          .eventHandlers("hub", EventHandler.url("http://127.0.0.1:" + app.getAddress().getPort()));
      faults.event("connect", ofUser("alice")).answer(403);
      faults.event("disconnected").dropAnswer();

      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> service.fake().connect(asUser("alice")))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
      PubSubClient bob = service.fake().connect(asUser("bob"));
      bob.close();
      service.fake().awaitIdle();

      // OPTIONS, connect of bob, connected, disconnected twice
      assertThat(requests.get()).isEqualTo(5);
    } finally {
      app.stop(0);
    }
  }

  @Test
  @DisplayName("is given up by a reset")
  void reset() {
    service.fake().clock().freeze();
    stub();
    WireJsonClient alice = service.json("alice");
    EventFault fault = faults.event("order").hang();
    alice.send(ORDER);
    eventually().until(() -> fault.timesMet() == 1);

    service.fake().reset();

    alice.wire().expectClose(1001, "The service was reset.");
    service.fake().awaitIdle();
  }

  @Test
  @DisplayName("cannot be of a group")
  void misuse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.event("order", ofAnyone().inGroup("room")))
        .withMessage(
            "an event is none of a group: choose its clients by user, connection or hub instead of"
                + " client of anyone in group \"room\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.event(""))
        .withMessage("event must not be empty");
    faults.event("order").answer(500);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.fake().assertNoFailures())
        .withMessageContaining("fault not met: 500 for event \"order\" of anyone, met 0 of 1");
  }
}
