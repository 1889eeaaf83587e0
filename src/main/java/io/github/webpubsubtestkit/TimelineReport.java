package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.opentest4j.TestAbortedException;

/** Attaches the timeline to a failed test. */
final class TimelineReport {

  static final String KEY = "timeline";
  static final String FILE = "webpubsub-timeline.txt";

  /** {@code publishFile(String, MediaType, ThrowingConsumer<Path>)}, available since JUnit 5.12. */
  private static final Optional<Method> PUBLISH_FILE =
      Arrays.stream(ExtensionContext.class.getMethods())
          .filter(method -> method.getName().equals("publishFile"))
          .filter(method -> method.getParameterCount() == 3)
          .findFirst();

  private TimelineReport() {}

  /** Attaches the timelines if the test or class has failed by now. */
  static void publishOnFailure(ExtensionContext context) {
    context.getExecutionException().ifPresent(failure -> publish(failure, context));
  }

  /** Attaches the timelines of the nearest fakes, unless the test was only aborted. */
  static void publish(Throwable failure, ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    if (nearest == null || failure instanceof TestAbortedException) {
      return;
    }
    List<FakeWebPubSub> fakes = nearest.running();
    for (int i = 0; i < fakes.size(); i++) {
      String number = fakes.size() == 1 ? "" : "-" + (i + 1);
      String timeline = fakes.get(i).timeline();
      if (!timeline.isBlank()) {
        context.publishReportEntry(KEY + number, timeline);
        publishFile(context, FILE.replace(".txt", number + ".txt"), timeline);
      }
    }
  }

  static void publishFile(ExtensionContext context, String name, String text) {
    ThrowingConsumer<Path> writer = path -> Files.writeString(path, text);
    PUBLISH_FILE.ifPresent(
        method -> {
          try {
            Class<?> mediaType = method.getParameterTypes()[1];
            Object plainText = mediaType.getField("TEXT_PLAIN_UTF_8").get(null);
            method.invoke(context, name, plainText, writer);
          } catch (ReflectiveOperationException notPublished) {
            // not every launcher has a directory for files; the report entry holds the same text
            context.publishReportEntry(
                KEY + "-file", "not written: " + rootOf(notPublished).getMessage());
          }
        });
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : failure.getCause();
  }
}
