package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.json.JsonTree;
import io.github.webpubsubtestkit.internal.json.JsonTree.Elements;
import io.github.webpubsubtestkit.internal.json.JsonTree.Members;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The differences between two JSON values, each named by its path. */
final class JsonDifferences {

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int MAX_VALUE = 80;
  private static final int MAX_SHOWN = 5;

  private final List<String> differences = new ArrayList<>();
  private int same;

  /** True if the expected value is only a part of the actual one, at every level. */
  private final boolean partial;

  private JsonDifferences(boolean partial) {
    this.partial = partial;
  }

  static JsonDifferences between(JsonValue expected, JsonValue actual) {
    return between(expected.tree(), actual.tree(), false);
  }

  /**
   * The differences from a value that holds at least the expected members and elements, the latter
   * in their order; placeholders stand for the values they name.
   */
  static JsonDifferences ofPart(JsonValue expected, JsonValue actual) {
    return between(expected.tree(), actual.tree(), true);
  }

  private static JsonDifferences between(JsonTree expected, JsonTree actual, boolean partial) {
    JsonDifferences differences = new JsonDifferences(partial);
    differences.compare("$", expected, actual);
    return differences;
  }

  boolean isEmpty() {
    return differences.isEmpty();
  }

  /** The share of scalar values that are the same. */
  double closeness() {
    int all = same + differences.size();
    return all == 0 ? 1 : (double) same / all;
  }

  /** The first differences, a line each, and the number of others. */
  List<String> describe() {
    if (differences.isEmpty()) {
      return List.of("is the same");
    }
    if (differences.size() <= MAX_SHOWN) {
      return List.copyOf(differences);
    }
    List<String> shown = new ArrayList<>(differences.subList(0, MAX_SHOWN));
    int more = differences.size() - MAX_SHOWN;
    shown.add(String.format(Locale.ROOT, "and %,d more difference%s", more, more == 1 ? "" : "s"));
    return shown;
  }

  private void compare(String path, JsonTree expected, JsonTree actual) {
    Optional<Placeholder> placeholder = partial ? Placeholder.of(expected) : Optional.empty();
    if (placeholder.isPresent()) {
      if (placeholder.get().matches(actual)) {
        same++;
      } else {
        differ(path, expected, actual);
      }
    } else if (expected instanceof Members wanted && actual instanceof Members found) {
      compareObjects(path, wanted.members(), found.members());
    } else if (expected instanceof Elements wanted && actual instanceof Elements found) {
      if (partial) {
        findElements(path, wanted.elements(), found.elements());
      } else {
        compareArrays(path, wanted.elements(), found.elements());
      }
    } else if (expected.equals(actual)) {
      same++;
    } else {
      differ(path, expected, actual);
    }
  }

  private void differ(String path, JsonTree expected, JsonTree actual) {
    differences.add(path + ": expected " + show(expected) + " but was " + show(actual));
  }

  /** Looks for each element behind the one before; of one that is missing, the nearest is told. */
  private void findElements(String path, List<JsonTree> expected, List<JsonTree> actual) {
    int from = 0;
    for (JsonTree wanted : expected) {
      int at = from;
      while (at < actual.size() && !between(wanted, actual.get(at), true).isEmpty()) {
        at++;
      }
      if (at < actual.size()) {
        same++;
        from = at + 1;
      } else {
        missing(path, wanted, actual.subList(Math.min(from, actual.size()), actual.size()), from);
      }
    }
  }

  private void missing(String path, JsonTree wanted, List<JsonTree> others, int from) {
    JsonDifferences nearest = null;
    int index = 0;
    for (int i = 0; i < others.size(); i++) {
      JsonDifferences miss = between(wanted, others.get(i), true);
      if (nearest == null || miss.closeness() > nearest.closeness()) {
        nearest = miss;
        index = from + i;
      }
    }
    if (nearest == null || nearest.same == 0) {
      differences.add(path + ": expected an element " + show(wanted) + " but there is none");
    } else {
      compare(path + "[" + index + "]", wanted, others.get(index - from));
    }
  }

  private void compareObjects(
      String path, Map<String, JsonTree> expected, Map<String, JsonTree> actual) {
    expected.forEach(
        (key, value) -> {
          JsonTree other = actual.get(key);
          if (other == null) {
            differences.add(path + step(key) + ": expected " + show(value) + " but is missing");
          } else {
            compare(path + step(key), value, other);
          }
        });
    if (partial) {
      return;
    }
    actual.forEach(
        (key, value) -> {
          if (!expected.containsKey(key)) {
            differences.add(path + step(key) + ": not expected but was " + show(value));
          }
        });
  }

  private void compareArrays(String path, List<JsonTree> expected, List<JsonTree> actual) {
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

  private static String show(JsonTree value) {
    return FailureText.escape(Secrets.cut(value.toString(), MAX_VALUE));
  }
}
