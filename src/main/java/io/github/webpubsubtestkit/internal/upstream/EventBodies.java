package io.github.webpubsubtestkit.internal.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.webpubsubtestkit.internal.hub.ConnectRequest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The JSON that system events bring (event-handlers 4.5, 5.1). */
final class EventBodies {

  private static final JsonFactory FACTORY = new JsonFactory();

  private EventBodies() {}

  /** Writes into an object. */
  @FunctionalInterface
  private interface Properties {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static byte[] connect(ConnectRequest request) {
    return object(
        json -> {
          lists(json, "claims", request.claims());
          lists(json, "query", request.query());
          lists(json, "headers", request.headers());
          list(json, "subprotocols", request.subprotocols());
          list(json, "clientCertificates", List.of());
        });
  }

  static byte[] connected() {
    return object(json -> {});
  }

  static byte[] disconnected(String reason) {
    return object(json -> json.writeStringField("reason", reason));
  }

  private static void lists(JsonGenerator json, String name, Map<String, List<String>> values)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, List<String>> each : values.entrySet()) {
      list(json, each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }

  private static void list(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String each : values) {
      json.writeString(each);
    }
    json.writeEndArray();
  }

  /** Over characters: half a surrogate pair in a claim is a question mark then, and no error. */
  private static byte[] object(Properties properties) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      properties.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter never fails", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
