package io.github.webpubsubtestkit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

  @Test
  void optionsAreSetInGroups() {
    // tag::options[]
    FakeWebPubSub service =
        FakeWebPubSub.builder()
            .clients(clients -> clients.closeOnOverflow(true).recoveryWindow(Duration.ofMinutes(1)))
            .limits(limits -> limits.maxQueuedMessages(10))
            .build();
    // end::options[]
    try (service) {
      assertThat(service).hasNoConnections();
    }
  }
}
