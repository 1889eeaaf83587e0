package io.github.webpubsubtestkit.docs;

// tag::assertions-imports[]
import static io.github.webpubsubtestkit.client.ClientsAssert.assertThatClients;
import static io.github.webpubsubtestkit.client.Content.jsonContaining;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.MESSAGE;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.WebPubSubSoftAssertions;
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

  // tag::json-parts[]
  record Bid(String id, String lot, int amount) {}

  @Test
  void theBidIsAnnounced(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.sendJsonToAll(
        Map.of("type", "bid", "at", "2026-03-01T12:00:00Z", "bid", new Bid("b-1", "lot-7", 12)));

    assertThat(alice)
        .receivesJsonContaining(
            """
            {"type": "bid", "at": "${any-time}", "bid": {"id": "${any-string}", "amount": 12}}
            """)
        .hasJsonAt("/bid/lot", "lot-7");
  }

  @Test
  void theBidItself(@Connected(groups = "lot-7") PubSubClient alice, @Connected PubSubClient bob) {
    bob.sendJsonToGroup("lot-7", new Bid("b-1", "lot-7", 12));

    assertThat(alice)
        .receivesMessage()
        .extractingJson(Bid.class)
        .extracting(Bid::amount)
        .isEqualTo(12);
  }

  // end::json-parts[]

  // tag::several-messages[]
  @Test
  void severalMessages(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.sendToAll("price 12");
    service.sendJsonToAll(Map.of("lot", 7, "sold", false));
    service.sendToAll("price 13");
    service.sendToAll("closed");

    assertThat(alice)
        .receivesInAnyOrder(text("price 12"), jsonContaining(Map.of("lot", 7))) // however they come
        .receivesMessagesUntil(text("closed")) // all that come, up to this one
        .extracting(ReceivedMessage::text)
        .containsExactly("price 13", "closed");
  }

  // end::several-messages[]

  // tag::several-clients[]
  @Test
  void everyBidderIsTold(
      FakeWebPubSub service,
      @Connected(userId = "alice") PubSubClient alice,
      @Connected(userId = "bob") PubSubClient bob) {
    service.sendToAll("closed");

    assertThatClients(alice, bob).allSatisfy(bidder -> bidder.receivesText("closed"));
  }

  // end::several-clients[]

  // tag::values[]
  @Test
  void theTicketIsShownAgain(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.sendToUser("alice", "ticket-1");
    String ticket = alice.awaitMessage().text();

    alice.joinGroup(ticket);

    assertThat(service.awaitRequest(joinGroup(ticket))).isFromUser("alice");
  }

  // end::values[]

  // tag::soft[]
  @Test
  void everyoneLearnsOfIt(
      FakeWebPubSub service,
      @Connected(userId = "alice") PubSubClient alice,
      @Connected(userId = "bob") PubSubClient bob) {
    service.sendToAll("order 42 shipped");

    WebPubSubSoftAssertions.assertSoftly(
        softly -> {
          softly.assertThat(alice).receivesText("order 42 shipped").isFromServer();
          softly.assertThat(bob).receivesText("order 42 shipped").isFromServer();
          softly.assertThat(service).hasUser("alice").hasUser("bob");
        });
  }

  // end::soft[]

  // tag::factories[]
  @Test
  void messagesAsAList(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.sendToAll("packed");
    service.sendToAll("shipped");

    assertThat(alice)
        .as("what alice is told")
        .receivesMessages(2)
        .last(as(MESSAGE))
        .isFromServer()
        .extracting(ReceivedMessage::text)
        .isEqualTo("shipped");
  }

  // end::factories[]

  // tag::timeline[]
  @Test
  void theTimelineHasEveryFrame(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    alice.joinGroup("room");

    assertThat(service.timeline()).contains("alice").contains("joinGroup");
  }

  // end::timeline[]
}
