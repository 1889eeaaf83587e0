package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The holder of one fake, which starts on first use and closes when its last hold is released.
 *
 * <p>A use before JUnit has called the extension, from a static initialiser for example, starts the
 * fake too; it then waits for its first hold. After it has closed, the next use starts a fresh one,
 * so that an extension in a base class serves one subclass after the other.
 */
final class FakeHome {

  /** The maximum number of earlier fakes remembered. */
  private static final int MAX_EARLIER = 10;

  private final List<Consumer<? super FakeWebPubSubBuilder>> settings;
  private final Deque<URI> earlier = new ArrayDeque<>(); // guarded by this; the latest first
  private @Nullable FakeWebPubSub fake; // guarded by this
  private @Nullable WaitSettings waits; // guarded by this; unknown before JUnit calls
  private int holders; // guarded by this
  private @Nullable String currentTest; // guarded by this; only if it is reset between tests
  private boolean silentEnd; // guarded by this
  private boolean ofExtension; // guarded by this

  FakeHome(List<Consumer<? super FakeWebPubSubBuilder>> settings) {
    this.settings = List.copyOf(settings);
  }

  List<Consumer<? super FakeWebPubSubBuilder>> settings() {
    return settings;
  }

  /** The fake, started if it is not running. */
  synchronized FakeWebPubSub fake() {
    FakeWebPubSub running = fake;
    if (running == null) {
      FakeWebPubSubBuilder builder = FakeWebPubSub.builder();
      settings.forEach(each -> each.accept(builder));
      running = configured(builder.build());
      Controls.control().earlier(running, List.copyOf(earlier));
      fake = running;
    }
    return running;
  }

  private FakeWebPubSub configured(FakeWebPubSub started) {
    WaitSettings known = waits;
    if (known != null) {
      try {
        known.applyTo(started);
      } catch (RuntimeException e) {
        started.close();
        throw e;
      }
    }
    return started;
  }

  /** The fake, if it is running. */
  synchronized Optional<FakeWebPubSub> running() {
    return Optional.ofNullable(fake);
  }

  /** Its fake is that of an extension, with a default hub of its own. */
  synchronized FakeHome ofExtension() {
    ofExtension = true;
    return this;
  }

  synchronized boolean isOfExtension() {
    return ofExtension;
  }

  /** The end of its fake fails no test, as it is behind all of them. */
  synchronized void endSilently() {
    silentEnd = true;
  }

  synchronized boolean endsSilently() {
    return silentEnd;
  }

  synchronized boolean isUnused() {
    return fake == null && holders == 0;
  }

  /**
   * Keeps the fake alive until the result is closed.
   *
   * @param settings how long everything waits
   * @throws ExtensionConfigurationException if others hold it with another timeout
   */
  synchronized StoredResource hold(WaitSettings settings) {
    WaitSettings others = waits;
    if (holders > 0
        && others != null
        && !Objects.equals(others.annotated(), settings.annotated())) {
      throw new ExtensionConfigurationException(
          """
          Classes that run at the same time share a service, which has one timeout, but %s, and %s. \
          Set it on the extension: WebPubSubExtension.builder().timeout(..)."""
              .formatted(others.inWords(), settings.inWords()));
    }
    if (fake != null) {
      settings.applyTo(fake);
    }
    waits = settings;
    holders++;
    return this::release;
  }

  /**
   * Resets the fake, if it is running, for a test.
   *
   * @return ends the test
   * @throws ExtensionConfigurationException if another test has not ended yet
   */
  StoredResource resetForTest(String test) {
    FakeWebPubSub running;
    synchronized (this) {
      if (currentTest != null) {
        throw new ExtensionConfigurationException(
            """
            %s cannot run at the same time as %s, because they share a service that is reset between \
            tests (resetBetweenTests()): run them one after the other, by @Execution(SAME_THREAD) or \
            a @ResourceLock, or give each class or test a service of its own."""
                .formatted(test, currentTest));
      }
      currentTest = test;
      running = fake;
    }
    try {
      if (running != null) {
        running.reset();
      }
    } catch (RuntimeException e) {
      endTest();
      throw e;
    }
    return this::endTest;
  }

  private synchronized void endTest() {
    currentTest = null;
  }

  private void release() {
    FakeWebPubSub last;
    boolean silent;
    synchronized (this) {
      holders--;
      if (holders > 0 || fake == null) {
        return;
      }
      last = fake;
      fake = null;
      silent = silentEnd;
      earlier.addFirst(last.endpoint());
      if (earlier.size() > MAX_EARLIER) {
        earlier.removeLast();
      }
    }
    try (last) {
      if (!silent) {
        Controls.supervision()
            .check(last, 0, false)
            .ifPresent(
                failure -> {
                  throw failure;
                });
      }
    }
  }
}
