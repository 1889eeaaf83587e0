package io.github.webpubsubtestkit.it;

import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubExtension;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("Two classes with one cached Spring context")
class CachedContextTest {

  /** The applications that Spring has started. */
  private static final List<Announcer> STARTED = new ArrayList<>();

  /** The application: sends to all, and only logs what goes wrong. */
  static class Announcer {

    private final WebPubSubServiceClient service;

    Announcer(String connectionString) {
      service =
          new WebPubSubServiceClientBuilder()
              .connectionString(connectionString)
              .hub("hub")
              .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
              .buildClient();
      STARTED.add(this);
    }

    void announce(String text) {
      try {
        service.sendToAll(text, WebPubSubContentType.TEXT_PLAIN);
      } catch (RuntimeException e) {
        System.out.println("not announced: " + e);
      }
    }
  }

  @Configuration
  static class Application {
    @Bean
    Announcer announcer(@Value("${webpubsub.connection-string}") String connectionString) {
      return new Announcer(connectionString);
    }
  }

  @SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE)
  abstract static class PerClass {

    @RegisterExtension
    static final WebPubSubExtension webPubSub = WebPubSubExtension.builder().build();

    @Autowired Announcer announcer;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
      registry.add("webpubsub.connection-string", webPubSub::connectionString);
    }

    @Test
    void arrives(@Connected(userId = "alice") PubSubClient alice) {
      announcer.announce("hi");
      assertThat(alice).within(ZERO).receivesText("hi");
    }
  }

  static class FirstPerClass extends PerClass {}

  static class SecondPerClass extends PerClass {}

  @SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE)
  abstract static class OfTheSuite {

    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().suiteScoped().resetBetweenTests().build();

    @Autowired Announcer announcer;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
      registry.add("webpubsub.connection-string", webPubSub::connectionString);
    }

    @BeforeEach
    void isAsBuilt(FakeWebPubSub service) {
      assertThat(service.requests()).isEmpty();
      assertThat(service.connections()).isEmpty();
    }

    @Test
    void arrives(@Connected(userId = "alice") PubSubClient alice) {
      announcer.announce("hi");
      assertThat(alice).within(ZERO).receivesText("hi");
    }
  }

  static class FirstOfTheSuite extends OfTheSuite {}

  static class SecondOfTheSuite extends OfTheSuite {}

  @Test
  @DisplayName("with a service per class: the failure of the second one says why")
  void perClass() {
    STARTED.clear();

    Map<String, Throwable> failures = run(FirstPerClass.class, SecondPerClass.class);

    assertThat(STARTED).as("the context was cached").hasSize(1);
    assertThat(failures).containsOnlyKeys("SecondPerClass");
    assertThat(failures.get("SecondPerClass"))
        .hasMessageContaining(
            "no REST request has come to this service; an earlier service of this extension"
                + " listened on 127.0.0.1:")
        .hasMessageContaining("suiteScoped()");
  }

  @Test
  @DisplayName("with a service of the suite, reset between tests: both pass")
  void ofTheSuite() {
    STARTED.clear();

    assertThat(run(FirstOfTheSuite.class, SecondOfTheSuite.class)).isEmpty();

    assertThat(STARTED).as("the context was cached").hasSize(1);
  }

  /** Runs the classes, and returns the failures by the name of their class. */
  private static Map<String, Throwable> run(Class<?> first, Class<?> second) {
    Map<String, Throwable> failures = new LinkedHashMap<>();
    List<String> passed = new ArrayList<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(first), selectClass(second))
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                String name = test.getUniqueId().replaceAll(".*\\$(\\w+)].*", "$1");
                result.getThrowable().ifPresent(failure -> failures.put(name, failure));
                if (test.isTest() && result.getThrowable().isEmpty()) {
                  passed.add(name);
                }
              }
            });
    assertThat(failures.size() + passed.size()).isEqualTo(2);
    return failures;
  }
}
