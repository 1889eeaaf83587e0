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

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.JoinGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.LeaveGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Ping;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SequenceAck;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An {@code UpstreamMessage} while it is read (client-protocols G.2): whatever comes again in the
 * same case of the {@code oneof} is merged, another case begins anew.
 */
final class ProtobufRequest {

  private final int kind;
  private String name = "";
  private @Nullable AckId ackId;
  private final ProtobufPayload payload = new ProtobufPayload();
  private boolean noEcho;
  private int ttlSeconds; // unsigned
  private long sequenceId;
  private boolean stream;

  private ProtobufRequest(int kind) {
    this.kind = kind;
  }

  /**
   * Reads a message to its end.
   *
   * @throws IOException if it is no valid request; the text says why
   */
  static ClientRequest read(ProtobufReader in) throws IOException {
    ProtobufRequest request = new ProtobufRequest(0);
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      int field = ProtobufTags.field(tag);
      if (!isCase(field) || ProtobufTags.wireType(tag) != LENGTH_DELIMITED) {
        in.skip();
        continue;
      }
      if (request.kind != field) {
        request = new ProtobufRequest(field);
      }
      int entered = in.enter();
      for (int inner = in.next(); inner != 0; inner = in.next()) {
        request.field(inner, in);
      }
      in.leave(entered);
    }
    return request.toRequest();
  }

  /** Those from 10 on are the newer families, which are not understood (client-protocols E.8). */
  private static boolean isCase(int field) {
    return switch (field) {
      case 1, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17 -> true;
      default -> false;
    };
  }

  private void field(int tag, ProtobufReader in) throws IOException {
    switch (kind) {
      case 1 -> sendToGroupField(tag, in);
      case 5 -> eventField(tag, in);
      case 6, 7 -> groupField(tag, in);
      case 8 -> sequenceAckField(tag, in);
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

  private ClientRequest toRequest() throws IOException {
    if (stream) {
      throw new IOException("streams are not understood");
    }
    return switch (kind) {
      case 1 ->
          new SendToGroup(
              RequestRules.group(name),
              payload(),
              noEcho,
              RequestRules.ttlSeconds(Integer.toUnsignedLong(ttlSeconds)),
              ackId);
      case 5 -> new Event(RequestRules.event(name), payload(), ackId);
      case 6 -> new JoinGroup(RequestRules.group(name), ackId);
      case 7 -> new LeaveGroup(RequestRules.group(name), ackId);
      case 8 -> new SequenceAck(sequenceId);
      case 9 -> new Ping();
      case 0 -> throw new IOException("no request in it");
      default -> throw new IOException("requests of field " + kind + " are not understood");
    };
  }

  private Payload payload() throws IOException {
    Payload read = payload.toPayload();
    if (read.metadata() != null) {
      RequestRules.metadata(read.metadata());
    }
    if (read.type() == DataType.JSON) {
      JsonSyntax.requireValue(read.bytes());
    }
    return read;
  }
}
