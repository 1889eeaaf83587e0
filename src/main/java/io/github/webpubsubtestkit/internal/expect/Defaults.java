package io.github.webpubsubtestkit.internal.expect;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** The values of fields that nobody has set. */
final class Defaults {

  private Defaults() {}

  static @Nullable Object of(Class<?> type) {
    return type.isPrimitive() && type != void.class
        ? Array.get(Array.newInstance(type, 1), 0)
        : null;
  }
}
