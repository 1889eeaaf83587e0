package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.WebPubSubSoftAssertions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("A failed test is told what its service saw, and where the timeline is")
class FailureReportTest {

  @Test
  void isAttachedToTheFailedTest() {
    TestRun run = TestRun.of(Failing.class);

    assertThat(run.failure("fails")).hasMessage("on purpose");
    assertThat(run.outcome("fails").reports().get("timeline"))
        .startsWith(System.lineSeparator() + "+")
        .contains("alice")
        .contains("what alice sent")
        .doesNotContain("AccessKey")
        .doesNotContain("what bob sent");
    assertThat(run.outcome("passes").reports()).doesNotContainKey("timeline");
    assertThat(run.outcome("isAborted").reports()).doesNotContainKey("timeline");
    assertThat(run.outcome("failsWithoutService").reports()).doesNotContainKey("timeline");
    assertThat(run.outcome("failsBeforeItBegins").reports().get("timeline")).contains("carol");
  }

  @Test
  @DisplayName("AssertJ's extension throws after the test's method: it is told as well")
  void isAttachedToFailedSoftAssertions() {
    TestRun run = TestRun.of(Softly.class);

    assertThat(run.failure("fails").getSuppressed())
        .singleElement()
        .satisfies(it -> assertThat(it.getMessage()).containsOnlyOnce("timeline: "));
    assertThat(run.outcome("fails").reports().get("timeline")).contains("alice");
  }

  @WebPubSubTest
  @ExtendWith(SoftAssertionsExtension.class)
  static class Softly {
    @InjectSoftAssertions WebPubSubSoftAssertions softly;

    @Test
    void fails(@Connected(userId = "alice") PubSubClient alice) {
      softly.assertThat(alice).hasReceivedText("hi");
    }
  }

  @WebPubSubTest
  static class Failing {
    @Test
    void fails(@Connected(userId = "alice", groups = "room") PubSubClient alice) {
      alice.sendToGroup("room", "what alice sent");
      throw new IllegalStateException("on purpose");
    }

    @Test
    void passes(@Connected(userId = "bob", groups = "room") PubSubClient bob) {
      bob.sendToGroup("room", "what bob sent");
    }

    @Test
    void isAborted(@Connected(userId = "bob") PubSubClient bob) {
      Assumptions.abort("not here");
    }

    @Test
    void failsWithoutService() {
      throw new IllegalStateException("on purpose");
    }

    @Test
    void failsBeforeItBegins(
        @Connected(userId = "carol") PubSubClient carol,
        @Connected(hub = "1 2") PubSubClient none) {}
  }

  @Test
  void isAttachedToAFailedDynamicTest() {
    TestRun run = TestRun.of(Factory.class);
    assertThat(run.outcome("bad").reports().get("timeline")).contains("alice");
    assertThat(run.outcome("good").reports()).doesNotContainKey("timeline");
  }

  @WebPubSubTest
  static class Factory {
    @TestFactory
    Stream<DynamicTest> factory(@Connected(userId = "alice") PubSubClient alice) {
      return Stream.of(
          dynamicTest("good", () -> assertThat(alice).isConnected()),
          dynamicTest(
              "bad",
              () -> {
                throw new IllegalStateException("on purpose");
              }));
    }
  }

  @Test
  void isAttachedToAFailedClass() {
    TestRun run = TestRun.of(FailingClass.class);
    assertThat(run.outcome("FailureReportTest$FailingClass").reports().get("timeline"))
        .contains("watcher");
  }

  @WebPubSubTest
  static class FailingClass {
    @BeforeAll
    static void start(@Connected(userId = "watcher") PubSubClient watcher) {
      fail("on purpose");
    }

    @Test
    void test() {}
  }

  @Test
  void isAttachedForEachServiceOfTheTest() {
    TestRun run = TestRun.of(TwoServices.class);
    assertThat(run.outcome("test").reports().get("timeline-1")).contains("alice");
    assertThat(run.outcome("test").reports().get("timeline-2")).contains("bob");
  }

  static class TwoServices {
    @RegisterExtension static final WebPubSubExtension one = WebPubSubExtension.builder().build();
    @RegisterExtension static final WebPubSubExtension two = WebPubSubExtension.builder().build();

    @Test
    void test() {
      one.service().connect(ConnectOptions.asUser("alice"));
      two.service().connect(ConnectOptions.asUser("bob"));
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void isAttachedToTheFailingTestsOfASharedFake() {
    TestRun run = TestRun.of(Shared.class);
    assertThat(run.outcome("fails").reports().get("timeline")).contains("watcher");
    assertThat(run.outcome("passes").reports()).doesNotContainKey("timeline");
  }

  @WebPubSubTest
  static class Shared {
    @Connected(userId = "watcher")
    static PubSubClient watcher;

    @Test
    void passes(FakeWebPubSub service) {}

    @Test
    void fails(FakeWebPubSub service) {
      throw new IllegalStateException("on purpose");
    }
  }

  // ---- what is added to the failure itself

  @TempDir Path directory;

  private TestRun run(Class<?> fixture) {
    return TestRun.with(
        Map.of(ReportDirectory.PARAMETER, directory.resolve("reports").toString()), fixture);
  }

  private static List<String> added(Throwable failure) {
    return Arrays.stream(failure.getSuppressed())
        .filter(WhatTheServiceSaw.class::isInstance)
        .peek(each -> assertThat(each.getStackTrace()).isEmpty())
        .map(Throwable::toString)
        .toList();
  }

  @Test
  void aFailureThatIsNotTheKitsIsExplained() throws IOException {
    TestRun run = run(Foreign.class);

    String text = added(run.failure("refused")).get(0);
    assertThat(text.lines())
        .first()
        .isEqualTo("What the service saw, in seconds since it started:");
    assertThat(text)
        .containsPattern("\n  \\+\\d\\.\\d{3} s  handshake GET /client/hubs/game")
        .contains("=> 401 The audience is invalid: the token is for ")
        .doesNotContain("eyJ");
    Path file = Path.of(text.substring(text.indexOf("the timeline: ") + 14));
    assertThat(file)
        .content()
        .containsPattern("handshake +<- +401")
        .containsPattern("test +!! +failed: java.util.concurrent.CompletionException")
        .contains("keys");
    assertThat(added(run.failure("plainAssertJ")).get(0)).contains("=> ok, to nobody");
    assertThat(run.failure("isAborted").getSuppressed()).isEmpty();
  }

  @WebPubSubTest
  static class Foreign {

    @AfterEach
    void leavesATrace(FakeWebPubSub service) {
      service.regenerateSecondaryKey();
    }

    @Test
    void refused(FakeWebPubSub service) {
      URI url = service.clientUrl(ConnectOptions.asUser("alice").hub("games"));
      URI typo = URI.create(url.toString().replace("/games?", "/game?"));
      HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .buildAsync(typo, new WebSocket.Listener() {})
          .join();
    }

    @Test
    void plainAssertJ(FakeWebPubSub service) {
      service.sendToGroup("strom-alerts", "gusts");
      assertThat(service.users()).contains("alice");
    }

    @Test
    void isAborted(FakeWebPubSub service) {
      service.sendToAll("x");
      Assumptions.abort("not here");
    }
  }

  @Test
  void aFailureOfTheKitGetsThePathOnly() {
    TestRun run = run(Own.class);

    for (String test : List.of("assertion", "exception", "inACause", "timedOut")) {
      assertThat(added(run.failure(test)))
          .as(test)
          .singleElement()
          .asString()
          .startsWith("The timeline: " + directory)
          .endsWith("FailureReportTest$Own." + test + "-webpubsub-timeline.txt");
    }
    assertThat(run.failure("timedOut").getSuppressed())
        .filteredOn(InterruptedWaitException.class::isInstance)
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith("[alice] interrupted after ")
        .contains(": expected text \"hi\" within 100 s but received nothing");
  }

  @WebPubSubTest
  static class Own {
    @Test
    void assertion(@Connected PubSubClient alice) {
      assertThat(alice).hasReceivedText("hi");
    }

    @Test
    void exception(FakeWebPubSub service) {
      service.connect(ConnectOptions.asUser("alice").withoutRoles()).joinGroup("room");
    }

    @Test
    void inACause(FakeWebPubSub service) {
      try {
        exception(service);
      } catch (AckFailedException e) {
        throw new CompletionException(e);
      }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MILLISECONDS)
    void timedOut(@Connected PubSubClient alice) {
      assertThat(alice).within(Duration.ofSeconds(100)).receivesText("hi");
    }
  }

  @Test
  void failuresOfLifeCycleMethodsAndDynamicTestsAreExplained() {
    assertThat(added(run(InBeforeAll.class).failure("FailureReportTest$InBeforeAll"))).hasSize(1);
    assertThat(added(run(InAfterAll.class).failure("FailureReportTest$InAfterAll"))).hasSize(1);
    assertThat(added(run(InBeforeEach.class).failure("test"))).hasSize(1);
    assertThat(added(run(InAfterEach.class).failure("test"))).hasSize(1);
    assertThat(added(run(InDynamic.class).failure("dynamic")))
        .singleElement()
        .asString()
        .contains("sendToAll()  from the test  hub \"hub\"  => ok, to nobody");
  }

  static void fails(FakeWebPubSub service) {
    service.sendToAll("hi");
    throw new IllegalStateException("on purpose");
  }

  @WebPubSubTest
  static class InBeforeAll {
    @BeforeAll
    static void before(FakeWebPubSub service) {
      fails(service);
    }

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class InAfterAll {
    @BeforeAll
    static void before(FakeWebPubSub service) {}

    @AfterAll
    static void after(FakeWebPubSub service) {
      fails(service);
    }

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class InBeforeEach {
    @BeforeEach
    void before(FakeWebPubSub service) {
      fails(service);
    }

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class InAfterEach {
    @AfterEach
    void after(FakeWebPubSub service) {
      fails(service);
    }

    @Test
    void test() {}
  }

  @WebPubSubTest
  static class InDynamic {
    @TestFactory
    DynamicTest factory(FakeWebPubSub service) {
      return dynamicTest("dynamic", () -> fails(service));
    }
  }

  @Test
  void ofASharedFakeOnlyWhatHappenedInTheTestIsTold() {
    TestRun run = run(SharedByMethods.class);

    assertThat(added(run.failure("one")).get(0)).contains("\"one\"").doesNotContain("\"two\"");
    assertThat(added(run.failure("two")).get(0)).contains("\"two\"").doesNotContain("\"one\"");
  }

  static class SharedByMethods {
    @RegisterExtension static final WebPubSubExtension fake = WebPubSubExtension.builder().build();

    @Test
    void one() {
      fails("one");
    }

    @Test
    void two() {
      fails("two");
    }

    private static void fails(String name) {
      fake.service().sendToUser(name, "hi");
      fail("on purpose");
    }
  }

  @Test
  void whatCameAfterAResetIsToldAlthoughTheTimesBeginAnew() {
    assertThat(added(run(Reset.class).failure("second")).get(0))
        .contains(
            """
            What the service saw, in seconds since it started:
              it was reset during the test, which begins its times anew
            """)
        .contains("sendToUser(\"after\")")
        .doesNotContain("sendToUser(\"before\")");
  }

  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Reset {
    @RegisterExtension static final WebPubSubExtension fake = WebPubSubExtension.builder().build();

    @Test
    void first() {
      fake.service().connect(ConnectOptions.asUser("alice")).close(); // takes its time
    }

    @Test
    void second() {
      fake.service().sendToUser("before", "hi");
      fake.service().reset();
      fake.service().sendToUser("after", "hi");
      fail("on purpose");
    }
  }

  @Test
  void aWaitThatWasInterruptedOnAnotherThreadIsReported() {
    assertThat(added(run(Preemptive.class).failure("endsTheWait")))
        .singleElement()
        .asString()
        .startsWith(
            "A wait that was interrupted: [alice] expected text \"hi\" within 100 s but received"
                + " nothing\n  at the service\n")
        .contains("sendToGroup(\"room\")  from the test  ok, to nobody")
        .doesNotContain("What the service saw");
  }

  @WebPubSubTest
  static class Preemptive {
    @Test
    void endsTheWait(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      service.sendToGroup("room", "hi");
      assertTimeoutPreemptively(
          Duration.ofMillis(50),
          () -> assertThat(alice).within(Duration.ofSeconds(100)).receivesText("hi"));
    }
  }

  @Test
  void theUsersLineIsTheFirstFrameOfAnInvalidArgument() {
    assertThat(run(Invalid.class).failure("test").getStackTrace()[0].getClassName())
        .isEqualTo(Invalid.class.getName());
  }

  @WebPubSubTest
  static class Invalid {
    @Test
    void test(FakeWebPubSub service) {
      service.sendToGroup("", "hi");
    }
  }

  // ---- files

  @Test
  void isAFileWhereJUnitHasFiles() {
    Path file = directory.resolve("webpubsub-timeline.txt");
    Map<String, String> reports = new HashMap<>();

    Optional<Path> written =
        FailureReport.publishFile(
            context(writer -> writer.accept(file), Optional.empty(), reports),
            "webpubsub-timeline.txt",
            "what happened");

    if (junitHasFiles()) {
      assertThat(file).hasContent("what happened");
      assertThat(written).contains(file);
    } else {
      assertThat(file).doesNotExist();
      assertThat(written).map(Path::toString).get().asString().contains("target");
    }
    assertThat(reports).isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenDoesNotHideTheFailure() throws IOException {
    Map<String, String> reports = new HashMap<>();
    Path noDirectory = Files.writeString(directory.resolve("file"), "");

    Optional<Path> written =
        FailureReport.publishFile(
            context(
                writer -> {
                  throw new IllegalStateException("no directory");
                },
                Optional.of(noDirectory.toString()),
                reports),
            "webpubsub-timeline.txt",
            "what happened");

    assertThat(written).isEmpty();
    assertThat(reports.get("timeline-file")).startsWith("not written: ");
  }

  private static boolean junitHasFiles() {
    return Arrays.stream(ExtensionContext.class.getMethods())
        .map(Method::getName)
        .anyMatch("publishFile"::equals);
  }

  /** A context that hands the writer of a file to {@code files} and remembers report entries. */
  @SuppressWarnings("unchecked")
  private static ExtensionContext context(
      ThrowingConsumer<ThrowingConsumer<Path>> files,
      Optional<String> directory,
      Map<String, String> reports) {
    return (ExtensionContext)
        Proxy.newProxyInstance(
            ExtensionContext.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "publishFile" -> {
                    files.accept((ThrowingConsumer<Path>) arguments[2]);
                    yield null;
                  }
                  case "publishReportEntry" ->
                      reports.put((String) arguments[0], (String) arguments[1]);
                  case "getConfigurationParameter" -> directory;
                  case "getTestClass", "getTestMethod" -> Optional.empty();
                  default -> "";
                });
  }
}
