package io.github.webpubsubtestkit.internal.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/**
 * Reads the JSON of tokens, without an object mapper, which costs the first token of a JVM several
 * hundred milliseconds.
 */
final class JwtJson {

  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JwtJson() {}

  /**
   * Returns whether a header is supported: only {@code alg} is evaluated, and a token with {@code
   * crit} requires unsupported extensions (rest-api 2.1).
   */
  static boolean isHeaderOf(String algorithm, byte[] header) {
    boolean named = false;
    try (JsonParser json = FACTORY.createParser(header)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("crit")) {
          return false;
        } else if (name.equals("alg")) {
          named = value == JsonToken.VALUE_STRING && json.getText().equals(algorithm);
        }
        json.skipChildren();
      }
      return json.nextToken() == null && named;
    } catch (IOException e) {
      return false;
    }
  }
}
