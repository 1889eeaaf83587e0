package io.github.webpubsubtestkit.docs;

// tag::assertions-imports[]
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;
import org.junit.jupiter.api.Test;

// end::assertions-imports[]

@WebPubSubTest
class AssertionsPageTest {

  // tag::receiving[]
  @Test
  void aliceFollowsTheOrder(
      @Connected(userId = "alice", groups = "orders") PubSubClient alice,
      @Connected(userId = "shop") PubSubClient shop) {
    shop.sendToGroup("orders", "order 41 packed");
    shop.sendToGroup("orders", "order 42 packed");
    shop.sendJsonToGroup("orders", Map.of("order", 42, "state", "shipped"));

    assertThat(alice).receivesText("order 42 packed"); // skips order 41
    assertThat(alice)
        .receivesJson("{\"state\": \"shipped\", \"order\": 42}")
        .isFromGroup("orders")
        .isFromUser("shop");
    assertThat(alice).receivesNoMessage();
  }

  @Test
  void aliceReceivesExactlyThese(
      @Connected(groups = "orders") PubSubClient alice, @Connected PubSubClient shop) {
    shop.sendToGroup("orders", "packed");
    shop.sendToGroup("orders", "shipped");

    assertThat(alice).receivesExactly("packed", "shipped");
  }

  // end::receiving[]

  // tag::receives-no-message[]
  @Test
  void nonMembersReceiveNothing(
      @Connected(groups = "room") PubSubClient alice,
      @Connected(groups = "other room") PubSubClient bob) {
    alice.sendToGroup("room", "secret");

    assertThat(bob).receivesNoMessage(); // certain, and takes a millisecond
  }

  // end::receives-no-message[]

  // tag::timeline[]
  @Test
  void theTimelineHasEveryFrame(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    alice.joinGroup("room");

    assertThat(service.timeline()).contains("alice").contains("joinGroup");
  }

  // end::timeline[]
}
