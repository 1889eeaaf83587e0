package io.github.webpubsubtestkit.internal.token;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query of a URL, form-decoded: {@code +} is a blank and {@code %2F} a slash (client-protocols
 * A.2, rest-api 6.1). Names are compared without regard to case.
 */
public final class UrlQuery {

  private static final UrlQuery EMPTY = new UrlQuery(List.of());

  private record Parameter(String name, String value) {}

  private final List<Parameter> parameters;

  private UrlQuery(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** Parses the text after the question mark. */
  public static UrlQuery parse(String raw) {
    if (raw.isEmpty()) {
      return EMPTY;
    }
    List<Parameter> parameters = new ArrayList<>(4);
    int from = 0;
    while (from <= raw.length()) {
      int end = raw.indexOf('&', from);
      end = end < 0 ? raw.length() : end;
      if (end > from) {
        String pair = raw.substring(from, end);
        int equals = pair.indexOf('=');
        parameters.add(
            equals < 0
                ? new Parameter(decode(pair), "")
                : new Parameter(
                    decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
      }
      from = end + 1;
    }
    return new UrlQuery(parameters);
  }

  private static String decode(String text) {
    return PercentCoding.decode(text.replace('+', ' '));
  }

  /** All values of a parameter, in order. */
  public List<String> all(String name) {
    List<String> values = null;
    for (Parameter each : parameters) {
      if (each.name().equalsIgnoreCase(name)) {
        if (values == null) {
          values = new ArrayList<>(2);
        }
        values.add(each.value());
      }
    }
    return values == null ? List.of() : values;
  }

  /** The first value of a parameter; null if it is absent or empty. */
  public @Nullable String first(String name) {
    for (Parameter each : parameters) {
      if (each.name().equalsIgnoreCase(name)) {
        return each.value().isEmpty() ? null : each.value();
      }
    }
    return null;
  }

  /** The last value of a parameter; null if it is absent or empty. */
  public @Nullable String last(String name) {
    List<String> values = all(name);
    String last = values.isEmpty() ? "" : values.get(values.size() - 1);
    return last.isEmpty() ? null : last;
  }

  /** All parameters, by the names as sent. */
  public Map<String, List<String>> toMap() {
    if (parameters.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (Parameter each : parameters) {
      map.computeIfAbsent(each.name(), name -> new ArrayList<>(1)).add(each.value());
    }
    return Collections.unmodifiableMap(map);
  }

  /** A path and query for people: without secrets, the query percent-decoded. */
  public static String readable(String target) {
    String masked = Secrets.mask(target);
    int query = masked.indexOf('?');
    return query < 0 || masked.indexOf('%', query) < 0
        ? masked
        : masked.substring(0, query) + Secrets.mask(PercentCoding.decode(masked.substring(query)));
  }
}
