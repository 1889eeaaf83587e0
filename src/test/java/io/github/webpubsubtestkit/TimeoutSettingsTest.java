package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each fixture's test fails, by an assertion that shows its timeout. */
@DisplayName("The timeout of a test class")
class TimeoutSettingsTest {

  private static final String TIMEOUT = "webpubsub.test.timeout";
  private static final String FACTOR = "webpubsub.test.timeout-factor";

  @WebPubSubTest(timeout = "21ms")
  static class Annotated {
    @Test
    void test(FakeWebPubSub service) {
      assertThat(service).receivesRequest(sendToAll());
    }

    @Nested
    class Inner {
      @Test
      void inherits(FakeWebPubSub service) {
        assertThat(service).receivesRequest(sendToAll());
      }
    }

    @Nested
    @WebPubSubTest(timeout = "22ms")
    class Other {
      @Test
      void overrides(FakeWebPubSub service) {
        assertThat(service).receivesRequest(sendToAll());
      }
    }
  }

  static class Built {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().timeout(ofMillis(23)).build();

    @Test
    void test(FakeWebPubSub service) {
      assertThat(service).receivesRequest(sendToAll());
    }
  }

  @WebPubSubTest(timeout = "24ms")
  static class Both extends Built {}

  static class StartedBeforeJUnit {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = WebPubSubExtension.builder().build();

    static final String CONNECTION_STRING = EXTENSION.connectionString();

    @Test
    void test(FakeWebPubSub service) {
      assertThat(service).receivesRequest(sendToAll());
    }
  }

  static class PerMethod {
    @RegisterExtension
    final WebPubSubExtension extension =
        WebPubSubExtension.builder().fake(fake -> fake.timeout(ofMillis(25))).build();

    @Test
    void test(FakeWebPubSub service) {
      assertThat(service).receivesRequest(sendToAll());
    }
  }

  @WebPubSubTest
  static class Plain {
    @Test
    void test(FakeWebPubSub service) {
      assertThat(service).receivesRequest(sendToAll());
    }
  }

  @WebPubSubTest(timeout = "soon")
  static class Bad {
    @Test
    void test(FakeWebPubSub service) {}
  }

  @WebPubSubTest(timeout = "1s")
  static class OfTheSuite {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = WebPubSubExtension.builder().suiteScoped().build();

    @Test
    void test(FakeWebPubSub service) {}
  }

  static class SharedWithNested {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = WebPubSubExtension.builder().build();

    @Nested
    @WebPubSubTest(timeout = "1s")
    class Inner {
      @Test
      void test(FakeWebPubSub service) {}
    }
  }

  @Test
  @DisplayName("comes from its annotation, which nested classes inherit or override")
  void annotation() {
    TestRun run = TestRun.with(parameters(TIMEOUT, "99s"), Annotated.class);

    assertThat(run.failure("test")).hasMessageContaining(" within 21 ms but ");
    assertThat(run.failure("inherits")).hasMessageContaining(" within 21 ms but ");
    assertThat(run.failure("overrides")).hasMessageContaining(" within 22 ms but ");
  }

  @Test
  @DisplayName("comes from the extension's builder, unless there is an annotation")
  void builder() {
    Map<String, String> parameters = parameters(TIMEOUT, "99s");

    assertThat(TestRun.with(parameters, Built.class).failure("test"))
        .hasMessageContaining(" within 23 ms but ");
    assertThat(TestRun.with(parameters, Both.class).failure("test"))
        .hasMessageContaining(" within 24 ms but ");
    assertThat(TestRun.with(parameters, PerMethod.class).failure("test"))
        .hasMessageContaining(" within 25 ms but ");
  }

  @Test
  @DisplayName(
      "comes from JUnit's configuration, even if the service was started before JUnit called")
  void configurationParameter() {
    Map<String, String> parameters = parameters(TIMEOUT, "26ms");

    assertThat(TestRun.with(parameters, Plain.class).failure("test"))
        .hasMessageContaining(" within 26 ms but ");
    assertThat(TestRun.with(parameters, StartedBeforeJUnit.class).failure("test"))
        .hasMessageContaining(" within 26 ms but ");
  }

  @Test
  @DisplayName("is multiplied by the factor, wherever it comes from")
  void factor() {
    Map<String, String> parameters = parameters(FACTOR, "2");
    parameters.put(TIMEOUT, "26ms");

    assertThat(TestRun.with(parameters, Annotated.class).failure("test"))
        .hasMessageContaining(" within 42 ms (21 ms x factor 2) but ");
    assertThat(TestRun.with(parameters, Built.class).failure("test"))
        .hasMessageContaining(" within 46 ms (23 ms x factor 2) but ");
    assertThat(TestRun.with(parameters, Plain.class).failure("test"))
        .hasMessageContaining(" within 52 ms (26 ms x factor 2) but ");
  }

  @Test
  @DisplayName("is refused if it is none, with the name of what says so")
  void bad() {
    assertThat(TestRun.of(Bad.class).failure("TimeoutSettingsTest$Bad"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@WebPubSubTest(timeout = \"soon\") of Bad: the timeout of @WebPubSubTest must be a"
                + " duration of more than 0, for example 20s, 500ms or 2m, but is \"soon\"");
    assertThat(TestRun.with(parameters(TIMEOUT, "20"), Plain.class).failure("test"))
        .hasMessageContaining(
            "webpubsub.test.timeout must be a duration of more than 0, for example 20s, 500ms or"
                + " 2m, but is \"20\"");
    assertThat(TestRun.with(parameters(FACTOR, "much"), Plain.class).failure("test"))
        .hasMessageContaining(
            "webpubsub.test.timeout-factor must be a number of more than 0, at most 1000, for"
                + " example 2 or 1.5, but is \"much\"");
    for (Duration none : new Duration[] {ofSeconds(0), ofSeconds(-1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WebPubSubExtension.builder().timeout(none))
          .withMessage("timeout must be more than 0 but is " + none);
    }
  }

  @Test
  @DisplayName("is refused for a service that other classes share")
  void shared() {
    assertThat(TestRun.of(OfTheSuite.class).failure("TimeoutSettingsTest$OfTheSuite"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@WebPubSubTest(timeout = \"1s\") of OfTheSuite cannot apply to a suite-scoped service,"
                + " which all classes share with one timeout: set it by"
                + " WebPubSubExtension.builder().timeout(..) instead.");
    assertThat(TestRun.of(SharedWithNested.class).failure("Inner"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith(
            "@WebPubSubTest(timeout = \"1s\") of Inner cannot apply to the service of the enclosing"
                + " class");
  }

  /** Without the factor of the build, unless it is given. */
  private static Map<String, String> parameters(String name, String value) {
    Map<String, String> parameters = new HashMap<>(Map.of(FACTOR, "1"));
    parameters.put(name, value);
    return parameters;
  }
}
