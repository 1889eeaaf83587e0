package io.github.webpubsubtestkit.diagnosis;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that fails because of a fault in the application that it tests. It is written as a user
 * writes it: it knows nothing of the fault.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(Seeded.InSeededRuns.class)
@interface Seeded {

  /** The parameter without which seeded tests are skipped, so that nobody meets them by chance. */
  String PARAMETER = "webpubsub.internal.seeded";

  /** The timeout of a wait that is in vain. */
  Duration SOON = Duration.ofMillis(300);

  /** The fault, as {@code causes.txt} calls it. */
  String value();

  /** Enables tests in a {@link SeededRun} only. */
  final class InSeededRuns implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(PARAMETER).isPresent()
          ? ConditionEvaluationResult.enabled("a seeded run")
          : ConditionEvaluationResult.disabled("fails on purpose; SeededFaultsTest runs it");
    }
  }
}
