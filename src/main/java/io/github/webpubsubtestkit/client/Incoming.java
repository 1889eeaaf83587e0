package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.MalformedMessageException;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service sends to one PubSub client, on its way into the inbox.
 *
 * @param sequenceIds null for a subprotocol that is not reliable
 */
record Incoming(
    ClientCodec codec, Inbox inbox, Timeline timeline, @Nullable SequenceIds sequenceIds)
    implements ClientSocket.Reader {

  @Override
  public void read(ClientSocket socket, boolean text, byte[] payload)
      throws MalformedMessageException {
    ServiceMessage message = codec.decode(text, payload);
    Duration now = timeline.now();
    if (message instanceof ServiceMessage.GroupData data) {
      add(socket, ReceivedMessage.of(data, now), data.sequenceId());
    } else if (message instanceof ServiceMessage.ServerData data) {
      add(socket, ReceivedMessage.of(data, now), data.sequenceId());
    } else if (message instanceof ServiceMessage.Ack ack) {
      Optional<AckError> error = Optional.ofNullable(ack.error());
      inbox.add(
          new Ack(
              ack.ackId().bits(),
              ack.success(),
              error.map(AckError::name),
              error.map(AckError::message),
              now));
    } else if (message instanceof ServiceMessage.Connected connected) {
      inbox.connected(connected.connectionId(), connected.userId(), connected.reconnectionToken());
    } else if (message instanceof ServiceMessage.Disconnected disconnected) {
      inbox.disconnected(disconnected.message());
    } else if (message instanceof ServiceMessage.Pong) {
      inbox.addPong();
    }
  }

  /** What came before goes no further: at least once on the wire is exactly once here. */
  private void add(ClientSocket socket, ReceivedMessage message, @Nullable Long sequenceId) {
    if (sequenceId == null
        || sequenceIds == null
        || sequenceIds.accept(socket, message, sequenceId)) {
      inbox.add(message);
    } else {
      inbox.changes().signal();
    }
  }
}
