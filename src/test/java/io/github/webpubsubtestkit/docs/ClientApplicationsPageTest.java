package io.github.webpubsubtestkit.docs;

// tag::client-applications-imports[]
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.Permission.SEND_TO_GROUP;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.SendOptions.options;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

// end::client-applications-imports[]

@WebPubSubTest
class ClientApplicationsPageTest {

  // tag::client-under-test[]
  @Test
  void theAppSubscribesAndReports(FakeWebPubSub service) {
    service.recordEvents(); // without a handler, events fail

    new PriceApp().start(service.clientUrl(asUser("app"))).join();

    assertThat(service).within(ofSeconds(2)).receivesConnectionFrom("app");
    assertThat(service).receivesRequest(joinGroup("prices"));
    assertThat(service).receivesEvent("status").hasText("ready");
  }

  // end::client-under-test[]

  // tag::price-app[]
  /** A client on the JDK's WebSocket. */
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

  // end::price-app[]

  // tag::acting-server[]
  @Test
  void theAppReceivesWhatTheServerSends(
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
}
