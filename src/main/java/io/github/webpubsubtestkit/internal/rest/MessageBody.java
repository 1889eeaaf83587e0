package io.github.webpubsubtestkit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.wire.DataType;
import io.github.webpubsubtestkit.internal.wire.Metadata;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the message of a send: steps 7 to 10 of rest-api 5 (rest-api 8.1, 9). */
final class MessageBody {

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

  private MessageBody() {}

  static Payload read(HttpRequest request, RequestHead head, boolean requireContentLength)
      throws RestException {
    checkDeclaredLength(head, requireContentLength);
    MediaType mediaType = mediaType(head.contentType());
    DataType type = dataType(mediaType);
    Charset charset = type == DataType.BINARY || mediaType == null ? UTF_8 : charset(mediaType);
    if (request.bodyTooLarge() || request.body().length > MAX_BYTES) {
      throw invalidLength();
    }
    byte[] bytes = content(type, request.body(), charset);
    return new Payload(type, bytes, metadata(head.metadata()));
  }

  // ---- step 7

  private static void checkDeclaredLength(RequestHead head, boolean requireContentLength)
      throws RestException {
    String length = head.contentLength();
    if (length == null) {
      if (head.transferEncoding() == null || requireContentLength) {
        throw invalidLength();
      }
    } else if (isTooLarge(length.strip())) {
      throw invalidLength();
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

  // ---- step 8

  /** Null without a content type; Java's SDK sends an empty one when its caller names none. */
  private static @Nullable MediaType mediaType(@Nullable String contentType) throws RestException {
    if (contentType == null || contentType.isBlank()) {
      return null;
    }
    MediaType mediaType = MediaType.parse(contentType);
    if (mediaType == null) {
      throw RestException.unsupportedMediaType("malformed Content-Type '" + contentType + "'");
    }
    return mediaType;
  }

  private static DataType dataType(@Nullable MediaType mediaType) throws RestException {
    if (mediaType == null) {
      return DataType.BINARY;
    }
    return switch (mediaType.name()) {
      case "application/octet-stream" -> DataType.BINARY;
      case "text/plain" -> DataType.TEXT;
      case "application/json" -> DataType.JSON;
      default ->
          throw RestException.unsupportedMediaType(
              "Content-Type '"
                  + mediaType.name()
                  + "' is none of text/plain, application/json, application/octet-stream");
    };
  }

  private static Charset charset(MediaType mediaType) throws RestException {
    Charset charset = mediaType.charset();
    if (charset == null) {
      throw RestException.unsupportedMediaType("unknown charset '" + mediaType.charsetName() + "'");
    }
    return charset;
  }

  // ---- step 9

  private static byte[] content(DataType type, byte[] body, Charset charset) throws RestException {
    if (type == DataType.BINARY) {
      return body;
    }
    byte[] utf8 =
        charset.equals(UTF_8) && isAscii(body)
            ? body
            : new String(body, charset).getBytes(UTF_8); // what is no text becomes U+FFFD
    if (type == DataType.JSON) {
      boolean damaged = charset.equals(UTF_8) && !Arrays.equals(utf8, body);
      if (damaged || !isJson(utf8)) {
        throw RestException.badRequest("The request body is not a valid JSON.");
      }
    }
    return utf8;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether there is exactly one JSON value; it is only looked at, and passed on as it is. */
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

  // ---- step 10

  private static @Nullable Map<String, String> metadata(@Nullable Map<String, String> sent)
      throws RestException {
    if (sent == null) {
      return null;
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    sent.forEach((key, value) -> metadata.put(key, lastListed(value)));
    var fault = Metadata.fault(metadata);
    if (fault.isPresent()) {
      throw RestException.badRequest(fault.get());
    }
    return metadata;
  }

  /** {@code first, final} means {@code final}. */
  private static String lastListed(String value) {
    return value.substring(value.lastIndexOf(',') + 1).strip();
  }
}
