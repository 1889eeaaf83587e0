package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ParameterResolutionException;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("How long fakes and clients live")
class FakeScopeTest {

  /** What fixtures saw, to be looked at after their run. */
  private static final class Seen {
    final List<FakeWebPubSub> fakes = new CopyOnWriteArrayList<>();
    final List<Client> clients = new CopyOnWriteArrayList<>();

    void clear() {
      fakes.clear();
      clients.clear();
    }

    Set<FakeWebPubSub> differentFakes() {
      return new HashSet<>(fakes);
    }

    void assertAllClosed() {
      assertThat(clients).noneMatch(Client::isConnected);
      for (FakeWebPubSub fake : differentFakes()) {
        assertClosed(fake);
      }
    }
  }

  /** Asks the fake itself: its port may belong to another test by now. */
  static void assertClosed(FakeWebPubSub fake) {
    assertThatIllegalStateException()
        .isThrownBy(() -> fake.connect(ConnectOptions.anonymous()))
        .withMessageContaining("closed");
  }

  @WebPubSubTest(hub = "chat", eventHandlers = "http://localhost:1/{event}")
  static class WithHandler {

    @Test
    void clientsNeedTheHandlersWord(FakeWebPubSub service) {
      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> service.connect(ConnectOptions.asUser("alice")))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500));
      service.connect(ConnectOptions.asUser("alice").hub("other"));
      assertThat(service.timeline()).contains("localhost:1");
    }
  }

  @Test
  void theAnnotationNamesEventHandlers() {
    TestRun.of(WithHandler.class).passes(1);
  }

  @Test
  void eachTestHasItsOwnFakeAndClients() {
    PerTest.SEEN.clear();
    TestRun.of(PerTest.class).passes(2);
    assertThat(PerTest.SEEN.differentFakes()).hasSize(2);
    PerTest.SEEN.assertAllClosed();
  }

  @WebPubSubTest
  static class PerTest {
    static final Seen SEEN = new Seen();

    @BeforeEach
    void prepare(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      assertThat(service).hasConnections(1);
      SEEN.fakes.add(service);
      SEEN.clients.add(alice);
    }

    @Test
    void one(FakeWebPubSub service) {
      assertThat(SEEN.fakes).contains(service);
    }

    @Test
    void two(FakeWebPubSub service) {
      assertThat(SEEN.fakes).contains(service);
    }
  }

  @Test
  void aStaticFieldSharesTheFakeButNotTheClientsOfTests() {
    StaticField.SEEN.clear();
    TestRun.of(StaticField.class).passes(2);
    assertThat(StaticField.SEEN.differentFakes()).hasSize(1);
    StaticField.SEEN.assertAllClosed();
    assertThat((Object) StaticField.shared).as("emptied after the class").isNull();
  }

  @WebPubSubTest
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class StaticField {
    static final Seen SEEN = new Seen();
    static FakeWebPubSub shared;

    @Test
    @Order(1)
    void one(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      alice.joinGroup("room");
      SEEN.fakes.add(service);
      SEEN.clients.add(alice);
      assertThat((Object) service).isSameAs(shared);
    }

    @Test
    @Order(2)
    void two(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
      SEEN.fakes.add(service);
      SEEN.clients.add(bob);
      assertThat(service).hasNoUser("alice").hasUser("bob");
      assertThat(service.requests()).as("a shared fake is never reset").isNotEmpty();
    }
  }

  @Test
  void aStaticClientLivesAsLongAsTheClassAndSharesItsFake() {
    StaticClient.SEEN.clear();
    TestRun.of(StaticClient.class).passes(2);
    assertThat(StaticClient.SEEN.differentFakes()).hasSize(1);
    assertThat(new HashSet<>(StaticClient.SEEN.clients)).hasSize(3);
    StaticClient.SEEN.assertAllClosed();
  }

  @WebPubSubTest
  static class StaticClient {
    static final Seen SEEN = new Seen();

    @Connected(userId = "watcher", groups = "room")
    static PubSubClient watcher;

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "watcher") PubSubClient own) {
      look(service, own);
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "watcher") PubSubClient own) {
      look(service, own);
    }

    private void look(FakeWebPubSub service, PubSubClient own) {
      SEEN.fakes.add(service);
      SEEN.clients.addAll(List.of(watcher, own));
      assertThat((Object) own).as("of the test, not of the class").isNotSameAs(watcher);
      assertThat(service).hasConnections(2);
      own.sendToGroup("room", "hi");
      assertThat(watcher).receivesText("hi");
    }
  }

  @Test
  void aParameterOfBeforeAllSharesTheFake() {
    BeforeAllParameter.SEEN.clear();
    TestRun.of(BeforeAllParameter.class).passes(2);
    assertThat(BeforeAllParameter.SEEN.differentFakes()).hasSize(1);
    BeforeAllParameter.SEEN.assertAllClosed();
  }

  @WebPubSubTest
  static class BeforeAllParameter {
    static final Seen SEEN = new Seen();

    @BeforeAll
    static void start(FakeWebPubSub service, @Connected(userId = "watcher") PubSubClient watcher) {
      SEEN.fakes.add(service);
      SEEN.clients.add(watcher);
    }

    @Test
    void one(FakeWebPubSub service) {
      SEEN.fakes.add(service);
      assertThat(service).hasUser("watcher");
    }

    @Test
    void two(FakeWebPubSub service) {
      SEEN.fakes.add(service);
      assertThat(service).hasUser("watcher");
    }

    @AfterAll
    static void end(FakeWebPubSub service, @Connected(userId = "watcher") PubSubClient watcher) {
      assertThat(SEEN.fakes).contains(service);
      assertThat(SEEN.clients).contains(watcher);
      assertThat(watcher).isConnected();
    }
  }

  @Test
  void aClientOfBeforeAllAloneSharesTheFakeToo() {
    TestRun.of(BeforeAllClient.class).passes(1);
  }

  @WebPubSubTest
  static class BeforeAllClient {
    @BeforeAll
    static void start(@Connected(userId = "watcher") PubSubClient watcher) {}

    @Test
    void test(FakeWebPubSub service) {
      assertThat(service).hasUser("watcher");
    }
  }

  @Test
  void afterAllCannotLookAtTheFakesOfTests() {
    assertThat(TestRun.of(AfterAllOnly.class).failure("FakeScopeTest$AfterAllOnly"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            FakeWebPubSub service (parameter 1 of AfterAllOnly.end) comes too late: each test had a fake of \
            its own, which has been closed. To look at the fake after the tests, share one among them: a \
            static field, a @BeforeAll parameter or a static WebPubSubExtension.""");
  }

  @WebPubSubTest
  static class AfterAllOnly {
    @Test
    void test(FakeWebPubSub service) {}

    @AfterAll
    static void end(FakeWebPubSub service) {}
  }

  @Test
  void nestedClassesUseTheFakeOfTheEnclosingClass() {
    NestedShared.SEEN.clear();
    TestRun.of(NestedShared.class).passes(3);
    assertThat(NestedShared.SEEN.differentFakes()).hasSize(1);
    NestedShared.SEEN.assertAllClosed();
  }

  @WebPubSubTest
  static class NestedShared {
    static final Seen SEEN = new Seen();
    static FakeWebPubSub shared;

    @Test
    void outer(FakeWebPubSub service) {
      SEEN.fakes.add(service);
    }

    @Nested
    class Inner {
      @Test
      void inner(FakeWebPubSub service, @Connected PubSubClient client) {
        SEEN.fakes.add(service);
        SEEN.clients.add(client);
      }

      @Nested
      class Innermost {
        @BeforeAll
        static void start(FakeWebPubSub service) {
          SEEN.fakes.add(service);
        }

        @Test
        void innermost(FakeWebPubSub service, @Connected PubSubClient client) {
          SEEN.fakes.add(service);
          SEEN.clients.add(client);
        }
      }
    }
  }

  @Test
  void aFakeDeclaredInANestedClassEndsWithIt() {
    NestedOwn.SEEN.clear();
    TestRun.of(NestedOwn.class).passes(4);
    assertThat(NestedOwn.SEEN.differentFakes()).hasSize(3);
    NestedOwn.SEEN.assertAllClosed();
  }

  @WebPubSubTest
  static class NestedOwn {
    static final Seen SEEN = new Seen();

    @Test
    void one(FakeWebPubSub service) {
      SEEN.fakes.add(service);
    }

    @Test
    void two(FakeWebPubSub service) {
      SEEN.fakes.add(service);
    }

    @Nested
    class Inner {
      @BeforeAll
      static void start(FakeWebPubSub service) {
        SEEN.fakes.add(service);
      }

      @Test
      void three(FakeWebPubSub service) {
        SEEN.fakes.add(service);
      }

      @Test
      void four(FakeWebPubSub service) {
        SEEN.fakes.add(service);
      }
    }
  }

  @Test
  void aClientThatTheTestHasClosedIsNoProblem() {
    TestRun.of(ClosedByTest.class).passes(2);
  }

  @WebPubSubTest
  static class ClosedByTest {
    @Test
    void client(@Connected PubSubClient one, @Connected PubSubClient two) {
      one.close();
      two.dropConnection();
    }

    @Test
    void service(FakeWebPubSub service, @Connected PubSubClient client) {
      service.close();
    }
  }
}
