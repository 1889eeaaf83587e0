package io.github.webpubsubtestkit;

import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * What JUnit's store closes when its scope ends: JUnit before 5.13 asks for the first interface,
 * later versions for the second.
 */
@FunctionalInterface
interface StoredResource extends CloseableResource, AutoCloseable {

  @Override
  void close();

  /** Closes all, whatever fails; then throws what failed first, with the rest suppressed. */
  static void closeAll(Iterable<? extends StoredResource> resources) {
    RuntimeException failure = null;
    for (StoredResource each : resources) {
      try {
        each.close();
      } catch (RuntimeException notClosed) {
        if (failure == null) {
          failure = notClosed;
        } else {
          failure.addSuppressed(notClosed);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
