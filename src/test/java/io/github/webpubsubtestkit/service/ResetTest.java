package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static io.github.webpubsubtestkit.service.Permission.SEND_TO_GROUP;
import static io.github.webpubsubtestkit.service.RequestPattern.anyHandshake;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofHours;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.ConnectFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.RecoveryRefusedException;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.conformance.HttpAnswer;
import io.github.webpubsubtestkit.conformance.RestDriver;
import io.github.webpubsubtestkit.conformance.TestTokens;
import io.github.webpubsubtestkit.handler.ConnectAnswer;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerSetup;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@DisplayName("A reset")
class ResetTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final RestDriver app = new RestDriver(service.endpoint(), service.accessKey(), "hub");
  private final ExecutorService other = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws InterruptedException {
    app.close();
    service.close();
    other.shutdownNow();
    assertThat(other.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  @DisplayName("leaves nothing of the clients: connections, groups, users, permissions, requests")
  void clients() {
    PubSubClient alice = service.connect(asUser("alice").groups("room").roles(new String[0]));
    service.grantPermission(SEND_TO_GROUP, alice.connectionId(), "room");
    alice.sendToGroup("room", "hi");
    String timeline = service.timeline();

    service.reset();

    assertThat(alice).isClosed().hasCode(1001).hasReason("The service was reset.");
    assertThat(service.connections()).isEmpty();
    assertThat(service).hasNoUser("alice").hasGroupMembers("room", 0);
    assertThat(service.requests()).isEmpty();
    assertThat(timeline).contains("alice#1");
    assertThat(service.timeline().lines()).singleElement().asString().contains("reset, left over");
    PubSubClient again = service.connect(asUser("alice").groups("room").roles(new String[0]));
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> again.sendToGroup("room", "hi"));
    assertThat(service.timeline()).contains("alice#1").doesNotContain("alice#2");
    assertThat(again).receivesNoMessage();
  }

  @Test
  @DisplayName("takes away the test's handlers and recordEvents(), but not the builder's handlers")
  void handlers() {
    try (FakeWebPubSub built =
        FakeWebPubSub.builder()
            .defaultHub("chat")
            .eventHandler(
                "chat",
                EventHandler.url("http://127.0.0.1:1/eh").userEvents("built").systemEvents())
            .events(events -> events.validateHandlers(false))
            .build()) {
      EventHandlerStub stub = built.eventHandler("chat").onUserEvent(event -> reply("x"));
      built.recordEvents();
      EventHandlerSetup begun = built.eventHandler("chat");

      assertThat(built.reset()).isEmpty();

      PubSubClient alice = built.connect(asUser("alice"));
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> alice.sendEvent("other", "x"));
      assertThat(stub.events()).isEmpty();
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> alice.sendEvent("built", "x"));
      assertThat(built.timeline()).contains("http://127.0.0.1:1/eh");
      assertThatIllegalStateException()
          .isThrownBy(begun::recording)
          .withMessage("the service was reset since eventHandler(..) was called: call it again");
    }
  }

  @Test
  @DisplayName("takes back faults and names those that were not met")
  void faults() {
    Faults faults = service.faults();
    faults.request(sendToAll()).answer(503).times(2);

    assertThat(service.reset())
        .containsExactly("fault not met: 503 for sendToAll(), met 0 of 2 times");

    assertThat(service.faults()).isSameAs(faults);
    assertThat(send("x").status()).isEqualTo(202);
    faults.request(sendToAll()).answer(503);
    assertThat(send("x").status()).isEqualTo(503);
  }

  @Test
  @DisplayName("sets the clock back to the real time, and it runs")
  void clock() {
    TestClock clock = service.clock();
    clock.advanceBy(ofHours(5));
    clock.freeze();

    assertThat(service.reset()).containsExactly("the clock was frozen");

    assertThat(service.clock()).isSameAs(clock);
    assertThat(clock.isFrozen()).isFalse();
    assertThat(Duration.between(Instant.now(), clock.instant()).abs()).isLessThan(ofHours(1));
    clock.advanceBy(ofHours(1));
    assertThat(clock.instant()).isAfter(Instant.now().plus(ofHours(1)).minusSeconds(60));
  }

  @Test
  @DisplayName("keeps address, keys and options; a regenerated key is the first one again")
  void keeps() {
    String connectionString = service.connectionString();
    service.regeneratePrimaryKey();
    assertThat(service.connectionString()).isNotEqualTo(connectionString);

    service.reset();

    assertThat(service.connectionString()).isEqualTo(connectionString);
    assertThat(service.secondaryAccessKey()).isEmpty();
    assertThat(send("x").status()).isEqualTo(202); // with the first key
    try (FakeWebPubSub open =
        FakeWebPubSub.builder().tokens(tokens -> tokens.anonymousAllowed(true)).build()) {
      open.reset();
      open.connect(io.github.webpubsubtestkit.client.ConnectOptions.anonymous().withoutToken());
    }
  }

  @Test
  @DisplayName("says what was left over, also in the new timeline")
  void leftOver() {
    service.connect(asUser("alice"));
    service.connectSimple(asUser("bob").hub("other"));

    List<String> left = service.reset();

    assertThat(left)
        .containsExactlyInAnyOrder(
            "connection alice#1 in hub hub", "connection bob#2 in hub other");
    assertThat(service.timeline())
        .contains("service  --  reset, left over: ")
        .contains("connection bob#2 in hub other");
    assertThat(service.reset()).isEmpty();
    assertThat(service.timeline()).contains("service  --  reset, nothing was left over");
  }

  @Test
  @DisplayName("can be repeated any number of times, and by several threads at once")
  void concurrent() throws Exception {
    List<Future<List<String>>> resets = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      var unused = catchThrowable(() -> service.connect(asUser("alice"))); // a reset may refuse her
      resets.add(other.submit(service::reset));
    }
    for (Future<List<String>> each : resets) {
      each.get(60, SECONDS);
    }
    service.reset();

    assertThat(service.connections()).isEmpty();
    PubSubClient bob = service.connect(asUser("bob"));
    service.sendToAll("hi");
    assertThat(bob).receivesText("hi");
  }

  @Test
  @DisplayName("is refused in a callback, and by a closed fake")
  void refused() {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    service
        .eventHandler("hub")
        .onUserEvent(
            event -> {
              thrown.set(catchThrowable(service::reset));
              return EventAnswer.acknowledge();
            });
    service.connect(asUser("alice")).sendEvent("e", "x");

    assertThat(thrown.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "reset() in a callback would wait for that callback, of event \"e\". Do it in the test,"
                + " after the event");
    FakeWebPubSub closed = FakeWebPubSub.start();
    closed.close();
    assertThatIllegalStateException().isThrownBy(closed::reset).withMessage("the fake is closed");
  }

  private HttpAnswer send(String text) {
    return app.call("POST", "/:send", "", "text/plain", text.getBytes(UTF_8));
  }

  @Nested
  @DisplayName("lets nothing of before reach what comes after:")
  class UnderWay {

    @Test
    @DisplayName("no message that a slow client has not read, nor does anybody wait for it")
    void slowClient() {
      WebSocket slow =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .subprotocols("json.webpubsub.azure.v1")
              .buildAsync(
                  service.clientUrl(asUser("slow").groups("room")),
                  new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket webSocket) {} // asks for nothing
                  })
              .join();
      String large = "x".repeat(1_000_000);
      for (int i = 0; i < 8; i++) { // more than the sockets of both sides take
        service.sendToGroup("room", large);
      }

      service.reset();

      PubSubClient alice = service.connect(asUser("alice").groups("room"));
      service.awaitIdle(); // otherwise it would wait for the slow one
      assertThat(alice).receivesNoMessage();
      assertThat(service).hasConnections(1);
      slow.abort();
    }

    @Test
    @DisplayName("no message that a client has sent but the service not read")
    void unreadMessage() throws Exception {
      PubSubClient old = service.connect(asUser("old"));
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> flood =
          other.submit(
              () -> {
                for (int i = 0; i < 100_000 && old.isConnected(); i++) {
                  old.sendRaw(
                      "{\"type\":\"sendToGroup\",\"group\":\"room\",\"dataType\":\"text\",\"data\":\"old\"}");
                  begun.countDown();
                }
              });
      begun.await();

      service.reset();

      PubSubClient alice = service.connect(asUser("alice").groups("room"));
      var unused = catchThrowable(() -> flood.get(60, SECONDS)); // it ends with its connection
      assertThat(alice).receivesNoMessage();
      assertThat(service.requests()).hasSize(1); // the handshake of alice
    }

    @Test
    @DisplayName("no event that a callback holds, and the callback is interrupted")
    void heldCallback() throws Exception {
      CountDownLatch called = new CountDownLatch(1);
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      service
          .eventHandler("hub")
          .onUserEvent(
              event -> {
                called.countDown();
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  thrown.complete(catchThrowable(() -> service.sendToAll("from before")));
                }
                return reply("from before");
              });
      SimpleClient old = service.connectSimple(asUser("alice"));
      old.sendText("x");
      called.await();

      assertThat(service.reset())
          .containsExactly(
              "connection alice#1 in hub hub",
              "no answer yet to event message of alice#1 at POST"
                  + " http://event-handler-stub/hub/message");

      SimpleClient alice = service.connectSimple(asUser("alice"));
      assertThat(thrown.get(60, SECONDS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the service was reset while this callback");
      service.awaitIdle();
      assertThat(alice).receivesNoMessage();
      assertThat(service.timeline()).doesNotContain("from before");
    }

    @Test
    @DisplayName("no connection whose connect event a callback holds")
    void heldConnect() throws Exception {
      CountDownLatch called = new CountDownLatch(1);
      CompletableFuture<ConnectAnswer> answer = new CompletableFuture<>();
      service
          .eventHandler("hub")
          .onConnect(
              event -> {
                called.countDown();
                return ConnectAnswer.accept().onceDone(answer);
              });
      Future<PubSubClient> connecting = other.submit(() -> service.connect(asUser("alice")));
      called.await();
      eventually().until(() -> service.timeline().contains("connect of alice"));

      service.reset();
      answer.complete(ConnectAnswer.accept());

      assertThat(catchThrowable(() -> connecting.get(60, SECONDS)).getCause())
          .isInstanceOf(HandshakeRejectedException.class)
          .hasMessageContaining("410")
          .hasMessageContaining("The service was reset while this request was under way.");
      service.awaitIdle();
      assertThat(service.connections()).isEmpty();
      assertThat(service.requests()).isEmpty();
    }

    @Test
    @DisplayName("no event that an application has not answered yet, nor its answer, nor a retry")
    void heldByApplication() throws Exception {
      try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
          FakeWebPubSub service =
              FakeWebPubSub.builder().events(events -> events.validateHandlers(false)).build()) {
        service.eventHandlers(
            "hub",
            EventHandler.url("http://127.0.0.1:" + listening.getLocalPort() + "/eh")
                .userEvents("*")
                .systemEvents());
        SimpleClient old = service.connectSimple(asUser("alice"));
        old.sendText("x");
        try (Socket socket = listening.accept()) {
          socket.getInputStream().read(); // the request is on its way

          assertThat(service.reset()).anyMatch(line -> line.startsWith("no answer yet to "));

          SimpleClient alice = service.connectSimple(asUser("alice"));
          service.awaitIdle(); // its own event is for no handler any more
          assertThat(ended(socket.getInputStream())).isTrue();
          assertThat(alice).receivesNoMessage();
          assertThat(service.timeline()).doesNotContain("upstream ");
        }
      }
    }

    private boolean ended(InputStream in) throws IOException {
      try {
        while (in.read() >= 0) {
          // the rest of the request
        }
        return true;
      } catch (IOException reset) {
        return true;
      }
    }

    @Test
    @DisplayName("no request that a fault holds back: it is answered 410 and never carried out")
    void heldRequest() throws Exception {
      service.faults().request(sendToAll()).delay(ofHours(1));
      Future<HttpAnswer> held = other.submit(() -> send("held"));
      eventually().until(() -> service.timeline().contains("fault: "));

      assertThat(service.reset()).singleElement().asString().contains("held back by the fault");

      HttpAnswer answer = held.get(60, SECONDS);
      assertThat(answer.status()).isEqualTo(410);
      assertThat(answer.text())
          .isEqualTo("The service was reset while this request was under way.");
      PubSubClient alice = service.connect(asUser("alice"));
      service.clock().advanceBy(ofHours(2));
      service.awaitIdle();
      assertThat(alice).receivesNoMessage();
      assertThat(service.requests()).hasSize(1); // the handshake of alice
    }

    @Test
    @DisplayName("no request or handshake that a fault leaves without an answer")
    void hanging() throws Exception {
      service.faults().request(sendToAll()).hang();
      service.faults().handshake(anyHandshake()).hang();
      Future<HttpAnswer> request = other.submit(() -> send("x"));
      Future<PubSubClient> handshake = other.submit(() -> service.connect(asUser("alice")));
      eventually().until(() -> service.requests().size() == 2);

      assertThat(service.reset()).isEmpty();

      assertThat(request.get(60, SECONDS).status()).isEqualTo(410);
      assertThat(catchThrowable(() -> handshake.get(60, SECONDS)).getCause())
          .isInstanceOf(HandshakeRejectedException.class);
    }

    @Test
    @DisplayName("no request of which a part has arrived")
    void halfRequest() throws Exception {
      String path = "/api/hubs/hub/:send";
      String token = TestTokens.forUrl(service.endpoint() + path).signedBy(service.accessKey());
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), service.endpoint().getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(
            ("POST "
                    + path
                    + "?api-version=2024-12-01 HTTP/1.1\r\nHost: "
                    + service.endpoint().getAuthority()
                    + "\r\nAuthorization: Bearer "
                    + token
                    + "\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nol")
                .getBytes(UTF_8));

        service.reset();
        PubSubClient alice = service.connect(asUser("alice"));
        out.write("d!".getBytes(UTF_8));

        String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer).startsWith("HTTP/1.1 410 ");
        assertThat(alice).receivesNoMessage();
        assertThat(service.requests()).hasSize(1); // the handshake of alice
      }
    }

    @Test
    @DisplayName("no recovery of a connection, dropped or closed by the reset")
    void recovery() {
      PubSubClient dropped = service.connect(asUser("dropped").protocol(JSON_RELIABLE));
      PubSubClient open = service.connect(asUser("open").protocol(JSON_RELIABLE));
      dropped.dropConnection();

      service.reset();

      assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(dropped::recover);
      assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(open::recover);
      assertThat(service.connections()).isEmpty();
    }

    @Test
    @DisplayName("no client with a URL of before, but with a token that the application has signed")
    void tokens() {
      URI before = service.clientUrl(asUser("alice"));
      service.connect(before).close();

      service.reset();

      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> service.connect(before))
          .withMessageContaining("401");
      assertThat(service.timeline())
          .contains("The token was issued by this fake before it was reset, and is void since");
      service.connect(service.clientUrl(asUser("alice")));
      String ofApplication =
          TestTokens.forClient(service.endpoint(), "hub").user("bob").signedBy(service.accessKey());
      service.connect(
          URI.create(
              service.endpoint().toString().replace("http:", "ws:")
                  + "/client/hubs/hub?access_token="
                  + ofApplication));
      assertThat(service).hasUser("alice").hasUser("bob");
    }

    @Test
    @DisplayName("no client that begins to connect while the reset is under way")
    void connecting() throws Exception {
      List<Future<Throwable>> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(
            other.submit(
                () -> catchThrowable(() -> service.connect(asUser("old").groups("room")))));
      }
      service.reset();
      service.reset();
      for (Future<Throwable> each : clients) {
        Throwable failure = each.get(60, SECONDS);
        if (failure != null) {
          assertThat(failure)
              .isInstanceOfAny(
                  HandshakeRejectedException.class,
                  ConnectFailedException.class,
                  IllegalStateException.class);
        }
      }
      service.reset();

      assertThat(service.connections()).isEmpty();
    }
  }
}
