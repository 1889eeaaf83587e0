package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The result of a validation.
 *
 * @param refusal why no event may be sent; null if all may
 */
record Verdict(@Nullable Failure refusal) {

  static final Verdict VALID = new Verdict(null);
}
