package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.json.InvalidJsonException;
import io.github.webpubsubtestkit.internal.json.JsonTree;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON value with the text it was written as. */
public final class JsonValue {

  private final String text;
  private final JsonTree tree;

  private JsonValue(String text, JsonTree tree) {
    this.text = text;
    this.tree = tree;
  }

  /**
   * A value given by a test author: a String is JSON text and taken as it is, anything else is
   * written by the mapper.
   *
   * @throws IllegalArgumentException if the String is no JSON, or the object cannot be written
   */
  public static JsonValue of(@Nullable Object json, ObjectMapping mapping) {
    if (json instanceof String text) {
      return parse(
          text,
          ". A String is taken as JSON text: to send or expect it as a JSON string, quote it as"
              + " \"\\\"text\\\"\"");
    }
    return parse(UserFrames.beginning(() -> mapping.write(json)), ", which the mapper wrote");
  }

  private static JsonValue parse(String text, String remark) {
    try {
      return new JsonValue(text, JsonTree.parse(text));
    } catch (InvalidJsonException e) {
      IllegalArgumentException failure =
          new IllegalArgumentException(
              "not JSON: "
                  + FailureText.content(text)
                  + " ("
                  + Secrets.mask(String.valueOf(e.getMessage()))
                  + ")"
                  + remark,
              Secrets.mask(e));
      UserFrames.trim(failure);
      throw failure;
    }
  }

  /** The value of a received text; empty if it is not valid JSON. */
  public static Optional<JsonValue> ifValid(String text) {
    try {
      return Optional.of(new JsonValue(text, JsonTree.parse(text)));
    } catch (InvalidJsonException e) {
      return Optional.empty();
    }
  }

  /** The text as it was given or written. */
  public String text() {
    return text;
  }

  JsonTree tree() {
    return tree;
  }

  /** Returns whether the other value holds this one, with placeholders for values not known. */
  boolean isPartOf(JsonValue other) {
    return JsonDifferences.ofPart(this, other).isEmpty();
  }

  /**
   * Reads all placeholders.
   *
   * @throws IllegalArgumentException if one is unknown
   */
  void checkPlaceholders() {
    try {
      checkPlaceholders(tree);
    } catch (IllegalArgumentException e) {
      UserFrames.trim(e);
      throw e;
    }
  }

  private static void checkPlaceholders(JsonTree tree) {
    if (tree instanceof JsonTree.Members object) {
      object.members().values().forEach(JsonValue::checkPlaceholders);
    } else if (tree instanceof JsonTree.Elements array) {
      array.elements().forEach(JsonValue::checkPlaceholders);
    } else {
      var unused = Placeholder.of(tree);
    }
  }

  /**
   * Returns whether both are the same value; 1, 1.0 and 1e0 are equal, and the order of keys is
   * ignored.
   */
  public boolean isSameAs(JsonValue other) {
    return tree.equals(other.tree);
  }
}
