package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Fails a test for what went wrong in its fakes during it: exceptions in callbacks, for example. If
 * the test fails anyway, JUnit adds this failure to it as a suppressed one.
 */
final class FailureCheck {

  /** The numbers of the first incidents of a test in fakes that it shares with others. */
  private record Marks(Map<FakeWebPubSub, Long> ofFakes) {}

  private FailureCheck() {}

  /** Marks the beginning of a test. */
  static void begin(ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    if (nearest != null && !DeclaredFakes.areOf(context)) {
      Map<FakeWebPubSub, Long> marks = new HashMap<>();
      nearest.running().forEach(fake -> marks.put(fake, Supervisor.mark(fake)));
      Contexts.store(context).put(Marks.class, new Marks(marks));
    }
  }

  /**
   * Checks the fakes of a test, or at the end of a class those that the class shares.
   *
   * @throws AssertionError if something went wrong
   */
  static void end(ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    boolean own = DeclaredFakes.areOf(context);
    boolean ofTest = Contexts.isTest(context);
    if (nearest == null || (!own && !ofTest)) {
      return;
    }
    Marks marks =
        Optional.ofNullable(Contexts.store(context).get(Marks.class, Marks.class))
            .filter(none -> !own)
            .orElse(new Marks(Map.of()));
    AssertionError failure = null;
    List<FakeWebPubSub> fakes = ofTest ? nearest.running() : nearest.ending();
    for (FakeWebPubSub fake : fakes) {
      long since = marks.ofFakes().getOrDefault(fake, 0L);
      Optional<AssertionError> found = Supervisor.check(fake, since, own && ofTest);
      if (failure == null) {
        failure = found.orElse(null);
      } else {
        found.ifPresent(failure::addSuppressed);
      }
    }
    if (failure != null && !isAborted(context)) {
      throw failure;
    }
  }

  /** An aborted test has not done what would have met its faults. */
  private static boolean isAborted(ExtensionContext context) {
    return context.getExecutionException().filter(TestAbortedException.class::isInstance).isPresent();
  }
}
