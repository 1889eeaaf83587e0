package io.github.webpubsubtestkit.internal.wire;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Validates JSON without parsing it into values: it is passed on unchanged. */
public final class JsonSyntax {

  /** The value is one level of a message of 64 levels at most (client-protocols E.1). */
  private static final int MAX_DEPTH = JsonObject.MAX_DEPTH - 1;

  private static final JsonParsers PARSERS = new JsonParsers(MAX_DEPTH);

  private JsonSyntax() {}

  /**
   * Checks that there is exactly one JSON value.
   *
   * @throws IOException if not, with the position in its message
   */
  public static void requireValue(byte[] utf8) throws IOException {
    try (JsonParser json = PARSERS.of(utf8)) {
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
