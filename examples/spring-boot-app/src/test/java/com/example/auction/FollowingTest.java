package com.example.auction;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

class FollowingTest extends AuctionTest {

  @Test
  void whoFollowsALotIsAMemberOfItsGroup(FakeWebPubSub service) {
    follow("clock", "alice");

    assertThat(service).hasGroupMember("lot-clock", "alice");
  }

  @Test
  void whoFollowsNoLotIsRefused(FakeWebPubSub service) {
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(asUser("mallory")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThat(service).hasNoUser("mallory");
  }

  @Test
  void onlyTheServiceMayRaiseEvents() {
    HttpHeaders forged = new HttpHeaders();
    forged.set("ce-type", "azure.webpubsub.sys.connect");
    forged.set("ce-connectionId", "c1");
    forged.set("ce-signature", "sha256=0000");

    ResponseEntity<Void> answer =
        application.exchange(
            "/eventhandler", HttpMethod.POST, new HttpEntity<>(Map.of(), forged), Void.class);

    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
  }
}
