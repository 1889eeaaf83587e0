package io.github.webpubsubtestkit.service;

/**
 * Writes objects as JSON, for {@link FakeWebPubSubBuilder#jsonMapper}.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JsonWriter {

  /**
   * Writes an object.
   *
   * @param value the object
   * @return JSON text
   * @throws Exception if it cannot be written
   * @since 0.1
   */
  String write(Object value) throws Exception;
}
