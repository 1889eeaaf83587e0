package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.json.JsonTree;
import io.github.webpubsubtestkit.internal.json.JsonTree.Elements;
import io.github.webpubsubtestkit.internal.json.JsonTree.Members;
import io.github.webpubsubtestkit.internal.json.JsonTree.Text;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.ArrayList;
import java.util.BitSet;
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

  /** The number of scalar values that are the same before the first difference. */
  private int sameBefore;

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
    if (expected instanceof Text one
        && actual instanceof Text other
        && TextDifference.looksAlike(one.value(), other.value())) {
      add(path + ": " + TextDifference.between(one.value(), other.value()).describe());
    } else {
      add(path + ": expected " + show(expected) + " but was " + show(actual));
    }
  }

  private void add(String difference) {
    if (differences.isEmpty()) {
      sameBefore = same;
    }
    differences.add(difference);
  }

  /** Looks for each element behind the one before; of one that is missing, the nearest is told. */
  private void findElements(String path, List<JsonTree> expected, List<JsonTree> actual) {
    BitSet taken = new BitSet();
    int from = 0;
    for (JsonTree wanted : expected) {
      int at = from;
      while (at < actual.size() && !isPart(wanted, actual.get(at))) {
        at++;
      }
      if (at < actual.size()) {
        same++;
        taken.set(at);
        from = at + 1;
      } else {
        missing(path, wanted, actual, taken);
      }
    }
  }

  private static boolean isPart(JsonTree wanted, JsonTree whole) {
    return between(wanted, whole, true).isEmpty();
  }

  /** An element that is not behind the others: it is before them, or there only once, or not. */
  private void missing(String path, JsonTree wanted, List<JsonTree> actual, BitSet taken) {
    String expected = path + ": expected ";
    boolean again = false;
    for (int i = 0; i < actual.size(); i++) {
      if (isPart(wanted, actual.get(i))) {
        if (!taken.get(i)) {
          String after = path + "[" + (taken.length() - 1) + "]";
          add(
              (expected + "an element " + show(wanted) + " behind " + after)
                  + (" but it is before that, at " + path + "[" + i + "]: the order differs"));
          taken.set(i);
          return;
        }
        again = true;
      }
    }
    int nearest = again ? -1 : nearest(wanted, actual, taken);
    if (nearest >= 0) {
      taken.set(nearest);
      compare(path + "[" + nearest + "]", wanted, actual.get(nearest));
    } else {
      add(
          expected
              + (again ? "another" : "an")
              + " element "
              + show(wanted)
              + " but there is none");
    }
  }

  /**
   * The element that has most in common with the wanted; of several, that whose first difference
   * comes last, as what comes first often names the element. -1 if none is alike.
   */
  private static int nearest(JsonTree wanted, List<JsonTree> actual, BitSet taken) {
    int index = -1;
    JsonDifferences nearest = null;
    for (int i = 0; i < actual.size(); i++) {
      JsonTree other = actual.get(i);
      if (taken.get(i) || (actual.size() > 1 && !isAlike(wanted, other))) {
        continue;
      }
      JsonDifferences miss = between(wanted, other, true);
      if (nearest == null
          || miss.closeness() > nearest.closeness()
          || (miss.closeness() == nearest.closeness() && miss.sameBefore > nearest.sameBefore)) {
        nearest = miss;
        index = i;
      }
    }
    return index;
  }

  /** Two objects with a common key, or values with something in common. */
  private static boolean isAlike(JsonTree wanted, JsonTree other) {
    if (wanted instanceof Members one && other instanceof Members two) {
      return one.members().keySet().stream().anyMatch(two.members()::containsKey);
    }
    return between(wanted, other, true).same > 0;
  }

  private void compareObjects(
      String path, Map<String, JsonTree> expected, Map<String, JsonTree> actual) {
    expected.forEach(
        (key, value) -> {
          JsonTree other = actual.get(key);
          if (other == null) {
            add(path + step(key) + ": expected " + show(value) + " but is missing");
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
            add(path + step(key) + ": not expected but was " + show(value));
          }
        });
  }

  private void compareArrays(String path, List<JsonTree> expected, List<JsonTree> actual) {
    int least = Math.min(expected.size(), actual.size());
    int begin = 0;
    int end = 0;
    if (expected.size() != actual.size()) {
      while (begin < least && expected.get(begin).equals(actual.get(begin))) {
        begin++;
      }
      while (end < least - begin && last(expected, end).equals(last(actual, end))) {
        end++;
      }
    }
    if (Math.abs(expected.size() - actual.size()) > 1) { // one is told as well by itself
      add(
          String.format(
              Locale.ROOT,
              "%s: expected %,d element%s but has %,d",
              path,
              expected.size(),
              expected.size() == 1 ? "" : "s",
              actual.size()));
    }
    for (int i = 0; i < least - end; i++) {
      compare(path + "[" + i + "]", expected.get(i), actual.get(i));
    }
    for (int i = least - end; i < expected.size() - end; i++) {
      add(path + "[" + i + "]: expected " + show(expected.get(i)) + " but is missing");
    }
    for (int i = least - end; i < actual.size() - end; i++) {
      add(path + "[" + i + "]: not expected but was " + show(actual.get(i)));
    }
    for (int i = 0; i < end; i++) {
      compare(path, last(expected, i), last(actual, i)); // counts what is the same
    }
  }

  private static JsonTree last(List<JsonTree> elements, int before) {
    return elements.get(elements.size() - 1 - before);
  }

  private static String step(String key) {
    return PLAIN_KEY.matcher(key).matches() ? "." + key : "['" + FailureText.escape(key) + "']";
  }

  private static String show(JsonTree value) {
    return FailureText.escape(Secrets.cut(value.toString(), MAX_VALUE));
  }
}
