package io.github.webpubsubtestkit.internal.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes protobuf into an array of the right size. A message states its length before its content,
 * so sizes are computed first; a field that is null, or has its default value, is not written.
 */
final class ProtobufWriter {

  private static final int KEY = 1;
  private static final int VALUE = 2;

  private final byte[] bytes;
  private final CodedOutputStream out;

  /** Creates a writer of exactly that many bytes. */
  ProtobufWriter(int size) {
    bytes = new byte[size];
    out = CodedOutputStream.newInstance(bytes);
  }

  // ---- sizes, field numbers and lengths included

  static int sizeOf(int field, @Nullable String value) {
    return value == null ? 0 : CodedOutputStream.computeStringSize(field, value);
  }

  static int sizeOf(int field, byte @Nullable [] value) {
    return value == null ? 0 : sizeOfMessage(field, value.length);
  }

  static int sizeOf(int field, @Nullable Long unsigned) {
    return unsigned == null ? 0 : CodedOutputStream.computeUInt64Size(field, unsigned);
  }

  static int sizeOf(int field, boolean value) {
    return value ? CodedOutputStream.computeBoolSize(field, true) : 0;
  }

  /** The size of a message whose fields have that size. */
  static int sizeOfMessage(int field, int content) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(content)
        + content;
  }

  static int sizeOf(int field, @Nullable Map<String, String> map) {
    int size = 0;
    if (map != null) {
      for (Map.Entry<String, String> entry : map.entrySet()) {
        size += sizeOfMessage(field, sizeOfEntry(entry));
      }
    }
    return size;
  }

  private static int sizeOfEntry(Map.Entry<String, String> entry) {
    return sizeOf(KEY, entry.getKey()) + sizeOf(VALUE, entry.getValue());
  }

  // ---- fields

  ProtobufWriter write(int field, @Nullable String value) {
    return value == null ? this : written(() -> out.writeString(field, value));
  }

  ProtobufWriter write(int field, byte @Nullable [] value) {
    return value == null ? this : written(() -> out.writeByteArray(field, value));
  }

  ProtobufWriter write(int field, @Nullable Long unsigned) {
    return unsigned == null ? this : written(() -> out.writeUInt64(field, unsigned));
  }

  ProtobufWriter write(int field, boolean value) {
    return value ? written(() -> out.writeBool(field, true)) : this;
  }

  /** Starts a message, which must be followed by its fields, of that total size. */
  ProtobufWriter message(int field, int content) {
    return written(
        () -> {
          out.writeTag(field, ProtobufTags.LENGTH_DELIMITED);
          out.writeUInt32NoTag(content);
        });
  }

  ProtobufWriter write(int field, @Nullable Map<String, String> map) {
    if (map != null) {
      for (Map.Entry<String, String> entry : map.entrySet()) {
        message(field, sizeOfEntry(entry))
            .write(KEY, entry.getKey())
            .write(VALUE, entry.getValue());
      }
    }
    return this;
  }

  /** A message whose only field is a message, with a number added after the fields of that. */
  static byte[] appended(byte[] message, int field, long unsigned) {
    int content = 1;
    while (message[content] < 0) { // all bytes of a length but the last
      content++;
    }
    content++;
    int length = message.length - content + CodedOutputStream.computeUInt64Size(field, unsigned);
    byte[] bytes = new byte[1 + CodedOutputStream.computeUInt32SizeNoTag(length) + length];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.write(message[0]);
      out.writeUInt32NoTag(length);
      out.writeRawBytes(message, content, message.length - content);
      out.writeUInt64(field, unsigned);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  EncodedMessage toMessage() {
    out.checkNoSpaceLeft();
    return new EncodedMessage(false, bytes);
  }

  private interface Write {
    void run() throws IOException;
  }

  private ProtobufWriter written(Write write) {
    try {
      write.run();
    } catch (IOException e) { // the array is too small: a wrong size was computed
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
