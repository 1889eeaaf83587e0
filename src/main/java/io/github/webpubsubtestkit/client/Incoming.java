package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.MalformedMessageException;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Pong;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the service's messages to one PubSub client into the inbox.
 *
 * @param mapping how objects become JSON and back
 * @param sequenceIds null for a subprotocol that is not reliable
 */
record Incoming(
    ClientCodec codec,
    Inbox inbox,
    Timeline timeline,
    ObjectMapping mapping,
    @Nullable SequenceIds sequenceIds)
    implements ClientSocket.Reader, ServiceMessage.Processor<ClientSocket> {

  @Override
  public void read(ClientSocket socket, boolean text, byte[] payload)
      throws MalformedMessageException {
    codec.decode(text, payload).process(this, socket);
  }

  @Override
  public void connected(Connected message, ClientSocket socket) {
    inbox.connected(message.connectionId(), message.userId(), message.reconnectionToken());
  }

  @Override
  public void disconnected(Disconnected message, ClientSocket socket) {
    inbox.disconnected(message.message());
  }

  @Override
  public void ack(ServiceMessage.Ack message, ClientSocket socket) {
    Optional<AckError> error = Optional.ofNullable(message.error());
    inbox.add(
        new Ack(
            message.ackId().bits(),
            message.success(),
            error.map(AckError::name),
            error.map(AckError::message),
            timeline.now()));
  }

  /** Drops duplicates: delivery is at least once on the wire, exactly once here. */
  @Override
  public void data(Data message, ClientSocket socket) {
    ReceivedMessage received = ReceivedMessage.of(message, timeline.now(), mapping);
    Long sequenceId = message.sequenceId();
    if (sequenceId == null
        || sequenceIds == null
        || sequenceIds.accept(socket, received, sequenceId)) {
      inbox.add(received);
    } else {
      inbox.changes().signal();
    }
  }

  @Override
  public void pong(Pong message, ClientSocket socket) {
    inbox.addPong();
  }
}
