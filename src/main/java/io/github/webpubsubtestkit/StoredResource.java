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
}
