package io.github.webpubsubtestkit.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a message.
 *
 * <p>JSON is kept as the text that was sent, never parsed and rewritten, so that numbers and the
 * order of keys survive (client-protocols E.3).
 *
 * @param type the type of the bytes
 * @param bytes text and JSON: UTF-8; binary: the bytes; protobuf: a serialized {@code
 *     google.protobuf.Any}
 * @param metadata null if the message has none; an empty map is passed on as {@code {}}
 *     (client-protocols E.4)
 */
public record Payload(PayloadType type, byte[] bytes, @Nullable Map<String, String> metadata) {

  /** A text. */
  public static Payload text(String text) {
    return new Payload(PayloadType.TEXT, text.getBytes(StandardCharsets.UTF_8), null);
  }

  /** A text, as UTF-8. */
  public static Payload text(byte[] utf8) {
    return new Payload(PayloadType.TEXT, utf8, null);
  }

  /** A JSON text, unchanged. */
  public static Payload json(String json) {
    return new Payload(PayloadType.JSON, json.getBytes(StandardCharsets.UTF_8), null);
  }

  /** Bytes. */
  public static Payload binary(byte[] bytes) {
    return new Payload(PayloadType.BINARY, bytes, null);
  }

  /** The same content with other metadata. */
  public Payload withMetadata(@Nullable Map<String, String> metadata) {
    return new Payload(type, bytes, metadata);
  }

  /** The bytes read as UTF-8. */
  public String string() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
