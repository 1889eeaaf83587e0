package io.github.webpubsubtestkit.internal.bridge;

import io.github.webpubsubtestkit.internal.expect.UserFrames;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Refuses nulls that users pass to the public rooms, with one kind of error: a {@link
 * NullPointerException} that says {@code sendToGroup: group must not be null}.
 *
 * <p>The method in it is the one that was called, for a constructor its class. Every public method
 * therefore checks its own arguments, before it does anything else; only what it passes on to a
 * public method of the same name, as a parameter of the same name, is left to that one.
 */
public final class Arguments {

  private Arguments() {}

  /** The value, unless it is null. */
  public static <T> T notNull(@Nullable T value, String method, String parameter) {
    if (value == null) {
      NullPointerException failure =
          new NullPointerException(method + ": " + parameter + " must not be null");
      UserFrames.trim(failure);
      throw failure;
    }
    return value;
  }

  /** Refuses a null array, and a null in it: {@code receivesExactly: texts[1] must not be null}. */
  public static void noneNull(
      @Nullable Object @Nullable [] values, String method, String parameter) {
    Object[] given = notNull(values, method, parameter);
    for (int i = 0; i < given.length; i++) {
      if (given[i] == null) {
        notNull(null, method, parameter + "[" + i + "]");
      }
    }
  }

  /** As for an array; the number of an element is its place in the iteration. */
  public static void noneNull(@Nullable Collection<?> values, String method, String parameter) {
    noneNull(notNull(values, method, parameter).toArray(), method, parameter);
  }
}
