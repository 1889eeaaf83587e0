package io.github.webpubsubtestkit.diagnosis;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.diagnosis.WebSocketApplication.Connection;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.util.List;

/** The window of a chat, a client of its own on the JDK's WebSocket. */
@WebPubSubTest
class ChatWindows {

  @Seeded("role-of-another-team")
  void theTeamSeesWhatDoraSays(
      FakeWebPubSub service, @Connected(userId = "alice", groups = "team-a") PubSubClient alice) {
    Window dora = Window.of(negotiate(service, "webpubsub.sendToGroup.team-b"));

    dora.say("team-a", "lunch?");

    assertThat(alice).within(SOON).receivesText("lunch?");
  }

  @Seeded("join-refused-and-ignored")
  void doraReadsTheNews(FakeWebPubSub service) {
    Window dora = Window.of(negotiate(service));

    dora.join("news");

    assertThat(service).within(SOON).hasGroupMember("news", "dora");
  }

  @Seeded("echo-to-the-sender")
  void doraSeesWhatSheSaysOnce(
      FakeWebPubSub service, @Connected(userId = "alice", groups = "lobby") PubSubClient alice) {
    Window dora = Window.of(service.clientUrl(asUser("dora").groups("lobby")));

    dora.say("lobby", "hi all");
    assertThat(alice).receivesText("hi all");
    dora.connection().close();

    assertThat(dora.connection().lines()).containsExactly("me: hi all");
  }

  @Seeded("left-the-group")
  void doraStaysInTheLobby(FakeWebPubSub service) {
    Window dora = Window.of(service.clientUrl(asUser("dora")));
    dora.join("lobby");

    dora.hide("lobby");

    assertThat(service).within(SOON).hasGroupMember("lobby", "dora");
  }

  private static URI negotiate(FakeWebPubSub service, String... roles) {
    return URI.create(
        ServerSdk.client(service.connectionString())
            .getClientAccessToken(
                new GetClientAccessTokenOptions().setUserId("dora").setRoles(List.of(roles)))
            .getUrl());
  }

  record Window(Connection connection) {

    static Window of(URI url) {
      return new Window(WebSocketApplication.open(url, WebSocketApplication.JSON));
    }

    void join(String group) {
      connection.request(1, "{\"type\":\"joinGroup\",\"group\":\"" + group + "\"}");
    }

    void hide(String group) {
      connection.request(2, "{\"type\":\"leaveGroup\",\"group\":\"" + group + "\"}");
    }

    void say(String group, String text) {
      connection.show("me: " + text);
      connection.request(
          3,
          """
          {"type":"sendToGroup","group":"%s","dataType":"text","data":"%s"}"""
              .formatted(group, text));
    }
  }

  @Seeded("without-subprotocol")
  void theAppFollowsThePrices(FakeWebPubSub service) {
    new PriceApp().start(service.clientUrl(asUser("app")));

    assertThat(service).within(SOON).hasGroupMember("prices", "app");
  }

  static final class PriceApp {
    void start(URI url) {
      WebSocketApplication.open(url).send("{\"type\":\"joinGroup\",\"group\":\"prices\"}");
    }
  }

  @Seeded("state-in-another-hub")
  void theAgentIsOnline(FakeWebPubSub service) {
    new Desk(service.connectionString()).open("eu", "dora");

    assertThat(service).inHub("support").within(SOON).hasUser("dora");
  }

  record Desk(String connectionString) {
    void open(String region, String agent) {
      WebSocketApplication.open(
          URI.create(
              ServerSdk.client(connectionString, "support_" + region)
                  .getClientAccessToken(new GetClientAccessTokenOptions().setUserId(agent))
                  .getUrl()),
          WebSocketApplication.JSON);
    }
  }
}
