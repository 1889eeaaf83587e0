package io.github.webpubsubtestkit.diagnosis;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.accept;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.reject;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubClientAccessToken;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.diagnosis.EventApplication.Answer;
import io.github.webpubsubtestkit.handler.ConnectAnswer;
import io.github.webpubsubtestkit.handler.ConnectEvent;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Applications that hand out tokens, and clients that come with them. */
@WebPubSubTest
class GuestLogins {

  @Seeded("role-missing")
  void guestsMaySpeak(FakeWebPubSub service) {
    Negotiation negotiation = new Negotiation(service.connectionString(), List.of());
    PubSubClient guest = service.connect(negotiation.urlFor("guest"));

    guest.sendToGroup("lobby", "hello");

    assertThat(guest).isConnected();
  }

  @Seeded("role-unknown")
  void guestsMaySpeakAndJoin(FakeWebPubSub service) {
    Negotiation negotiation =
        new Negotiation(
            service.connectionString(), List.of("webpubsub.joinLeaveGroup", "sendToGroup"));
    PubSubClient guest = service.connect(negotiation.urlFor("guest"));
    guest.joinGroup("lobby");

    guest.sendToGroup("lobby", "hello");

    assertThat(guest).isConnected();
  }

  @Seeded("token-expired")
  void guestsMayComeBackTheNextDay(FakeWebPubSub service) {
    Negotiation negotiation = new Negotiation(service.connectionString(), List.of());
    service.connect(negotiation.urlFor("guest")).close();
    service.clock().advanceBy(Duration.ofDays(1));

    PubSubClient guest = service.connect(negotiation.urlFor("guest"));

    assertThat(guest).isConnected();
  }

  /** The endpoint where browsers ask for a URL. */
  static final class Negotiation {
    private final String connectionString;
    private final List<String> roles;
    private final Map<String, URI> cache = new HashMap<>();

    Negotiation(String connectionString, List<String> roles) {
      this.connectionString = connectionString;
      this.roles = roles;
    }

    URI urlFor(String user) {
      return cache.computeIfAbsent(user, this::negotiate);
    }

    private URI negotiate(String user) {
      return URI.create(
          ServerSdk.client(connectionString)
              .getClientAccessToken(
                  new GetClientAccessTokenOptions().setUserId(user).setRoles(roles))
              .getUrl());
    }
  }

  @Seeded("audience-of-another-hub")
  void playersGetIn(FakeWebPubSub service) {
    WebPubSubClientAccessToken token =
        ServerSdk.client(service.connectionString(), "games")
            .getClientAccessToken(new GetClientAccessTokenOptions().setUserId("dora"));

    new GamePage(service.endpoint(), token.getToken()).open();

    assertThat(service).inHub("game").hasUser("dora");
  }

  record GamePage(URI endpoint, String token) {

    void open() {
      URI url =
          URI.create("ws://" + endpoint.getAuthority() + "/client/hubs/game?access_token=" + token);
      WebSocketApplication.open(url, WebSocketApplication.JSON);
    }
  }

  @Seeded("token-without-hub")
  void devicesGetIn(FakeWebPubSub service) {
    new Device(service.endpoint(), service.accessKey()).open("devices");

    assertThat(service).inHub("devices").hasConnections(1);
  }

  record Device(URI endpoint, String key) {

    void open(String hub) {
      String token = ServerTokens.of(key, endpoint + "/client/");
      String path = "/client/hubs/" + hub + "?access_token=" + token;
      WebSocketApplication.open(
          URI.create("ws://" + endpoint.getAuthority() + path), WebSocketApplication.JSON);
    }
  }

  @Seeded("without-token")
  void theWallDisplayGetsIn(FakeWebPubSub service) {
    new WallDisplay(service.clientUrl(asUser("wall"))).open();

    assertThat(service).hasUser("wall");
  }

  record WallDisplay(URI url) {

    void open() {
      URI loggable = URI.create("ws://" + url.getAuthority() + url.getPath());
      WebSocketApplication.open(loggable, WebSocketApplication.JSON);
    }
  }

  @Seeded("wrong-path")
  void theOldPageGetsIn(FakeWebPubSub service) {
    new OldPage(service.clientUrl(asUser("dora").hub("chat"))).open();

    assertThat(service).inHub("chat").hasUser("dora");
  }

  record OldPage(URI url) {

    void open() {
      URI old = URI.create("ws://" + url.getAuthority() + "/client/hub/chat?" + url.getRawQuery());
      WebSocketApplication.open(old, WebSocketApplication.JSON);
    }
  }

  @Seeded("connect-refused")
  void whoHasATicketGetsIn(FakeWebPubSub service) {
    service.eventHandler("hub").onConnect(new Gate("7")::check);

    new TicketPage(service.clientUrl(asUser("dora"))).open("7");

    assertThat(service).hasUser("dora");
  }

  record Gate(String ticket) {

    ConnectAnswer check(ConnectEvent event) {
      return event.query("ticket").contains(ticket) ? accept() : reject(401);
    }
  }

  record TicketPage(URI url) {

    void open(String ticket) {
      WebSocketApplication.open(URI.create(url + "&tickets=" + ticket), WebSocketApplication.JSON);
    }
  }

  @Seeded("wrong-handler-url")
  void theServerGreetsWhoComes(FakeWebPubSub service) {
    try (EventApplication greeter = EventApplication.start((event, text) -> Answer.NOTHING)) {
      service.eventHandler("hub").url(greeter.url("/api/events"));

      new TicketPage(service.clientUrl(asUser("dora"))).open("7");

      assertThat(service).hasUser("dora");
    }
  }
}
