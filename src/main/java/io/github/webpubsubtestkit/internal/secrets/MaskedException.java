package io.github.webpubsubtestkit.internal.secrets;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A copy of another exception, with its type and text but without its secrets. */
final class MaskedException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final StackTraceElement[] NO_STACK = {};

  private MaskedException(Throwable original, Set<Throwable> above) {
    super(Secrets.mask(text(original)));
    setStackTrace(stack(original));
    Throwable cause = cause(original);
    if (cause != null && above.add(cause)) {
      initCause(new MaskedException(cause, above));
    }
    for (Throwable each : original.getSuppressed()) {
      if (above.add(each)) {
        addSuppressed(new MaskedException(each, above));
      }
    }
  }

  static Throwable ifNeeded(Throwable failure) {
    if (!tells(failure, identitySet(failure))) {
      return failure;
    }
    return new MaskedException(failure, identitySet(failure));
  }

  private static boolean tells(Throwable failure, Set<Throwable> seen) {
    String message = message(failure);
    if (SecretFinder.spans(text(failure)).length > 0
        || (message != null && SecretFinder.spans(message).length > 0)) {
      return true;
    }
    Throwable cause = cause(failure);
    if (cause != null && seen.add(cause) && tells(cause, seen)) {
      return true;
    }
    for (Throwable each : failure.getSuppressed()) {
      if (seen.add(each) && tells(each, seen)) {
        return true;
      }
    }
    return false;
  }

  // ---- methods of users' exceptions that may fail

  static String text(Throwable failure) {
    try {
      return String.valueOf(failure.toString());
    } catch (Throwable e) {
      return failure.getClass().getName();
    }
  }

  static StackTraceElement[] stack(Throwable failure) {
    try {
      return failure.getStackTrace();
    } catch (Throwable e) {
      return NO_STACK;
    }
  }

  private static @Nullable String message(Throwable failure) {
    try {
      return failure.getMessage();
    } catch (Throwable e) {
      return null;
    }
  }

  private static @Nullable Throwable cause(Throwable failure) {
    try {
      return failure.getCause();
    } catch (Throwable e) {
      return null;
    }
  }

  private static Set<Throwable> identitySet(Throwable first) {
    Set<Throwable> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.add(first);
    return set;
  }
}
