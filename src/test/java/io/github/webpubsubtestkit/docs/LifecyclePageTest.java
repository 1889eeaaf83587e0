package io.github.webpubsubtestkit.docs;

// tag::lifecycle-imports[]
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubExtension;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

// end::lifecycle-imports[]

@WebPubSubTest
class LifecyclePageTest {

  @Nested
  class WithASetUpService {

    // tag::extension[]
    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().fake(fake -> fake.defaultHub("orders")).build();

    @Test
    void oneServiceForAllTestsOfTheClass(@Connected(userId = "alice") PubSubClient alice) {
      webPubSub.service().sendToUser("alice", "hi");

      assertThat(alice).receivesText("hi");
    }

    // end::extension[]
  }

  @Nested
  class WithAResetService {

    // tag::reset[]
    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().resetBetweenTests().build();

    // end::reset[]

    @RepeatedTest(2)
    void eachTestFindsItAsItWasBuilt() {
      assertThat(webPubSub.service().requests()).isEmpty();
      webPubSub.service().connect(asUser("alice"));
    }
  }

  @Test
  void worksWithoutJUnit() {
    // tag::without-junit[]
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      PubSubClient alice = service.connect(asUser("alice"));
      service.sendToAll("hi");
      assertThat(alice).receivesText("hi");
    }
    // end::without-junit[]
  }
}
