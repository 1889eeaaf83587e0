package io.github.webpubsubtestkit.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one JSON object, with their values as written (client-protocols E.1): of a
 * repeated property the last one wins, nesting ends at 64 levels, comments and trailing commas are
 * errors.
 */
final class JsonObject {

  static final int MAX_DEPTH = 64;

  private static final JsonParsers PARSERS = new JsonParsers(MAX_DEPTH);

  private final byte[] source;
  private final Map<String, Value> values;

  private JsonObject(byte[] source, Map<String, Value> values) {
    this.source = source;
    this.values = values;
  }

  /**
   * Parses exactly one object.
   *
   * @throws IOException if the bytes are not a JSON object, with the position in its message
   */
  static JsonObject parse(byte[] source) throws IOException {
    try (JsonParser parser = PARSERS.of(source)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      Map<String, Value> values = new HashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken kind = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        values.put(name, new Value(kind, start, end));
      }
      if (parser.nextToken() != null) {
        throw new IOException("something follows the JSON object");
      }
      return new JsonObject(source, values);
    }
  }

  /** Returns whether the property is present, even if it is null. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns whether the property is present and JSON null. */
  boolean isNull(String name) {
    return kind(name) == JsonToken.VALUE_NULL;
  }

  /** The kind of the property's value; null if it is absent. */
  @Nullable JsonToken kind(String name) {
    Value value = values.get(name);
    return value == null ? null : value.kind();
  }

  /** The value's text as it was written. */
  byte[] raw(String name) {
    Value value = value(name);
    return Arrays.copyOfRange(source, value.start(), value.end());
  }

  /** A number, true or false as it was written. */
  String literal(String name) {
    Value value = value(name);
    return new String(
        source, value.start(), value.end() - value.start(), StandardCharsets.US_ASCII);
  }

  /** A string's content. */
  String string(String name) throws IOException {
    return new String(stringBytes(name), StandardCharsets.UTF_8);
  }

  /** A string's content as UTF-8. */
  byte[] stringBytes(String name) throws IOException {
    Value value = value(name);
    for (int i = value.start(); i < value.end(); i++) {
      if (source[i] == '\\') {
        return unescape(value).getBytes(StandardCharsets.UTF_8);
      }
    }
    return Arrays.copyOfRange(source, value.start() + 1, value.end() - 1);
  }

  /**
   * An object whose values are strings.
   *
   * @throws IOException if it is anything else or has a duplicate property
   */
  Map<String, String> strings(String name) throws IOException {
    Value value = value(name);
    try (JsonParser parser = PARSERS.of(source, value.start(), value.end())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("'" + name + "' is no object");
      }
      Map<String, String> strings = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          throw new IOException("'" + name + "." + key + "' is no string");
        }
        if (strings.put(key, parser.getText()) != null) {
          throw new IOException("'" + name + "." + key + "' stands there twice");
        }
      }
      return strings;
    }
  }

  /** An object's own properties. */
  JsonObject object(String name) throws IOException {
    return parse(raw(name));
  }

  private String unescape(Value value) throws IOException {
    try (JsonParser parser = PARSERS.of(source, value.start(), value.end())) {
      parser.nextToken();
      return parser.getText();
    }
  }

  private Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no property '" + name + "'");
    }
    return value;
  }

  private record Value(JsonToken kind, int start, int end) {}
}
