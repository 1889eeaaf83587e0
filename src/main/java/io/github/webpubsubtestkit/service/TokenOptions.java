package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.time.Duration;
import java.util.List;

/**
 * Options of a fake: which tokens and clients it lets in.
 *
 * <pre>{@code
 * FakeWebPubSub.builder().tokens(tokens -> tokens.anonymousAllowed(true))
 * }</pre>
 *
 * @since 0.1
 */
public final class TokenOptions {

  private final Options.Builder options;

  TokenOptions(Options.Builder options) {
    this.options = options;
  }

  /**
   * Sets whether a client may connect without any token; it then has no user, no roles and no
   * groups. Default: false, as in Azure (client-protocols A.3).
   *
   * @param allowed the new value
   * @return these options
   * @since 0.1
   */
  public TokenOptions anonymousAllowed(boolean allowed) {
    return turn(Option.ANONYMOUS_ALLOWED, allowed);
  }

  /**
   * Sets whether host and port in the audience of a token must be those of this fake; otherwise
   * only the path counts. Default: true (client-protocols B.3).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public TokenOptions checkAudienceHost(boolean on) {
    return turn(Option.CHECK_AUDIENCE_HOST, on);
  }

  /**
   * Sets whether the audience of a REST token is checked as strictly as by Microsoft's emulator,
   * which refuses some URLs that official SDKs sign. Default: false (rest-api 2.2).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public TokenOptions strictAudience(boolean on) {
    return turn(Option.STRICT_AUDIENCE, on);
  }

  /**
   * Sets whether a Microsoft Entra token is accepted over REST after a look at its audience and
   * lifetime only. Default: false (rest-api 2.3).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public TokenOptions acceptUnvalidatedEntraTokens(boolean on) {
    return turn(Option.ACCEPT_UNVALIDATED_ENTRA_TOKENS, on);
  }

  /**
   * The difference between the clock of the fake and that of the signer which a token survives.
   * Default: 5 minutes, as in Azure (client-protocols B.1).
   *
   * @param skew zero or more
   * @return these options
   * @throws IllegalArgumentException if {@code skew} is negative
   * @since 0.1
   */
  public TokenOptions tokenClockSkew(Duration skew) {
    options.set(Setting.TOKEN_CLOCK_SKEW, skew);
    return this;
  }

  /**
   * Further names under which the fake may be addressed, for example that of a proxy before it: a
   * token whose audience has one of them is accepted. Default: none (client-protocols B.3).
   *
   * @param names host names, with a port or without; they replace those of an earlier call
   * @return these options
   * @throws IllegalArgumentException if one of them is empty or has a {@code /}
   * @since 0.1
   */
  public TokenOptions additionalHostNames(String... names) {
    options.set(Setting.ADDITIONAL_HOST_NAMES, List.of(names));
    return this;
  }

  private TokenOptions turn(Option option, boolean on) {
    options.turn(option, on);
    return this;
  }
}
