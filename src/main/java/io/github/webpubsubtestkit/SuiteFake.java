package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The suite-scoped fake of a run.
 *
 * <p>It is found through a static field rather than through JUnit's root store, because it may be
 * used before JUnit has called any extension; the root store determines its end.
 */
final class SuiteFake {

  private static @Nullable FakeHome current; // guarded by the class

  private SuiteFake() {}

  /**
   * The fake's home, for an extension with these settings.
   *
   * @throws ExtensionConfigurationException if another extension has settings of its own
   */
  static synchronized FakeHome home(List<Consumer<? super FakeWebPubSubBuilder>> settings) {
    FakeHome home = current;
    if (home == null || home.isUnused()) {
      home = new FakeHome(settings).ofExtension();
      home.endSilently();
      current = home;
    } else if (!home.settings().equals(settings)) {
      throw new ExtensionConfigurationException(
          """
          There is one suite-scoped fake in a run, but two WebPubSubExtensions ask for it with \
          different settings (.fake(...)). Build the extension once, in a constant, and let each \
          test class register that constant:

            @RegisterExtension static final WebPubSubExtension service = Services.WEB_PUB_SUB;""");
    }
    return home;
  }

  /** Keeps the fake alive until the result is closed. */
  static synchronized StoredResource hold(
      List<Consumer<? super FakeWebPubSubBuilder>> settings, WaitSettings waits) {
    return home(settings).hold(waits);
  }
}
