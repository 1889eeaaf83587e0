package io.github.webpubsubtestkit.internal.transport;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form-decoded query: {@code +} is a blank, {@code %2F} a slash; an escape that is none stays as
 * it stands.
 */
public final class QueryParameters {

  private final List<Parameter> parameters;

  private QueryParameters(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** One name and its value, empty if there was no equals sign. */
  public record Parameter(String name, String value) {}

  /** Reads what stands behind the question mark. */
  public static QueryParameters parse(String rawQuery) {
    List<Parameter> parameters = new ArrayList<>();
    int start = 0;
    while (start < rawQuery.length()) {
      int end = rawQuery.indexOf('&', start);
      if (end < 0) {
        end = rawQuery.length();
      }
      if (end > start) {
        String pair = rawQuery.substring(start, end);
        int equals = pair.indexOf('=');
        parameters.add(
            equals < 0
                ? new Parameter(decode(pair), "")
                : new Parameter(
                    decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
      }
      start = end + 1;
    }
    return new QueryParameters(List.copyOf(parameters));
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // a percent sign that starts no escape
      return text;
    }
  }

  /** All values of a name, in order; names are compared without regard to case. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (parameter.name().equalsIgnoreCase(name)) {
        values.add(parameter.value());
      }
    }
    return values;
  }

  /** The last value of a name. */
  public Optional<String> last(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** The last value of a name, if it is not empty. */
  public Optional<String> lastNonEmpty(String name) {
    return last(name).filter(value -> !value.isEmpty());
  }

  /** All names with their values, names as written. */
  public Map<String, List<String>> toMap() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      map.computeIfAbsent(parameter.name(), key -> new ArrayList<>()).add(parameter.value());
    }
    return map;
  }
}
