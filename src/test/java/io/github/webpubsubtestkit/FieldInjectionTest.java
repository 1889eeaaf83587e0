package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.WebPubSubService;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("Fields")
class FieldInjectionTest {

  @Test
  void instanceFieldsAreFilledBeforeBeforeEach() {
    TestRun.of(InstanceFields.class).passes(2);
  }

  static class InheritedFields {
    @Connected(userId = "inherited")
    private PubSubClient inherited;

    PubSubClient inherited() {
      return inherited;
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Connected(userId = "carol")
  @interface Carol {}

  @WebPubSubTest
  static class InstanceFields extends InheritedFields {
    private FakeWebPubSub fake;
    private WebPubSubService service;

    @Connected(userId = "alice", groups = "room")
    private PubSubClient alice;

    @Connected private SimpleClient bob;
    @Carol private PubSubClient carol;

    @BeforeEach
    void prepare() {
      assertThat((Object) service).isSameAs(fake);
      assertThat(fake).hasConnections(4).hasGroupMember("room", "alice").hasUser("inherited");
    }

    @Test
    void one() {
      assertThat(inherited()).isConnected();
      assertThat(carol).hasUserId("carol");
      alice.sendToGroup("room", "hi");
      assertThat(alice).receivesText("hi");
    }

    @Test
    void two() {
      assertThat(alice).hasReceivedNoMessage();
      assertThat(bob.name()).isEqualTo("bob");
    }
  }

  @Test
  void fieldsAreFreshForEachTestEvenIfTheInstanceIsNot() {
    PerClass.CLIENTS.clear();
    TestRun.of(PerClass.class).passes(4);
    assertThat(PerClass.CLIENTS).hasSize(4).noneMatch(Client::isConnected);
  }

  @WebPubSubTest
  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClass {
    static final Set<Client> CLIENTS = ConcurrentHashMap.newKeySet();
    FakeWebPubSub service;

    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    void one() {
      look();
    }

    @Test
    void two() {
      look();
    }

    void look() {
      assertThat(alice).isConnected();
      assertThat(service).hasConnectionFrom("alice");
      CLIENTS.add(alice);
    }

    @Nested
    class Inner {
      @Test
      void three() {
        look();
      }

      @Test
      void four() {
        look();
      }
    }
  }

  @Test
  void nestedClassesSeeTheFieldsOfEnclosingInstances() {
    TestRun.of(Outer.class).passes(2);
  }

  static class Base {
    @Connected(userId = "alice")
    PubSubClient alice;

    @Connected PubSubClient anonymous;
  }

  @WebPubSubTest
  static class Outer extends Base {
    @Test
    void outer() {
      assertThat(alice).isConnected();
    }

    @Nested
    class Inner extends Base {
      @Test
      void bothInstancesHaveTheInheritedField(FakeWebPubSub service) {
        assertThat((Object) alice).as("one user, one client").isSameAs(Outer.this.alice);
        assertThat((Object) anonymous).as("no user, own client").isNotSameAs(Outer.this.anonymous);
        assertThat(service).hasConnections(3);
      }
    }
  }

  @Test
  void fieldsOfTheTestsOwnAreLeftAlone() {
    TestRun.of(OwnFields.class).passes(1);
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface SomebodyElses {}

  @WebPubSubTest
  static class OwnFields {
    private final FakeWebPubSub mine = FakeWebPubSub.start();
    private FakeWebPubSub alsoMine = mine;
    @SomebodyElses private FakeWebPubSub foreign;

    @Test
    void test(FakeWebPubSub injected) {
      assertThat((Object) mine).isNotSameAs(injected).isSameAs(alsoMine);
      assertThat((Object) foreign).isNull();
    }

    @AfterEach
    void close() {
      mine.close();
    }
  }

  @Test
  void wrongFieldsSayWhatToDoInstead() {
    assertThat(TestRun.of(FinalField.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@Connected cannot inject PubSubClient alice (field of FinalField) because it is final: remove the modifier.");
    assertThat(TestRun.of(WrongType.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith(
            "@Connected cannot inject String alice (field of WrongType): the type must be PubSubClient");
    assertThat(TestRun.of(ConnectedService.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@Connected is for clients, but FakeWebPubSub service (field of ConnectedService) is the service: remove the annotation.");
    assertThat(TestRun.of(SameUserTwice.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith(
            "The client of user \"alice\" in hub \"hub\" is requested twice in one place:")
        .hasMessageContaining("device");
    assertThat(TestRun.of(CannotConnect.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith(
            "Could not connect @Connected(hub = \"1 2\") PubSubClient alice (field of CannotConnect): ");
    assertThat(TestRun.of(StaticFinalField.class).failure("FieldInjectionTest$StaticFinalField"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageContaining("remove the modifier");
  }

  @WebPubSubTest
  static class FinalField {
    @SuppressWarnings("NullAway")
    @Connected(userId = "alice")
    final PubSubClient alice = null;

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class StaticFinalField {
    @SuppressWarnings("NullAway")
    @Connected(userId = "alice")
    static final PubSubClient alice = null;

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class WrongType {
    @Connected String alice;

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class ConnectedService {
    @Connected FakeWebPubSub service;

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class SameUserTwice {
    @Connected(userId = "alice")
    PubSubClient one;

    @Connected(userId = "alice")
    PubSubClient two;

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class CannotConnect {
    @Connected(hub = "1 2")
    PubSubClient alice;

    @Test
    void test() {}
  }

  @Test
  void staticFieldsNeedAnExtensionOfTheClass() {
    assertThat(TestRun.of(TooLate.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            """
            FakeWebPubSub service (field of TooLate) is static, but the kit is registered for each test of \
            the class, too late for it. Annotate the class with @WebPubSubTest, make the field of a \
            WebPubSubExtension static, or make this field an instance field.""");
  }

  static class TooLate {
    @RegisterExtension final WebPubSubExtension extension = WebPubSubExtension.builder().build();

    static FakeWebPubSub service;

    @Test
    void test() {}
  }

  @Test
  void oneInstanceForConcurrentTestsCannotHaveFreshFields() {
    TestRun run = TestRun.parallel(ConcurrentPerClass.class);
    assertThat(run.failure("one"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            """
            PubSubClient alice (field of ConcurrentPerClass) would be set by several tests at the same time, \
            because the class has one instance for all tests (@TestInstance(PER_CLASS)) and they run \
            concurrently. Use a parameter of the test instead, or a static field for a client of the class.""");
    assertThat(run.failure("two")).isInstanceOf(ExtensionConfigurationException.class);
    assertThat(run.failure("three"))
        .as("the instance of the enclosing class is shared as well")
        .hasMessageStartingWith("PubSubClient alice (field of ConcurrentPerClass)");

    TestRun.of(ConcurrentPerClass.class).passes(3);
  }

  @WebPubSubTest
  @TestInstance(Lifecycle.PER_CLASS)
  @Execution(ExecutionMode.CONCURRENT)
  static class ConcurrentPerClass {
    @Connected(userId = "alice")
    PubSubClient alice;

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void one() {}

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void two() {}

    @Nested
    class Inner {
      @Test
      @Execution(ExecutionMode.CONCURRENT)
      void three() {}
    }
  }

  @Test
  void perClassTestsOneAfterTheOtherHaveFreshFieldsInAParallelRunToo() {
    PerClass.CLIENTS.clear();
    TestRun.parallel(PerClass.class).passes(4);
    assertThat(PerClass.CLIENTS).hasSize(4);
  }

  @Test
  void anInheritedStaticFieldIsRefusedWhereSubclassesRunAtTheSameTime() {
    TestRun run = TestRun.parallel(StaticChild.class);
    assertThat(run.failure("FieldInjectionTest$StaticChild"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            """
            FakeWebPubSub service (field of StaticBase) is inherited by StaticChild, which runs at the same \
            time as other subclasses: they would overwrite each other's value. Declare the field in each \
            subclass, use an instance field, or register a WebPubSubExtension in the base class, which its \
            subclasses can share.""");

    TestRun.of(StaticChild.class, OtherStaticChild.class).passes(2);
  }

  @WebPubSubTest
  static class StaticBase {
    static FakeWebPubSub service;

    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void test(@Connected(userId = "alice") PubSubClient alice) {
      assertThat(service).hasConnections(2).hasUser("watcher").hasUser("alice");
      assertThat(watcher).isConnected();
    }
  }

  static class StaticChild extends StaticBase {}

  static class OtherStaticChild extends StaticBase {}

  @Test
  void aStaticFieldThatANestedClassInheritsAgainIsFilledOnce() {
    TestRun.of(NestedInherits.class).passes(2);
  }

  static class NestedInherits extends StaticBase {
    @Nested
    class Inner extends StaticBase {}
  }
}
