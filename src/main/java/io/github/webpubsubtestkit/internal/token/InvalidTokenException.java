package io.github.webpubsubtestkit.internal.token;

import io.github.webpubsubtestkit.internal.secrets.Secrets;

/** Thrown if a token is rejected, with a description of the reason. */
public final class InvalidTokenException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int MAX_LENGTH = 600;

  /** Creates a rejection, without a stack trace because it is a response rather than a failure. */
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
