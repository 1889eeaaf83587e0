package io.github.webpubsubtestkit.internal.expect;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The latest texts of this kit's failures, by which they are told from those of others. */
public final class OwnTexts {

  private static final int MAX_TEXTS = 64;

  private static final ArrayDeque<String> LATEST = new ArrayDeque<>(); // guarded by itself

  private OwnTexts() {}

  static String remembered(String text) {
    synchronized (LATEST) {
      LATEST.add(text);
      if (LATEST.size() > MAX_TEXTS) {
        LATEST.remove();
      }
    }
    return text;
  }

  /** Returns whether a failure, a cause of it or a suppressed one has a text of this kit. */
  public static boolean areIn(Throwable failure) {
    List<String> texts;
    synchronized (LATEST) {
      texts = List.copyOf(LATEST);
    }
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return areIn(failure, texts, seen);
  }

  private static boolean areIn(
      @Nullable Throwable failure, List<String> texts, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return false;
    }
    String message = String.valueOf(failure.getMessage());
    if (texts.stream().anyMatch(message::contains) || areIn(failure.getCause(), texts, seen)) {
      return true;
    }
    for (Throwable each : failure.getSuppressed()) {
      if (areIn(each, texts, seen)) {
        return true;
      }
    }
    return false;
  }
}
