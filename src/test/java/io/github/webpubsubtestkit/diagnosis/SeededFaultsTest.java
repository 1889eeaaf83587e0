package io.github.webpubsubtestkit.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.diagnosis.SeededRun.Failure;
import io.github.webpubsubtestkit.diagnosis.SeededRun.Fault;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Red tests explain themselves. The applications of this package have a fault each; their failing
 * tests run once, and the first six lines of each failure must contain the words that were written
 * down in {@code causes.txt} before.
 */
@DisplayName("A failed test names the cause")
@Tag("sources") // texts of JUnit, AssertJ and the SDK differ with their versions
@SuppressWarnings("NullAway.Init") // set before all tests
class SeededFaultsTest {

  private static SeededRun run;

  @BeforeAll
  static void runTheSeededTests() {
    run = SeededRun.execute();
  }

  static List<Fault> faults() {
    return SeededRun.faults();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void inItsFirstSixLines(Fault fault) {
    Failure failure = Objects.requireNonNull(run.failures().get(fault.name()), fault.name());

    assertThat(fault.words())
        .as("words that name the cause (%s) in%n%s%n", fault.cause(), failure.text())
        .allMatch(word -> word.matcher(failure.head()).find());
  }

  @Test
  void eachFaultFailsItsTestAndNoTestFailsWithoutOne() {
    assertThat(run.others()).isEmpty();
    assertThat(run.failures().keySet())
        .containsExactlyInAnyOrderElementsOf(faults().stream().map(Fault::name).toList())
        .hasSizeGreaterThanOrEqualTo(40);
  }
}
