package io.github.webpubsubtestkit.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The issuer of tokens: a fake, from one reset to the next. Its tokens name it in their header, in
 * the field {@code kid}, which Azure ignores (client-protocols B.1), so that a fake does not accept
 * what it issued before it was reset.
 *
 * @param fake the number of the fake; 0 for tokens of an issuer that nobody knows
 * @param resets how often the fake has been reset
 */
public record Issuer(int fake, int resets) {

  /** An issuer whose tokens do not name it. */
  public static final Issuer UNKNOWN = new Issuer(0, 0);

  private static final String PREFIX = "webpubsub-fake-";

  /** The issuer after a reset. */
  public Issuer afterReset() {
    return new Issuer(fake, resets + 1);
  }

  JwtHeader header() {
    return fake == 0 ? JwtHeader.USUAL : JwtHeader.withKeyId(PREFIX + fake + "." + resets);
  }

  /** Returns whether this fake issued a token before it was reset. */
  boolean issuedBeforeReset(String jwt) {
    if (resets == 0) {
      return false;
    }
    String header =
        new String(
            Base64.getUrlDecoder().decode(jwt.substring(0, jwt.indexOf('.'))),
            StandardCharsets.UTF_8);
    return header.contains('"' + PREFIX + fake + '.')
        && !header.contains('"' + PREFIX + fake + '.' + resets + '"');
  }
}
