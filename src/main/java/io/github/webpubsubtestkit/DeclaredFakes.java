package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * The fakes of one level, which is a test or a class: its own fake, or those of the extensions
 * registered there. JUnit's stores also look into their parents, so one lookup finds the nearest
 * level.
 */
final class DeclaredFakes implements StoredResource {

  private final List<FakeHome> homes;
  private final List<StoredResource> holds;
  private final WaitSettings waits;
  private final List<FakeHome> reset;

  private DeclaredFakes(
      List<FakeHome> homes, List<StoredResource> holds, WaitSettings waits, List<FakeHome> reset) {
    this.homes = homes;
    this.holds = holds;
    this.waits = waits;
    this.reset = reset;
  }

  /**
   * Makes the fakes of the extensions registered at this level the nearest ones.
   *
   * @param annotated finds the settings of a context's annotation, for a fake of its own
   */
  static void declareRegistered(
      ExtensionContext context, Function<ExtensionContext, Optional<FakeSettings>> annotated) {
    Store store = Contexts.store(context);
    Object done = Contexts.own(DeclaredFakes.class, context);
    if (store.get(done) != null) {
      return;
    }
    annotated.apply(context).ifPresent(each -> store.put(FakeSettings.class, each));
    if (isBeforeTheInstance(context)) {
      return; // its fields may register extensions
    }
    store.put(done, true);
    List<RegisteredFake> registered =
        Contexts.isTest(context)
            ? registeredInInstances(context)
            : ClassFields.staticExtensions(context.getRequiredTestClass());
    if (!registered.isEmpty()) {
      store.put(DeclaredFakes.class, ofExtensions(registered, context));
      store.put(Contexts.own(FakeHome.class, context), true);
    } else {
      checkTimeoutApplies(context);
    }
  }

  /** Refuses the timeout of a nested class's annotation if it uses a service from outside. */
  private static void checkTimeoutApplies(ExtensionContext context) {
    DeclaredFakes outer = find(context);
    WaitSettings waits = WaitSettings.of(context);
    if (outer != null
        && waits.annotated() != null
        && !waits.annotated().equals(outer.waits.annotated())) {
      throw new ExtensionConfigurationException(
          """
          %s cannot apply to the service of the enclosing class, which was there before: set the \
          timeout on the enclosing class, or on its WebPubSubExtension by builder().timeout(..)."""
              .formatted(waits.annotation()));
    }
  }

  /** The nearest fakes; null if no level has any yet. */
  static @Nullable DeclaredFakes find(ExtensionContext context) {
    return Contexts.store(context).get(DeclaredFakes.class, DeclaredFakes.class);
  }

  /** The nearest fakes; this level gets its own if no level has any yet. */
  static DeclaredFakes findOrDeclare(ExtensionContext context, InjectionPoint point) {
    DeclaredFakes found = find(context);
    if (found == null) {
      found = ownOf(context, point);
      Contexts.store(context).put(DeclaredFakes.class, found);
      Contexts.store(context).put(Contexts.own(FakeHome.class, context), true);
    }
    return found;
  }

  /** Returns whether the nearest fakes of a context are its own, not those of an outer one. */
  static boolean areOf(ExtensionContext context) {
    return Contexts.store(context).get(Contexts.own(FakeHome.class, context)) != null;
  }

  /** The one fake of this level. */
  FakeHome only(InjectionPoint point) {
    if (homes.size() > 1) {
      throw point.refuse(
          """
          %s could come from any of the %d WebPubSubExtensions registered here. Use the one \
          you mean: its service() is the fake, and service().connect(...) connects clients."""
              .formatted(point.describe(), homes.size()));
    }
    return homes.get(0);
  }

  /** Resets the nearest fakes that are reset between tests, for this test. */
  static void resetForTest(ExtensionContext test) {
    DeclaredFakes nearest = find(test);
    if (nearest != null) {
      for (FakeHome home : nearest.reset) {
        StoredResource end = home.resetForTest(Contexts.describe(test));
        Contexts.store(test).put(new Object(), end); // first in, last closed: after the clients
      }
    }
  }

  /** Returns whether these are reset between tests. */
  boolean isReset() {
    return !reset.isEmpty();
  }

  /** The fakes that have been used. */
  List<FakeWebPubSub> running() {
    return homes.stream().flatMap(home -> home.running().stream()).toList();
  }

  /** The same without those that outlive this level. */
  List<FakeWebPubSub> ending() {
    return homes.stream()
        .filter(home -> !home.endsSilently())
        .flatMap(home -> home.running().stream())
        .toList();
  }

  @Override
  public void close() {
    StoredResource.closeAll(holds);
  }

  /** A constructor of the test's instance is about to be called. */
  private static boolean isBeforeTheInstance(ExtensionContext context) {
    return Contexts.isTest(context) && context.getTestInstances().isEmpty();
  }

  private static DeclaredFakes ownOf(ExtensionContext context, InjectionPoint point) {
    if (!Contexts.isTest(context) && context.getTestInstance().isPresent()) {
      // checked for the class before its tests, when its single instance already has an extension
      List<RegisteredFake> registered =
          ClassFields.instanceExtensions(context.getRequiredTestInstance());
      if (!registered.isEmpty()) {
        return ofExtensions(registered, context);
      }
    }
    if (!Contexts.isTest(context) || isBeforeTheInstance(context)) {
      checkNoInstanceRegisters(context, point);
    }
    Optional<FakeSettings> settings = Contexts.settings(context);
    Consumer<FakeWebPubSubBuilder> setting =
        builder -> settings.ifPresent(each -> each.applyTo(builder));
    FakeHome home = new FakeHome(List.of(setting));
    WaitSettings waits = WaitSettings.of(context);
    return new DeclaredFakes(List.of(home), List.of(home.hold(waits)), waits, List.of());
  }

  /** Tests use the fakes that their instances register; what comes before would have another. */
  private static void checkNoInstanceRegisters(ExtensionContext context, InjectionPoint point) {
    for (Class<?> testClass : Contexts.testClasses(context)) {
      if (ClassFields.registerExtensionsByInstance(testClass)) {
        throw point.refuse(
            """
            %s comes before the instance of %s, which registers the WebPubSubExtension of its tests. \
            Make the field of the extension static, or move this to the test method, to @BeforeEach \
            or to an instance field."""
                .formatted(point.describe(), testClass.getSimpleName()));
      }
    }
  }

  private static List<RegisteredFake> registeredInInstances(ExtensionContext test) {
    List<Object> instances = test.getRequiredTestInstances().getAllInstances();
    for (int i = instances.size() - 1; i >= 0; i--) {
      List<RegisteredFake> found = ClassFields.instanceExtensions(instances.get(i));
      if (!found.isEmpty()) {
        if (i < Contexts.instancesInConcurrentUse(test)
            && found.stream().anyMatch(each -> !each.isSuiteScoped())) {
          throw new ExtensionConfigurationException(
              """
              %s has a WebPubSubExtension in an instance field, which means a fresh fake for each \
              test, but its tests run at the same time on one instance. Make the field static for \
              one fake per class, or run the tests one after the other (@Execution(SAME_THREAD))."""
                  .formatted(instances.get(i).getClass().getSimpleName()));
        }
        return found;
      }
    }
    return List.of();
  }

  private static DeclaredFakes ofExtensions(
      List<RegisteredFake> extensions, ExtensionContext context) {
    List<FakeHome> homes = new ArrayList<>();
    List<StoredResource> holds = new ArrayList<>();
    WaitSettings waits = WaitSettings.of(context);
    for (RegisteredFake extension : extensions) {
      if (extension.isSuiteScoped()) {
        if (waits.annotated() != null) {
          throw new ExtensionConfigurationException(
              """
              %s cannot apply to a suite-scoped service, which all classes share with one timeout: \
              set it by WebPubSubExtension.builder().timeout(..) instead."""
                  .formatted(waits.annotation()));
        }
        extension.holdForRun(context);
      } else {
        holds.add(extension.home().hold(waits));
      }
      homes.add(extension.home());
    }
    List<FakeHome> reset =
        extensions.stream()
            .filter(RegisteredFake::isResetBetweenTests)
            .map(RegisteredFake::home)
            .toList();
    return new DeclaredFakes(List.copyOf(homes), List.copyOf(holds), waits, reset);
  }
}
