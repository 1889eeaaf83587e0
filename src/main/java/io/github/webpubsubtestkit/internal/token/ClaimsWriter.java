package io.github.webpubsubtestkit.internal.token;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes the claims of tokens as JSON, without Jackson's generator and its factory, which the first
 * test of a JVM needs for nothing else.
 */
final class ClaimsWriter {

  private ClaimsWriter() {}

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
}
