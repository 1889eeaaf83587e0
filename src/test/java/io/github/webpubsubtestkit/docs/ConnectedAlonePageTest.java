package io.github.webpubsubtestkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.Test;

/** Has no annotation, as the page says. */
class ConnectedAlonePageTest {

  // tag::connected-alone[]
  @Test
  void nothingElseIsNeeded(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.sendToUser("alice", "hi");

    assertThat(alice).receivesText("hi");
  }

  // end::connected-alone[]
}
