package io.github.webpubsubtestkit.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;

/**
 * Reads protobuf field by field, as a generated parser would: unknown fields are skipped, a field
 * with an unexpected wire type is treated as unknown.
 *
 * <p>Nothing is allocated for a length before that many bytes are known to be present.
 */
final class ProtobufReader {

  private static final int MAX_GROUP_DEPTH = 64;

  private final CodedInputStream in;
  private int tag;

  ProtobufReader(byte[] message) {
    in = CodedInputStream.newInstance(message);
  }

  /**
   * Goes to the next field of the message.
   *
   * @return its tag, as created by {@link ProtobufTags}; 0 at the end of the message
   */
  int next() throws IOException {
    tag = in.readTag();
    return tag;
  }

  /** Skips the value of the field. */
  void skip() throws IOException {
    skip(tag, 0);
  }

  private void skip(int skipped, int depth) throws IOException {
    switch (ProtobufTags.wireType(skipped)) {
      case ProtobufTags.VARINT -> in.readRawVarint64();
      case ProtobufTags.FIXED64 -> in.skipRawBytes(Long.BYTES);
      case ProtobufTags.LENGTH_DELIMITED -> in.skipRawBytes(in.readRawVarint32());
      case ProtobufTags.FIXED32 -> in.skipRawBytes(Integer.BYTES);
      case ProtobufTags.START_GROUP -> skipGroup(skipped, depth + 1);
      default -> throw new IOException("a field of an unknown wire type or the end of no group");
    }
  }

  /** Skips a group; older versions of the library recurse to any depth, so this is done here. */
  private void skipGroup(int start, int depth) throws IOException {
    if (depth > MAX_GROUP_DEPTH) {
      throw new IOException("groups nested more than " + MAX_GROUP_DEPTH + " deep");
    }
    int end = ProtobufTags.tag(ProtobufTags.field(start), ProtobufTags.END_GROUP);
    for (int inner = in.readTag(); inner != end; inner = in.readTag()) {
      if (inner == 0) {
        throw new IOException("a group without end");
      }
      skip(inner, depth);
    }
  }

  /** An unsigned number, or a signed one in two's complement. */
  long varint() throws IOException {
    return in.readRawVarint64();
  }

  /** A number of 32 bits, unsigned. */
  int uint32() throws IOException {
    return in.readUInt32();
  }

  boolean bool() throws IOException {
    return in.readBool();
  }

  /** A string; invalid UTF-8 is an error. */
  String string() throws IOException {
    return in.readStringRequireUtf8();
  }

  /** The UTF-8 of a string; invalid UTF-8 is an error. */
  byte[] utf8() throws IOException {
    byte[] bytes = in.readByteArray();
    ByteString view = UnsafeByteOperations.unsafeWrap(bytes);
    if (!view.isValidUtf8()) {
      throw new IOException("a string that is not UTF-8");
    }
    return bytes;
  }

  byte[] bytes() throws IOException {
    return in.readByteArray();
  }

  /**
   * Enters the message that is the value of the field; {@link #next()} then iterates over its
   * fields.
   *
   * @return the argument for {@link #leave}
   */
  int enter() throws IOException {
    return in.pushLimit(in.readRawVarint32());
  }

  /** Leaves a message after its last field. */
  void leave(int entered) {
    in.popLimit(entered);
  }
}
