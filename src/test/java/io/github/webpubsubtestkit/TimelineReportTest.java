package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("The timeline of a failed test")
class TimelineReportTest {

  @Test
  void isAttachedToTheFailedTest() {
    TestRun run = TestRun.of(Failing.class);

    assertThat(run.failure("fails")).hasMessage("on purpose").hasNoSuppressedExceptions();
    assertThat(run.outcome("fails").reports().get("timeline"))
        .contains("alice")
        .contains("what alice sent")
        .doesNotContain("AccessKey")
        .doesNotContain("what bob sent");
    assertThat(run.outcome("passes").reports()).doesNotContainKey("timeline");
    assertThat(run.outcome("isAborted").reports()).doesNotContainKey("timeline");
    assertThat(run.outcome("failsWithoutService").reports()).doesNotContainKey("timeline");
    assertThat(run.outcome("failsBeforeItBegins").reports().get("timeline")).contains("carol");
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
    assertThat(run.outcome("TimelineReportTest$FailingClass").reports().get("timeline"))
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

  @Test
  void isAFileWhereJUnitHasFiles(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("webpubsub-timeline.txt");
    Map<String, String> reports = new HashMap<>();

    TimelineReport.publishFile(
        context(writer -> writer.accept(file), reports), "webpubsub-timeline.txt", "what happened");

    if (junitHasFiles()) {
      assertThat(file).hasContent("what happened");
    } else {
      assertThat(file).doesNotExist();
    }
    assertThat(reports).isEmpty();
  }

  @Test
  void aFileThatCannotBeWrittenDoesNotHideTheFailure() {
    Map<String, String> reports = new HashMap<>();

    TimelineReport.publishFile(
        context(
            writer -> {
              throw new IllegalStateException("no directory");
            },
            reports),
        "webpubsub-timeline.txt",
        "what happened");

    assertThat(reports)
        .isEqualTo(
            junitHasFiles() ? Map.of("timeline-file", "not written: no directory") : Map.of());
  }

  private static boolean junitHasFiles() {
    return Arrays.stream(ExtensionContext.class.getMethods())
        .map(Method::getName)
        .anyMatch("publishFile"::equals);
  }

  /** A context that hands the writer of a file to {@code files} and remembers report entries. */
  @SuppressWarnings("unchecked")
  private static ExtensionContext context(
      ThrowingConsumer<ThrowingConsumer<Path>> files, Map<String, String> reports) {
    return (ExtensionContext)
        Proxy.newProxyInstance(
            ExtensionContext.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("publishFile")) {
                files.accept((ThrowingConsumer<Path>) arguments[2]);
              } else {
                reports.put((String) arguments[0], (String) arguments[1]);
              }
              return null;
            });
  }
}
