package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.json.InvalidJsonException;
import io.github.webpubsubtestkit.internal.json.JsonPointer;
import io.github.webpubsubtestkit.internal.json.JsonTree;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value inside the JSON of a message, a request or an event. */
public final class JsonPart {

  private final JsonPointer pointer;
  private final Optional<JsonTree> tree;

  private JsonPart(JsonPointer pointer, Optional<JsonTree> tree) {
    this.pointer = pointer;
    this.tree = tree;
  }

  /**
   * The value at a pointer; there is none in a text that is not JSON.
   *
   * @throws IllegalArgumentException if the pointer is not one of RFC 6901
   */
  public static JsonPart at(String pointer, String json) {
    JsonPointer at = JsonPointer.of(pointer);
    return new JsonPart(at, JsonValue.ifValid(json).map(JsonValue::tree).flatMap(at::in));
  }

  /** Returns whether there is a value, which may be null. */
  public boolean exists() {
    return tree.isPresent();
  }

  /** The value as Map, List, String, Boolean, number or null. */
  public @Nullable Object value() {
    return tree.map(JsonTree::toObject).orElse(null);
  }

  /** What a failure says if there is no value. */
  public String missing() {
    return "has no value at " + FailureText.quotedContent(pointer.toString());
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
      wanted = JsonTree.parse(mapping.write(expected));
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

  /** {@code with 31.99 at "/items/0/price"}. */
  public static String phrase(String pointer, @Nullable Object expected) {
    return "with JSON "
        + FailureText.content(ObjectMapping.show(expected))
        + " at "
        + FailureText.quotedContent(pointer);
  }
}
