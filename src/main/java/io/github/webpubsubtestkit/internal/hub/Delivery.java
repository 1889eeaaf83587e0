package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One message on its way to its receivers: encoded and framed once per subprotocol, not once per
 * receiver.
 */
final class Delivery {

  private final ServiceMessage message;
  private final Timeline timeline;
  private final Map<Subprotocol, Optional<Outbound>> prepared = new EnumMap<>(Subprotocol.class);

  Delivery(ServiceMessage message, Timeline timeline) {
    this.message = message;
    this.timeline = timeline;
  }

  /** Queues the message for a connection, unless clients of its kind get no such message. */
  void to(Connection connection) {
    Optional<Outbound> outbound = prepared.get(connection.protocol());
    if (outbound == null) {
      outbound = prepare(connection);
      prepared.put(connection.protocol(), outbound);
    }
    if (outbound.isPresent()) {
      EncodedMessage encoded = outbound.get().message();
      timeline.record(connection.label(), Direction.OUT, "", encoded.text(), encoded.bytes());
      connection.receiver().deliver(outbound.get());
    }
  }

  private Optional<Outbound> prepare(Connection connection) {
    EncodedMessage encoded = connection.codec().encode(message);
    return encoded == null ? Optional.empty() : Optional.of(connection.receiver().prepare(encoded));
  }
}
