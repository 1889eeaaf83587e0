package com.example.greeting;

import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

@WebPubSubTest
class GroupChatTest {

  @Test
  void groupMembersSeeEachOther(
      @Connected(userId = "alice", groups = "room") PubSubClient alice,
      @Connected(userId = "bob", groups = "room") PubSubClient bob) {

    alice.sendToGroup("room", "hi");

    assertThat(bob)
        .receivesMessageWithin(ofSeconds(2))
        .isFromGroup("room")
        .isFromUser("alice")
        .hasText("hi");
  }

  @Test
  void outsidersHearNothing(
      @Connected(groups = "room") PubSubClient alice, @Connected PubSubClient mallory) {

    alice.sendToGroup("room", "secret");

    assertThat(mallory).receivesNoMessage();
  }

  @Test
  void joiningNeedsARole(@Connected(roles = "webpubsub.sendToGroup.room") PubSubClient alice) {
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.joinGroup("vip"))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("Forbidden"));
  }

  @DisplayName("appGreetsNewcomers (the wait before its request is Azure's SDK starting)")
  @Test
  void appGreetsNewcomers(FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    new GreetingApp(service.connectionString()).welcome("alice");

    assertThat(alice).receivesText("Hello, alice");
    assertThat(service).receivesRequest(sendToUser("alice").withText("Hello, alice"));
  }

  /** Only for the demo; JUnit attaches the timeline to a test that fails. */
  @AfterEach
  void printTimeline(FakeWebPubSub service, TestInfo test) {
    System.out.printf("%nTimeline of %s%n%s", test.getDisplayName(), service.timeline());
  }
}
