package io.github.webpubsubtestkit.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** One run of all seeded tests, by JUnit's test kit, and what each shows on the console. */
final class SeededRun {

  private static final Class<?>[] TESTS = {
    WeatherAlerts.class,
    OrderEvents.class,
    ShopBackends.class,
    ChatRooms.class,
    ChatWindows.class,
    PriceTicker.class,
    GuestLogins.class,
    TwoRegions.class,
    PollEvents.class,
    PollEvents.Quotes.class,
    PatienceEnds.class
  };

  /** The tests mostly wait, so there are more of them at a time than processors. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          Seeded.PARAMETER,
          "true",
          "junit.jupiter.execution.parallel.enabled",
          "true",
          "junit.jupiter.execution.parallel.mode.default",
          "concurrent",
          "junit.jupiter.execution.parallel.config.strategy",
          "fixed",
          "junit.jupiter.execution.parallel.config.fixed.parallelism",
          "6");

  private static final String OF_THE_KIT = "io.github.webpubsubtestkit.";
  private static final int HEAD = 6;

  /** A fault of {@code causes.txt}, and the words that name its cause. */
  record Fault(String name, String cause, List<Pattern> words) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The failure of a seeded test. */
  record Failure(String test, Throwable thrown) {

    /** Every line that the console shows, besides the frames of stack traces. */
    String text() {
      List<String> texts = new ArrayList<>();
      add("", thrown, texts);
      return String.join("\n", texts);
    }

    private static void add(String caption, Throwable each, List<String> texts) {
      texts.add(caption + each);
      for (Throwable suppressed : each.getSuppressed()) {
        add("Suppressed: ", suppressed, texts);
      }
      if (each.getCause() != null) {
        add("Caused by: ", each.getCause(), texts);
      }
    }

    /**
     * The first six lines of what the kit says: of the failure if it is the kit's own, otherwise of
     * what the kit has added to the failure of JUnit, AssertJ, the SDK or the JDK.
     */
    String head() {
      List<String> heads = new ArrayList<>();
      heads.add(head(thrown));
      if (!isOfTheKit(thrown)) {
        Arrays.stream(thrown.getSuppressed()).map(Failure::head).forEach(heads::add);
      }
      return String.join("\n", heads);
    }

    private static boolean isOfTheKit(Throwable each) {
      return each.getClass().getName().startsWith(OF_THE_KIT)
          || String.valueOf(each.getMessage()).startsWith("[");
    }

    private static String head(Throwable each) {
      return String.join("\n", each.toString().lines().limit(HEAD).toList());
    }
  }

  private final Map<String, Failure> failures = new LinkedHashMap<>();
  private final Map<String, String> others = new LinkedHashMap<>();

  private SeededRun() {}

  /** Runs all seeded tests. */
  static SeededRun execute() {
    SeededRun run = new SeededRun();
    EngineTestKit.engine("junit-jupiter")
        .selectors(
            Arrays.stream(TESTS)
                .map(each -> (DiscoverySelector) selectClass(each))
                .toArray(DiscoverySelector[]::new))
        .configurationParameters(PARAMETERS)
        .execute()
        .allEvents()
        .finished()
        .stream()
        .forEach(run::add);
    return run;
  }

  private void add(Event event) {
    Optional<Throwable> thrown = event.getRequiredPayload(TestExecutionResult.class).getThrowable();
    TestDescriptor test = event.getTestDescriptor();
    Optional<MethodSource> method =
        test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    Optional<String> fault =
        method
            .flatMap(each -> findAnnotation(each.getJavaMethod(), Seeded.class))
            .map(Seeded::value);
    if (fault.isPresent() && thrown.isPresent()) {
      String name = method.get().getJavaClass().getSimpleName() + "." + test.getDisplayName();
      failures.put(fault.get(), new Failure(name, thrown.get()));
    } else if (fault.isPresent()) {
      others.put(fault.get(), "is green");
    } else if (thrown.isPresent()) {
      others.put(test.getDisplayName(), "failed as a class: " + thrown.get());
    }
  }

  /** The failed seeded tests, by the names of their faults. */
  Map<String, Failure> failures() {
    return failures;
  }

  /** What went otherwise: tests that are green, and classes that failed. */
  Map<String, String> others() {
    return others;
  }

  /** All faults of {@code causes.txt}, in its order. */
  static List<Fault> faults() {
    try (InputStream file = SeededRun.class.getResourceAsStream("/diagnosis/causes.txt")) {
      if (file == null) {
        throw new IllegalStateException("no causes.txt");
      }
      return new String(file.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(SeededRun::fault)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fault fault(String line) {
    List<String> cells = Arrays.stream(line.split(" \\| ", -1)).map(String::strip).toList();
    return new Fault(
        cells.get(0), cells.get(1), cells.stream().skip(2).map(Pattern::compile).toList());
  }
}
