package io.github.webpubsubtestkit.diagnosis;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.WebPubSubExtension;
import io.github.webpubsubtestkit.client.PubSubClient;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application with a service in each of two regions. */
class TwoRegions {

  @RegisterExtension static final WebPubSubExtension europe = WebPubSubExtension.builder().build();

  @RegisterExtension static final WebPubSubExtension asia = WebPubSubExtension.builder().build();

  @Seeded("client-of-another-fake")
  void customersInEuropeHearOfIt() {
    Regions regions =
        new Regions(
            Map.of("eu", europe.connectionString(), "ap", asia.connectionString()),
            Map.of(
                "eu", asia.service().clientUrl(asUser("alice")),
                "ap", europe.service().clientUrl(asUser("bob"))));
    PubSubClient alice = europe.service().connect(regions.url("eu"));

    regions.announce("eu", "maintenance at 22:00");

    assertThat(alice).within(SOON).receivesText("maintenance at 22:00");
  }

  /** The URLs of the two regions were swapped in the configuration. */
  record Regions(Map<String, String> connectionStrings, Map<String, URI> urls) {

    URI url(String region) {
      return Objects.requireNonNull(urls.get(region));
    }

    void announce(String region, String text) {
      ServerSdk.client(connectionStrings.getOrDefault(region, "")).sendToAll(text, TEXT_PLAIN);
    }
  }
}
