package io.github.webpubsubtestkit.internal.wire;

/** The tags of protobuf fields: the number and, in the last three bits, the kind of its value. */
final class ProtobufTags {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int START_GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  // the fields with a length: strings, bytes, messages
  static final int LEN_1 = (1 << 3) | LENGTH_DELIMITED;
  static final int LEN_2 = (2 << 3) | LENGTH_DELIMITED;
  static final int LEN_3 = (3 << 3) | LENGTH_DELIMITED;
  static final int LEN_4 = (4 << 3) | LENGTH_DELIMITED;
  static final int LEN_5 = (5 << 3) | LENGTH_DELIMITED;
  static final int LEN_6 = (6 << 3) | LENGTH_DELIMITED;
  static final int LEN_7 = (7 << 3) | LENGTH_DELIMITED;

  // the fields that are numbers or booleans
  static final int VARINT_1 = (1 << 3) | VARINT;
  static final int VARINT_2 = (2 << 3) | VARINT;
  static final int VARINT_3 = (3 << 3) | VARINT;
  static final int VARINT_4 = (4 << 3) | VARINT;
  static final int VARINT_5 = (5 << 3) | VARINT;

  private static final int WIRE_TYPE_BITS = 3;
  private static final int WIRE_TYPE_MASK = 7;

  private ProtobufTags() {}

  static int tag(int field, int wireType) {
    return field << WIRE_TYPE_BITS | wireType;
  }

  static int field(int tag) {
    return tag >>> WIRE_TYPE_BITS;
  }

  static int wireType(int tag) {
    return tag & WIRE_TYPE_MASK;
  }
}
