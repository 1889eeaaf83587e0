package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClientUrlTest {

  private static final String OTHER_KEY = "another-access-key-that-is-long-enough-0123";

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void theUrlIsThatOfThePortalsGenerator() throws IOException {
    URI url =
        service.clientUrl(
            asUser("alice").roles("webpubsub.joinLeaveGroup.room").groups("a", "b c"));

    assertThat(url.toString())
        .startsWith(
            "ws://127.0.0.1:" + service.endpoint().getPort() + "/client/hubs/hub?access_token=eyJ");
    JsonNode claims = claims(url);
    assertThat(claims.get("aud").textValue()).isEqualTo(service.endpoint() + "/client/hubs/hub");
    assertThat(claims.get("sub").textValue()).isEqualTo("alice");
    assertThat(claims.get("role")).hasToString("[\"webpubsub.joinLeaveGroup.room\"]");
    assertThat(claims.get("webpubsub.group")).hasToString("[\"a\",\"b c\"]");
    assertThat(Instant.ofEpochSecond(claims.get("exp").longValue()))
        .isBetween(Instant.now().plusSeconds(3_300), Instant.now().plusSeconds(3_601));
  }

  @Test
  void anAnonymousTokenHasNoUser() throws IOException {
    JsonNode claims = claims(service.clientUrl(anonymous().withoutRoles()));

    assertThat(claims.has("sub")).isFalse();
    assertThat(claims.has("role")).isFalse();
  }

  @Test
  void theHubAndTheParametersAreEncoded() {
    URI url =
        service.clientUrl(
            anonymous()
                .hub("Chat[1]`x")
                .withoutToken()
                .rawSendToGroup("a b&c/ü")
                .noEcho()
                .query("x+y", "1=2")
                .query("x+y", "ä"));

    assertThat(url.toString())
        .isEqualTo(
            "ws://127.0.0.1:"
                + service.endpoint().getPort()
                + "/client/hubs/Chat%5B1%5D%60x?webpubsub_mode=sendToGroup&group=a%20b%26c%2F%C3%BC"
                + "&noEcho=true&x%2By=1%3D2&x%2By=%C3%A4");
  }

  @Test
  void withoutATokenThereIsNoQuestionMark() {
    assertThat(service.clientUrl(anonymous().withoutToken()).getQuery()).isNull();
    assertThat(service.clientUrl(asUser("alice").tokenInHeader()).getQuery()).isNull();
  }

  @Test
  void aVerbatimTokenGoesOutAsItIs() {
    assertThat(service.clientUrl(anonymous().accessToken("not a+token")).getRawQuery())
        .isEqualTo("access_token=not%20a%2Btoken");
  }

  @Test
  void aMintedUrlConnects() {
    PubSubClient alice = service.connect(service.clientUrl(asUser("alice").groups("room")));

    assertThat(alice.userId()).contains("alice");
    assertThat(service).hasGroupMember("room", "alice");
  }

  @Test
  void aSimpleClientConnectsByUrlToo() {
    SimpleClient alice = service.connectSimple(service.clientUrl(asUser("alice")));

    assertThat(alice.isConnected()).isTrue();
    assertThat(service.connections())
        .extracting(ConnectionInfo::protocol)
        .containsExactly(Optional.empty());
  }

  @Test
  void aHubWithMarksConnects() {
    service.connect(asUser("alice").hub("Chat[1]`x"));

    assertThat(service).inHub("chat[1]`x").hasUser("alice");
  }

  @Test
  void theTokenCanGoIntoTheHeader() {
    PubSubClient alice = service.connect(asUser("alice").tokenInHeader());
    SimpleClient bob = service.connectSimple(asUser("bob").tokenInHeader().query("q", "1"));

    assertThat(alice.isConnected()).isTrue();
    assertThat(bob.isConnected()).isTrue();
    assertThat(service.users()).containsExactlyInAnyOrder("alice", "bob");
  }

  @Test
  void wrongTokensAreRefusedAndTheFakeGoesOn() {
    refused(asUser("alice").signedWith(OTHER_KEY));
    refused(asUser("alice").expiresIn(Duration.ofMinutes(-6)));
    refused(asUser("alice").accessToken("rubbish"));
    refused(asUser("alice").withoutToken());
    refused(asUser("alice").signedWith(OTHER_KEY).tokenInHeader());

    assertThat(service).hasNoConnections();
    assertThat(service.connect(asUser("alice").expiresIn(Duration.ofMinutes(-4))).isConnected())
        .as("within the skew of 5 minutes")
        .isTrue();
  }

  @Test
  @DisplayName("a token signed with the secondary key connects")
  void secondaryKey() {
    try (FakeWebPubSub two = FakeWebPubSub.builder().secondaryAccessKey(OTHER_KEY).build()) {
      assertThat(two.connect(asUser("alice").signedWith(OTHER_KEY)).isConnected()).isTrue();
    }
  }

  @Test
  void anonymousConnectsWithoutTokenWhereAllowed() {
    try (FakeWebPubSub open =
        FakeWebPubSub.builder().tokens(tokens -> tokens.anonymousAllowed(true)).build()) {
      PubSubClient client = open.connect(anonymous().withoutToken());

      assertThat(client.userId()).isEmpty();
      assertThat(open.connections())
          .extracting(ConnectionInfo::userId)
          .containsExactly(Optional.empty());
      assertThat(open.users()).isEmpty();
    }
  }

  @Test
  void aUrlOfAnotherFakeConnectsThere() {
    try (FakeWebPubSub other = FakeWebPubSub.start()) {
      PubSubClient alice = service.connect(other.clientUrl(asUser("alice")));

      assertThat(other).hasUser("alice");
      assertThat(service).hasNoConnections();
      assertThat(alice.isConnected()).isTrue();
    }
  }

  private void refused(ConnectOptions options) {
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(options))
        .satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(401));
  }

  private static JsonNode claims(URI url) throws IOException {
    String token = url.getRawQuery().substring("access_token=".length());
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
  }
}
