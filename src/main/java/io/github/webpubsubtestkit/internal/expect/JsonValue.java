package io.github.webpubsubtestkit.internal.expect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Optional;

/**
 * A JSON value with the text it was written as. Jackson is loaded with the first value, never just
 * for connecting.
 */
public final class JsonValue {

  private final String text;
  private final JsonNode tree;

  private JsonValue(String text, JsonNode tree) {
    this.text = text;
    this.tree = tree;
  }

  /**
   * A value given by a test author: a String is JSON text and used unchanged; any other value is
   * serialized by Jackson.
   *
   * @throws IllegalArgumentException if the String is not valid JSON, or Jackson cannot serialize
   *     the object
   */
  public static JsonValue of(Object json) {
    if (json instanceof String text) {
      return parse(text);
    }
    try {
      return parse(Mapper.INSTANCE.writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Jackson cannot write this "
              + json.getClass().getName()
              + " as JSON: "
              + Secrets.mask(e.getOriginalMessage())
              + ". Give the JSON as a String instead",
          Secrets.mask(e));
    }
  }

  private static JsonValue parse(String text) {
    try {
      return read(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not JSON: "
              + FailureText.content(text)
              + " ("
              + Secrets.mask(e.getOriginalMessage())
              + "). A String is taken as JSON text: to send or expect it as a JSON string, quote it"
              + " as \"\\\"text\\\"\"",
          Secrets.mask(e));
    }
  }

  /** The value of a received text; empty if it is not valid JSON. */
  public static Optional<JsonValue> ifValid(String text) {
    try {
      return Optional.of(read(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static JsonValue read(String text) throws JsonProcessingException {
    JsonNode tree = Mapper.INSTANCE.readTree(text);
    if (tree == null || tree instanceof MissingNode) {
      throw new NoValueException();
    }
    return new JsonValue(text, tree);
  }

  /** The text as it was given or written. */
  public String text() {
    return text;
  }

  JsonNode tree() {
    return tree;
  }

  /**
   * Returns whether both are the same value; 1, 1.0 and 1e0 are equal, and the order of keys is
   * ignored.
   */
  public boolean isSameAs(JsonValue other) {
    return JsonDifferences.areEqual(tree, other.tree);
  }

  private static final class NoValueException extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    NoValueException() {
      super("the text holds no value");
    }
  }

  private static final class Mapper {
    static final JsonMapper INSTANCE =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }
}
