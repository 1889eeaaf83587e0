package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.internal.secrets.Pieces;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.Permission;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Who is refused is told why, in whole texts")
class RefusalTextsTest {

  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  private String handshake(URI url) {
    return messageOf(() -> service.connect(url))
        .replaceAll(INSTANT, "INSTANT")
        .replaceAll("[0-9a-f]{32}", "ID");
  }

  private URI url(String old, String other) {
    return URI.create(service.clientUrl(asUser("alice")).toString().replaceFirst(old, other));
  }

  // ---- handshakes

  @Test
  void withoutToken() {
    assertThat(handshake(url("\\?.*", "")))
        .isEqualTo(
            """
            [client-1] the service refused the connection with 401: no token: neither an access_token in the query nor a bearer tok…
              reason   no token: neither an access_token in the query nor a bearer token in the Authorization header
              url      ws://127.0.0.1:PORT/client/hubs/hub
              body     empty""");
  }

  @Test
  void withGarbageForAToken() {
    assertThat(handshake(url("access_token=.*", "access_token=garbage")))
        .isEqualTo(
            """
            [client-1] the service refused the connection with 401: The token is malformed: it must have three parts
              token   no JWT: it has 1 part
              url     ws://127.0.0.1:PORT/client/hubs/hub?access_token=***
              body    empty""");
  }

  @Test
  void withAnotherSignature() {
    String url = service.clientUrl(asUser("alice")).toString();
    String forged = url.replaceFirst("\\.[^.]*$", ".c2lnbmF0dXJlLW9mLXNvbWVib2R5LWVsc2U");

    Throwable failure = catchThrowable(() -> service.connect(URI.create(forged)));

    assertThat(Frames.normalized(failure).replaceAll(INSTANT, "INSTANT"))
        .isEqualTo(
            """
            [client-1] the service refused the connection with 401: The signature is invalid: the token must be signed with HS256 a…
              reason   The signature is invalid: the token must be signed with HS256 and the access key
              token    user "alice", audience http://127.0.0.1:PORT/client/hubs/hub, roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], expires INSTANT
              url      ws://127.0.0.1:PORT/client/hubs/hub?access_token=***
              body     empty""");
    assertThat(Pieces.shownBy(failure)).satisfies(Pieces.noneOf(forged.replaceFirst(".*=", "")));
  }

  @Test
  void anExpiredToken() {
    assertThat(
            messageOf(() -> service.connect(asUser("alice").expiresIn(Duration.ofMinutes(-5))))
                .replaceAll(INSTANT, "INSTANT")
                .lines()
                .skip(1))
        .containsExactly(
            "  reason   The token expired at 'INSTANT'; it is 'INSTANT' by the real time",
            "  token    user \"alice\", audience http://127.0.0.1:PORT/client/hubs/hub, roles"
                + " [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], expires INSTANT",
            "  url      ws://127.0.0.1:PORT/client/hubs/hub?access_token=***",
            "  body     empty");
  }

  @Test
  void aUserWithControlCharacters() {
    assertThat(
            messageOf(
                    () ->
                        service.connect(
                            asUser("a\nb\u0000\u2028c")
                                .name("a")
                                .expiresIn(Duration.ofMinutes(-5))))
                .lines())
        .hasSize(5)
        .element(2)
        .asString()
        .startsWith("  token    user \"a\\nb\\u0000\\u2028c\", audience http://");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /client/hub/chat  | 404: no endpoint at /client/hub/chat; clients connect to /client/hub…
          /client/hubs/1hub | 400: '1hub' is no valid hub name
          /client/hubs/     | 400: '' is no valid hub name
          """)
  void anotherPath(String path, String reason) {
    assertThat(handshake(url("/client/hubs/hub", path)))
        .startsWith("[client-1] the service refused the connection with " + reason + "\n")
        .contains("\n  url   ");
  }

  @Test
  void anotherHub() {
    assertThat(handshake(url("/client/hubs/hub", "/client/hubs/other")).lines())
        .contains(
            "  reason   The audience is invalid: the token is for"
                + " 'http://127.0.0.1:PORT/client/hubs/hub' and the request is for"
                + " '/client/hubs/other' of this service");
  }

  // ---- operations of clients

  @Test
  void aRoleThatAzureDoesNotKnow() {
    PubSubClient guest =
        service.connect(asUser("guest").roles("sendToGroup", "webpubsub.joinLeaveGroup.lobby"));

    assertThat(messageOf(() -> guest.sendToGroup("lobby", "hi")))
        .isEqualTo(
            """
            [guest] sendToGroup "lobby" was refused: Forbidden: The client does not have permission to send to group 'lobby'.
              roles   [sendToGroup, webpubsub.joinLeaveGroup.lobby]
                      unknown to Azure: [sendToGroup]
                      needed: webpubsub.sendToGroup or webpubsub.sendToGroup.lobby
              connection open since +0.000 s, groups [], hub "hub", roles [sendToGroup, webpubsub.joinLeaveGroup.lobby] (unknown to Azure: [sendToGroup]), protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aRoleThatAnotherClientHas() {
    PubSubClient guest = service.connect(asUser("guest").withoutRoles());
    service.connect(asUser("host").roles("webpubsub.joinLeaveGroup.lobby"));
    service.connect(asUser("other").roles("webpubsub.joinLeaveGroup.elsewhere"));

    assertThat(messageOf(() -> guest.joinGroup("lobby")))
        .isEqualTo(
            """
            [guest] joinGroup "lobby" was refused: Forbidden: The client does not have permission to join group 'lobby'.
              roles   []
                      needed: webpubsub.joinLeaveGroup or webpubsub.joinLeaveGroup.lobby
                      but user "host" has webpubsub.joinLeaveGroup.lobby
              connection open since +0.000 s, groups [], hub "hub", roles [], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aPermissionThatAnotherClientWasGranted() {
    PubSubClient guest = service.connect(asUser("guest").withoutRoles());
    PubSubClient host = service.connect(asUser("host").withoutRoles());
    service.grantPermission(Permission.SEND_TO_GROUP, host.connectionId(), "lobby");

    assertThat(messageOf(() -> guest.sendToGroup("lobby", "hi")).lines().skip(1).limit(3))
        .containsExactly(
            "  roles   []",
            "          needed: webpubsub.sendToGroup or webpubsub.sendToGroup.lobby",
            "          but at +0.000 s the permission was granted to user \"host\"");
  }

  @Test
  void anEventThatNobodyTakes() {
    PubSubClient alice = service.connect(asUser("alice"));

    assertThat(messageOf(() -> alice.sendEvent("order", "42")))
        .isEqualTo(
            """
            [alice] sendEvent "order" was refused: InternalServerError: Internal server error
              event handler: +0.000 s no handler of hub "hub" takes event "order"; no hub has a handler. See service.eventHandler(..), service.recordEvents()
              connection open since +0.000 s, groups [], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void theFirstLineIsShortHoweverLongTheNameIs() {
    PubSubClient alice = service.connect(asUser("alice").withoutRoles());

    for (String name : new String[] {"g".repeat(1_000), "g".repeat(1_025)}) {
      PubSubClient each = alice.isConnected() ? alice : service.connect(asUser("alice"));
      assertThat(messageOf(() -> each.joinGroup(name)).lines().findFirst().orElseThrow())
          .hasSizeLessThanOrEqualTo(120)
          .startsWith("[alice] ")
          .contains("joinGroup \"ggg");
    }
  }
}
