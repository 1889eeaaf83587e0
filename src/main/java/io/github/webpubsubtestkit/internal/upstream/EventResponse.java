package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.wire.JsonSyntax;
import io.github.webpubsubtestkit.internal.wire.Metadata;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import io.github.webpubsubtestkit.internal.wire.Protobuf;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the application says to a user event (event-handlers 7.2). */
final class EventResponse {

  private static final String METADATA = Metadata.HEADER_PREFIX;

  private EventResponse() {}

  /** The consequence of a reply, for a client of that protocol. */
  static EventOutcome outcome(Reply reply, Subprotocol protocol) {
    HttpResponse success = reply.success();
    if (success == null) {
      return new Failed(reply.describe());
    }
    if (reply.bodyTooLarge()) {
      return new Failed(reply.describe() + " with a body of more than 16 MiB");
    }
    String badState = EventHeaders.faultOfState(success.headers());
    if (badState != null) {
      return new Failed(reply.describe() + ", but " + badState);
    }
    Map<String, String> metadata = metadata(success.headers());
    Optional<String> fault = Metadata.fault(metadata);
    if (fault.isPresent()) {
      return new Failed(reply.describe() + ", but: " + fault.get());
    }
    Map<String, String> attached = metadata.isEmpty() ? null : metadata;
    if (success.body().length == 0) {
      return attached == null
          ? Taken.WITHOUT_REPLY
          : new Taken(Payload.text("").withMetadata(attached));
    }
    String contentType = success.headers().first("Content-Type").orElse(null);
    PayloadType type = type(contentType);
    if (type == null) {
      return new Failed(
          reply.describe()
              + " with a body of type \""
              + contentType
              + "\"; it must be text/plain, application/json, application/octet-stream,"
              + " application/x-protobuf or none");
    }
    try {
      requireReadable(type, success.body(), protocol);
    } catch (IOException e) {
      return new Failed(
          reply.describe()
              + " with a body of type "
              + (type == PayloadType.JSON
                  ? "application/json that is no JSON"
                  : "application/x-protobuf that is no serialized google.protobuf.Any"));
    }
    boolean text = type == PayloadType.TEXT || type == PayloadType.JSON;
    byte[] bytes = text ? readable(success.body()) : success.body();
    return new Taken(new Payload(type, bytes, attached));
  }

  /** Within an envelope, what is no JSON or no Any would make the whole message unreadable. */
  private static void requireReadable(PayloadType type, byte[] body, Subprotocol protocol)
      throws IOException {
    if (type == PayloadType.JSON && protocol != Subprotocol.RAW) {
      JsonSyntax.requireValue(body);
    } else if (type == PayloadType.PROTOBUF && protocol.isProtobuf()) {
      Protobuf.requireAny(body);
    }
  }

  /** Null for a type that cannot be passed on; parameters do not matter. */
  private static @Nullable PayloadType type(@Nullable String contentType) {
    if (contentType == null) {
      return PayloadType.BINARY;
    }
    int parameters = contentType.indexOf(';');
    String name = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "text/plain" -> PayloadType.TEXT;
      case "application/json" -> PayloadType.JSON;
      case "application/octet-stream" -> PayloadType.BINARY;
      case "application/x-protobuf" -> PayloadType.PROTOBUF;
      default -> null;
    };
  }

  /** Of several lines the last one counts, and of that the part behind the last comma. */
  private static Map<String, String> metadata(HttpHeaders headers) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (HttpHeaders.Field field : headers.fields()) {
      String name = field.name();
      if (name.length() > METADATA.length()
          && name.regionMatches(true, 0, METADATA, 0, METADATA.length())) {
        String value = field.value();
        metadata.put(
            name.substring(METADATA.length()).toLowerCase(Locale.ROOT), Metadata.lastListed(value));
      }
    }
    return metadata;
  }

  /** A text frame that is not UTF-8 would cost the client its connection. */
  private static byte[] readable(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return text;
    } catch (CharacterCodingException e) {
      return new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
  }
}
