package io.github.webpubsubtestkit.internal.token;

import io.github.webpubsubtestkit.internal.secrets.Secrets;

/** A token that is refused, with the reason in words. */
public final class InvalidTokenException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MAX_LENGTH = 600;

  /** Makes a refusal; it carries no stack trace because it is an answer, not a fault. */
  public InvalidTokenException(String description) {
    super(printable(Secrets.beginning(description, MAX_LENGTH, "...")), null, false, false);
  }

  /**
   * The reason, fit for the {@code error_description} of {@code WWW-Authenticate} and for the
   * timeline: printable ASCII without double quotes and backslashes.
   */
  public String description() {
    return String.valueOf(getMessage());
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        out.append('\'');
      } else {
        out.append(c < ' ' || c > '~' || c == '\\' ? '?' : c);
      }
    }
    return out.toString();
  }
}
