package io.github.webpubsubtestkit.internal.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value in memory. Two are equal if they are the same value: 1, 1.0 and 1e0 are, and the
 * order of keys does not count. As text it is JSON without blanks.
 */
public sealed interface JsonTree {

  /**
   * An object.
   *
   * @param members in the order in which they were written; of a repeated key the last value
   */
  record Members(Map<String, JsonTree> members) implements JsonTree {
    @Override
    public String toString() {
      return members.entrySet().stream()
          .map(each -> new Text(each.getKey()) + ":" + each.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
  }

  /**
   * An array.
   *
   * @param elements perhaps none
   */
  record Elements(List<JsonTree> elements) implements JsonTree {
    @Override
    public String toString() {
      return elements.stream().map(JsonTree::toString).collect(Collectors.joining(",", "[", "]"));
    }
  }

  /**
   * A string.
   *
   * @param value its content
   */
  record Text(String value) implements JsonTree {
    @Override
    public String toString() {
      return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
  }

  /**
   * A number.
   *
   * @param literal as it was written
   * @param value what it is worth
   */
  record Numeral(String literal, BigDecimal value) implements JsonTree {

    /** Returns whether it was written as a whole number. */
    boolean isInteger() {
      return literal.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Numeral numeral && value.compareTo(numeral.value) == 0;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(value.doubleValue());
    }

    @Override
    public String toString() {
      return literal;
    }
  }

  /** The three other values. */
  enum Constant implements JsonTree {
    TRUE,
    FALSE,
    NULL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The value as Map, List, String, Boolean, number or null. */
  default @Nullable Object toObject() {
    return PlainValue.plain(this);
  }

  /**
   * Reads a text that holds one value and nothing else.
   *
   * @throws InvalidJsonException if it does not
   */
  static JsonTree parse(String text) throws InvalidJsonException {
    return JsonTreeReader.read(text);
  }
}
