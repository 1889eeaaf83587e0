package io.github.webpubsubtestkit;

import static java.util.stream.Collectors.toSet;

import io.github.webpubsubtestkit.service.ConnectionInfo;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Fails a test for what went wrong in its fakes during it: exceptions in callbacks, for example. If
 * the test fails anyway, JUnit adds this failure to it as a suppressed one.
 */
final class FailureCheck {

  /**
   * The beginning of a test.
   *
   * @param number the number of its first incident
   * @param connections the ids of the connections that were open before
   */
  private record Mark(long number, Set<String> connections) {
    /** For a fake that the test was the first to use. */
    static final Mark NONE = new Mark(0, Set.of());
  }

  /** The marks of the fakes that a test shares with others. */
  private record Marks(Map<FakeWebPubSub, Mark> ofFakes) {}

  private FailureCheck() {}

  /** Marks the beginning of a test, for the fakes that it shares with others. */
  static void begin(ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    if (nearest == null || DeclaredFakes.areOf(context)) {
      return;
    }
    Map<FakeWebPubSub, Mark> marks = new HashMap<>();
    for (FakeWebPubSub fake : nearest.running()) {
      marks.put(fake, new Mark(Controls.supervision().mark(fake), connections(fake)));
    }
    Contexts.store(context).put(Marks.class, new Marks(marks));
    if (!Contexts.isConcurrent(context)) { // otherwise connections may be those of other tests
      StoredResource afterClients =
          () -> checkConnections(nearest, marks, context.getDisplayName());
      Contexts.store(context).put(FailureCheck.class, afterClients);
    }
  }

  private static void checkConnections(
      DeclaredFakes fakes, Map<FakeWebPubSub, Mark> marks, String test) {
    List<StoredResource> checks = new ArrayList<>();
    for (FakeWebPubSub fake : fakes.running()) {
      Mark begin = marks.getOrDefault(fake, Mark.NONE);
      checks.add(
          () ->
              Controls.supervision()
                  .checkConnections(fake, begin.number(), begin.connections(), test)
                  .ifPresent(
                      failure -> {
                        throw failure;
                      }));
    }
    StoredResource.closeAll(checks);
  }

  private static Set<String> connections(FakeWebPubSub fake) {
    return fake.connections().stream().map(ConnectionInfo::connectionId).collect(toSet());
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
      long since = marks.ofFakes().getOrDefault(fake, Mark.NONE).number();
      Optional<AssertionError> found = Controls.supervision().check(fake, since, own && ofTest);
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
    return context
        .getExecutionException()
        .filter(TestAbortedException.class::isInstance)
        .isPresent();
  }
}
