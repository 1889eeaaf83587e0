package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.Names;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The user events that a handler takes (event-handlers 2.2); system events are none of them. */
public final class EventPattern {

  /** Every user event. */
  public static final EventPattern ALL = new EventPattern(true, Set.of());

  /** No user event. */
  public static final EventPattern NONE = new EventPattern(false, Set.of());

  private final boolean all;
  private final Set<String> names; // in lower case

  private EventPattern(boolean all, Set<String> names) {
    this.all = all;
    this.names = names;
  }

  /**
   * Reads {@code *}, a name, or names with commas between them; null and empty mean none.
   *
   * @throws IllegalArgumentException for anything else, with the value and the rule
   */
  public static EventPattern parse(@Nullable String pattern) {
    if (pattern == null || pattern.isBlank()) {
      return NONE;
    }
    if (pattern.strip().equals("*")) {
      return ALL;
    }
    Set<String> names = new LinkedHashSet<>();
    for (String item : pattern.split(",", -1)) {
      String name = item.strip();
      if (!Names.isEvent(name)) {
        throw new IllegalArgumentException(
            "the user event pattern \""
                + Secrets.mask(pattern)
                + "\" must be *, or names of events with commas between them, but \""
                + Secrets.mask(name)
                + "\" is no name of an event: a letter, then up to 127 letters, digits, _ . -");
      }
      names.add(name.toLowerCase(Locale.ROOT));
    }
    return new EventPattern(false, names);
  }

  /** Returns whether a user event of that name is taken; case does not matter. */
  public boolean matches(String event) {
    return all || (!names.isEmpty() && names.contains(event.toLowerCase(Locale.ROOT)));
  }

  @Override
  public String toString() {
    return all ? "*" : String.join(",", names);
  }
}
