package io.github.webpubsubtestkit.diagnosis;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Tests that JUnit ends while an assertion of the kit waits. */
@SuppressWarnings("NullAway.Init") // set before each test
@WebPubSubTest
class PatienceEnds {

  private Auctioneer auctioneer;

  @BeforeEach
  void publish(FakeWebPubSub service) {
    auctioneer = new Auctioneer(ServerSdk.client(service.connectionString()));
    auctioneer.bid(6, "dora", 10);
  }

  @Seeded("ended-by-timeout")
  @Timeout(value = 2)
  void biddersSeeTheBid(@Connected(userId = "alice", groups = "bids") PubSubClient alice) {
    auctioneer.bid(7, "dora", 12);

    assertThat(alice).within(Duration.ofSeconds(30)).receivesText("dora bids 12");
  }

  @Seeded("ended-preemptively")
  void theWinnerIsTold(@Connected(userId = "alice") PubSubClient alice) {
    auctioneer.sold("carl", "lot 7");

    assertTimeoutPreemptively(
        Duration.ofMillis(500),
        () -> assertThat(alice).within(Duration.ofSeconds(30)).receivesText("lot 7 is yours"));
  }

  record Auctioneer(WebPubSubServiceClient azure) {

    void bid(int lot, String bidder, int amount) {
      azure.sendToGroup("bids-" + lot, bidder + " bids " + amount, TEXT_PLAIN);
    }

    void sold(String winner, String lot) {
      azure.sendToUser(winner, lot + " is yours", TEXT_PLAIN);
    }
  }
}
