package io.github.webpubsubtestkit.internal.wire;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;

/**
 * Parsers of JSON in UTF-8. It makes them as a {@link JsonFactory} does that is told the encoding,
 * but without one: a factory loads all other parsers and generators, too, a tenth of the classes of
 * a JVM's first test by size.
 */
final class JsonParsers {

  private static final int NAMES =
      JsonFactory.Feature.CANONICALIZE_FIELD_NAMES.getMask()
          | JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW.getMask();
  private static final int FEATURES = JsonParser.Feature.collectDefaults();

  private final StreamReadConstraints constraints;
  private final ByteQuadsCanonicalizer names = ByteQuadsCanonicalizer.createRoot();

  /** Parsers that accept values of any length. */
  JsonParsers(int maxDepth) {
    constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(maxDepth)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();
  }

  /**
   * Returns a parser of all bytes, which is to be closed.
   *
   * @throws IOException if they are in another encoding or begin with a byte order mark, as a text
   *     message is UTF-8 and JSON has no mark
   */
  JsonParser of(byte[] utf8) throws IOException {
    refuseOtherEncodings(utf8);
    return of(utf8, 0, utf8.length);
  }

  /** Returns a parser of some bytes, which is to be closed. */
  JsonParser of(byte[] utf8, int from, int to) {
    IOContext context =
        new IOContext(
            constraints,
            StreamWriteConstraints.defaults(),
            ErrorReportConfiguration.defaults(),
            JsonRecyclerPools.defaultPool().acquireAndLinkPooled(),
            ContentReference.redacted(),
            true);
    context.setEncoding(JsonEncoding.UTF8);
    return new UTF8StreamJsonParser(
        context, FEATURES, null, null, names.makeChild(NAMES), utf8, from, to, 0, false);
  }

  private static void refuseOtherEncodings(byte[] source) throws IOException {
    boolean marked = source.length > 0 && (source[0] & 0xFF) >= 0xEF;
    boolean wide = false;
    for (int i = 0; i < Math.min(4, source.length); i++) {
      wide |= source[i] == 0;
    }
    if (marked || wide) {
      throw new IOException("not JSON in UTF-8 without byte order mark");
    }
  }
}
