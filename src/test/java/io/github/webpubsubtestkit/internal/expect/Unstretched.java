package io.github.webpubsubtestkit.internal.expect;

/** Texts of failures as they are without a factor, by which a build may stretch all timeouts. */
public final class Unstretched {

  private Unstretched() {}

  /** The text, with {@code 5 s} for {@code 10 s (5 s x factor 2)}. */
  public static String text(String text) {
    return text.replaceAll("[0-9.]+ m?s \\(([0-9.]+ m?s) x factor [0-9.]+\\)", "$1");
  }
}
