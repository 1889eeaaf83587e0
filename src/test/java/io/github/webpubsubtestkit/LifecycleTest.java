package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("Kinds of tests and their life cycles")
class LifecycleTest {

  @Test
  void nestedClasses() {
    TestRun.of(WithNested.class).passes(3);
  }

  @WebPubSubTest(hub = "outer")
  static class WithNested {
    PubSubClient prepared;

    @BeforeEach
    void prepare(@Connected(userId = "alice") PubSubClient alice) {
      prepared = alice;
    }

    @Test
    void outer(FakeWebPubSub service) {
      assertThat(service).hasConnections(1);
    }

    @Nested
    class Inner {
      @Connected(userId = "bob")
      PubSubClient bob;

      @Test
      void inner(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
        assertThat((Object) alice).isSameAs(prepared);
        assertThat(bob.hub()).isEqualTo("outer");
        assertThat(service).hasConnections(2);
      }

      @Nested
      @WebPubSubTest(hub = "innermost")
      class Innermost {
        @Test
        void innermost(@Connected PubSubClient client) {
          assertThat(client.hub()).isEqualTo("innermost");
          assertThat(prepared.hub()).as("nearest annotation of the test's class").isNotNull();
        }
      }
    }
  }

  @Test
  void oneInstancePerClass() {
    TestRun.of(PerClass.class).passes(3);
  }

  @WebPubSubTest
  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClass {
    FakeWebPubSub fromBeforeAll;

    @BeforeAll
    void start(FakeWebPubSub service, @Connected(userId = "watcher") PubSubClient watcher) {
      fromBeforeAll = service;
    }

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      look(service);
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      look(service);
    }

    void look(FakeWebPubSub service) {
      assertThat((Object) service).isSameAs(fromBeforeAll);
      assertThat(service).hasConnections(2).hasUser("watcher").hasUser("alice");
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class Inner {
      @Test
      void three(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
        look(service);
      }
    }
  }

  @Test
  void repeatedTests() {
    Repeated.FAKES.clear();
    TestRun.of(Repeated.class).passes(3);
    assertThat(new HashSet<>(Repeated.FAKES)).hasSize(3);
  }

  @WebPubSubTest
  static class Repeated {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @RepeatedTest(3)
    void test(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      FAKES.add(service);
      assertThat(service).hasConnections(1);
      assertThat(alice).hasReceivedNoMessage();
    }
  }

  @Test
  void parameterizedTestsTakeClientsAfterTheirArguments() {
    TestRun.of(Parameterized.class).passes(3);
  }

  @WebPubSubTest
  static class Parameterized {
    @ParameterizedTest
    @ValueSource(strings = {"red", "blue", "green/1"})
    void test(
        String group,
        @Connected(userId = "alice") PubSubClient alice,
        FakeWebPubSub service,
        TestInfo info) {
      alice.joinGroup(group);
      assertThat(service).hasGroupMember(group, "alice").hasConnections(1);
    }
  }

  @Test
  void testFactoriesAreOneTestWithAllThatTheyMake() {
    TestRun run = TestRun.of(Factory.class);
    run.passes(2);
  }

  @WebPubSubTest
  static class Factory {
    @Connected(userId = "bob", groups = "room")
    PubSubClient bob;

    @TestFactory
    Stream<DynamicTest> factory(
        FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      return Stream.of("one", "two")
          .map(
              text ->
                  dynamicTest(
                      text,
                      () -> {
                        assertThat(service).hasConnections(2);
                        alice.sendToGroup("room", text);
                        assertThat(bob).receivesText(text);
                      }));
    }
  }

  @Test
  void testTemplates() {
    TestRun.of(Template.class).passes(2);
  }

  @WebPubSubTest
  static class Template {
    @TestTemplate
    @ExtendWith(Twice.class)
    void test(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      assertThat(service).hasConnections(1);
    }
  }

  static class Twice implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
      return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
        ExtensionContext context) {
      return Stream.of(
          new TestTemplateInvocationContext() {}, new TestTemplateInvocationContext() {});
    }
  }

  @Test
  void lifecycleMethodsAndAnnotationOfASuperclass() {
    TestRun.of(Child.class).passes(1);
  }

  @WebPubSubTest(hub = "base")
  abstract static class Base {
    PubSubClient ofBase;

    @BeforeEach
    void prepareBase(@Connected(userId = "alice") PubSubClient alice) {
      ofBase = alice;
    }
  }

  static class Child extends Base {
    @Test
    void test(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      assertThat((Object) alice).isSameAs(ofBase);
      assertThat(alice.hub()).isEqualTo("base");
      assertThat(service).as("prepared once").hasConnections(1);
    }
  }

  @Test
  void annotationOnATestInterface() {
    TestRun.of(Implementation.class).passes(1);
  }

  @WebPubSubTest(hub = "contract")
  interface Contract {
    @BeforeEach
    default void prepare(@Connected(userId = "alice") SimpleClient alice) {
      assertThat(alice.hub()).isEqualTo("contract");
    }

    @Test
    default void test(FakeWebPubSub service) {
      assertThat(service.connections("contract")).hasSize(1);
    }
  }

  static class Implementation implements Contract {}

  @Test
  void methodsAtTheSameTime() {
    ParallelMethods.FAKES.clear();
    TestRun.parallel(ParallelMethods.class).passes(3);
    assertThat(new HashSet<>(ParallelMethods.FAKES)).hasSize(3);
  }

  @WebPubSubTest
  static class ParallelMethods {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();
    private static final CyclicBarrier ALL_THERE = new CyclicBarrier(3);

    FakeWebPubSub field;

    @Connected(userId = "bob", groups = "room")
    PubSubClient bob;

    @BeforeEach
    void prepare(@Connected(userId = "alice") PubSubClient alice) throws Exception {
      ALL_THERE.await(10, TimeUnit.SECONDS);
    }

    @Test
    void one(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      look("one", service, alice);
    }

    @Test
    void two(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      look("two", service, alice);
    }

    @Test
    void three(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      look("three", service, alice);
    }

    private void look(String text, FakeWebPubSub service, PubSubClient alice) {
      FAKES.add(service);
      assertThat((Object) field).isSameAs(service);
      assertThat(service).hasConnections(2);
      alice.sendToGroup("room", text);
      assertThat(bob).receivesExactly(text).receivesNoMessage();
    }
  }

  @Test
  void methodsAtTheSameTimeOnAFakeOfTheClass() {
    TestRun.parallel(ParallelShared.class).passes(3);
  }

  @WebPubSubTest
  static class ParallelShared {
    private static final CyclicBarrier ALL_THERE = new CyclicBarrier(3);
    static FakeWebPubSub shared;

    @BeforeEach
    void prepare(@Connected(userId = "alice") PubSubClient alice) throws Exception {
      ALL_THERE.await(10, TimeUnit.SECONDS);
    }

    @Test
    void one(@Connected(userId = "alice") PubSubClient alice) {
      look("one", alice);
    }

    @Test
    void two(@Connected(userId = "alice") PubSubClient alice) {
      look("two", alice);
    }

    @Test
    void three(@Connected(userId = "alice") PubSubClient alice) {
      look("three", alice);
    }

    private void look(String own, PubSubClient alice) {
      alice.joinGroup(own);
      shared.sendToGroup(own, own);
      assertThat(alice).receivesText(own);
    }
  }

  @Test
  void classesAtTheSameTime() {
    ParallelOne.FAKES.clear();
    TestRun.parallel(ParallelOne.class, ParallelTwo.class).passes(2);
    assertThat(new HashSet<>(ParallelOne.FAKES)).hasSize(2);
  }

  @WebPubSubTest
  static class ParallelOne {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();
    static final CyclicBarrier BOTH_THERE = new CyclicBarrier(2);
    static FakeWebPubSub shared;

    @Test
    void test(@Connected(userId = "alice") PubSubClient alice) throws Exception {
      FAKES.add(shared);
      BOTH_THERE.await(10, TimeUnit.SECONDS);
      assertThat(shared).hasConnections(1);
      BOTH_THERE.await(10, TimeUnit.SECONDS);
    }
  }

  @WebPubSubTest
  static class ParallelTwo {
    static FakeWebPubSub shared;

    @Test
    void test(@Connected(userId = "alice") PubSubClient alice) throws Exception {
      ParallelOne.FAKES.add(shared);
      ParallelOne.BOTH_THERE.await(10, TimeUnit.SECONDS);
      assertThat(shared).hasConnections(1);
      ParallelOne.BOTH_THERE.await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aFailingBeforeAllEndsTheFakeToo() {
    FailingBeforeAll.FAKES.clear();
    TestRun run = TestRun.of(FailingBeforeAll.class);
    assertFailsOnPurposeOnly(run.failure("LifecycleTest$FailingBeforeAll"));
    assertThat(run.tests()).isEmpty();
    assertThat(FailingBeforeAll.FAKES).hasSize(1);
    FailingBeforeAll.FAKES.forEach(FakeScopeTest::assertClosed);
  }

  @WebPubSubTest
  static class FailingBeforeAll {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @BeforeAll
    static void start(FakeWebPubSub service) {
      FAKES.add(service);
      throw new IllegalStateException("on purpose");
    }

    @Test
    void test() {}
  }

  @Test
  void aFailingBeforeEachEndsTheFakeToo() {
    FailingBeforeEach.FAKES.clear();
    TestRun run = TestRun.of(FailingBeforeEach.class);
    assertFailsOnPurposeOnly(run.failure("test"));
    assertThat(FailingBeforeEach.FAKES).hasSize(1);
    FailingBeforeEach.FAKES.forEach(FakeScopeTest::assertClosed);
  }

  @WebPubSubTest
  static class FailingBeforeEach {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @BeforeEach
    void prepare(FakeWebPubSub service, @Connected PubSubClient client) {
      FAKES.add(service);
      throw new IllegalStateException("on purpose");
    }

    @Test
    void test() {}
  }

  @Test
  void aClientThatIsRefusedFailsItsTestOnly() {
    TestRun run = TestRun.of(Refused.class);
    assertThat(run.failure("refused"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith(
            "Could not connect @Connected(hub = \"1 2\", userId = \"alice\") PubSubClient alice (parameter 2 of Refused.refused): ");
    assertThat(run.outcome("fine").hasSucceeded()).isTrue();
  }

  @WebPubSubTest
  static class Refused {
    @Test
    void refused(
        @Connected PubSubClient first,
        @Connected(hub = "1 2", userId = "alice") PubSubClient alice) {}

    @Test
    void fine(@Connected(userId = "alice") PubSubClient alice) {}
  }

  private static void assertFailsOnPurposeOnly(Throwable failure) {
    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("on purpose");
    assertThat(failure.getSuppressed()).hasOnlyElementsOfType(WhatTheServiceSaw.class);
  }

  @Test
  void anInterruptedTestLeavesNothingBehind() {
    Interrupted.FAKES.clear();
    TestRun run = TestRun.of(Interrupted.class);
    assertFailsOnPurposeOnly(run.failure("test"));
    assertThat(Interrupted.FAKES).hasSize(1);
    Interrupted.FAKES.forEach(FakeScopeTest::assertClosed);
  }

  @WebPubSubTest
  static class Interrupted {
    static final List<FakeWebPubSub> FAKES = new CopyOnWriteArrayList<>();

    @Test
    void test(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      FAKES.add(service);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("on purpose");
    }

    @AfterAll
    static void clearInterrupt() {
      Thread.interrupted(); // not every JUnit does
    }
  }

  @Test
  void whatCannotBeClosedIsReportedBesideTheFailureOfTheTest() {
    TestRun run = TestRun.of(NotClosable.class);
    assertThat(run.failure("fails")).hasMessage("on purpose");
    assertThat(messagesBelow(run.failure("fails"))).contains("first", "third");
    assertThat(messagesBelow(new AssertionError(run.failure("passes")))).contains("first", "third");
  }

  /**
   * Of all causes and suppressed exceptions; JUnit from 5.13 on wraps what a store could not close.
   */
  private static List<String> messagesBelow(Throwable failure) {
    List<String> messages = new ArrayList<>();
    Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
        .forEach(
            each -> {
              messages.add(String.valueOf(each.getMessage()));
              messages.addAll(messagesBelow(each));
            });
    return messages;
  }

  @ExtendWith(BadResources.class)
  static class NotClosable {
    @Test
    void fails() {
      throw new IllegalStateException("on purpose");
    }

    @Test
    void passes() {}
  }

  static class BadResources implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
      List<StoredResource> resources = List.of(failing("first"), () -> {}, failing("third"));
      StoredResource all = () -> StoredResource.closeAll(resources);
      Contexts.store(context).put("bad", all);
    }

    private static StoredResource failing(String message) {
      return () -> {
        throw new IllegalStateException(message);
      };
    }
  }
}
