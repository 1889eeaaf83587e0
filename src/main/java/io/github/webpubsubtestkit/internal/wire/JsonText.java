package io.github.webpubsubtestkit.internal.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Writes the JSON of one message; raw JSON values are inserted unchanged. */
final class JsonText {

  private final ByteArrayOutputStream out;

  JsonText(int expectedSize) {
    out = new ByteArrayOutputStream(expectedSize);
  }

  /** Adds text that is already JSON, in plain ASCII. */
  JsonText raw(String ascii) {
    out.writeBytes(ascii.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Adds text that is already JSON. */
  JsonText raw(byte[] utf8) {
    out.writeBytes(utf8);
    return this;
  }

  /**
   * A string value; half of a surrogate pair, which UTF-8 cannot write, becomes a question mark.
   */
  JsonText string(String value) {
    out.write('"');
    out.writeBytes(quoted(value));
    out.write('"');
    return this;
  }

  private static byte[] quoted(String value) {
    try {
      return JsonStringEncoder.getInstance().quoteAsUTF8(value);
    } catch (IllegalArgumentException e) {
      String repaired = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      return JsonStringEncoder.getInstance().quoteAsUTF8(repaired);
    }
  }

  /** A string value whose content is given as UTF-8. */
  JsonText string(byte[] utf8) {
    if (needsEscape(utf8)) {
      return string(new String(utf8, StandardCharsets.UTF_8));
    }
    out.write('"');
    out.writeBytes(utf8);
    out.write('"');
    return this;
  }

  /** An object of strings. */
  JsonText strings(Map<String, String> values) {
    out.write('{');
    String separator = "";
    for (Map.Entry<String, String> entry : values.entrySet()) {
      raw(separator).string(entry.getKey()).raw(":").string(entry.getValue());
      separator = ",";
    }
    out.write('}');
    return this;
  }

  /** {@code "dataType":…,"data":…} and {@code ,"metadata":…}, if any. */
  JsonText payload(Payload payload) {
    raw("\"dataType\":\"").raw(payload.type().wireName()).raw("\",\"data\":").data(payload);
    Map<String, String> metadata = payload.metadata();
    return metadata == null ? this : raw(",\"metadata\":").strings(metadata);
  }

  private JsonText data(Payload payload) {
    return switch (payload.type()) {
      case TEXT -> string(payload.bytes());
      case JSON -> raw(payload.bytes());
      case BINARY, PROTOBUF -> base64(payload.bytes());
    };
  }

  private JsonText base64(byte[] bytes) {
    out.write('"');
    out.writeBytes(Base64.getEncoder().encode(bytes));
    out.write('"');
    return this;
  }

  EncodedMessage toMessage() {
    return new EncodedMessage(true, out.toByteArray());
  }

  private static boolean needsEscape(byte[] utf8) {
    for (byte b : utf8) {
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        return true;
      }
    }
    return false;
  }
}
