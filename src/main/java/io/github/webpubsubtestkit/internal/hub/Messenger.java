package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends messages to the connections of one hub. Its methods run under the hub's lock. */
final class Messenger {

  private final HubState hub;
  private final BurstTolerance tolerance;
  private final ClientFaults faults;

  Messenger(HubState hub) {
    this.hub = hub;
    this.tolerance = new BurstTolerance(hub);
    this.faults = new ClientFaults(hub);
  }

  /** Starts sending a message to any number of connections. */
  Fanout fanout(ServiceMessage message, int ttlSeconds) {
    return new Fanout(message, hub.service().timeline(), tolerance, faults, expiry(ttlSeconds));
  }

  /** The time from which a copy of a message sent now may be dropped; null for never. */
  private @Nullable Instant expiry(int ttlSeconds) {
    return ttlSeconds > 0 && hub.service().options().isOn(Option.EXPIRE_BY_TTL)
        ? hub.service().timers().instant().plusSeconds(ttlSeconds)
        : null;
  }

  /**
   * Publishes in the name of a client.
   *
   * @return the number of connections it has reached
   */
  int publish(Connection sender, SendToGroup send) {
    String group = send.group();
    Fanout fanout =
        fanout(Data.fromGroup(group, sender.visibleUserId(), send.payload()), send.ttlSeconds());
    for (Connection member : hub.roster().inGroup(group)) {
      if (!send.noEcho() || member != sender) {
        fanout.to(member);
      }
    }
    fanout.finish();
    return fanout.reached();
  }

  /** Sends an event handler's reply, which is kept like all data. */
  void reply(Connection connection, Payload payload) {
    Fanout fanout = fanout(Data.fromServer(payload), 0);
    fanout.to(connection);
    fanout.finish();
  }

  /** Sends a message that is neither stored nor sent again. */
  void deliver(Connection connection, ServiceMessage message) {
    fanout(message, 0).to(connection);
  }

  /** Sends a message that is neither stored nor sent again, but for an effect. */
  void deliver(Connection connection, ServiceMessage message, FrameEffect effect) {
    fanout(message, 0).to(connection, effect);
  }

  /** The faults of its clients. */
  ClientFaults faults() {
    return faults;
  }
}
