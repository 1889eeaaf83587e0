package io.github.webpubsubtestkit.internal.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payload of a token, parsed but not verified. A claim that is null counts as absent. */
final class Claims {

  private enum Kind {
    STRING,
    STRINGS,
    NUMBER,
    OTHER
  }

  private record Claim(Kind kind, List<String> values) {}

  private final Map<String, Claim> byName;

  private Claims(Map<String, Claim> byName) {
    this.byName = byName;
  }

  static Claims parse(byte[] payload) throws InvalidTokenException {
    String text = new String(payload, StandardCharsets.UTF_8);
    Map<String, Claim> claims = new LinkedHashMap<>();
    try (JsonParser json = JwtJson.FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        Claim claim = claim(json, text);
        if (claim != null) {
          claims.put(name, claim);
        }
      }
      if (json.nextToken() != null) {
        throw malformed();
      }
    } catch (IOException e) {
      throw malformed();
    }
    return new Claims(claims);
  }

  /** Those of a token that was made here: texts, whole numbers and lists of texts. */
  static Claims of(Map<String, Object> claims) {
    Map<String, Claim> byName = new LinkedHashMap<>();
    for (Map.Entry<String, Object> each : claims.entrySet()) {
      Object value = each.getValue();
      List<String> values = new ArrayList<>(2);
      if (value instanceof List<?> list) {
        for (Object item : list) {
          values.add(String.valueOf(item));
        }
      } else {
        values.add(String.valueOf(value));
      }
      Kind kind =
          value instanceof List<?>
              ? Kind.STRINGS
              : value instanceof Number ? Kind.NUMBER : Kind.STRING;
      byName.put(each.getKey(), new Claim(kind, Collections.unmodifiableList(values)));
    }
    return new Claims(byName);
  }

  /** Each claim as texts. */
  Map<String, List<String>> all() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    byName.forEach((name, claim) -> all.put(name, claim.values()));
    return Collections.unmodifiableMap(all);
  }

  /** A claim that must be one string; null if absent. */
  @Nullable String string(String name) throws InvalidTokenException {
    Claim claim = byName.get(name);
    if (claim == null) {
      return null;
    }
    if (claim.kind() != Kind.STRING) {
      throw new InvalidTokenException("The claim '" + name + "' must be a string");
    }
    return claim.values().get(0);
  }

  /** A claim that is a string or an array of strings; empty if absent. */
  List<String> strings(String name) throws InvalidTokenException {
    Claim claim = byName.get(name);
    if (claim == null) {
      return List.of();
    }
    if (claim.kind() != Kind.STRING && claim.kind() != Kind.STRINGS) {
      throw new InvalidTokenException(
          "The claim '" + name + "' must be a string or an array of strings");
    }
    return claim.values();
  }

  /** A claim that is a point in time, in seconds of the epoch; null if absent. */
  @Nullable Double seconds(String name) throws InvalidTokenException {
    Claim claim = byName.get(name);
    if (claim == null) {
      return null;
    }
    if (claim.kind() != Kind.NUMBER) {
      throw new InvalidTokenException("The claim '" + name + "' must be a number");
    }
    return Double.valueOf(claim.values().get(0));
  }

  private static @Nullable Claim claim(JsonParser json, String text) throws IOException {
    JsonToken token = json.nextToken();
    if (token == null || token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_STRING) {
      return new Claim(Kind.STRING, List.of(json.getText()));
    }
    if (token.isNumeric()) {
      return new Claim(Kind.NUMBER, List.of(json.getText()));
    }
    if (token != JsonToken.START_ARRAY) {
      return new Claim(Kind.OTHER, List.of(raw(json, text)));
    }
    List<String> values = new ArrayList<>();
    boolean strings = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean string = json.currentToken() == JsonToken.VALUE_STRING;
      strings &= string;
      values.add(string ? json.getText() : raw(json, text));
    }
    return new Claim(strings ? Kind.STRINGS : Kind.OTHER, List.copyOf(values));
  }

  /** The JSON text of the current value, unchanged. */
  private static String raw(JsonParser json, String text) throws IOException {
    if (json.currentToken() == null || json.currentToken().isScalarValue()) {
      return json.getText();
    }
    int start = (int) json.currentTokenLocation().getCharOffset();
    json.skipChildren();
    return text.substring(start, (int) json.currentLocation().getCharOffset());
  }

  private static InvalidTokenException malformed() {
    return new InvalidTokenException("The token is malformed: its payload is no JSON object");
  }
}
