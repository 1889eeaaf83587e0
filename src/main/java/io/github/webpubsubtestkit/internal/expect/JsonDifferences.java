package io.github.webpubsubtestkit.internal.expect;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The differences between two JSON values, each named by its path. */
final class JsonDifferences {

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int MAX_VALUE = 80;

  /** Zero for equal values, as {@link JsonNode#equals(Comparator, JsonNode)} asks for. */
  private static final Comparator<JsonNode> BY_NUMBER =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  private final List<String> differences = new ArrayList<>();
  private int same;

  private JsonDifferences() {}

  static JsonDifferences between(JsonValue expected, JsonValue actual) {
    JsonDifferences differences = new JsonDifferences();
    differences.compare("$", expected.tree(), actual.tree());
    return differences;
  }

  static boolean areEqual(JsonNode one, JsonNode other) {
    return one.equals(BY_NUMBER, other);
  }

  /** The proportion of equal scalar values. */
  double closeness() {
    int all = same + differences.size();
    return all == 0 ? 1 : (double) same / all;
  }

  /** The first difference, and the number of others. */
  String describe() {
    if (differences.isEmpty()) {
      return "is the same";
    }
    int more = differences.size() - 1;
    return differences.get(0)
        + (more == 0
            ? ""
            : String.format(
                Locale.ROOT, " (and %,d more difference%s)", more, more == 1 ? "" : "s"));
  }

  private void compare(String path, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      compareObjects(path, expected, actual);
    } else if (expected.isArray() && actual.isArray()) {
      compareArrays(path, expected, actual);
    } else if (areEqual(expected, actual)) {
      same++;
    } else {
      differences.add(path + ": expected " + show(expected) + " but was " + show(actual));
    }
  }

  private void compareObjects(String path, JsonNode expected, JsonNode actual) {
    for (Map.Entry<String, JsonNode> each : expected.properties()) {
      JsonNode other = actual.get(each.getKey());
      String inner = path + step(each.getKey());
      if (other == null) {
        differences.add(inner + ": expected " + show(each.getValue()) + " but is missing");
      } else {
        compare(inner, each.getValue(), other);
      }
    }
    for (Map.Entry<String, JsonNode> each : actual.properties()) {
      if (expected.get(each.getKey()) == null) {
        differences.add(
            path + step(each.getKey()) + ": not expected but was " + show(each.getValue()));
      }
    }
  }

  private void compareArrays(String path, JsonNode expected, JsonNode actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      compare(path + "[" + i + "]", expected.get(i), actual.get(i));
    }
    if (expected.size() != actual.size()) {
      differences.add(
          String.format(
              Locale.ROOT,
              "%s: expected %,d element%s but has %,d",
              path,
              expected.size(),
              expected.size() == 1 ? "" : "s",
              actual.size()));
    }
  }

  private static String step(String key) {
    return PLAIN_KEY.matcher(key).matches() ? "." + key : "['" + key + "']";
  }

  private static String show(JsonNode value) {
    return FailureText.escape(Secrets.cut(value.toString(), MAX_VALUE));
  }
}
