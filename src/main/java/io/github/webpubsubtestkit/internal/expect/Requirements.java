package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Optional;
import java.util.function.Consumer;

/** Requirements that a test states as assertions. */
public final class Requirements {

  private static final int MAX_LENGTH = 200;

  private Requirements() {}

  /** The first unmet requirement, on one line; empty if all are met. */
  public static <T> Optional<String> unmet(Consumer<? super T> requirements, T subject) {
    try {
      requirements.accept(subject);
      return Optional.empty();
    } catch (AssertionError e) {
      String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
      return Optional.of(Secrets.beginning(message, MAX_LENGTH, " …"));
    }
  }
}
