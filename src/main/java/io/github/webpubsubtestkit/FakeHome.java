package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The holder of one fake, which starts on first use and closes when its last hold is released.
 *
 * <p>A use before JUnit has called the extension, from a static initialiser for example, starts the
 * fake too; it then waits for its first hold. After it has closed, the next use starts a fresh one,
 * so that an extension in a base class serves one subclass after the other.
 */
final class FakeHome {

  private final List<Consumer<? super FakeWebPubSubBuilder>> settings;
  private @Nullable FakeWebPubSub fake; // guarded by this
  private int holders; // guarded by this
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
      running = builder.build();
      fake = running;
    }
    return running;
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

  /** Keeps the fake alive until the result is closed. */
  synchronized StoredResource hold() {
    holders++;
    return this::release;
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
    }
    try (last) {
      if (!silent) {
        Supervisor.check(last, 0, false).ifPresent(Supervisor::fail);
      }
    }
  }
}
