package io.github.webpubsubtestkit.internal.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Finds pieces of tokens in texts. */
public final class Pieces {

  /** So much of a secret is a piece of it. */
  private static final int LENGTH = 12;

  private Pieces() {}

  /** Requires that a text holds no piece of a JWT's payload or signature. */
  public static Consumer<String> noneOf(String token) {
    String[] parts = token.split("\\.", -1);
    return text -> {
      Set<String> shown = new HashSet<>();
      for (int i = 0; i + LENGTH <= text.length(); i++) {
        shown.add(text.substring(i, i + LENGTH));
      }
      for (int part = 1; part < parts.length; part++) {
        for (int i = 0; i + LENGTH <= parts[part].length(); i++) {
          String piece = parts[part].substring(i, i + LENGTH);
          if (shown.contains(piece)) {
            assertThat(text)
                .as("a piece of part %d of a token of %d characters", part, token.length())
                .doesNotContain(piece);
          }
        }
      }
    };
  }

  /** All that an exception shows: its stack trace, causes and suppressed ones, and its text. */
  public static String shownBy(Throwable failure) {
    StringWriter out = new StringWriter();
    failure.printStackTrace(new PrintWriter(out));
    return out + "\n" + failure;
  }
}
