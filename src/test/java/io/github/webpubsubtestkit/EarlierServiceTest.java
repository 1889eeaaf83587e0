package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.RestDriver;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real thing, with a Spring context, is in src/it/spring-context-cache. */
@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("A service of an extension that ran others before it")
class EarlierServiceTest {

  /** What an application keeps that outlives its first test class. */
  private static URI kept;

  abstract static class Base {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = WebPubSubExtension.builder().build();
  }

  static class First extends Base {
    @Test
    void keepsTheAddress(FakeWebPubSub service) {
      kept = service.clientUrl(asUser("app"));
    }
  }

  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class Second extends Base {
    @Test
    @Order(1)
    void connects(FakeWebPubSub service) {
      service.connect(kept);
    }

    @Test
    @Order(2)
    void waitsForMessage(@Connected(userId = "alice") PubSubClient alice) {
      assertThat(alice).within(ZERO).receivesText("hi");
    }

    @Test
    @Order(3)
    void waitsForRequest(FakeWebPubSub service) {
      assertThat(service).within(ZERO).receivesRequest(sendToAll());
    }

    @Test
    @Order(4)
    void isCalled(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      try (RestDriver app = new RestDriver(service.endpoint(), service.accessKey(), "hub")) {
        app.sendText(RestDriver.ALL, "ho");
      }
      assertThat(alice).within(ZERO).receivesText("hi");
    }
  }

  @Test
  @DisplayName("names the last one where an application may still use it, and what to do")
  void named() {
    TestRun run = TestRun.of(First.class, Second.class);
    String closed = "127.0.0.1:" + kept.getPort();

    assertThat(run.failure("connects"))
        .hasMessageContaining(
            "an earlier service of this extension listened on "
                + closed
                + " and is closed; this one is at another address. An application that keeps that"
                + " address, as one in a cached Spring context does, needs"
                + " WebPubSubExtension.builder().suiteScoped()");
    for (String test : new String[] {"waitsForMessage", "waitsForRequest"}) {
      assertThat(run.failure(test))
          .hasMessageContaining(
              "no REST request has come to this service; an earlier service of this extension"
                  + " listened on "
                  + closed
                  + " and is closed. An application that keeps that address");
    }
    assertThat(run.failure("isCalled")).message().doesNotContain("earlier service");
  }

  static class Alone {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = WebPubSubExtension.builder().build();

    @Test
    void waitsForRequest(FakeWebPubSub service) {
      assertThat(service).within(ZERO).receivesRequest(sendToAll());
    }
  }

  @Test
  @DisplayName("names none if there was none")
  void notNamed() {
    assertThat(TestRun.of(Alone.class).failure("waitsForRequest"))
        .message()
        .doesNotContain("earlier service");
  }
}
