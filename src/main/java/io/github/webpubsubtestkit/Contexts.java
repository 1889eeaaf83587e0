package io.github.webpubsubtestkit;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Queries on JUnit's contexts. */
final class Contexts {

  private static final Namespace NAMESPACE = Namespace.create(Contexts.class);

  /**
   * A key for values of one context alone; a store also finds the values of its parents. JUnit has
   * one object for each, whose id costs far more to ask for than to compare.
   */
  record Own(Class<?> kind, ExtensionContext context) {

    // by hand: what the compiler makes is linked at run time, which the first test of a JVM pays
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Own own && kind == own.kind && context == own.context;
    }

    @Override
    public int hashCode() {
      return 31 * kind.hashCode() + System.identityHashCode(context);
    }
  }

  private Contexts() {}

  static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  static Own own(Class<?> kind, ExtensionContext context) {
    return new Own(kind, context);
  }

  /** {@code joins() of ChatTest}, for messages. */
  static String describe(ExtensionContext test) {
    return test.getDisplayName()
        + " of "
        + test.getTestClass().map(Class::getSimpleName).orElse("no class");
  }

  static boolean isTest(ExtensionContext context) {
    return context.getTestMethod().isPresent();
  }

  /** The test class and those that enclose it, the innermost first. */
  static Set<Class<?>> testClasses(ExtensionContext context) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    Optional<ExtensionContext> current = Optional.of(context);
    while (current.isPresent()) {
      current.get().getTestClass().ifPresent(classes::add);
      current = current.get().getParent();
    }
    return classes;
  }

  /** The settings of the nearest annotation, on the class or an enclosing one. */
  static Optional<FakeSettings> settings(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(FakeSettings.class, FakeSettings.class));
  }

  /** Returns whether other tests or classes may run at the same time as this one. */
  static boolean isConcurrent(ExtensionContext context) {
    return isParallel(context) && context.getExecutionMode() == ExecutionMode.CONCURRENT;
  }

  private static boolean isParallel(ExtensionContext context) {
    return Boolean.parseBoolean(
        context
            .getConfigurationParameter("junit.jupiter.execution.parallel.enabled")
            .orElse("false"));
  }

  /**
   * Counts the test's instances, from the outermost class on, that concurrent tests share: those of
   * classes with the lifecycle {@code PER_CLASS} whose tests run concurrently.
   */
  static int instancesInConcurrentUse(ExtensionContext test) {
    if (!isParallel(test)) { // the modes are expensive to ask for, and mean nothing then
      return 0;
    }
    boolean concurrent = false;
    int shared = 0;
    Set<Class<?>> classes = new HashSet<>();
    for (ExtensionContext each = test; ; each = each.getParent().get()) {
      if (each.getTestClass().isEmpty()) {
        return shared;
      }
      if (!isTest(each) && classes.add(each.getRequiredTestClass())) {
        boolean perClass = each.getTestInstanceLifecycle().orElse(null) == Lifecycle.PER_CLASS;
        // the enclosing instances of a shared one are shared, too
        shared = shared > 0 ? shared + 1 : perClass && concurrent ? 1 : 0;
      }
      concurrent |= isConcurrent(each);
    }
  }
}
