package io.github.webpubsubtestkit.docs;

// tag::time-imports[]
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import org.junit.jupiter.api.Test;

// end::time-imports[]

@WebPubSubTest
class TimePageTest {

  // tag::clock[]
  @Test
  void aClientUrlExpires(FakeWebPubSub service) {
    URI url = service.clientUrl(asUser("alice").expiresIn(ofMinutes(60)));
    PubSubClient early = service.connect(url);

    service.clock().advanceBy(ofMinutes(66)); // 60 minutes, and 5 of clock skew

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(url))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
    assertThat(early).isConnected(); // open connections stay open
  }

  // end::clock[]
}
