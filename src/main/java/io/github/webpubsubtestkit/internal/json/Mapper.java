package io.github.webpubsubtestkit.internal.json;

import org.jspecify.annotations.Nullable;

/** Somebody's library that writes and reads objects. */
public interface Mapper {

  /** Its name in error messages. */
  String name();

  /** The object as JSON. */
  String write(Object value) throws Exception;

  /** The JSON as an object; null for what the mapper takes for it. */
  <T> @Nullable T read(String json, Class<T> type) throws Exception;
}
