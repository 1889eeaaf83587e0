package io.github.webpubsubtestkit.internal.timeline;

import java.util.regex.Pattern;

/** Keeps tokens and keys out of what people read and paste into bug reports. */
public final class Secrets {

  /** A JWT: three base64url parts, of which the first is an encoded JSON object. */
  private static final Pattern JWT =
      Pattern.compile("\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)((?:access_token|awps_reconnection_token|AccessKey)=)[^&;\\s\"]+");

  private static final Pattern RECONNECTION = Pattern.compile("(\"reconnectionToken\":\")[^\"]+");

  private Secrets() {}

  /** The text with the secret parts replaced by {@code ***}. */
  public static String mask(String text) {
    if (text.length() < 8) {
      return text;
    }
    String masked = text;
    if (masked.contains("=")) {
      masked = PARAMETER.matcher(masked).replaceAll("$1***");
    }
    if (masked.contains("eyJ")) {
      masked = JWT.matcher(masked).replaceAll("***");
    }
    if (masked.contains("\"reconnectionToken\"")) {
      masked = RECONNECTION.matcher(masked).replaceAll("$1***");
    }
    return masked;
  }
}
