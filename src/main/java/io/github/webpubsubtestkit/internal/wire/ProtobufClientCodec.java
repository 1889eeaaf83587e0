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
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SequenceAck;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Ack;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.GroupData;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Pong;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.ServerData;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of {@code protobuf.webpubsub.azure.v1} and of its reliable form
 * (client-protocols G.2, G.3).
 */
final class ProtobufClientCodec implements ClientCodec {

  private static final int SHOWN = 64;

  @Override
  public EncodedMessage encode(ClientRequest request) {
    if (request instanceof JoinGroup join) {
      return groupRequest(6, join.group(), join.ackId());
    }
    if (request instanceof LeaveGroup leave) {
      return groupRequest(7, leave.group(), leave.ackId());
    }
    if (request instanceof SendToGroup send) {
      return sendToGroup(send);
    }
    if (request instanceof Event event) {
      return event(event);
    }
    if (request instanceof SequenceAck ack) {
      Long id = ack.sequenceId();
      int content = sizeOf(1, id);
      return request(8, content).write(1, id).toMessage();
    }
    return request(9, 0).toMessage();
  }

  private static EncodedMessage groupRequest(int field, String group, @Nullable AckId ackId) {
    Long id = bits(ackId);
    int content = sizeOf(1, group) + sizeOf(2, id);
    return request(field, content).write(1, group).write(2, id).toMessage();
  }

  private static EncodedMessage sendToGroup(SendToGroup send) {
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
    ProtobufWriter out = request(1, content).write(1, send.group()).write(2, id);
    ProtobufPayload.writeData(out, 3, payload);
    return out.write(4, send.noEcho()).write(5, ttl).write(6, payload.metadata()).toMessage();
  }

  private static EncodedMessage event(Event event) {
    Payload payload = event.payload();
    Long id = bits(event.ackId());
    int content =
        sizeOf(1, event.event())
            + sizeOfMessage(2, ProtobufPayload.sizeOfData(payload))
            + sizeOf(3, id)
            + sizeOf(4, payload.metadata());
    ProtobufWriter out = request(5, content).write(1, event.event());
    ProtobufPayload.writeData(out, 2, payload);
    return out.write(3, id).write(4, payload.metadata()).toMessage();
  }

  private static @Nullable Long bits(@Nullable AckId ackId) {
    return ackId == null ? null : (Long) ackId.bits();
  }

  private static ProtobufWriter request(int field, int content) {
    return new ProtobufWriter(sizeOfMessage(field, content)).message(field, content);
  }

  // ---- reading; of a field that comes again the last one counts

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
    T read(ProtobufReader in) throws IOException;
  }

  private static <T> T inside(ProtobufReader in, Reading<T> reading) throws IOException {
    int entered = in.enter();
    T read = reading.read(in);
    in.leave(entered);
    return read;
  }

  private static ServiceMessage ack(ProtobufReader in) throws IOException {
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

  private static AckError error(ProtobufReader in) throws IOException {
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

  private static ServiceMessage data(ProtobufReader in) throws IOException {
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
          new GroupData(
              required(group, "'group' is missing"), null, payload.toPayload(), sequenceId);
      case "server" -> new ServerData(payload.toPayload(), sequenceId);
      default -> throw new IOException("unknown origin of a message");
    };
  }

  private static ServiceMessage system(ProtobufReader in) throws IOException {
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

  private static ServiceMessage connected(ProtobufReader in) throws IOException {
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

  private static ServiceMessage disconnected(ProtobufReader in) throws IOException {
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

  private static ServiceMessage pong(ProtobufReader in) throws IOException {
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
