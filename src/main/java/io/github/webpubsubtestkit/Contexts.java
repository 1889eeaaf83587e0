package io.github.webpubsubtestkit;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Questions to JUnit's contexts. */
final class Contexts {

  private static final Namespace NAMESPACE = Namespace.create(Contexts.class);

  /** Key of what belongs to one context alone; a store also finds what its parents hold. */
  record Own(Class<?> kind, String uniqueId) {}

  private Contexts() {}

  static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  static Own own(Class<?> kind, ExtensionContext context) {
    return new Own(kind, context.getUniqueId());
  }

  static boolean isTest(ExtensionContext context) {
    return context.getTestMethod().isPresent();
  }

  /** What the nearest annotation says, that of the class or of an enclosing one. */
  static Optional<FakeSettings> settings(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(FakeSettings.class, FakeSettings.class));
  }

  /** Returns whether other tests or classes may run at the same time as this one. */
  static boolean isConcurrent(ExtensionContext context) {
    return context.getExecutionMode() == ExecutionMode.CONCURRENT
        && context
            .getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
            .map(Boolean::parseBoolean)
            .orElse(false);
  }

  /**
   * How many of the test's instances, counted from the outermost class, are at the same time those
   * of other tests: classes whose instance lives as long as they and whose tests run concurrently.
   */
  static int instancesInConcurrentUse(ExtensionContext test) {
    boolean concurrent = false;
    int shared = 0;
    Set<Class<?>> classes = new HashSet<>();
    for (ExtensionContext each = test; ; each = each.getParent().get()) {
      if (each.getTestClass().isEmpty()) {
        return shared;
      }
      if (!isTest(each) && classes.add(each.getRequiredTestClass())) {
        boolean perClass = each.getTestInstanceLifecycle().orElse(null) == Lifecycle.PER_CLASS;
        // what encloses a shared instance is shared too
        shared = shared > 0 ? shared + 1 : perClass && concurrent ? 1 : 0;
      }
      concurrent |= isConcurrent(each);
    }
  }
}
