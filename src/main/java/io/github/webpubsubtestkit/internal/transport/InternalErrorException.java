package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection broke because something inside the kit failed, and not its peer. */
final class InternalErrorException extends IOException {

  private static final long serialVersionUID = 1L;

  InternalErrorException(@Nullable Throwable failure) {
    super(failure == null ? "an internal error" : Secrets.describe(failure), failure);
  }
}
