package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/**
 * Runs fixture classes with JUnit's test kit and tells what became of them.
 *
 * <p>Fixtures are static nested classes of the tests, which neither Surefire nor JUnit's class
 * selectors run by themselves.
 */
final class TestRun {

  /** The resource of tests whose fixtures use the suite-scoped service, of which a JVM has one. */
  static final String SUITE_SCOPED = "suite-scoped service";

  /** What became of a test or container. */
  record Outcome(
      String name,
      boolean isTest,
      @Nullable TestExecutionResult result,
      Map<String, String> reports) {

    boolean hasSucceeded() {
      return result != null && result.getStatus() == Status.SUCCESSFUL;
    }

    boolean hasFailed() {
      return result != null && result.getStatus() == Status.FAILED;
    }

    Optional<Throwable> failure() {
      return Optional.ofNullable(result).flatMap(TestExecutionResult::getThrowable);
    }
  }

  private final List<Outcome> outcomes;

  private TestRun(List<Event> events) {
    List<Outcome> found = new ArrayList<>();
    Map<String, Map<String, String>> reports = new HashMap<>();
    for (Event event : events) {
      String id = event.getTestDescriptor().getUniqueId().toString();
      Map<String, String> entries = reports.computeIfAbsent(id, none -> new HashMap<>());
      if (event.getType() == EventType.REPORTING_ENTRY_PUBLISHED) {
        entries.putAll(event.getRequiredPayload(ReportEntry.class).getKeyValuePairs());
      } else if (event.getType() == EventType.FINISHED) {
        found.add(
            new Outcome(
                event.getTestDescriptor().getDisplayName(),
                event.getTestDescriptor().isTest(),
                event.getRequiredPayload(TestExecutionResult.class),
                entries));
      }
    }
    outcomes = found;
  }

  static TestRun of(Class<?>... fixtures) {
    return with(Map.of(), fixtures);
  }

  /** A run in which classes and methods run at the same time. */
  static TestRun parallel(Class<?>... fixtures) {
    return with(
        Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
        fixtures);
  }

  static TestRun with(Map<String, String> parameters, Class<?>... fixtures) {
    return new TestRun(
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                Arrays.stream(fixtures)
                    .map(DiscoverySelectors::selectClass)
                    .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
            .configurationParameters(parameters)
            .execute()
            .allEvents()
            .list());
  }

  static TestRun ofMethod(Class<?> fixture, String... methods) {
    return new TestRun(
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                Arrays.stream(methods)
                    .map(
                        method ->
                            DiscoverySelectors.selectMethod(
                                selectClass(fixture).getJavaClass(), method))
                    .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
            .execute()
            .allEvents()
            .list());
  }

  /** All tests have passed, this many, and no container has failed. */
  TestRun passes(int tests) {
    List<Throwable> failures = outcomes.stream().flatMap(each -> each.failure().stream()).toList();
    if (!failures.isEmpty()) {
      throw new AssertionError("A fixture failed: " + failures, failures.get(0));
    }
    assertThat(outcomes.stream().filter(Outcome::isTest).count()).isEqualTo(tests);
    return this;
  }

  /** The outcomes of all tests, in the order in which they ended. */
  List<Outcome> tests() {
    return outcomes.stream().filter(Outcome::isTest).toList();
  }

  /** The outcome of the test or container whose display name begins like this. */
  Outcome outcome(String name) {
    return outcomes.stream()
        .filter(each -> each.name().startsWith(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    name + " is not among " + outcomes.stream().map(Outcome::name).toList()));
  }

  /** The failure of the test or container whose display name begins like this. */
  Throwable failure(String name) {
    return outcome(name)
        .failure()
        .orElseThrow(() -> new AssertionError(name + " did not fail: " + outcome(name)));
  }
}
