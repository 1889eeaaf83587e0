package io.github.webpubsubtestkit.internal.secrets;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Says what another exception says, type and text, but for the secrets in it. */
final class MaskedException extends IOException {

  private static final long serialVersionUID = 1L;

  private MaskedException(Throwable original, Set<Throwable> above) {
    super(Secrets.mask(original.toString()));
    setStackTrace(original.getStackTrace());
    Throwable cause = original.getCause();
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
    String message = failure.getMessage();
    if (SecretFinder.spans(failure.toString()).length > 0
        || (message != null && SecretFinder.spans(message).length > 0)) {
      return true;
    }
    Throwable cause = failure.getCause();
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

  private static Set<Throwable> identitySet(Throwable first) {
    Set<Throwable> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.add(first);
    return set;
  }
}
