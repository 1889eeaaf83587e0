package io.github.webpubsubtestkit.internal.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The JSON of tokens, without an object mapper, which costs the first token of a JVM several
 * hundred milliseconds; claims are written without Jackson's generator, too, which the first test
 * needs for nothing else.
 */
final class JwtJson {

  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JwtJson() {}

  /** Writes claims: texts, whole numbers and lists of texts. */
  static byte[] write(Map<String, ?> claims) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    char before = '{';
    for (Map.Entry<String, ?> each : claims.entrySet()) {
      out.write(before);
      before = ',';
      string(out, each.getKey());
      out.write(':');
      if (each.getValue() instanceof List<?> list) {
        list(out, list);
      } else if (each.getValue() instanceof Number number) {
        out.writeBytes(Long.toString(number.longValue()).getBytes(StandardCharsets.US_ASCII));
      } else {
        string(out, String.valueOf(each.getValue()));
      }
    }
    if (claims.isEmpty()) {
      out.write('{');
    }
    out.write('}');
    return out.toByteArray();
  }

  private static void list(ByteArrayOutputStream out, List<?> items) {
    out.write('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      string(out, String.valueOf(items.get(i)));
    }
    out.write(']');
  }

  private static void string(ByteArrayOutputStream out, String text) {
    out.write('"');
    out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    out.write('"');
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
