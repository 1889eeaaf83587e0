package io.github.webpubsubtestkit.internal.rest.filter;

/** A text that is no filter; the message is the service's (rest-api 10.6). */
public final class FilterSyntaxException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param fragment the smallest part that is wrong, or the whole text
   * @param detail what is wrong with it
   */
  FilterSyntaxException(String fragment, String detail) {
    super(
        "Invalid syntax for '" + fragment + "': " + detail + " (Parameter 'filter')",
        null,
        false,
        false);
  }

  /** The service's error message. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
