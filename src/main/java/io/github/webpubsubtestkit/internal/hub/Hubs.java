package io.github.webpubsubtestkit.internal.hub;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Stub, replaced by core. */
public final class Hubs {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_`,.\\[\\]]{0,127}");
  private final Map<String, Hub> hubs = new ConcurrentHashMap<>();

  public Hub hub(String name) {
    return hubs.computeIfAbsent(name.toLowerCase(Locale.ROOT), Hub::new);
  }

  public Collection<Hub> all() {
    return List.copyOf(hubs.values());
  }

  public static boolean isValidHubName(String name) {
    return NAME.matcher(name).matches();
  }

  public static boolean isValidGroupName(String name) {
    return !name.isBlank() && name.length() <= 1024;
  }
}
