package io.github.webpubsubtestkit.internal.wire;

import static io.github.webpubsubtestkit.internal.wire.ProtobufWriter.sizeOf;
import static io.github.webpubsubtestkit.internal.wire.ProtobufWriter.sizeOfMessage;

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
 * The service's side of {@code protobuf.webpubsub.azure.v1} and of its reliable form
 * (client-protocols G).
 */
final class ProtobufServiceCodec implements ServiceCodec {

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
      return ProtobufRequest.read(new ProtobufReader(message));
    } catch (IOException e) {
      throw new ProtocolViolation(1007, INVALID, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public EncodedMessage encode(ServiceMessage message) {
    if (message instanceof GroupData data) {
      return data("group", data.group(), data.payload(), data.sequenceId());
    }
    if (message instanceof ServerData data) {
      return data("server", null, data.payload(), data.sequenceId());
    }
    if (message instanceof Ack ack) {
      return ack(ack);
    }
    if (message instanceof Connected connected) {
      return connected(connected);
    }
    if (message instanceof Disconnected disconnected) {
      int content = sizeOf(2, disconnected.message());
      return system(2, content).write(2, disconnected.message()).toMessage();
    }
    assert message instanceof Pong;
    return PONG;
  }

  /** The id goes behind all other fields; no reader minds their order. */
  @Override
  public EncodedMessage withSequenceId(EncodedMessage message, long sequenceId) {
    return new EncodedMessage(false, ProtobufWriter.appended(message.bytes(), 4, sequenceId));
  }

  /** A {@code data_message}; it names no sender (client-protocols G.4). */
  private static EncodedMessage data(
      String from, @Nullable String group, Payload payload, @Nullable Long sequenceId) {
    int content =
        sizeOf(1, from)
            + sizeOf(2, group)
            + sizeOfMessage(3, ProtobufPayload.sizeOfData(payload))
            + sizeOf(5, payload.metadata())
            + sizeOf(4, sequenceId);
    ProtobufWriter out =
        new ProtobufWriter(sizeOfMessage(2, content))
            .message(2, content)
            .write(1, from)
            .write(2, group);
    ProtobufPayload.writeData(out, 3, payload);
    return out.write(5, payload.metadata()).write(4, sequenceId).toMessage();
  }

  /** An {@code ack_message}; an id of 0 is what absence means (client-protocols G.4). */
  private static EncodedMessage ack(Ack ack) {
    long id = ack.ackId().bits();
    Long written = id == 0 ? null : (Long) id;
    AckError error = ack.error();
    int failure = error == null ? 0 : sizeOf(1, error.name()) + sizeOf(2, error.message());
    int content =
        sizeOf(1, written)
            + sizeOf(2, ack.success())
            + (error == null ? 0 : sizeOfMessage(3, failure));
    ProtobufWriter out =
        new ProtobufWriter(sizeOfMessage(1, content))
            .message(1, content)
            .write(1, written)
            .write(2, ack.success());
    if (error != null) {
      out.message(3, failure).write(1, error.name()).write(2, error.message());
    }
    return out.toMessage();
  }

  /** No user and an empty user id are the same here (client-protocols G.4). */
  private static EncodedMessage connected(Connected connected) {
    String userId = connected.userId();
    String written = userId == null || userId.isEmpty() ? null : userId;
    String token = connected.reconnectionToken();
    int content = sizeOf(1, connected.connectionId()) + sizeOf(2, written) + sizeOf(3, token);
    return system(1, content)
        .write(1, connected.connectionId())
        .write(2, written)
        .write(3, token)
        .toMessage();
  }

  private static ProtobufWriter system(int field, int content) {
    int inner = sizeOfMessage(field, content);
    return new ProtobufWriter(sizeOfMessage(3, inner)).message(3, inner).message(field, content);
  }
}
