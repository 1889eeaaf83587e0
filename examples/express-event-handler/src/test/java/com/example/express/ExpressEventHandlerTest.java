package com.example.express;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("event-handler.js on @azure/web-pubsub-express")
@WebPubSubTest(hub = "chat")
@Timeout(60)
class ExpressEventHandlerTest {

  private static Path folder;

  @BeforeAll
  @Timeout(360)
  static void install() throws Exception {
    folder = NodeProject.install();
  }

  @Test
  @DisplayName("takes every event of a connection at the first try")
  void takesAllEvents(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service);
        PubSubClient nora = service.connect(asNora(service))) {
      assertThat(nora).hasUserId("nora");
      node.prints("nora has come");
      nora.sendEvent("note", "milk");
      node.prints("nora notes text \"milk\"");
      nora.close(1000, "done");

      node.prints("nora has gone after 1 events: done");
      service.awaitIdle();
      assertThat(node.printed())
          .filteredOn(line -> line.startsWith("OPTIONS ") || line.startsWith("POST "))
          .containsExactlyInAnyOrder(
              "OPTIONS validation 200",
              "POST connect 200",
              "POST connected 200",
              "POST note 200",
              "POST disconnected 200");
    }
  }

  @Test
  @DisplayName("refuses who does not give a name")
  void refusesNameless(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service)) {
      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> service.connect(ConnectOptions.asUser("nobody")))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));

      node.prints("POST connect 401");
      assertThat(service).hasNoConnections();
    }
  }

  @Test
  @DisplayName("decides on user, groups and roles")
  void decidesOnUserGroupsAndRoles(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service);
        PubSubClient nora = service.connect(asNora(service))) {
      assertThat(service).hasGroupMember("lobby", "nora");

      nora.sendToGroup("lobby", "hi");
      assertThat(nora).receivesMessage().isFromGroup("lobby").hasText("hi");
      assertThatExceptionOfType(AckFailedException.class).isThrownBy(() -> nora.joinGroup("vip"));
      node.prints("nora has come");
    }
  }

  @Test
  @DisplayName("replies in text, JSON and bytes")
  void replies(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service);
        PubSubClient nora = service.connect(asNora(service))) {
      nora.sendEvent("shout", "hi");
      nora.sendEvent("reverse", Content.binary(new byte[] {1, 2, 3}));
      nora.sendJsonEvent("count", "{}");

      assertThat(nora).receivesMessage().isFromServer().hasText("HI");
      assertThat(nora).receivesMessage().isFromServer().hasBinary(new byte[] {3, 2, 1});
      assertThat(nora).receivesMessage().isFromServer().hasJson("{\"events\":3,\"of\":\"nora\"}");
      node.prints("POST count 200");
    }
  }

  @Test
  @DisplayName("replies to clients without a subprotocol")
  void repliesToSimpleClients(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service);
        SimpleClient nora = service.connectSimple(asNora(service))) {
      nora.sendText("hi");

      assertThat(nora).receivesText("HI");
      node.prints("POST message 200");
    }
  }

  @Test
  @DisplayName("keeps a state for each connection")
  void keepsState(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service);
        PubSubClient nora = service.connect(asNora(service));
        PubSubClient other = service.connect(asNora(service))) {
      for (int events = 1; events <= 3; events++) {
        nora.sendEvent("count", "");
        assertThat(nora).receivesJson("{\"events\":" + events + ",\"of\":\"nora\"}");
      }
      other.sendEvent("count", "");
      assertThat(other).receivesJson("{\"events\":1,\"of\":\"nora\"}");
      node.prints("POST count 200");
    }
  }

  @Test
  @DisplayName("refuses an event, of which the client hears no more than that")
  void refusesEvent(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service);
        PubSubClient nora = service.connect(asNora(service))) {
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> nora.sendEvent("dance", ""))
          .satisfies(e -> assertThat(e.errorName()).isEqualTo("InternalServerError"))
          .satisfies(e -> assertThat(e.errorMessage()).doesNotContain("what is"));

      assertThat(nora).isConnected();
      node.prints("POST dance 400");
    }
  }

  @Test
  @DisplayName("allows the endpoints that it is told of, and writes them with their ports")
  void allowsEndpoints(FakeWebPubSub service) throws Exception {
    String own = service.endpoint().toString();
    try (NodeProcess node = eventHandlerOf(service, "http://other.example:1", own);
        PubSubClient nora = service.connect(asNora(service))) {
      assertThat(nora).hasUserId("nora");
      node.prints("POST connect 200");
    }
  }

  @Test
  @DisplayName("serves a fake with TLS")
  void ofAServiceWithTls() throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.builder().https().defaultHub("chat").build();
        NodeProcess node = eventHandlerOf(service, service.endpoint().toString());
        PubSubClient nora = service.connect(asNora(service))) {
      assertThat(nora).hasUserId("nora");
      node.prints("POST connect 200");
    }
  }

  @Test
  @DisplayName("does not hear of a service that it does not allow")
  void allowsNoOtherEndpoints(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = eventHandlerOf(service, "http://other.example:1")) {
      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> service.connect(asNora(service)))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));

      node.prints("OPTIONS validation 200");
      assertThat(node.printed()).noneMatch(line -> line.startsWith("POST "));
    }
  }

  private static URI asNora(FakeWebPubSub service) {
    return URI.create(service.clientUrl(ConnectOptions.asUser("token-user")) + "&name=nora");
  }

  /** Starts the event handler and makes it known to the service. */
  private static NodeProcess eventHandlerOf(FakeWebPubSub service, String... allowedEndpoints)
      throws IOException {
    NodeProcess node = NodeProcess.start(folder, "event-handler.js", allowedEndpoints);
    service.eventHandlers("chat", EventHandler.url(node.printsAfter("listening on ")));
    return node;
  }
}
