package io.github.webpubsubtestkit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The common part of all bodies: steps 7 to 9 of rest-api 5. */
final class RequestBody {

  /** 1 MiB (rest-api 11). */
  static final int MAX_BYTES = 1_048_576;

  /** Numbers and names are not converted, so their length costs nothing; depth stays bounded. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MAX_BYTES)
                  .maxNameLength(MAX_BYTES)
                  .build())
          .build();

  private RequestBody() {}

  // ---- step 7 of rest-api 5

  /** The length must be said, or said to be unknown, and must not be too much. */
  static void checkDeclaredLength(ApiHeaders head, boolean requireContentLength)
      throws RestException {
    String length = head.contentLength();
    if (length == null) {
      if (head.transferEncoding() == null || requireContentLength) {
        throw invalidLength();
      }
    } else if (isTooLarge(length.strip())) {
      throw invalidLength()
          .remark(
              String.format(
                  Locale.ROOT,
                  "The body is too large: at most %,d bytes, but it has %s.",
                  MAX_BYTES,
                  length.strip()));
    }
  }

  private static boolean isTooLarge(String length) {
    try {
      return Long.parseLong(length) > MAX_BYTES;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private static RestException invalidLength() {
    return RestException.badRequest("Invalid Content-Length header.");
  }

  // ---- step 8 of rest-api 5

  /** Null without a content type; Java's SDK sends an empty one when its caller names none. */
  static @Nullable MediaType mediaType(@Nullable String contentType) throws RestException {
    if (contentType == null || contentType.isBlank()) {
      return null;
    }
    MediaType mediaType = MediaType.parse(contentType);
    if (mediaType == null) {
      throw RestException.unsupportedMediaType("malformed Content-Type '" + contentType + "'");
    }
    return mediaType;
  }

  /** The charset of a text. */
  static Charset charset(MediaType mediaType) throws RestException {
    Charset charset = mediaType.charset();
    if (charset == null) {
      throw RestException.unsupportedMediaType("unknown charset '" + mediaType.charsetName() + "'");
    }
    return charset;
  }

  // ---- step 9 of rest-api 5

  /** All bytes of the body. */
  static byte[] bytes(HttpRequest request) throws RestException {
    if (request.bodyTooLarge() || request.body().length > MAX_BYTES) {
      throw invalidLength();
    }
    return request.body();
  }

  /** The body of a text in UTF-8; what is no text becomes U+FFFD. */
  static byte[] utf8(byte[] body, Charset charset) {
    return charset.equals(UTF_8) && isAscii(body)
        ? body
        : new String(body, charset).getBytes(UTF_8);
  }

  /** The body in UTF-8, which must be exactly one JSON value. */
  static byte[] json(byte[] body, Charset charset) throws RestException {
    byte[] utf8 = utf8(body, charset);
    boolean damaged = charset.equals(UTF_8) && !Arrays.equals(utf8, body);
    if (damaged || !isJson(utf8)) {
      throw RestException.badRequest("The request body is not a valid JSON.");
    }
    return utf8;
  }

  /** A parser for what {@link #json} has returned. */
  static JsonParser parser(byte[] json) throws IOException {
    return JSON.createParser(json);
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** Checks that there is exactly one JSON value, which is passed on unchanged. */
  private static boolean isJson(byte[] utf8) {
    if (looksLikeAnotherEncoding(utf8)) {
      return false;
    }
    try (JsonParser json = JSON.createParser(utf8)) {
      if (json.nextToken() == null) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Jackson would take these for UTF-16 or UTF-32, or drop a byte order mark. */
  private static boolean looksLikeAnotherEncoding(byte[] utf8) {
    for (int i = 0; i < Math.min(4, utf8.length); i++) {
      if (utf8[i] == 0) {
        return true;
      }
    }
    return utf8.length > 0 && utf8[0] == (byte) 0xEF;
  }
}
