package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a validation has said.
 *
 * @param refusal why no event may be sent; null if all may
 */
record Verdict(@Nullable Failure refusal) {

  static final Verdict VALID = new Verdict(null);
}
