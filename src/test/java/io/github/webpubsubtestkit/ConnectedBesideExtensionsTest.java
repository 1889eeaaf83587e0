package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code @Connected} brings the kit into a class by itself. Where the class has it already, with
 * settings, these count, whichever of both JUnit meets first.
 */
@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("@Connected beside a registered extension")
class ConnectedBesideExtensionsTest {

  private static final String KEY = "a-key-of-more-than-thirty-two-bytes-for-tests";
  private static final String HUB = "auction";

  private static WebPubSubExtension.Builder configured() {
    return WebPubSubExtension.builder().fake(fake -> fake.accessKey(KEY).defaultHub(HUB));
  }

  /** The service is the extension's, the only one, and both clients are there. */
  private static void look(WebPubSubExtension extension, FakeWebPubSub service, String... users) {
    assertThat((Object) service).isSameAs(extension.service());
    assertThat(service.accessKey()).isEqualTo(KEY);
    assertThat(service).hasConnections(users.length);
    for (String user : users) {
      assertThat(service).hasUser(user);
    }
  }

  @ParameterizedTest
  @MethodSource
  void usesItsServiceAndHub(Class<?> fixture) {
    TestRun.of(fixture).passes(3);
  }

  static Stream<Class<?>> usesItsServiceAndHub() {
    return Stream.of(
        StaticFirst.class,
        StaticLast.class,
        InstanceFirst.class,
        InstanceLast.class,
        PerClassFirst.class,
        PerClassLast.class,
        PerClassInstance.class,
        InBaseClass.class,
        InInterface.class);
  }

  static class StaticFirst {
    @Order(1)
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = configured().build();

    @Order(2)
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Connected(userId = "alice")
    PubSubClient alice;

    @BeforeAll
    static void start(@Connected(userId = "watcher") PubSubClient same) {
      assertThat((Object) same).isSameAs(watcher);
    }

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(EXTENSION, service, "watcher", "alice", "bob");
    }

    @Test
    void two(FakeWebPubSub service) {
      look(EXTENSION, service, "watcher", "alice");
      assertThat(alice.hub()).isEqualTo(HUB);
      assertThat(watcher.hub()).isEqualTo(HUB);
    }

    @Nested
    class Inner {
      @Connected(userId = "bob")
      PubSubClient bob;

      @Test
      void three(FakeWebPubSub service) {
        look(EXTENSION, service, "watcher", "alice", "bob");
      }
    }
  }

  static class StaticLast {
    @Order(2)
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = configured().build();

    @Order(1)
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Order(1)
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(EXTENSION, service, "watcher", "alice", "bob");
    }

    @Test
    void two(FakeWebPubSub service) {
      look(EXTENSION, service, "watcher", "alice");
      assertThat(watcher.hub()).isEqualTo(HUB);
    }

    @Nested
    class Inner {
      @BeforeAll
      static void start(@Connected(userId = "own") PubSubClient own) {}

      @Test
      void three(FakeWebPubSub service) {
        look(EXTENSION, service, "watcher", "own", "alice");
      }
    }
  }

  static class InstanceFirst {
    @Order(1)
    @RegisterExtension
    final WebPubSubExtension extension = configured().build();

    @Order(2)
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(extension, service, "alice", "bob");
    }

    @Test
    void two(FakeWebPubSub service) {
      look(extension, service, "alice");
      assertThat(alice.hub()).isEqualTo(HUB);
    }

    @Nested
    class Inner {
      @Test
      void three(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
        look(extension, service, "alice", "bob");
      }
    }
  }

  static class InstanceLast {
    @Order(2)
    @RegisterExtension
    final WebPubSubExtension extension = configured().build();

    @Order(1)
    @Connected(userId = "alice")
    PubSubClient alice;

    @BeforeEach
    void prepare(@Connected(userId = "carol") PubSubClient carol) {}

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(extension, service, "alice", "bob", "carol");
    }

    @Test
    void two(FakeWebPubSub service) {
      look(extension, service, "alice", "carol");
      assertThat(alice.hub()).isEqualTo(HUB);
    }

    @Nested
    class Inner {
      @Connected(userId = "bob")
      PubSubClient bob;

      @Test
      void three(FakeWebPubSub service) {
        look(extension, service, "alice", "bob", "carol");
      }
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassFirst extends StaticFirst {}

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassLast extends StaticLast {}

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassInstance extends InstanceLast {}

  @Test
  @ResourceLock(TestRun.SUITE_SCOPED)
  void usesTheSuiteScopedService() {
    TestRun.of(SuiteFirst.class).passes(3);
    TestRun.of(SuiteLast.class).passes(3);
    TestRun.of(SuiteInstance.class, SuiteFirst.class, SuiteLast.class).passes(9);
  }

  static final WebPubSubExtension SUITE = configured().suiteScoped().build();

  static class SuiteFirst {
    @Order(1)
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = SUITE;

    @Order(2)
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(SUITE, service, "watcher", "bob");
    }

    @Test
    void two(FakeWebPubSub service) {
      look(SUITE, service, "watcher");
    }

    @Nested
    class Inner {
      @Connected(userId = "bob")
      PubSubClient bob;

      @Test
      void three(FakeWebPubSub service) {
        look(SUITE, service, "watcher", "bob");
      }
    }
  }

  static class SuiteLast {
    @Order(2)
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = SUITE;

    @Order(1)
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(SUITE, service, "watcher", "bob");
    }

    @Test
    void two(FakeWebPubSub service) {
      look(SUITE, service, "watcher");
    }

    @Nested
    class Inner {
      @Test
      void three(FakeWebPubSub service) {
        look(SUITE, service, "watcher");
      }
    }
  }

  static class SuiteInstance {
    @Order(2)
    @RegisterExtension
    final WebPubSubExtension extension = SUITE;

    @Order(1)
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(SUITE, service, "alice", "bob");
    }

    @Test
    void two(FakeWebPubSub service) {
      look(SUITE, service, "alice");
    }

    @Nested
    class Inner {
      @Test
      void three(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
        look(SUITE, service, "alice", "bob");
      }
    }
  }

  abstract static class Base {
    @RegisterExtension static final WebPubSubExtension EXTENSION = configured().build();
  }

  static class InBaseClass extends Base {
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void one(FakeWebPubSub service) {
      look(EXTENSION, service, "watcher");
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(EXTENSION, service, "watcher", "bob");
    }

    @Nested
    class Inner {
      @Connected(userId = "own")
      static PubSubClient own;

      @Test
      void three(FakeWebPubSub service) {
        look(EXTENSION, service, "watcher", "own");
      }
    }
  }

  interface WithExtension {
    @RegisterExtension WebPubSubExtension EXTENSION = configured().build();
  }

  static class InInterface implements WithExtension {
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void one(FakeWebPubSub service) {
      look(EXTENSION, service, "watcher", "alice");
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      look(EXTENSION, service, "watcher", "alice", "bob");
    }

    @Nested
    class Inner {
      @Test
      void three(FakeWebPubSub service) {
        look(EXTENSION, service, "watcher", "alice");
      }
    }
  }

  @Test
  void usesTheAnnotationOfItsOrAnEnclosingClass() {
    TestRun.of(Annotated.class, AnnotatedInside.class).passes(4);
  }

  @WebPubSubTest(hub = HUB)
  static class Annotated {
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void one(@Connected PubSubClient client) {
      assertThat(client.hub()).isEqualTo(HUB);
      assertThat(alice.hub()).isEqualTo(HUB);
    }

    @Nested
    class Inner {
      @Connected PubSubClient client;

      @Test
      void two() {
        assertThat(client.hub()).isEqualTo(HUB);
      }
    }
  }

  static class AnnotatedInside {
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void outer(@Connected PubSubClient client) {
      assertThat(client.hub()).isEqualTo("hub");
    }

    @Nested
    @WebPubSubTest(hub = HUB)
    class Inner {
      @Test
      void inner(@Connected PubSubClient client) {
        assertThat(client.hub()).isEqualTo(HUB);
      }
    }
  }

  @Test
  @ResourceLock(TestRun.SUITE_SCOPED)
  void usesTheServiceThatAContextHasStarted() {
    SpringLike.ADDRESSES.clear();
    TestRun.of(SpringFirst.class, SpringLast.class).passes(2);
    assertThat(SpringLike.ADDRESSES).hasSize(2);
  }

  /** Asks for the address when the instance exists, as Spring does when it builds its context. */
  static class SpringLike implements TestInstancePostProcessor {
    static final List<String> ADDRESSES = new CopyOnWriteArrayList<>();

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
      ADDRESSES.add(SUITE.connectionString());
    }
  }

  @ExtendWith(SpringLike.class)
  static class SpringFirst {
    @RegisterExtension static final WebPubSubExtension EXTENSION = SUITE;

    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void test(FakeWebPubSub service) {
      assertThat(SpringLike.ADDRESSES).contains(service.connectionString());
      look(SUITE, service, "alice");
    }
  }

  static class SpringLast {
    @Order(2)
    @ExtendWith(SpringLike.class)
    static final String CONTEXT = "";

    @Order(3)
    @RegisterExtension
    static final WebPubSubExtension EXTENSION = SUITE;

    @Order(1)
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void test(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      assertThat(SpringLike.ADDRESSES).contains(service.connectionString());
      look(SUITE, service, "watcher", "alice");
    }
  }

  @Test
  void isRefusedBeforeTheInstanceThatRegistersIt() {
    assertThat(
            TestRun.of(StaticBesideInstance.class)
                .failure("ConnectedBesideExtensionsTest$StaticBesideInstance"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            """
            PubSubClient watcher (field of StaticBesideInstance) comes before the instance of \
            StaticBesideInstance, which registers the WebPubSubExtension of its tests. Make the field of \
            the extension static, or move this to the test method, to @BeforeEach or to an instance field.""");
    assertThat(
            TestRun.of(BeforeAllBesideInstance.class)
                .failure("ConnectedBesideExtensionsTest$BeforeAllBesideInstance"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith(
            "PubSubClient watcher (parameter 1 of BeforeAllBesideInstance.start) comes before the instance");
    assertThat(TestRun.of(BeforeAllInside.class).failure("Inner"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageContaining("comes before the instance of BeforeAllInside, which");
  }

  static class StaticBesideInstance {
    @RegisterExtension final WebPubSubExtension extension = configured().build();

    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void test() {}
  }

  static class BeforeAllBesideInstance {
    @RegisterExtension final WebPubSubExtension extension = configured().build();

    @BeforeAll
    static void start(@Connected(userId = "watcher") PubSubClient watcher) {}

    @Test
    void test() {}
  }

  static class BeforeAllInside {
    @RegisterExtension final WebPubSubExtension extension = configured().build();

    @Nested
    class Inner {
      @BeforeAll
      static void start(@Connected(userId = "watcher") PubSubClient watcher) {}

      @Test
      void test() {}
    }
  }
}
