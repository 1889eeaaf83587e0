package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.token.TokenDescription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The latest refused handshakes, for the failure texts of the clients that were refused. */
public final class Refusals {

  private static final int MAX = 64;

  private final ArrayDeque<Refusal> latest = new ArrayDeque<>(); // guarded by this

  /**
   * One refusal.
   *
   * @param token the token as it was sent; empty if there was none
   */
  private record Refusal(String rawTarget, String reason, String token) {}

  synchronized void add(String rawTarget, String reason, String token) {
    if (latest.size() == MAX) {
      latest.remove();
    }
    latest.add(new Refusal(rawTarget, reason, token));
  }

  /**
   * The reason of the latest refusal for this path and query, and what the token says; empty if
   * there was none.
   */
  public synchronized List<String> of(String rawTarget) {
    for (Iterator<Refusal> newestFirst = latest.descendingIterator(); newestFirst.hasNext(); ) {
      Refusal refusal = newestFirst.next();
      if (refusal.rawTarget.equals(rawTarget)) {
        List<String> lines = new ArrayList<>();
        lines.add(refusal.reason);
        if (!refusal.token.isEmpty()) {
          lines.add(TokenDescription.of(refusal.token));
        }
        return lines;
      }
    }
    return List.of();
  }
}
