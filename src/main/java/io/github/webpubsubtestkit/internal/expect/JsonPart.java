package io.github.webpubsubtestkit.internal.expect;

import static java.util.stream.Collectors.joining;

import io.github.webpubsubtestkit.internal.json.InvalidJsonException;
import io.github.webpubsubtestkit.internal.json.JsonPointer;
import io.github.webpubsubtestkit.internal.json.JsonTree;
import io.github.webpubsubtestkit.internal.json.JsonTree.Elements;
import io.github.webpubsubtestkit.internal.json.JsonTree.Members;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value inside the JSON of a message, a request or an event. */
public final class JsonPart {

  private static final int MAX_KEYS = 10;

  private final JsonPointer pointer;
  private final Optional<JsonTree> whole;
  private final Optional<JsonTree> tree;

  private JsonPart(JsonPointer pointer, Optional<JsonTree> whole) {
    this.pointer = pointer;
    this.whole = whole;
    this.tree = whole.flatMap(pointer::in);
  }

  /**
   * The value at a pointer; there is none in a text that is not JSON.
   *
   * @throws IllegalArgumentException if the pointer is not one of RFC 6901
   */
  public static JsonPart at(String pointer, String json) {
    JsonPointer at = UserFrames.beginning(() -> JsonPointer.of(pointer));
    return new JsonPart(at, JsonValue.ifValid(json).map(JsonValue::tree));
  }

  /** Returns whether there is a value, which may be null. */
  public boolean exists() {
    return tree.isPresent();
  }

  /** The value as Map, List, String, Boolean, number or null. */
  public @Nullable Object value() {
    return tree.map(JsonTree::toObject).orElse(null);
  }

  /** What a failure says if there is no value, and where the way to it breaks off. */
  public String missing() {
    return "has no value at "
        + FailureText.quotedContent(pointer.toString())
        + whole.flatMap(pointer::gapIn).map(gap -> ": " + there(gap)).orElse("");
  }

  /** What there is at the last value on the way. */
  private static String there(JsonPointer.Gap gap) {
    String where = gap.pointer().isEmpty() ? "the whole" : FailureText.quotedContent(gap.pointer());
    if (gap.value() instanceof Members object) {
      return where
          + (object.members().isEmpty() ? " is an empty object" : " has " + keys(object.members()));
    }
    if (gap.value() instanceof Elements array) {
      int size = array.elements().size();
      return where
          + (size == 0 ? " is an empty array" : " has " + FailureText.count(size, "element"))
          + (gap.isIndex()
              ? ""
              : ", and " + FailureText.quotedContent(gap.token()) + " is no array index");
    }
    return where + " is " + FailureText.content(gap.value().toString());
  }

  private static String keys(Map<String, JsonTree> members) {
    String shown = members.keySet().stream().limit(MAX_KEYS).collect(joining(", "));
    int more = members.size() - MAX_KEYS;
    return FailureText.content(shown) + (more > 0 ? " and " + more + " more" : "");
  }

  /**
   * How the value differs from an object; empty if it is the same.
   *
   * @param expected a String is a JSON string; everything else is written by the mapper
   * @throws IllegalArgumentException if it cannot be written
   */
  public Optional<String> difference(@Nullable Object expected, ObjectMapping mapping) {
    JsonTree wanted;
    try {
      wanted = JsonTree.parse(UserFrames.beginning(() -> mapping.write(expected)));
    } catch (InvalidJsonException e) {
      throw new IllegalArgumentException("the mapper wrote no JSON: " + e.getMessage(), e);
    }
    if (tree.isEmpty()) {
      return Optional.of(missing());
    }
    return tree.get().equals(wanted)
        ? Optional.empty()
        : Optional.of(
            "has "
                + FailureText.content(tree.get().toString())
                + " at "
                + FailureText.quotedContent(pointer.toString()));
  }

  /** {@code with JSON readable as Bid}. */
  public static String readableAs(Class<?> type) {
    return "with JSON readable as " + type.getSimpleName();
  }

  /** What a failure says if a mapper could not read the whole, in one line. */
  public static String unreadable(IllegalArgumentException failure) {
    return "is not: " + String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }

  /** {@code with 31.99 at "/items/0/price"}. */
  public static String phrase(String pointer, @Nullable Object expected) {
    return "with JSON "
        + FailureText.content(ObjectMapping.show(expected))
        + " at "
        + FailureText.quotedContent(pointer);
  }
}
