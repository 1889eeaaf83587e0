package io.github.webpubsubtestkit.classpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** As {@link ClassPathTest}, where the official SDK is there, too. */
@WebPubSubTest
@DisplayName("On this class path, beside the official SDK")
class SdkOnClassPathTest {

  @Test
  @DisplayName("the SDK's messages come")
  void messages(FakeWebPubSub service, @Connected PubSubClient alice) {
    new WebPubSubServiceClientBuilder()
        .connectionString(service.connectionString())
        .hub("hub")
        .buildClient()
        .sendToAll("{\"item\":\"vase\"}", WebPubSubContentType.APPLICATION_JSON);

    assertThat(alice).receivesJson("{\"item\": \"vase\"}");
  }

  @Test
  @DisplayName("the SDK's client is injected")
  void injected(WebPubSubServiceClient azure, @Connected PubSubClient alice) {
    azure.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);

    assertThat(alice).receivesText("hi");
  }
}
