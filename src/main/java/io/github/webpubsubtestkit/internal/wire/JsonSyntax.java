package io.github.webpubsubtestkit.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Validates JSON without parsing it into values: it is passed on unchanged. */
public final class JsonSyntax {

  /** The value is one level of a message of 64 levels at most (client-protocols E.1). */
  private static final int MAX_DEPTH = JsonObject.MAX_DEPTH - 1;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonSyntax() {}

  /**
   * Checks that there is exactly one JSON value.
   *
   * @throws IOException if not, with the position in its message
   */
  public static void requireValue(byte[] utf8) throws IOException {
    JsonObject.refuseOtherEncodings(utf8);
    try (JsonParser json = FACTORY.createParser(utf8)) {
      if (json.nextToken() == null) {
        throw new IOException("no JSON value");
      }
      json.skipChildren();
      if (json.nextToken() != null) {
        throw new IOException("something follows the JSON value");
      }
    }
  }
}
