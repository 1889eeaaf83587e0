package io.github.webpubsubtestkit.internal.wire;

import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_1;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_2;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_3;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_4;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.LEN_5;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_1;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_2;
import static io.github.webpubsubtestkit.internal.wire.ProtobufTags.VARINT_4;
import static io.github.webpubsubtestkit.internal.wire.ProtobufWriter.sizeOf;
import static io.github.webpubsubtestkit.internal.wire.ProtobufWriter.sizeOfMessage;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.JoinGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.LeaveGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Ping;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SequenceAck;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Ack;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Pong;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of {@code protobuf.webpubsub.azure.v1} and of its reliable form
 * (client-protocols G.2, G.3).
 */
final class ProtobufClientCodec implements ClientCodec, ServiceMessage.Decoder<ProtobufReader> {

  private static final int SHOWN = 64;

  @Override
  public EncodedMessage joinGroup(JoinGroup request) {
    return groupRequest(ProtobufRequest.JOIN_GROUP, request.group(), request.ackId());
  }

  @Override
  public EncodedMessage leaveGroup(LeaveGroup request) {
    return groupRequest(ProtobufRequest.LEAVE_GROUP, request.group(), request.ackId());
  }

  @Override
  public EncodedMessage ping(Ping request) {
    return request(ProtobufRequest.PING, 0).toMessage();
  }

  @Override
  public EncodedMessage sequenceAck(SequenceAck request) {
    Long id = request.sequenceId();
    int content = sizeOf(1, id);
    return request(ProtobufRequest.SEQUENCE_ACK, content).write(1, id).toMessage();
  }

  private static EncodedMessage groupRequest(int field, String group, @Nullable AckId ackId) {
    Long id = bits(ackId);
    int content = sizeOf(1, group) + sizeOf(2, id);
    return request(field, content).write(1, group).write(2, id).toMessage();
  }

  @Override
  public EncodedMessage sendToGroup(SendToGroup send) {
    Payload payload = send.payload();
    Long id = bits(send.ackId());
    Long ttl = send.ttlSeconds() == 0 ? null : (Long) (long) send.ttlSeconds();
    int content =
        sizeOf(1, send.group())
            + sizeOf(2, id)
            + sizeOfMessage(3, ProtobufPayload.sizeOfData(payload))
            + sizeOf(4, send.noEcho())
            + sizeOf(5, ttl)
            + sizeOf(6, payload.metadata());
    ProtobufWriter out =
        request(ProtobufRequest.SEND_TO_GROUP, content).write(1, send.group()).write(2, id);
    ProtobufPayload.writeData(out, 3, payload);
    return out.write(4, send.noEcho()).write(5, ttl).write(6, payload.metadata()).toMessage();
  }

  @Override
  public EncodedMessage event(Event event) {
    Payload payload = event.payload();
    Long id = bits(event.ackId());
    int content =
        sizeOf(1, event.event())
            + sizeOfMessage(2, ProtobufPayload.sizeOfData(payload))
            + sizeOf(3, id)
            + sizeOf(4, payload.metadata());
    ProtobufWriter out = request(ProtobufRequest.EVENT, content).write(1, event.event());
    ProtobufPayload.writeData(out, 2, payload);
    return out.write(3, id).write(4, payload.metadata()).toMessage();
  }

  private static @Nullable Long bits(@Nullable AckId ackId) {
    return ackId == null ? null : (Long) ackId.bits();
  }

  private static ProtobufWriter request(int field, int content) {
    return new ProtobufWriter(sizeOfMessage(field, content)).message(field, content);
  }

  // ---- reading; the last one of a repeated field applies

  @Override
  public ServiceMessage decode(boolean text, byte[] message) throws MalformedMessageException {
    if (text) {
      throw new MalformedMessageException("a text message on a protobuf subprotocol");
    }
    try {
      ProtobufReader in = new ProtobufReader(message);
      ServiceMessage read = null;
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        switch (tag) {
          case LEN_1 -> read = inside(in, ProtobufClientCodec::ack);
          case LEN_2 -> read = inside(in, ProtobufClientCodec::data);
          case LEN_3 -> read = inside(in, ProtobufClientCodec::system);
          case LEN_4 -> read = inside(in, ProtobufClientCodec::pong);
          default -> in.skip();
        }
      }
      return required(read, "no message that is known here");
    } catch (IOException e) {
      throw new MalformedMessageException(e.getMessage() + ": " + hex(message));
    }
  }

  private interface Reading<T> {
    T read(ProtobufClientCodec codec, ProtobufReader in) throws IOException;
  }

  private <T> T inside(ProtobufReader in, Reading<T> reading) throws IOException {
    int entered = in.enter();
    T read = reading.read(this, in);
    in.leave(entered);
    return read;
  }

  @Override
  public Ack ack(ProtobufReader in) throws IOException {
    long id = 0;
    boolean success = false;
    AckError error = null;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case VARINT_1 -> id = in.varint();
        case VARINT_2 -> success = in.bool();
        case LEN_3 -> error = inside(in, ProtobufClientCodec::error);
        default -> in.skip();
      }
    }
    return new Ack(
        new AckId(id), success ? null : required(error, "an ack without success or error"));
  }

  private AckError error(ProtobufReader in) throws IOException {
    String name = "";
    String message = "";
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case LEN_1 -> name = in.string();
        case LEN_2 -> message = in.string();
        default -> in.skip();
      }
    }
    return new AckError(name, message);
  }

  @Override
  public Data data(ProtobufReader in) throws IOException {
    String from = "";
    String group = null;
    Long sequenceId = null;
    ProtobufPayload payload = new ProtobufPayload();
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case LEN_1 -> from = in.string();
        case LEN_2 -> group = in.string();
        case LEN_3 -> payload.readData(in);
        case VARINT_4 -> sequenceId = in.varint();
        case LEN_5 -> payload.readMetadata(in);
        default -> in.skip();
      }
    }
    return switch (from) {
      case "group" ->
          Data.fromGroup(
              required(group, "'group' is missing"), null, payload.toPayload(), sequenceId);
      case "server" -> Data.fromServer(payload.toPayload(), sequenceId);
      default -> throw new IOException("unknown origin of a message");
    };
  }

  private ServiceMessage system(ProtobufReader in) throws IOException {
    ServiceMessage read = null;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case LEN_1 -> read = inside(in, ProtobufClientCodec::connected);
        case LEN_2 -> read = inside(in, ProtobufClientCodec::disconnected);
        default -> in.skip();
      }
    }
    return required(read, "unknown system event");
  }

  @Override
  public Connected connected(ProtobufReader in) throws IOException {
    String connectionId = null;
    String userId = null;
    String token = null;
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      switch (tag) {
        case LEN_1 -> connectionId = in.string();
        case LEN_2 -> userId = in.string();
        case LEN_3 -> token = in.string();
        default -> in.skip();
      }
    }
    return new Connected(
        required(connectionId, "'connection_id' is missing"),
        userId == null || userId.isEmpty() ? null : userId,
        token);
  }

  @Override
  public Disconnected disconnected(ProtobufReader in) throws IOException {
    String reason = "";
    for (int tag = in.next(); tag != 0; tag = in.next()) {
      if (tag == LEN_2) {
        reason = in.string();
      } else {
        in.skip();
      }
    }
    return new Disconnected(reason);
  }

  @Override
  public Pong pong(ProtobufReader in) throws IOException {
    while (in.next() != 0) {
      in.skip();
    }
    return new Pong();
  }

  private static <T> T required(@Nullable T value, String otherwise) throws IOException {
    if (value == null) {
      throw new IOException(otherwise);
    }
    return value;
  }

  private static String hex(byte[] message) {
    return message.length
        + " bytes "
        + Secrets.hex(message, SHOWN)
        + (message.length <= SHOWN ? "" : " …");
  }
}
