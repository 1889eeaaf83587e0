package io.github.webpubsubtestkit.internal.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.AbstractSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON for jjwt by Jackson's streaming API. jjwt's own binding starts an object mapper, which costs
 * the first token of a JVM several hundred milliseconds.
 */
final class JwtJson {

  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JwtJson() {}

  /** Writes headers and claims: texts, whole numbers and lists of texts. */
  static final class Writer extends AbstractSerializer<Map<String, ?>> {

    @Override
    protected void doSerialize(Map<String, ?> map, OutputStream out) throws IOException {
      try (JsonGenerator json = FACTORY.createGenerator(out)) {
        json.writeStartObject();
        for (Map.Entry<String, ?> each : map.entrySet()) {
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
      }
    }
  }

  /**
   * Reads a header: of all that may be there only {@code alg} is relied on, and {@code crit} is
   * obeyed (rest-api 2.1). A content type is put in, because with one jjwt leaves the payload to
   * us; live tokens carry {@code cty} themselves.
   */
  static final class HeaderReader extends AbstractDeserializer<Map<String, ?>> {

    @Override
    protected Map<String, ?> doDeserialize(Reader reader) throws IOException {
      Map<String, Object> header = new LinkedHashMap<>();
      try (JsonParser json = FACTORY.createParser(reader)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          throw new IOException("no JSON object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          JsonToken value = json.nextToken();
          if (name.equals("alg") && value == JsonToken.VALUE_STRING) {
            header.put(name, json.getText());
          } else if (name.equals("crit")) {
            throw new IOException("critical extension");
          } else {
            json.skipChildren();
          }
        }
        if (json.nextToken() != null) {
          throw new IOException("more than one JSON value");
        }
      }
      header.put("cty", "claims");
      return header;
    }
  }
}
