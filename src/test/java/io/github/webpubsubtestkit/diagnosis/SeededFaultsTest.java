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

  /** The application sends only while the test is cleaned up, so the failure cannot know of it. */
  private static final String TOO_LATE = "flushed-at-close";

  static List<Fault> faults() {
    return SeededRun.faults().stream().filter(each -> !each.name().equals(TOO_LATE)).toList();
  }

  @Test
  void whatCameAfterTheFailureIsToldBesideIt() {
    assertThat(Objects.requireNonNull(run.failures().get(TOO_LATE)).text())
        .contains("What came later, after the failure:")
        .containsPattern("sendToAll.. {2}from the server.*=> 202, to 1 connection");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void inItsFirstSixLines(Fault fault) {
    Failure failure = Objects.requireNonNull(run.failures().get(fault.name()), fault.name());

    assertThat(fault.words())
        .as("words that name the cause (%s) in%n%s%n", fault.cause(), failure.text())
        .allMatch(word -> word.matcher(failure.head()).find());
  }

  static List<Fault> allFaults() {
    return SeededRun.faults();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allFaults")
  void inWholeAsApproved(Fault fault) {
    Failure failure = Objects.requireNonNull(run.failures().get(fault.name()), fault.name());

    assertThat(ApprovedTexts.normalized(failure)).isEqualTo(ApprovedTexts.read().get(fault.name()));
  }

  @Test
  void noTextIsApprovedInPassing() {
    if (ApprovedTexts.areToBeWritten()) {
      ApprovedTexts.write(run.failures());
    }

    assertThat(ApprovedTexts.areToBeWritten())
        .as("the texts were written anew: read the difference, and run without texts.approve")
        .isFalse();
  }

  @Test
  void eachFaultFailsItsTestAndNoTestFailsWithoutOne() {
    assertThat(run.others()).isEmpty();
    assertThat(run.failures().keySet())
        .containsExactlyInAnyOrderElementsOf(SeededRun.faults().stream().map(Fault::name).toList())
        .hasSizeGreaterThanOrEqualTo(40);
  }
}
