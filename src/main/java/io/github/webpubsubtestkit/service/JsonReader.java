package io.github.webpubsubtestkit.service;

import org.jspecify.annotations.Nullable;

/**
 * Reads objects from JSON, for {@link FakeWebPubSubBuilder#jsonMapper}. A lambda cannot be generic,
 * but the reference to a method can: {@code mapper::readValue}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JsonReader {

  /**
   * Reads an object.
   *
   * @param <T> the type of the object
   * @param json JSON text
   * @param type the class of the object
   * @return the object
   * @throws Exception if it cannot be read
   * @since 0.1
   */
  <T> @Nullable T read(String json, Class<T> type) throws Exception;
}
