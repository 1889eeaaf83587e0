package com.example.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import org.junit.jupiter.api.Test;

class BiddingTest extends AuctionTest {

  @Test
  void allWhoFollowTheLotSeeABid() {
    PubSubClient alice = follow("chair", "alice");
    PubSubClient zoe = follow("chair", "Zoë");
    PubSubClient carol = follow("table", "carol");

    zoe.sendJsonEvent("bid", 10);

    for (PubSubClient follower : new PubSubClient[] {alice, zoe}) {
      assertThat(follower)
          .receivesMessage()
          .isFromGroup("lot-chair")
          .hasJson("{\"bidder\":\"Zoë\",\"amount\":10}");
    }
    assertThat(carol).receivesNoMessage();
  }

  @Test
  void onlyTheBidderIsToldOfABidThatIsTooLow() {
    PubSubClient alice = follow("lamp", "alice");
    PubSubClient bob = follow("lamp", "bob");
    alice.sendJsonEvent("bid", 10);
    assertThat(bob).receivesJson("{\"bidder\":\"alice\",\"amount\":10}");

    bob.sendJsonEvent("bid", 9);

    assertThat(bob).receivesMessage().isFromServer().hasText("the highest bid is 10");
    assertThat(alice).receivesJson("{\"bidder\":\"alice\",\"amount\":10}");
    assertThat(alice).receivesNoMessage();
  }

  @Test
  void aBidThatIsNoNumberFails() {
    PubSubClient alice = follow("vase", "alice");

    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("bid", "a lot"))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("InternalServerError"));
    assertThat(alice).isConnected();
  }
}
