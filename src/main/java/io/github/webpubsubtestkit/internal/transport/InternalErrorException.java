package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Thrown if a connection broke because of an internal failure of the kit rather than its peer. */
final class InternalErrorException extends IOException {

  private static final long serialVersionUID = 1L;

  InternalErrorException(@Nullable Throwable failure) {
    super(failure == null ? "an internal error" : Secrets.describe(failure), failure);
  }
}
