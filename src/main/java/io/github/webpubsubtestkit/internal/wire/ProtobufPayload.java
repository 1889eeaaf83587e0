package io.github.webpubsubtestkit.internal.wire;

import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_1;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_2;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_3;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_4;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code MessageData} and the metadata beside it (client-protocols G.2, G.4), collected while a
 * message is read: the last one of a repeated field applies, and repeated messages are merged, as
 * in every protobuf parser.
 *
 * <p>The bytes of an {@code Any} are validated, so that no receiver gets bytes it cannot parse, and
 * passed on unchanged.
 */
final class ProtobufPayload {

  private static final byte[] NO_BYTES = {};

  private boolean present;
  private @Nullable PayloadType type;
  private byte[] bytes = NO_BYTES;
  private @Nullable ByteArrayOutputStream mergedAny;
  private @Nullable Map<String, String> metadata;

  // ---- reading

  /** Reads a field of type {@code MessageData}. */
  void readData(ProtobufReader in) throws IOException {
    present = true;
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case LEN_1 -> set(PayloadType.TEXT, in.utf8());
        case LEN_2 -> set(PayloadType.BINARY, in.bytes());
        case LEN_3 -> any(in.bytes());
        case LEN_4 -> set(PayloadType.JSON, in.utf8());
        default -> in.skip();
      }
    }
    in.leave(entered);
  }

  private void set(PayloadType type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
    mergedAny = null;
  }

  /** Merges serialized messages by concatenation. */
  private void any(byte[] any) throws IOException {
    checkAny(any);
    if (type != PayloadType.PROTOBUF) {
      set(PayloadType.PROTOBUF, any);
      return;
    }
    if (mergedAny == null) {
      mergedAny = new ByteArrayOutputStream();
      mergedAny.writeBytes(bytes);
    }
    mergedAny.writeBytes(any);
  }

  static void checkAny(byte[] any) throws IOException {
    ProtobufReader in = new ProtobufReader(any);
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == LEN_1) {
        in.string();
      } else {
        in.skip();
      }
    }
  }

  /** The fields of an {@code Any}. */
  static PackedMessage readAny(byte[] any) throws IOException {
    String typeUrl = "";
    byte[] value = NO_BYTES;
    ProtobufReader in = new ProtobufReader(any);
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case LEN_1 -> typeUrl = in.string();
        case LEN_2 -> value = in.bytes();
        default -> in.skip();
      }
    }
    return new PackedMessage(typeUrl, value);
  }

  /** Reads an entry of the metadata; a repeated key is an error (client-protocols C.2). */
  void readMetadata(ProtobufReader in) throws IOException {
    String key = "";
    String value = "";
    int entered = in.enter();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case LEN_1 -> key = in.string();
        case LEN_2 -> value = in.string();
        default -> in.skip();
      }
    }
    in.leave(entered);
    if (metadata == null) {
      metadata = new LinkedHashMap<>();
    }
    if (metadata.put(key, value) != null) {
      throw new IOException("the metadata key '" + key + "' stands there twice");
    }
  }

  /** The payload read; data may be missing only if there is metadata. */
  Payload toPayload() throws IOException {
    if (!present && metadata != null) {
      return Payload.text("").withMetadata(metadata);
    }
    if (type == null) {
      throw new IOException(present ? "'data' holds nothing" : "'data' is missing");
    }
    return new Payload(type, mergedAny == null ? bytes : mergedAny.toByteArray(), metadata);
  }

  // ---- writing

  /**
   * The size of a {@code MessageData} with that payload, without its own field number and length.
   */
  static int sizeOfData(Payload payload) {
    return ProtobufWriter.sizeOfMessage(field(payload.type()), payload.bytes().length);
  }

  /** Writes a field of type {@code MessageData}. */
  static void writeData(ProtobufWriter out, int field, Payload payload) {
    out.message(field, sizeOfData(payload)).write(field(payload.type()), payload.bytes());
  }

  private static int field(PayloadType type) {
    return switch (type) {
      case TEXT -> 1;
      case BINARY -> 2;
      case PROTOBUF -> 3;
      case JSON -> 4;
    };
  }
}
