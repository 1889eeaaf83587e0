package io.github.webpubsubtestkit.internal.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what needs no mapper: String, Map with String keys, Collection, the JDK's numbers, Boolean
 * and null.
 */
final class PlainJson {

  private static final int MAX_DEPTH = 1_000;

  private static final Set<Class<?>> NUMBERS =
      Set.of(
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class);

  private final StringBuilder out = new StringBuilder();
  private int depth;

  private PlainJson() {}

  /** Its JSON, without blanks; empty if it is, or holds, something that is not plain. */
  static Optional<String> write(@Nullable Object value) {
    PlainJson json = new PlainJson();
    return json.add(value) ? Optional.of(json.out.toString()) : Optional.empty();
  }

  private boolean add(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return addObject(map);
    } else if (value instanceof Collection<?> collection) {
      return addArray(collection);
    } else if (value instanceof String text) {
      addString(text);
      return true;
    } else if (value == null || value instanceof Boolean || isNumber(value)) {
      out.append(value);
      return true;
    }
    return false;
  }

  private boolean addObject(Map<?, ?> map) {
    if (++depth > MAX_DEPTH) {
      return false;
    }
    String separator = "{";
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (!(each.getKey() instanceof String key)) {
        return false;
      }
      out.append(separator);
      addString(key);
      out.append(':');
      if (!add(each.getValue())) {
        return false;
      }
      separator = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
    depth--;
    return true;
  }

  private boolean addArray(Collection<?> collection) {
    if (++depth > MAX_DEPTH) {
      return false;
    }
    String separator = "[";
    for (Object each : collection) {
      out.append(separator);
      if (!add(each)) {
        return false;
      }
      separator = ",";
    }
    out.append(collection.isEmpty() ? "[]" : "]");
    depth--;
    return true;
  }

  private void addString(String text) {
    out.append('"').append(JsonStringEncoder.getInstance().quoteAsString(text)).append('"');
  }

  /** Not NaN and not infinite, which JSON has no number for. */
  private static boolean isNumber(Object value) {
    return NUMBERS.contains(value.getClass())
        && !(value instanceof Double number && !Double.isFinite(number))
        && !(value instanceof Float number && !Float.isFinite(number));
  }
}
