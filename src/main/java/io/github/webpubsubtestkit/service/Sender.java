package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.expect.JsonValue;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.DataType;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.Set;

/** What a test sends in the name of the application, past REST and its tokens. */
final class Sender {

  private static final String PARTY = "test";
  private static final int FOREVER = 0;

  private final Hubs hubs;
  private final String hub;
  private final Timeline timeline;

  private final Runnable untilClientsHaveRead;

  /**
   * A sender.
   *
   * @param untilClientsHaveRead waits, where that can be done, until clients have had a chance to
   *     read what was sent to them
   */
  Sender(Hubs hubs, String hub, Timeline timeline, Runnable untilClientsHaveRead) {
    this.untilClientsHaveRead = untilClientsHaveRead;
    this.hubs = hubs;
    this.hub = hub;
    this.timeline = timeline;
  }

  void toAll(Payload payload) {
    record("sendToAll()", payload);
    hub().sendToAll(payload, FOREVER, Set.of(), Hub.EVERYONE);
    keepPace();
  }

  void toUser(String userId, Payload payload) {
    record(RequestText.call("sendToUser", Checked.notEmpty(userId, "userId")), payload);
    hub().sendToUser(userId, payload, FOREVER, Hub.EVERYONE);
    keepPace();
  }

  void toGroup(String group, Payload payload) {
    record(RequestText.call("sendToGroup", Checked.group(group)), payload);
    hub().sendToGroup(group, payload, FOREVER, Set.of(), Hub.EVERYONE);
    keepPace();
  }

  void toConnection(String connectionId, Payload payload) {
    record(
        RequestText.call("sendToConnection", Checked.notEmpty(connectionId, "connectionId")),
        payload);
    hub().sendToConnection(connectionId, payload, FOREVER);
    keepPace();
  }

  static Payload text(String text) {
    return Payload.text(requireNonNull(text, "text"));
  }

  static Payload binary(byte[] bytes) {
    return Payload.binary(bytes.clone());
  }

  static Payload json(Object json) {
    return Payload.json(JsonValue.of(json).text());
  }

  /** A test is faster than any application over REST, and than clients can acknowledge. */
  private void keepPace() {
    if (hub().isAheadOfClients()) {
      untilClientsHaveRead.run();
    }
  }

  private Hub hub() {
    return hubs.hub(hub);
  }

  private void record(String call, Payload payload) {
    timeline.record(
        PARTY,
        Direction.IN,
        call + "  " + payload.type().wireName(),
        payload.type() != DataType.BINARY,
        payload.bytes());
  }
}
