package io.github.webpubsubtestkit.internal.token;

import java.time.Duration;
import java.util.Set;

/**
 * How strictly tokens are checked.
 *
 * @param clockSkew by how much the clocks of service and signer may differ; default 5 minutes
 * @param checkAudienceHost whether the authority of an audience counts, not only its path; default
 *     true
 * @param strictAudience for REST tokens, the rule of Microsoft's emulator alone: the {@code Host}
 *     header is the only authority, no second way of decoding; default false (rest-api 2.2)
 * @param acceptUnvalidatedEntraTokens whether tokens for {@code https://webpubsub.azure.com} pass
 *     with a check of their lifetime only; default false (rest-api 2.3)
 * @param additionalHosts further names under which the service may be addressed; without a port the
 *     name stands for itself and for the name with the service's port
 */
public record TokenSettings(
    Duration clockSkew,
    boolean checkAudienceHost,
    boolean strictAudience,
    boolean acceptUnvalidatedEntraTokens,
    Set<String> additionalHosts) {

  /** Checks the values. */
  public TokenSettings {
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("clockSkew must not be negative but is " + clockSkew);
    }
    additionalHosts = Set.copyOf(additionalHosts);
  }

  /** The defaults named above. */
  public static TokenSettings defaults() {
    return new TokenSettings(Duration.ofMinutes(5), true, false, false, Set.of());
  }
}
