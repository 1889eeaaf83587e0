package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The fake of a registered extension, as found in the fields of a test class. */
abstract class RegisteredFake {

  private final List<Consumer<? super FakeWebPubSubBuilder>> settings;
  private final boolean suiteScoped;
  private final boolean resetBetweenTests;
  private final FakeHome home;

  RegisteredFake(
      List<Consumer<? super FakeWebPubSubBuilder>> settings,
      boolean suiteScoped,
      boolean resetBetweenTests) {
    this.settings = List.copyOf(settings);
    this.suiteScoped = suiteScoped;
    this.resetBetweenTests = resetBetweenTests;
    this.home = new FakeHome(settings).ofExtension();
  }

  boolean isSuiteScoped() {
    return suiteScoped;
  }

  boolean isResetBetweenTests() {
    return resetBetweenTests;
  }

  FakeHome home() {
    return suiteScoped ? SuiteFake.home(settings) : home;
  }

  /** Keeps the suite-scoped fake running until the end of the run. */
  void holdForRun(ExtensionContext context) {
    SuiteFake.home(settings); // rejects other settings even if the run already holds it
    Contexts.store(context.getRoot())
        .getOrComputeIfAbsent(
            SuiteFake.class,
            none -> SuiteFake.hold(settings, WaitSettings.of(context)),
            StoredResource.class);
  }
}
