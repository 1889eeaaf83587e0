import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.Test;

@WebPubSubTest
class PriceFeedTest {

  @Test
  void subscribersSeeNewPrices(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "prices") PubSubClient alice,
      @Connected(userId = "bob") PubSubClient bob) {

    new PriceFeed(service.connectionString()).publish("42.00");

    assertThat(alice).receivesMessage().isFromGroup("prices").hasText("42.00");
    assertThat(bob).receivesNoMessage();
  }

  /** The code under test: it uses Azure's SDK and does not know the kit. */
  record PriceFeed(String connectionString) {
    void publish(String price) {
      new WebPubSubServiceClientBuilder()
          .connectionString(connectionString)
          .hub("hub")
          .buildClient()
          .sendToGroup("prices", price, WebPubSubContentType.TEXT_PLAIN);
    }
  }
}
