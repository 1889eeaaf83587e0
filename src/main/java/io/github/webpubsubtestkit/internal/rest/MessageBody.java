package io.github.webpubsubtestkit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.wire.Metadata;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the message of a send: steps 7 to 10 of rest-api 5 (rest-api 8.1, 9). */
final class MessageBody {

  private MessageBody() {}

  static Payload read(HttpRequest request, ApiHeaders head, boolean requireContentLength)
      throws RestException {
    RequestBody.checkDeclaredLength(head, requireContentLength);
    MediaType mediaType = RequestBody.mediaType(head.contentType());
    PayloadType type = dataType(mediaType);
    Charset charset =
        type == PayloadType.BINARY || mediaType == null ? UTF_8 : RequestBody.charset(mediaType);
    byte[] body = RequestBody.bytes(request);
    byte[] content =
        switch (type) {
          case TEXT -> RequestBody.utf8(body, charset);
          case JSON -> RequestBody.json(body, charset);
          case BINARY, PROTOBUF -> body;
        };
    return new Payload(type, content, metadata(head.metadata()));
  }

  private static PayloadType dataType(@Nullable MediaType mediaType) throws RestException {
    if (mediaType == null) {
      return PayloadType.BINARY;
    }
    return switch (mediaType.name()) {
      case "application/octet-stream" -> PayloadType.BINARY;
      case "text/plain" -> PayloadType.TEXT;
      case "application/json" -> PayloadType.JSON;
      default ->
          throw RestException.unsupportedMediaType(
              "Content-Type '"
                  + mediaType.name()
                  + "' is none of text/plain, application/json, application/octet-stream");
    };
  }

  // ---- step 10 of rest-api 5

  private static @Nullable Map<String, String> metadata(@Nullable Map<String, String> sent)
      throws RestException {
    if (sent == null) {
      return null;
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    sent.forEach((key, value) -> metadata.put(key, Metadata.lastListed(value)));
    var fault = Metadata.fault(metadata);
    if (fault.isPresent()) {
      throw RestException.badRequest(fault.get());
    }
    return metadata;
  }
}
