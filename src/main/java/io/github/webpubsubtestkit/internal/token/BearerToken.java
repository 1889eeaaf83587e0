package io.github.webpubsubtestkit.internal.token;

import org.jspecify.annotations.Nullable;

/** The token in an {@code Authorization} header (client-protocols A.2, rest-api 2.1). */
public final class BearerToken {

  private static final String SCHEME = "Bearer";

  private BearerToken() {}

  /**
   * The text after the scheme, without surrounding blanks; may be empty.
   *
   * @param authorization the header's value
   * @return the token; null for another scheme, compared without regard to case
   */
  public static @Nullable String in(String authorization) {
    String value = authorization.strip();
    int blank = value.indexOf(' ');
    return blank >= 0 && value.substring(0, blank).equalsIgnoreCase(SCHEME)
        ? value.substring(blank + 1).strip()
        : null;
  }
}
