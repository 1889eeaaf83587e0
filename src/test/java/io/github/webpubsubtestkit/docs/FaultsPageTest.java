package io.github.webpubsubtestkit.docs;

// tag::faults-imports[]
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static io.github.webpubsubtestkit.service.RequestPattern.recover;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.Test;

// end::faults-imports[]

@WebPubSubTest
class FaultsPageTest {

  // tag::faults[]
  @Test
  void theServerRetries(FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    service.faults().request(sendToUser("alice")).answer(503).retryAfter(ofMillis(10)).times(2);

    new Shop(service.connectionString()).ship("alice", 42);

    assertThat(alice).receivesText("order 42 shipped");
    assertThat(service).hasReceivedRequest(sendToUser("alice").withOutcome("503"));
  }

  // end::faults[]

  // tag::handshake-faults[]
  @Test
  void theClientRecoversAtTheThirdAttempt(
      FakeWebPubSub service,
      @Connected(userId = "alice", protocol = JSON_RELIABLE) PubSubClient alice) {
    service.faults().handshake(recover().fromUser("alice")).answer(502).times(2);
    alice.dropConnection();
    service.sendToUser("alice", "missed");

    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(HandshakeRejectedException.class).isThrownBy(alice::recover);
    }
    alice.recover();

    assertThat(alice).receivesText("missed");
  }

  // end::handshake-faults[]

  record Shop(String connectionString) {
    void ship(String userId, int order) {
      webPubSub(connectionString)
          .sendToUser(userId, "order " + order + " shipped", WebPubSubContentType.TEXT_PLAIN);
    }
  }

  private static WebPubSubServiceClient webPubSub(String connectionString) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub("hub")
        .buildClient();
  }
}
