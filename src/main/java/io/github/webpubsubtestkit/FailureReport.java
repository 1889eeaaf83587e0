package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.internal.bridge.Explainer;
import io.github.webpubsubtestkit.internal.bridge.Explainer.Moment;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.opentest4j.TestAbortedException;

/** Tells a failed test what its services saw, and attaches their timelines. */
final class FailureReport {

  static final String KEY = "timeline";
  static final String FILE = "webpubsub-timeline.txt";

  /** {@code publishFile(String, MediaType, ThrowingConsumer<Path>)}, available since JUnit 5.12. */
  private static final Optional<Method> PUBLISH_FILE =
      Arrays.stream(ExtensionContext.class.getMethods())
          .filter(method -> method.getName().equals("publishFile"))
          .filter(method -> method.getParameterCount() == 3)
          .findFirst();

  private FailureReport() {}

  /** The moment at which a test began, of each of its fakes. */
  private record Begin(Map<FakeWebPubSub, Moment> moments) {}

  /** The moment at which a test failed, of each of its fakes. */
  private record Failed(Map<FakeWebPubSub, Moment> moments) {}

  /** The files of a context, by the number of the fake. */
  private record Written(Map<String, Path> files) {}

  /** What happens from now on belongs to this test. */
  static void begin(ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    if (nearest != null) {
      Contexts.store(context).put(Begin.class, new Begin(now(nearest.running())));
    }
  }

  private static Map<FakeWebPubSub, Moment> now(List<FakeWebPubSub> fakes) {
    Map<FakeWebPubSub, Moment> moments = new HashMap<>();
    fakes.forEach(fake -> moments.put(fake, Controls.explainer().now(fake)));
    return moments;
  }

  /**
   * Adds to a failure what the services saw, and where their timelines are; not if the test was
   * only aborted.
   */
  static void explain(Throwable failure, ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    if (nearest == null || failure instanceof TestAbortedException || isExplained(failure)) {
      return;
    }
    Explainer<FakeWebPubSub> explainer = Controls.explainer();
    explainer.trim(failure);
    boolean explainsItself = explainer.explainsItself(failure);
    Begin begin = Contexts.store(context).get(Begin.class, Begin.class);
    List<FakeWebPubSub> fakes = nearest.running();
    for (int i = 0; i < fakes.size(); i++) {
      FakeWebPubSub fake = fakes.get(i);
      String number = number(i, fakes);
      explainer.failed(fake, failure);
      Moment since = begin == null ? null : begin.moments().get(fake);
      List<String> waits = explainsItself ? List.of() : explainer.waits(fake, since);
      List<String> lines =
          explainsItself || !waits.isEmpty() ? List.of() : explainer.lines(fake, since);
      Optional<Path> file = write(context, number, fake.timeline());
      text(waits, lines, number, file)
          .map(WhatTheServiceSaw::new)
          .ifPresent(failure::addSuppressed);
    }
    Contexts.store(context).put(Failed.class, new Failed(now(fakes)));
  }

  /** Adds what came after the failure: what was expected may only have been late. */
  private static void explainDelay(Throwable failure, ExtensionContext context) {
    Failed failed = Contexts.store(context).get(Failed.class, Failed.class);
    if (failed == null) {
      return;
    }
    failed
        .moments()
        .forEach(
            (fake, since) -> {
              List<String> lines = Controls.explainer().later(fake, since);
              if (!lines.isEmpty()) {
                failure.addSuppressed(
                    new WhatTheServiceSaw(
                        "What came later, after the failure:\n  " + String.join("\n  ", lines)));
              }
            });
  }

  private static boolean isExplained(Throwable failure) {
    return Arrays.stream(failure.getSuppressed()).anyMatch(WhatTheServiceSaw.class::isInstance);
  }

  private static Optional<String> text(
      List<String> waits, List<String> lines, String number, Optional<Path> file) {
    List<String> text = new ArrayList<>();
    waits.forEach(each -> text.add("A wait that was interrupted: " + each));
    if (!lines.isEmpty()) {
      text.add(
          "What the service" + number.replace("-", " no. ") + " saw, in seconds since it started:");
      lines.forEach(line -> text.add("  " + line));
    }
    file.ifPresent(path -> text.add((text.isEmpty() ? "The" : "  the") + " timeline: " + path));
    return text.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", text));
  }

  /** Attaches the timelines if the test or class has failed by now. */
  static void publishOnFailure(ExtensionContext context) {
    context
        .getExecutionException()
        .ifPresent(
            failure -> {
              explainDelay(failure, context);
              publish(failure, context);
            });
  }

  /** Attaches the timelines of the nearest fakes, unless the test was only aborted. */
  static void publish(Throwable failure, ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    if (nearest == null || failure instanceof TestAbortedException) {
      return;
    }
    List<FakeWebPubSub> fakes = nearest.running();
    for (int i = 0; i < fakes.size(); i++) {
      String number = number(i, fakes);
      String timeline = fakes.get(i).timeline();
      if (!timeline.isBlank()) {
        // the line break keeps the columns of the first line below those of the others
        context.publishReportEntry(KEY + number, System.lineSeparator() + timeline);
        var unused = write(context, number, timeline);
      }
    }
  }

  private static String number(int index, List<FakeWebPubSub> fakes) {
    return fakes.size() == 1 ? "" : "-" + (index + 1);
  }

  // ---- files

  /** Writes a timeline, into the same file as before if there is one. */
  private static Optional<Path> write(ExtensionContext context, String number, String timeline) {
    if (timeline.isBlank()) {
      return Optional.empty();
    }
    Written written = written(context);
    Path before = written.files().get(number);
    Optional<Path> file =
        before == null
            ? publishFile(context, FILE.replace(".txt", number + ".txt"), timeline)
            : rewritten(before, timeline);
    file.ifPresent(path -> written.files().put(number, path));
    return file;
  }

  private static Optional<Path> rewritten(Path file, String timeline) {
    try {
      return Optional.of(Files.writeString(file, timeline));
    } catch (IOException e) {
      return Optional.of(file); // what was written at the moment of the failure is still there
    }
  }

  private static Written written(ExtensionContext context) {
    Store store = Contexts.store(context);
    Object key = Contexts.own(Written.class, context);
    Written known = store.get(key, Written.class);
    if (known == null) {
      known = new Written(new HashMap<>());
      store.put(key, known);
    }
    return known;
  }

  /** Writes a file where JUnit, or else the build, has a directory for it. */
  static Optional<Path> publishFile(ExtensionContext context, String name, String text) {
    if (PUBLISH_FILE.isPresent()) {
      AtomicReference<Path> file = new AtomicReference<>();
      ThrowingConsumer<Path> writer = path -> file.set(Files.writeString(path, text));
      try {
        Method method = PUBLISH_FILE.get();
        Class<?> mediaType = method.getParameterTypes()[1];
        Object plainText = mediaType.getField("TEXT_PLAIN_UTF_8").get(null);
        method.invoke(context, name, plainText, writer);
        return Optional.ofNullable(file.get());
      } catch (ReflectiveOperationException notPublished) {
        // not every launcher has a directory for files
      }
    }
    try {
      Path directory = ReportDirectory.of(context).orElse(null);
      if (directory == null) {
        return Optional.empty();
      }
      Path file =
          Files.createDirectories(directory).resolve(ReportDirectory.fileName(context, name));
      return Optional.of(Files.writeString(file, text));
    } catch (IOException | RuntimeException notWritten) {
      // the report entry holds the same text
      context.publishReportEntry(KEY + "-file", "not written: " + notWritten);
      return Optional.empty();
    }
  }
}
