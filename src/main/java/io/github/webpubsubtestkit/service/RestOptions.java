package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;

/**
 * Options of a fake: differences of its REST API from that of Azure.
 *
 * <pre>{@code
 * FakeWebPubSub.builder().rest(rest -> rest.anyApiVersion(true))
 * }</pre>
 *
 * @since 0.1
 */
public final class RestOptions {

  private final Options.Builder options;

  RestOptions(Options.Builder options) {
    this.options = options;
  }

  /**
   * Sets whether any {@code api-version} is accepted, for SDKs that are newer than this kit.
   * Default: false; unknown versions are rejected with 400 (rest-api 3).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public RestOptions anyApiVersion(boolean on) {
    return turn(Option.ANY_API_VERSION, on);
  }

  /**
   * Sets whether {@code %2F} in a path is decoded to a slash inside a name. Default: false, as in
   * Azure (rest-api 6.1).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public RestOptions decodeSlash(boolean on) {
    return turn(Option.DECODE_SLASH, on);
  }

  /**
   * Sets whether a send without {@code Content-Length} is rejected with 400, as by Microsoft's
   * emulator. Default: false (rest-api 8.1).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public RestOptions requireContentLength(boolean on) {
    return turn(Option.REQUIRE_CONTENT_LENGTH, on);
  }

  /**
   * Sets whether adding a user without a connection to a group is answered 200, as old API versions
   * did, instead of 404. Nothing is remembered for later connections. Default: false (rest-api
   * 8.5).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public RestOptions acceptOfflineUsers(boolean on) {
    return turn(Option.ACCEPT_OFFLINE_USERS, on);
  }

  /**
   * Sets whether {@code :generateToken} can be called with a token that was signed with the access
   * key. Default: false, as in Azure, which requires a Microsoft Entra token there (rest-api 8.9).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public RestOptions accessKeyGenerateToken(boolean on) {
    return turn(Option.ACCESS_KEY_GENERATE_TOKEN, on);
  }

  /**
   * Sets whether errors look like those of Microsoft's emulator: {@code application/json} with
   * code, message and target, also for what Azure answers with a problem document; and {@code
   * :generateToken} makes no tokens for MQTT. Default: false (rest-api 4.1).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public RestOptions emulatorErrors(boolean on) {
    return turn(Option.EMULATOR_ERRORS, on);
  }

  /**
   * Sets whether the members of a group are listed as by Microsoft's emulator: with {@code
   * "nextLink":null} on the last page, and with continuation tokens that are good for their hub and
   * group only, where Azure takes any text. Default: false (rest-api 8.7).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public RestOptions emulatorPages(boolean on) {
    return turn(Option.EMULATOR_PAGES, on);
  }

  private RestOptions turn(Option option, boolean on) {
    options.turn(option, on);
    return this;
  }
}
