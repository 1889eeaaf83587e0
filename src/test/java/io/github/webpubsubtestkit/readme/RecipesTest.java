package io.github.webpubsubtestkit.readme;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static io.github.webpubsubtestkit.client.Protocol.PROTOBUF;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.accept;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.reject;
import static io.github.webpubsubtestkit.handler.EventAnswer.fail;
import static io.github.webpubsubtestkit.handler.EventAnswer.reply;
import static io.github.webpubsubtestkit.service.Permission.SEND_TO_GROUP;
import static io.github.webpubsubtestkit.service.RequestPattern.addConnectionsToGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static io.github.webpubsubtestkit.service.SendOptions.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.rest.RequestOptions;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import com.google.protobuf.StringValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubExtension;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.RecoveryRefusedException;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.RecordedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Recipes of the README")
@WebPubSubTest
class RecipesTest {

  // tag::connect-by-code[]
  @Test
  void everybodyInTheRoomHears(FakeWebPubSub service) {
    PubSubClient speaker = service.connect(asUser("speaker"));
    List<PubSubClient> audience =
        List.of(
            service.connect(asUser("alice").groups("room")),
            service.connect(asUser("bob").groups("room")),
            service.connect(anonymous().groups("room")));

    speaker.sendToGroup("room", "hi");

    assertThat(audience).allSatisfy(client -> assertThat(client).receivesText("hi"));
  }

  // end::connect-by-code[]

  // tag::reliable[]
  @Test
  void nothingIsLostOnTheTrain(
      @Connected(userId = "alice", groups = "news", protocol = JSON_RELIABLE) PubSubClient alice,
      @Connected PubSubClient editor) {
    editor.sendToGroup("news", "before the tunnel");
    assertThat(alice).receivesText("before the tunnel");

    alice.dropConnection(); // the service keeps her connection for 30 seconds
    editor.sendToGroup("news", "in the tunnel");
    alice.recover();

    assertThat(alice).receivesExactly("in the tunnel");
    assertThat(alice).receivesNoMessage().hasReceivedNoGap().hasReceivedNoDuplicate();
  }

  @Test
  void aLongTunnelNeedsANewConnection(
      FakeWebPubSub service, @Connected(protocol = JSON_RELIABLE) PubSubClient alice) {
    alice.dropConnection();
    service.awaitIdle(); // the service has noticed

    service.clock().advanceBy(ofSeconds(31));

    assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(alice::recover);
    assertThat(alice).isClosed().hasCode(1008);
  }

  // end::reliable[]

  // tag::negotiate[]
  @Test
  void theNegotiateEndpointLetsUsersIn(FakeWebPubSub service) {
    NegotiateEndpoint endpoint = new NegotiateEndpoint(service.connectionString());

    PubSubClient alice = service.connect(URI.create(endpoint.urlFor("alice")));

    assertThat(alice).hasUserId("alice");
    alice.joinGroup("room");
    assertThat(service).hasGroupMember("room", "alice");
  }

  // end::negotiate[]

  record NegotiateEndpoint(String connectionString) {
    String urlFor(String userId) {
      return webPubSub(connectionString)
          .getClientAccessToken(
              new GetClientAccessTokenOptions()
                  .setUserId(userId)
                  .setRoles(List.of("webpubsub.joinLeaveGroup")))
          .getUrl();
    }
  }

  // tag::negative[]
  @Test
  void strangersStayOutside(FakeWebPubSub service) {
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(asUser("alice").expiresIn(ofMinutes(-10))))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(asUser("alice").signedWith("k".repeat(32))));
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(anonymous().withoutToken()));

    assertThat(service).hasNoConnections();
  }

  // end::negative[]

  // tag::protobuf[]
  @Test
  void ordersTravelAsMessages(
      @Connected(userId = "alice", protocol = PROTOBUF) PubSubClient alice,
      @Connected(groups = "room", protocol = PROTOBUF) PubSubClient bob,
      @Connected(groups = "room") PubSubClient carol) {

    alice.sendProtobufToGroup("room", StringValue.of("order 42"));

    assertThat(bob).receivesProtobuf(StringValue.of("order 42")).isFromGroup("room");
    assertThat(carol).receivesProtobuf(StringValue.of("order 42")).isFromUser("alice");
  }

  // end::protobuf[]

  // tag::roles[]
  @Test
  void guestsReadButDoNotWrite(
      @Connected(
              roles = {},
              groups = "room")
          PubSubClient guest) {
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> guest.sendToGroup("room", "hi"))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("Forbidden"));
  }

  @Test
  void theSameFrameByFrame(
      @Connected(
              roles = {},
              groups = "room")
          PubSubClient guest) {
    guest.sendRaw(
        """
        {"type": "sendToGroup", "group": "room", "dataType": "text", "data": "hi", "ackId": 1}""");

    assertThat(guest).receivesAck(1).failedWith("Forbidden");
  }

  // end::roles[]

  // tag::receives-no-message[]
  @Test
  void nobodyElseHears(
      @Connected(groups = "room") PubSubClient alice,
      @Connected(groups = "other room") PubSubClient bob) {
    alice.sendToGroup("room", "secret");

    assertThat(bob).receivesNoMessage(); // certain, and takes a millisecond
  }

  // end::receives-no-message[]

  // tag::rest[]
  @Test
  void theServerSdkWorksUnchanged(
      FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    WebPubSubServiceClient azure =
        new WebPubSubServiceClientBuilder()
            .connectionString(service.connectionString())
            .hub("hub")
            .buildClient();

    azure.addUserToGroupWithResponse("vip", "alice", new RequestOptions());
    azure.sendToGroup("vip", "{\"order\": 42}", WebPubSubContentType.APPLICATION_JSON);

    assertThat(alice).receivesJson("{\"order\": 42}");
    assertThat(service).hasGroupMember("vip", "alice");
  }

  // end::rest[]

  // tag::recorded-requests[]
  @Test
  void theServerTellsTheRightPeople(FakeWebPubSub service) {
    new Shop(service.connectionString()).ship("alice", 42);

    assertThat(service)
        .receivesRequest(sendToUser("alice").withText("order 42 shipped"))
        .isFromServer();
    assertThat(service).hasReceivedNoRequest(sendToUser("bob"));
    assertThat(service.requests()).hasSize(1).allMatch(RecordedRequest::isSuccessful);
  }

  // end::recorded-requests[]

  // tag::acting-server[]
  @Test
  void theAppShowsWhatTheServerDoes(
      FakeWebPubSub service,
      @Connected(
              userId = "alice",
              roles = {})
          PubSubClient alice,
      @Connected(userId = "bob", groups = "muted") PubSubClient bob) {
    service.sendToAll(text("sale"), options().filter("userId ne null and not ('muted' in groups)"));
    service.addUserToGroup("alice", "vip");
    service.sendToGroup("vip", json("{\"order\": 42}"), options().metadata("trace", "7"));
    service.grantPermission(SEND_TO_GROUP, alice.connectionId(), "vip");
    service.closeConnection(bob.connectionId(), "bye");

    assertThat(alice).receivesText("sale");
    assertThat(alice).receivesJson("{\"order\": 42}").hasMetadata("trace", "7");
    alice.sendToGroup("vip", "thanks");
    assertThat(bob).hasReceivedNoText("sale");
    assertThat(bob)
        .isClosed()
        .hasDisconnectedMessage("Application server closed the connection. Reason: bye");
  }

  // end::acting-server[]

  // tag::request-patterns[]
  @Test
  void theServerChoosesByFilter(FakeWebPubSub service) {
    webPubSub(service.connectionString())
        .addConnectionsToGroups(List.of("news", "offers"), "startswith(userId, 'customer-')");

    assertThat(service)
        .receivesRequest(addConnectionsToGroups("offers", "news"))
        .hasFilter("startswith(userId, 'customer-')")
        .hasStatus(200);
    assertThat(service.requests().get(0).header("Content-Type")).hasValue("application/json");
  }

  // end::request-patterns[]

  record Shop(String connectionString) {
    void ship(String userId, int order) {
      webPubSub(connectionString)
          .sendToUser(userId, "order " + order + " shipped", WebPubSubContentType.TEXT_PLAIN);
    }
  }

  // tag::faults[]
  @Test
  void theServerTriesAgain(FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    service.faults().request(sendToUser("alice")).answer(503).retryAfter(ofMillis(10)).times(2);

    new Shop(service.connectionString()).ship("alice", 42);

    assertThat(alice).receivesText("order 42 shipped");
    assertThat(service).hasReceivedRequest(sendToUser("alice").withOutcome("503"));
  }

  // end::faults[]

  // tag::keys[]
  @Test
  void theServerNeedsTheNewKey(FakeWebPubSub service) {
    Shop before = new Shop(service.connectionString());

    service.regeneratePrimaryKey();

    assertThatExceptionOfType(ClientAuthenticationException.class)
        .isThrownBy(() -> before.ship("alice", 42));
    new Shop(service.connectionString()).ship("alice", 42);
    assertThat(service).receivesRequest(sendToUser("alice").withText("order 42 shipped"));
  }

  // end::keys[]

  // tag::client-under-test[]
  @Test
  void theAppSubscribesAndReports(FakeWebPubSub service) {
    service.recordEvents(); // otherwise nobody handles events, and they are refused

    new PriceApp().start(service.clientUrl(asUser("app"))).join();

    assertThat(service).within(ofSeconds(2)).receivesConnectionFrom("app");
    assertThat(service).receivesRequest(joinGroup("prices"));
    assertThat(service).receivesEvent("status").hasText("ready");
  }

  // end::client-under-test[]

  /** An application that is a client, on the JDK's WebSocket. */
  static final class PriceApp {
    CompletableFuture<WebSocket> start(URI url) {
      return HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .subprotocols("json.webpubsub.azure.v1")
          .buildAsync(url, new WebSocket.Listener() {})
          .thenCompose(
              socket -> socket.sendText("{\"type\":\"joinGroup\",\"group\":\"prices\"}", true))
          .thenCompose(
              socket ->
                  socket.sendText(
                      """
                      {"type":"event","event":"status","dataType":"text","data":"ready"}""",
                      true));
    }
  }

  // tag::event-handler-stub[]
  @Test
  void thisTestAnswersForTheServer(FakeWebPubSub service) {
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

  // tag::raw-client[]
  @Test
  void sensorsSendWithoutASubprotocol(
      FakeWebPubSub service, @Connected(groups = "readings") PubSubClient dashboard) {
    SimpleClient sensor = service.connectSimple(asUser("sensor").rawSendToGroup("readings"));

    sensor.sendText("21.5");

    assertThat(dashboard).receivesMessage().isFromGroup("readings").hasText("21.5");
    assertThat(service).hasReceivedRequest(sendToGroup("readings").fromUser("sensor"));
  }

  // end::raw-client[]

  // tag::clock[]
  @Test
  void aUrlIsNoGoodAfterItsTime(FakeWebPubSub service) {
    URI url = service.clientUrl(asUser("alice").expiresIn(ofMinutes(60)));
    PubSubClient early = service.connect(url);

    service.clock().advanceBy(ofMinutes(66)); // the last 5 are for clocks that differ

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(url))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
    assertThat(early).isConnected(); // who is in may stay
  }

  // end::clock[]

  // tag::timeline[]
  @Test
  void everythingThatHappenedIsWrittenDown(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    alice.joinGroup("room");

    assertThat(service.timeline()).contains("alice").contains("joinGroup");
  }

  // end::timeline[]

  @Nested
  class WithASetUpService {

    // tag::extension[]
    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().fake(fake -> fake.defaultHub("orders")).build();

    @Test
    void oneServiceForAllTestsOfTheClass(@Connected(userId = "alice") PubSubClient alice) {
      webPubSub.service().sendToUser("alice", "hi");

      assertThat(alice).receivesText("hi");
    }

    // end::extension[]
  }

  @Test
  void worksWithoutJUnit() {
    // tag::without-junit[]
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      PubSubClient alice = service.connect(asUser("alice"));
      service.sendToAll("hi");
      assertThat(alice).receivesText("hi");
    }
    // end::without-junit[]
  }

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

  private static WebPubSubServiceClient webPubSub(String connectionString) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub("hub")
        .buildClient();
  }
}
