package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.time.Duration;
import java.util.List;

/**
 * Options of a fake: the tokens and clients it accepts.
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
   * only the path is checked. Default: true (client-protocols B.3).
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
   * which rejects some URLs signed by official SDKs. Default: false (rest-api 2.2).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public TokenOptions strictAudience(boolean on) {
    return turn(Option.STRICT_AUDIENCE, on);
  }

  /**
   * Sets whether a Microsoft Entra token is accepted over REST after only its audience and lifetime
   * are checked. Default: false (rest-api 2.3).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public TokenOptions acceptUnvalidatedEntraTokens(boolean on) {
    return turn(Option.ACCEPT_UNVALIDATED_ENTRA_TOKENS, on);
  }

  /**
   * Sets the tolerated difference between the clocks of the fake and the signer of a token.
   * Default: 5 minutes, as in Azure (client-protocols B.1).
   *
   * @param skew zero or more
   * @return these options
   * @throws IllegalArgumentException if {@code skew} is negative
   * @since 0.1
   */
  public TokenOptions tokenClockSkew(Duration skew) {
    notNull(skew, "tokenClockSkew", "skew");
    options.set(Setting.TOKEN_CLOCK_SKEW, skew);
    return this;
  }

  /**
   * Sets additional host names of the fake, for example that of a proxy in front of it: a token
   * whose audience contains one of them is accepted. Default: none (client-protocols B.3).
   *
   * @param names host names, with an optional port; they replace those of an earlier call
   * @return these options
   * @throws IllegalArgumentException if one of them is empty or contains a {@code /}
   * @since 0.1
   */
  public TokenOptions additionalHostNames(String... names) {
    noneNull(names, "additionalHostNames", "names");
    options.set(Setting.ADDITIONAL_HOST_NAMES, List.of(names));
    return this;
  }

  private TokenOptions turn(Option option, boolean on) {
    options.turn(option, on);
    return this;
  }
}
