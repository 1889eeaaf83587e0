package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("WebPubSubExtension")
class WebPubSubExtensionTest {

  private static final String KEY = "a-key-of-more-than-thirty-two-bytes-for-tests";

  @Test
  void inAStaticFieldKeepsOneFakePerClass() {
    StaticField.FAKES.clear();
    TestRun.of(StaticField.class).passes(3);
    assertThat(new HashSet<>(StaticField.FAKES)).hasSize(1);
    FakeScopeTest.assertClosed(StaticField.FAKES.get(0));
  }

  static class StaticField {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder()
            .fake(fake -> fake.accessKey(KEY))
            .fake(fake -> fake.defaultHub("orders"))
            .build();

    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Connected(userId = "alice")
    PubSubClient alice;

    @BeforeAll
    static void start(FakeWebPubSub service) {
      assertThat((Object) service).isSameAs(webPubSub.service());
    }

    @Test
    void one(FakeWebPubSub service) {
      look(service);
    }

    @Test
    void two(FakeWebPubSub service) {
      look(service);
    }

    void look(FakeWebPubSub service) {
      FAKES.add(service);
      assertThat(webPubSub.connectionString())
          .isEqualTo(service.connectionString())
          .contains("AccessKey=" + KEY);
      assertThat(service.connections("orders")).hasSize(2);
      assertThat((Object) service).isSameAs(webPubSub.service());
      assertThat(alice.hub()).isEqualTo("orders");
    }

    @Nested
    class Inner {
      @Test
      void three(FakeWebPubSub service) {
        look(service);
      }
    }
  }

  @Test
  void inAnInstanceFieldMakesAFreshFakePerTest() {
    InstanceField.FAKES.clear();
    TestRun.of(InstanceField.class).passes(3);
    assertThat(new HashSet<>(InstanceField.FAKES)).hasSize(3);
    InstanceField.FAKES.forEach(FakeScopeTest::assertClosed);
  }

  static class InstanceField {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @RegisterExtension
    private final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().fake(fake -> fake.accessKey(KEY)).build();

    private final String connectionString = webPubSub.connectionString();

    @Connected(userId = "alice")
    PubSubClient alice;

    @BeforeEach
    void prepare(FakeWebPubSub service) {
      assertThat((Object) service).isSameAs(webPubSub.service());
      assertThat(service.connectionString()).isEqualTo(connectionString);
    }

    @Test
    void one(FakeWebPubSub service) {
      look(service);
    }

    @Test
    void two(FakeWebPubSub service) {
      look(service);
    }

    void look(FakeWebPubSub service) {
      FAKES.add(service);
      assertThat(service).hasConnectionFrom("alice").hasConnections(1);
    }

    @Nested
    class Inner {
      @Test
      void three(FakeWebPubSub service) {
        look(service);
      }
    }
  }

  @Test
  void inAnInstanceFieldOfOneInstanceIsFreshPerTestToo() {
    PerClassInstanceField.FAKES.clear();
    TestRun.of(PerClassInstanceField.class).passes(2);
    assertThat(new HashSet<>(PerClassInstanceField.FAKES)).hasSize(2);
    PerClassInstanceField.FAKES.forEach(FakeScopeTest::assertClosed);

    assertThat(TestRun.parallel(PerClassInstanceField.class).failure("one"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            """
            PerClassInstanceField has a WebPubSubExtension in an instance field, which means a fresh fake \
            for each test, but its tests run at the same time on one instance. Make the field static for \
            one fake per class, or run the tests one after the other (@Execution(SAME_THREAD)).""");
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassInstanceField {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @RegisterExtension final WebPubSubExtension webPubSub = WebPubSubExtension.builder().build();

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void one(FakeWebPubSub service) {
      FAKES.add(service);
      assertThat((Object) service).isSameAs(webPubSub.service());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void two(FakeWebPubSub service) {
      FAKES.add(service);
    }
  }

  @Test
  void aClassThatAsksBeforeItsTestsSharesTheFakeOfItsInstance() {
    TestRun.of(PerClassBeforeAll.class).passes(2);
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassBeforeAll {
    @RegisterExtension
    final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().fake(fake -> fake.accessKey(KEY)).build();

    FakeWebPubSub first;

    @BeforeAll
    void start(FakeWebPubSub service) {
      first = service;
      assertThat(service.accessKey()).isEqualTo(KEY);
    }

    @Test
    void one(FakeWebPubSub service) {
      assertThat((Object) service).isSameAs(first).isSameAs(webPubSub.service());
    }

    @Test
    void two(FakeWebPubSub service) {
      assertThat((Object) service).isSameAs(first);
    }
  }

  @Test
  void startsOnFirstUseBeforeJUnitCallsIt() {
    EarlyUse.SEEN.clear();
    TestRun.of(EarlyUse.class).passes(1);
    assertThat(EarlyUse.SEEN).hasSize(1);
    EarlyUse.SEEN.forEach(FakeScopeTest::assertClosed);
  }

  /** Like a test with a Spring context, which is built with the one test instance. */
  @TestInstance(Lifecycle.PER_CLASS)
  @WebPubSubTest
  static class EarlyUse {
    @RegisterExtension
    static final WebPubSubExtension webPubSub = WebPubSubExtension.builder().build();

    static final List<FakeWebPubSub> SEEN = new CopyOnWriteArrayList<>();
    private final String connectionString = webPubSub.connectionString();

    EarlyUse(FakeWebPubSub service) {
      assertThat(service.connectionString()).isEqualTo(connectionString);
    }

    @Test
    void test(FakeWebPubSub service, @Connected PubSubClient client) {
      assertThat(service.connectionString()).isEqualTo(connectionString);
      SEEN.add(service);
    }
  }

  @Test
  void worksBesideTheAnnotation() {
    TestRun.of(Both.class).passes(2);
    TestRun.of(BothPerInstance.class).passes(1);
  }

  @WebPubSubTest(hub = "chat")
  static class Both {
    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().fake(fake -> fake.accessKey(KEY)).build();

    static FakeWebPubSub shared;

    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void one(FakeWebPubSub service, @Connected PubSubClient client) {
      assertThat((Object) service).isSameAs(webPubSub.service()).isSameAs(shared);
      assertThat(client.hub()).isEqualTo("chat");
    }

    @Nested
    @WebPubSubTest(hub = "orders")
    class Inner {
      @Test
      void two(FakeWebPubSub service, @Connected PubSubClient client) {
        assertThat((Object) service).isSameAs(shared);
        assertThat(client.hub()).isEqualTo("orders");
        assertThat(watcher.hub()).isEqualTo("chat");
      }
    }
  }

  @WebPubSubTest
  static class BothPerInstance {
    @RegisterExtension final WebPubSubExtension webPubSub = WebPubSubExtension.builder().build();

    @Connected PubSubClient field;

    @Test
    void one(FakeWebPubSub service, @Connected PubSubClient client) {
      assertThat((Object) service).isSameAs(webPubSub.service());
      assertThat(service).hasConnections(2);
    }
  }

  @Test
  void worksByExtendWithOnASingleMethod() {
    TestRun.of(MethodLevel.class).passes(2);
  }

  static class MethodLevel {
    @Test
    @ExtendWith(WebPubSubExtension.class)
    void with(FakeWebPubSub service, @Connected PubSubClient client) {
      assertThat(service).hasConnections(1);
    }

    @Test
    void without() {}
  }

  @Test
  void severalServicesAreAskedThroughTheirExtensions() {
    TestRun run = TestRun.of(TwoServices.class);
    assertThat(run.outcome("byCode").hasSucceeded()).isTrue();
    assertThat(run.failure("byParameter"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            PubSubClient client (parameter 1 of TwoServices.byParameter) could come from any of the 2 \
            WebPubSubExtensions registered here. Use the one you mean: its service() is the fake, \
            and service().connect(...) connects clients.""");
    FakeScopeTest.assertClosed(TwoServices.seen.get(0));
    FakeScopeTest.assertClosed(TwoServices.seen.get(1));
  }

  static class TwoServices {
    @RegisterExtension static final WebPubSubExtension one = WebPubSubExtension.builder().build();
    @RegisterExtension static final WebPubSubExtension two = WebPubSubExtension.builder().build();

    static List<FakeWebPubSub> seen = List.of();

    @Test
    void byCode() {
      seen = List.of(one.service(), two.service());
      assertThat((Object) one.service()).isNotSameAs(two.service());
    }

    @Test
    void byParameter(@Connected PubSubClient client) {}
  }

  @Test
  void inABaseClassServesOneSubclassAfterTheOther() {
    Base.FAKES.clear();
    TestRun.of(FirstChild.class, SecondChild.class).passes(2);
    assertThat(new HashSet<>(Base.FAKES)).hasSize(2);
    Base.FAKES.forEach(FakeScopeTest::assertClosed);
  }

  @Test
  void inABaseClassServesSubclassesThatRunAtTheSameTime() {
    Base.FAKES.clear();
    TestRun.parallel(FirstChild.class, SecondChild.class).passes(2);
    Base.FAKES.forEach(FakeScopeTest::assertClosed);
  }

  @Test
  void inATestInterfaceWorksToo() {
    TestRun.of(Implementation.class).passes(1);
  }

  abstract static class Base {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final WebPubSubExtension webPubSub = WebPubSubExtension.builder().build();

    @Test
    void test(FakeWebPubSub service) {
      assertThat((Object) service).isSameAs(webPubSub.service());
      FAKES.add(service);
    }
  }

  static class FirstChild extends Base {}

  static class SecondChild extends Base {}

  interface WithService {
    @RegisterExtension
    WebPubSubExtension WEB_PUB_SUB =
        WebPubSubExtension.builder().fake(fake -> fake.accessKey(KEY)).build();

    @Test
    default void test(FakeWebPubSub service) {
      assertThat(service.accessKey()).isEqualTo(KEY);
      assertThat((Object) service).isSameAs(WEB_PUB_SUB.service());
    }
  }

  static class Implementation implements WithService {}

  @Test
  @ResourceLock(TestRun.SUITE_SCOPED)
  void aSuiteScopedFakeLivesForTheRun() {
    Suite.SEEN.clear();
    TestRun.of(SuiteOne.class, SuiteTwo.class).passes(3);
    assertThat(Suite.SEEN).hasSize(1);
    Suite.SEEN.forEach(FakeScopeTest::assertClosed);
    assertThat(Suite.CLIENTS).noneMatch(Client::isConnected);

    TestRun.of(SuiteTwo.class).passes(1);
    assertThat(Suite.SEEN).as("the next run has its own").hasSize(2);
    Suite.SEEN.forEach(FakeScopeTest::assertClosed);

    assertThat(
            TestRun.of(SuiteOne.class, SuiteOther.class)
                .failure("WebPubSubExtensionTest$SuiteOther"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            """
            There is one suite-scoped fake in a run, but two WebPubSubExtensions ask for it with different \
            settings (.fake(...)). Build the extension once, in a constant, and let each test class \
            register that constant:

              @RegisterExtension static final WebPubSubExtension service = Services.WEB_PUB_SUB;""");
  }

  static final class Suite {
    static final Set<FakeWebPubSub> SEEN = new CopyOnWriteArraySet<>();
    static final List<Client> CLIENTS = new CopyOnWriteArrayList<>();

    private Suite() {}
  }

  static class SuiteOne {
    @RegisterExtension
    static final WebPubSubExtension webPubSub = WebPubSubExtension.builder().suiteScoped().build();

    static final String CONNECTION_STRING = webPubSub.connectionString();

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      Suite.SEEN.add(service);
      Suite.CLIENTS.add(alice);
      assertThat(service).as("only the clients of a test end with it").hasConnections(1);
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      Suite.SEEN.add(service);
      Suite.CLIENTS.add(alice);
      assertThat(service).hasConnections(1);
    }

    @AfterAll
    static void end(FakeWebPubSub service) {
      assertThat(service).hasNoConnections();
    }
  }

  static class SuiteTwo {
    @RegisterExtension
    final WebPubSubExtension webPubSub = WebPubSubExtension.builder().suiteScoped().build();

    @Test
    void three(FakeWebPubSub service) {
      Suite.SEEN.add(service);
      assertThat((Object) webPubSub.service()).isSameAs(service);
    }
  }

  static class SuiteOther {
    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().suiteScoped().fake(fake -> fake.accessKey(KEY)).build();

    @Test
    void other(FakeWebPubSub service) {}
  }

  @Test
  void aConfiguredTargetStopsTheRunWithTheReason() {
    Map<String, String> target =
        Map.of("webpubsub.test.connection-string", "Endpoint=https://x;AccessKey=secret");
    String reason =
        """
        The configuration parameter webpubsub.test.connection-string is set, but this version of \
        webpubsub-testkit runs tests against its own fake service only; other targets are not built \
        yet. Remove the parameter.""";

    assertThat(
            TestRun.with(target, StaticField.class).failure("WebPubSubExtensionTest$StaticField"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(reason);
    assertThat(TestRun.with(target, MethodLevel.class).failure("with("))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(reason);
    TestRun.with(Map.of("webpubsub.test.connection-string", " "), Implementation.class).passes(1);
  }

  @Test
  void aFakeThatCannotStartSaysWhy() {
    assertThat(TestRun.of(ShortKey.class).failure("test"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith(
            "Could not start the fake service for FakeWebPubSub service (parameter 1 of ShortKey.test): ")
        .hasMessageContaining("32");
  }

  static class ShortKey {
    @RegisterExtension
    static final WebPubSubExtension webPubSub =
        WebPubSubExtension.builder().fake(fake -> fake.accessKey("short")).build();

    @Test
    void test(FakeWebPubSub service) {}
  }
}
