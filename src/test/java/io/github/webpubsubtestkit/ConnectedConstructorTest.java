package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * From 5.12 on JUnit can create the instance as part of its test. Before, and without that setting,
 * a constructor is called in the context of the class.
 */
@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("Constructors and records")
class ConnectedConstructorTest {

  private static final Map<String, String> WITHIN_TEST =
      Map.of(
          "junit.jupiter.extensions.testinstantiation.extensioncontextscope.default",
          "test_method");

  private static final Set<Client> CLIENTS = ConcurrentHashMap.newKeySet();

  private static boolean hasInstancesWithinTests() {
    return Stream.of(ParameterResolver.class.getInterfaces())
        .anyMatch(each -> each.getSimpleName().equals("TestInstantiationAwareExtension"));
  }

  @Test
  void clientsOfTheClassAreRefused() {
    String reason =
        """
        @Connected does not work on PubSubClient alice (parameter 1 of the constructor of %s): a client \
        made there would stay connected until the whole class has run. Move it to the test method, to \
        @BeforeEach or to a field; or let JUnit (5.12 or newer) create the instance as part of its test, by \
        junit.jupiter.extensions.testinstantiation.extensioncontextscope.default=test_method in \
        junit-platform.properties.""";

    assertThat(TestRun.of(WithClient.class).failure("one"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(reason.formatted("WithClient"));
    assertThat(TestRun.of(Annotated.class).failure("one"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(reason.formatted("Annotated"));
    assertThat(TestRun.of(RecordOfClients.class).failure("one"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(reason.formatted("RecordOfClients"));
    if (!hasInstancesWithinTests()) {
      assertThat(TestRun.with(WITHIN_TEST, WithClient.class).failure("one"))
          .hasMessage(reason.formatted("WithClient"));
    }
  }

  @Test
  void clientsOfTheOneInstanceAreRefusedAlways() {
    String reason =
        """
        @Connected does not work on PubSubClient alice (parameter 1 of the constructor of PerClass): a \
        client made there would stay connected until the whole class has run. Move it to the test \
        method, to @BeforeEach or to a field.""";

    assertThat(TestRun.of(PerClass.class).failure("ConnectedConstructorTest$PerClass"))
        .hasMessage(reason);
    assertThat(
            TestRun.with(WITHIN_TEST, PerClass.class).failure("ConnectedConstructorTest$PerClass"))
        .hasMessage(reason);
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClass {
    PerClass(@Connected(userId = "alice") PubSubClient alice) {}

    @Test
    void test() {}
  }

  @Test
  void aServiceOfTheClassMustBeShared() {
    assertThat(TestRun.of(WithService.class).failure("one"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            FakeWebPubSub service (parameter 1 of the constructor of WithService) would be shared by all \
            tests of the class. Move it to the test method, to @BeforeEach or to a field; or let JUnit \
            (5.12 or newer) create the instance as part of its test, by \
            junit.jupiter.extensions.testinstantiation.extensioncontextscope.default=test_method in \
            junit-platform.properties; or, if sharing is meant, declare a fake for the class: \
            @RegisterExtension static final WebPubSubExtension service = \
            WebPubSubExtension.builder().build();""");
    TestRun.of(WithSharedService.class).passes(1);
    TestRun.with(WITHIN_TEST, WithSharedService.class).passes(1);
  }

  @WebPubSubTest
  static class WithSharedService {
    static FakeWebPubSub shared;
    private final FakeWebPubSub service;

    WithSharedService(FakeWebPubSub service) {
      this.service = service;
    }

    @Test
    void test() {
      assertThat((Object) service).isSameAs(shared);
    }
  }

  @Test
  void workWhereTheInstanceIsPartOfItsTest() {
    assumeThat(hasInstancesWithinTests()).isTrue();
    CLIENTS.clear();

    TestRun.with(
            WITHIN_TEST,
            WithClient.class,
            Annotated.class,
            RecordOfClients.class,
            BesideStatic.class,
            WithService.class,
            Outer.class)
        .passes(11);

    assertThat(CLIENTS).hasSize(7).noneMatch(Client::isConnected);
    assertThat(new HashSet<>(WithService.FAKES)).hasSize(2);
    WithService.FAKES.forEach(FakeScopeTest::assertClosed);
  }

  static class WithClient {
    private final PubSubClient alice;

    @Connected(userId = "bob")
    PubSubClient bob;

    WithClient(@Connected(userId = "alice") PubSubClient alice) {
      this.alice = alice;
    }

    @Test
    void one(FakeWebPubSub service) {
      assertThat(service).hasConnections(2).hasUser("alice").hasUser("bob");
      assertThat(CLIENTS.add(alice)).as("fresh").isTrue();
    }

    @Test
    void two(@Connected(userId = "alice") PubSubClient same) {
      assertThat((Object) same).isSameAs(alice);
      assertThat(CLIENTS.add(alice)).as("fresh").isTrue();
    }
  }

  @WebPubSubTest(hub = "auction")
  static class Annotated {
    private final PubSubClient alice;

    Annotated(@Connected(userId = "alice") PubSubClient alice) {
      this.alice = alice;
    }

    @Test
    void one() {
      assertThat(alice.hub()).isEqualTo("auction");
      CLIENTS.add(alice);
    }
  }

  record RecordOfClients(
      @Connected(userId = "alice") PubSubClient alice, @Connected PubSubClient other) {
    @Test
    void one(FakeWebPubSub service) {
      assertThat(service).hasConnections(2);
      CLIENTS.add(alice);
      CLIENTS.add(other);
    }
  }

  static class BesideStatic {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().fake(fake -> fake.defaultHub("auction")).build();

    private final PubSubClient alice;

    BesideStatic(@Connected(userId = "alice") PubSubClient alice) {
      this.alice = alice;
    }

    @Test
    void one() {
      look();
    }

    @Test
    void two() {
      look();
    }

    private void look() {
      assertThat(alice.hub()).isEqualTo("auction");
      assertThat(EXTENSION.service()).hasConnections(1);
      CLIENTS.add(alice);
    }
  }

  @WebPubSubTest
  static class WithService {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();
    private final FakeWebPubSub service;

    WithService(FakeWebPubSub service) {
      this.service = service;
      FAKES.add(service);
    }

    @Test
    void one(FakeWebPubSub same) {
      assertThat((Object) same).isSameAs(service);
    }

    @Test
    void two(FakeWebPubSub same) {
      assertThat((Object) same).isSameAs(service);
    }
  }

  static class Outer {
    private final PubSubClient outer;

    Outer(@Connected(userId = "alice") PubSubClient alice) {
      outer = alice;
    }

    @Test
    void one(FakeWebPubSub service) {
      assertThat(service).hasConnections(1);
    }

    @Nested
    class Inner {
      private final PubSubClient inner;

      Inner(
          @Connected(userId = "alice") PubSubClient alice,
          @Connected(userId = "bob") PubSubClient bob) {
        inner = alice;
      }

      @Test
      void one(FakeWebPubSub service) {
        assertThat((Object) inner).as("one user, one client").isSameAs(outer);
        assertThat(service).hasConnections(2);
      }

      @Test
      void two(FakeWebPubSub service) {
        assertThat(service).hasConnections(2);
      }
    }
  }

  @Test
  void areRefusedBeforeTheFieldThatRegistersTheExtension() {
    assumeThat(hasInstancesWithinTests()).isTrue();

    assertThat(TestRun.with(WITHIN_TEST, BesideInstance.class).failure("test"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            PubSubClient alice (parameter 1 of the constructor of BesideInstance) comes before the instance \
            of BesideInstance, which registers the WebPubSubExtension of its tests. Make the field of the \
            extension static, or move this to the test method, to @BeforeEach or to an instance field.""");
  }

  static class BesideInstance {
    @RegisterExtension final WebPubSubExtension extension = WebPubSubExtension.builder().build();

    BesideInstance(@Connected(userId = "alice") PubSubClient alice) {}

    @Test
    void test() {}
  }
}
