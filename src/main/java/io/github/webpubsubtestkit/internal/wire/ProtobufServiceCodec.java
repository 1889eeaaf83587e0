package io.github.webpubsubtestkit.internal.wire;

import static io.github.webpubsubtestkit.internal.wire.ProtobufWriter.sizeOf;
import static io.github.webpubsubtestkit.internal.wire.ProtobufWriter.sizeOfMessage;

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

/**
 * The service's side of {@code protobuf.webpubsub.azure.v1} and of its reliable form
 * (client-protocols G).
 */
final class ProtobufServiceCodec implements ServiceCodec, ClientRequest.Decoder<ProtobufRequest> {

  /** The reason of the close for an invalid message (client-protocols G.1). */
  static final String INVALID =
      "The client message is not a valid protobuf.webpubsub.azure.v1 protocol message.";

  /** The reason of the close for a text message (client-protocols G.1). */
  static final String BINARY_REQUIRED =
      "The protobuf.webpubsub.azure.v1 subprotocol requires binary messages.";

  private static final EncodedMessage PONG = new ProtobufWriter(2).message(4, 0).toMessage();

  @Override
  public ClientRequest decode(boolean text, byte[] message) throws ProtocolViolation {
    if (text) {
      throw new ProtocolViolation(1003, BINARY_REQUIRED, "a text message");
    }
    try {
      return request(ProtobufRequest.read(new ProtobufReader(message)));
    } catch (IOException e) {
      throw new ProtocolViolation(1007, INVALID, String.valueOf(e.getMessage()));
    }
  }

  private ClientRequest request(ProtobufRequest read) throws IOException {
    return switch (read.field()) {
      case ProtobufRequest.SEND_TO_GROUP -> sendToGroup(read);
      case ProtobufRequest.EVENT -> event(read);
      case ProtobufRequest.JOIN_GROUP -> joinGroup(read);
      case ProtobufRequest.LEAVE_GROUP -> leaveGroup(read);
      case ProtobufRequest.SEQUENCE_ACK -> sequenceAck(read);
      case ProtobufRequest.PING -> ping(read);
      case ProtobufRequest.NONE -> throw new IOException("no request in it");
      default -> throw new IOException("requests of field " + read.field() + " are not understood");
    };
  }

  @Override
  public JoinGroup joinGroup(ProtobufRequest read) throws IOException {
    return new JoinGroup(read.group(), read.ackId());
  }

  @Override
  public LeaveGroup leaveGroup(ProtobufRequest read) throws IOException {
    return new LeaveGroup(read.group(), read.ackId());
  }

  @Override
  public SendToGroup sendToGroup(ProtobufRequest read) throws IOException {
    return new SendToGroup(
        read.group(), read.payload(), read.noEcho(), read.ttlSeconds(), read.ackId());
  }

  @Override
  public Event event(ProtobufRequest read) throws IOException {
    return new Event(read.event(), read.payload(), read.ackId());
  }

  @Override
  public Ping ping(ProtobufRequest read) {
    return new Ping();
  }

  @Override
  public SequenceAck sequenceAck(ProtobufRequest read) {
    return new SequenceAck(read.sequenceId());
  }

  /** Adds the id after all other fields; their order is irrelevant to readers. */
  @Override
  public EncodedMessage withSequenceId(EncodedMessage message, long sequenceId) {
    return new EncodedMessage(false, ProtobufWriter.appended(message.bytes(), 4, sequenceId));
  }

  /** No user and an empty user id are the same here (client-protocols G.4). */
  @Override
  public EncodedMessage connected(Connected message) {
    String userId = message.userId();
    String written = userId == null || userId.isEmpty() ? null : userId;
    String token = message.reconnectionToken();
    int content = sizeOf(1, message.connectionId()) + sizeOf(2, written) + sizeOf(3, token);
    return system(1, content)
        .write(1, message.connectionId())
        .write(2, written)
        .write(3, token)
        .toMessage();
  }

  @Override
  public EncodedMessage disconnected(Disconnected message) {
    int content = sizeOf(2, message.message());
    return system(2, content).write(2, message.message()).toMessage();
  }

  /** An {@code ack_message}; an id of 0 is the same as absence (client-protocols G.4). */
  @Override
  public EncodedMessage ack(Ack message) {
    long id = message.ackId().bits();
    Long written = id == 0 ? null : (Long) id;
    AckError error = message.error();
    int failure = error == null ? 0 : sizeOf(1, error.name()) + sizeOf(2, error.message());
    int content =
        sizeOf(1, written)
            + sizeOf(2, message.success())
            + (error == null ? 0 : sizeOfMessage(3, failure));
    ProtobufWriter out =
        new ProtobufWriter(sizeOfMessage(1, content))
            .message(1, content)
            .write(1, written)
            .write(2, message.success());
    if (error != null) {
      out.message(3, failure).write(1, error.name()).write(2, error.message());
    }
    return out.toMessage();
  }

  /** A {@code data_message}; it does not name the sender (client-protocols G.4). */
  @Override
  public EncodedMessage data(Data message) {
    String group = message.group();
    String from = group == null ? "server" : "group";
    Payload payload = message.payload();
    int content =
        sizeOf(1, from)
            + sizeOf(2, group)
            + sizeOfMessage(3, ProtobufPayload.sizeOfData(payload))
            + sizeOf(5, payload.metadata())
            + sizeOf(4, message.sequenceId());
    ProtobufWriter out =
        new ProtobufWriter(sizeOfMessage(2, content))
            .message(2, content)
            .write(1, from)
            .write(2, group);
    ProtobufPayload.writeData(out, 3, payload);
    return out.write(5, payload.metadata()).write(4, message.sequenceId()).toMessage();
  }

  @Override
  public EncodedMessage pong(Pong message) {
    return PONG;
  }

  private static ProtobufWriter system(int field, int content) {
    int inner = sizeOfMessage(field, content);
    return new ProtobufWriter(sizeOfMessage(3, inner)).message(3, inner).message(field, content);
  }
}
