package io.github.webpubsubtestkit.internal.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The JSON of tokens by Jackson's streaming API: an object mapper costs the first token of a JVM
 * several hundred milliseconds.
 */
final class JwtJson {

  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JwtJson() {}

  /** Writes claims: texts, whole numbers and lists of texts. */
  static byte[] write(Map<String, ?> claims) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, ?> each : claims.entrySet()) {
        json.writeFieldName(each.getKey());
        if (each.getValue() instanceof List<?> list) {
          json.writeStartArray();
          for (Object item : list) {
            json.writeString(String.valueOf(item));
          }
          json.writeEndArray();
        } else if (each.getValue() instanceof Number number) {
          json.writeNumber(number.longValue());
        } else {
          json.writeString(String.valueOf(each.getValue()));
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }

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
