package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No class here has an annotation of the kit, or an extension of it. */
@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("@Connected alone")
class ConnectedAloneTest {

  /** What fixtures saw, by the class of the fixture. */
  private static final Set<Client> CLIENTS = ConcurrentHashMap.newKeySet();

  @Test
  void isEnoughOnParametersOfTests() {
    TestRun.of(Parameters.class).passes(7);
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Connected(userId = "carol", groups = "room")
  @interface Carol {}

  static class Parameters {
    @Test
    void clients(
        @Connected(userId = "alice", groups = "room") PubSubClient alice,
        @Connected(userId = "bob") SimpleClient bob,
        @Carol PubSubClient carol,
        FakeWebPubSub service) {
      alice.sendToGroup("room", "hi");
      assertThat(carol).receivesMessage().isFromUser("alice").hasText("hi");
      assertThat(bob).receivesNoMessage();
      assertThat(service).hasConnections(3);
      assertThat(alice.hub()).isEqualTo("hub");
    }

    @Test
    void testsWithoutTheKit() {}

    @RepeatedTest(2)
    void repeated(@Connected(userId = "alice") PubSubClient alice, FakeWebPubSub service) {
      assertThat(service).hasConnections(1);
    }

    @ParameterizedTest
    @ValueSource(strings = "red")
    void parameterized(String group, @Connected PubSubClient client) {
      client.joinGroup(group);
    }

    @TestFactory
    Stream<DynamicTest> factory(@Connected(userId = "alice") PubSubClient alice) {
      return Stream.of("one", "two")
          .map(name -> dynamicTest(name, () -> assertThat(alice).isConnected()));
    }
  }

  @Test
  void closesWhatItConnected() {
    CLIENTS.clear();
    TestRun.of(Fields.class, LifecycleMethods.class).passes(4);
    assertThat(CLIENTS).hasSize(7).noneMatch(Client::isConnected);
  }

  static class Inherited {
    @Connected(userId = "inherited")
    private PubSubClient inherited;
  }

  static class Fields extends Inherited {
    @Connected(userId = "alice")
    private PubSubClient alice;

    private FakeWebPubSub service;

    @Test
    void one() {
      look();
    }

    @Test
    void two(@Connected(userId = "alice") PubSubClient same) {
      look();
      assertThat((Object) same).isSameAs(alice);
    }

    private void look() {
      assertThat(service).hasConnections(2).hasUser("inherited");
      assertThat(CLIENTS.add(alice)).as("fresh").isTrue();
      CLIENTS.add(((Inherited) this).inherited);
    }
  }

  static class LifecycleMethods {
    private PubSubClient before;

    @BeforeAll
    static void start(@Connected(userId = "watcher") PubSubClient watcher) {
      CLIENTS.add(watcher);
    }

    @BeforeEach
    void prepare(@Connected(userId = "alice") PubSubClient alice) {
      before = alice;
      CLIENTS.add(alice);
    }

    @Test
    void one(FakeWebPubSub service) {
      assertThat(service).hasConnections(2).hasUser("watcher");
    }

    @Test
    void two(@Connected(userId = "alice") PubSubClient alice) {
      assertThat((Object) alice).isSameAs(before);
    }

    @AfterEach
    void look(@Connected(userId = "alice") PubSubClient alice) {
      assertThat((Object) alice).isSameAs(before);
    }

    @AfterAll
    static void end(@Connected(userId = "watcher") PubSubClient watcher, FakeWebPubSub service) {
      assertThat(CLIENTS).contains(watcher);
      assertThat(service).hasConnections(1);
    }
  }

  @Test
  void onAStaticFieldSharesTheServiceOfTheClass() {
    TestRun.of(StaticField.class).passes(3);
    assertThat((Object) StaticField.watcher).as("emptied after the class").isNull();
  }

  static class StaticField {
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    static FakeWebPubSub shared;

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      look(service);
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      look(service);
    }

    private static void look(FakeWebPubSub service) {
      assertThat((Object) service).isSameAs(shared);
      assertThat(service).hasConnections(2).hasUser("watcher").hasUser("alice");
    }

    @Nested
    class Inner {
      @Test
      void three(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
        look(service);
      }
    }
  }

  @Test
  void worksInNestedClasses() {
    TestRun.of(OuterField.class, InnerOnly.class).passes(6);
  }

  static class OuterField {
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void outer() {
      assertThat(alice).isConnected();
    }

    @Nested
    class Inner {
      @Test
      void innerWithoutTheKit() {
        assertThat(alice).isConnected();
      }

      @Test
      void inner(@Connected(userId = "alice") PubSubClient same, @Connected SimpleClient other) {
        assertThat((Object) same).isSameAs(alice);
      }
    }

    @Nested
    class InnerWithField {
      @Connected(userId = "bob")
      PubSubClient bob;

      @Test
      void inner(FakeWebPubSub service) {
        assertThat(service).hasConnections(2).hasUser("alice").hasUser("bob");
      }
    }
  }

  static class InnerOnly {
    @Test
    void outerWithoutTheKit() {}

    @Nested
    class Inner {
      @BeforeAll
      static void start(@Connected(userId = "watcher") PubSubClient watcher) {}

      @Test
      void inner(FakeWebPubSub service) {
        assertThat(service).hasConnections(1).hasUser("watcher");
      }
    }
  }

  @Test
  void worksOnOneInstanceForAllTests() {
    CLIENTS.clear();
    TestRun.of(PerClass.class, PerClassParameters.class).passes(5);
    assertThat(CLIENTS).hasSize(4).noneMatch(Client::isConnected);
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClass {
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void one() {
      assertThat(CLIENTS.add(alice)).as("fresh").isTrue();
    }

    @Test
    void two(FakeWebPubSub service) {
      assertThat(CLIENTS.add(alice)).as("fresh").isTrue();
      assertThat(service).hasConnections(1);
    }

    @Nested
    class Inner {
      @Test
      void three() {
        assertThat(CLIENTS.add(alice)).as("fresh").isTrue();
      }
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClassParameters {
    private PubSubClient watcher;

    @BeforeAll
    void start(@Connected(userId = "watcher") PubSubClient given) {
      watcher = given;
      CLIENTS.add(given);
    }

    @Test
    void one(FakeWebPubSub service) {
      assertThat(service).hasConnections(1);
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "watcher") PubSubClient own) {
      assertThat((Object) own).isNotSameAs(watcher);
      assertThat(service).hasConnections(2);
    }
  }

  @Test
  void worksWhereTestsRunAtTheSameTime() {
    Parallel.FAKES.clear();
    TestRun.parallel(Parallel.class).passes(3);
    assertThat(new HashSet<>(Parallel.FAKES)).hasSize(3);
  }

  static class Parallel {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @Connected(userId = "bob")
    PubSubClient bob;

    @Test
    void one(FakeWebPubSub service, @Connected PubSubClient client) {
      FAKES.add(service);
    }

    @Test
    void two(FakeWebPubSub service) {
      FAKES.add(service);
    }

    @Test
    void three(FakeWebPubSub service, @Connected SimpleClient client) {
      FAKES.add(service);
    }
  }

  @Test
  void attachesTheTimelineOfAFailedTest() {
    assertThat(TestRun.of(Failing.class).outcome("test").reports().get(FailureReport.KEY))
        .contains("alice");
  }

  static class Failing {
    @Test
    void test(@Connected(userId = "alice") PubSubClient alice) {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void comesTooLateForAStaticServiceIfOnlyTestsHaveIt() {
    assertThat(TestRun.of(LateService.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            """
            FakeWebPubSub service (field of LateService) is static, but the kit is registered for each test \
            of the class, too late for it. Annotate the class with @WebPubSubTest, make the field of a \
            WebPubSubExtension static, or make this field an instance field.""");
  }

  static class LateService {
    static FakeWebPubSub service;

    @Test
    void test(@Connected PubSubClient client) {}
  }
}
