package io.github.webpubsubtestkit;

import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * A resource that JUnit's store closes at the end of its scope: JUnit before 5.13 uses the first
 * interface, later versions the second.
 */
@FunctionalInterface
interface StoredResource extends CloseableResource, AutoCloseable {

  @Override
  void close();

  /** Closes all resources, then throws the first failure, if any, with the others suppressed. */
  static void closeAll(Iterable<? extends StoredResource> resources) {
    Throwable failure = null;
    for (StoredResource each : resources) {
      try {
        each.close();
      } catch (RuntimeException | AssertionError notClosed) {
        if (failure == null) {
          failure = notClosed;
        } else {
          failure.addSuppressed(notClosed);
        }
      }
    }
    if (failure instanceof AssertionError error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
