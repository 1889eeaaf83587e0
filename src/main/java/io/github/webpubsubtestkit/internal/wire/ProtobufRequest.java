package io.github.webpubsubtestkit.internal.wire;

import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LENGTH_DELIMITED;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_1;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_2;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_3;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_4;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_5;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_6;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_7;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_1;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_2;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_3;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_4;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_5;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An {@code UpstreamMessage} while it is read (client-protocols G.2): repeated fields in the same
 * case of the {@code oneof} are merged, another case starts anew.
 */
final class ProtobufRequest {

  // the fields of the oneof that are understood
  static final int NONE = 0;
  static final int SEND_TO_GROUP = 1;
  static final int EVENT = 5;
  static final int JOIN_GROUP = 6;
  static final int LEAVE_GROUP = 7;
  static final int SEQUENCE_ACK = 8;
  static final int PING = 9;

  private final int field;
  private String name = "";
  private @Nullable AckId ackId;
  private final ProtobufPayload payload = new ProtobufPayload();
  private boolean noEcho;
  private int ttlSeconds; // unsigned
  private long sequenceId;
  private boolean stream;

  private ProtobufRequest(int field) {
    this.field = field;
  }

  /**
   * Reads a message to its end.
   *
   * @throws IOException if it cannot be read; the message states why
   */
  static ProtobufRequest read(ProtobufReader in) throws IOException {
    ProtobufRequest request = new ProtobufRequest(NONE);
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      int field = ProtobufTags.field(tag);
      if (!isCase(field) || ProtobufTags.wireType(tag) != LENGTH_DELIMITED) {
        in.skip();
        continue;
      }
      if (request.field != field) {
        request = new ProtobufRequest(field);
      }
      int entered = in.enter();
      for (int inner = in.next(); inner != 0; inner = in.next()) {
        request.readField(inner, in);
      }
      in.leave(entered);
    }
    if (request.stream) {
      throw new IOException("streams are not understood");
    }
    return request;
  }

  /**
   * Returns whether the field is a case; those from 10 on are the newer families, which are not
   * supported (client-protocols E.8).
   */
  private static boolean isCase(int field) {
    return switch (field) {
      case SEND_TO_GROUP, EVENT, JOIN_GROUP, LEAVE_GROUP, SEQUENCE_ACK, PING -> true;
      case 10, 11, 13, 14, 15, 16, 17 -> true;
      default -> false;
    };
  }

  private void readField(int tag, ProtobufReader in) throws IOException {
    switch (field) {
      case SEND_TO_GROUP -> sendToGroupField(tag, in);
      case EVENT -> eventField(tag, in);
      case JOIN_GROUP, LEAVE_GROUP -> groupField(tag, in);
      case SEQUENCE_ACK -> sequenceAckField(tag, in);
      default -> in.skip();
    }
  }

  private void sendToGroupField(int tag, ProtobufReader in) throws IOException {
    switch (tag) {
      case LEN_3 -> payload.readData(in);
      case VARINT_4 -> noEcho = in.bool();
      case VARINT_5 -> ttlSeconds = in.uint32();
      case LEN_6 -> payload.readMetadata(in);
      case LEN_7 -> stream(in);
      default -> groupField(tag, in);
    }
  }

  private void eventField(int tag, ProtobufReader in) throws IOException {
    switch (tag) {
      case LEN_1 -> name = in.string();
      case LEN_2 -> payload.readData(in);
      case VARINT_3 -> ackId = new AckId(in.varint());
      case LEN_4 -> payload.readMetadata(in);
      case LEN_5 -> stream(in);
      default -> in.skip();
    }
  }

  private void groupField(int tag, ProtobufReader in) throws IOException {
    switch (tag) {
      case LEN_1 -> name = in.string();
      case VARINT_2 -> ackId = new AckId(in.varint());
      default -> in.skip();
    }
  }

  private void sequenceAckField(int tag, ProtobufReader in) throws IOException {
    if (tag == VARINT_1) {
      sequenceId = in.varint();
    } else {
      in.skip();
    }
  }

  private void stream(ProtobufReader in) throws IOException {
    stream = true;
    in.skip();
  }

  // ---- what was read

  /** The field of the {@code oneof}; {@link #NONE} if there was none. */
  int field() {
    return field;
  }

  @Nullable AckId ackId() {
    return ackId;
  }

  boolean noEcho() {
    return noEcho;
  }

  long sequenceId() {
    return sequenceId;
  }

  /**
   * The name of the group.
   *
   * @throws IOException if it is invalid
   */
  String group() throws IOException {
    return RequestRules.group(name);
  }

  /**
   * The name of the event.
   *
   * @throws IOException if it is invalid
   */
  String event() throws IOException {
    return RequestRules.event(name);
  }

  /**
   * The time to live, 0 without one.
   *
   * @throws IOException if it is too long
   */
  int ttlSeconds() throws IOException {
    return RequestRules.ttlSeconds(Integer.toUnsignedLong(ttlSeconds));
  }

  /**
   * Data and metadata.
   *
   * @throws IOException if they are missing or invalid
   */
  Payload payload() throws IOException {
    Payload read = payload.toPayload();
    if (read.metadata() != null) {
      RequestRules.metadata(read.metadata());
    }
    if (read.type() == PayloadType.JSON) {
      JsonSyntax.requireValue(read.bytes());
    }
    return read;
  }
}
