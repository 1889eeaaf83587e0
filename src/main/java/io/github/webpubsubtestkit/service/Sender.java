package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.internal.expect.JsonValue;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.DataType;
import io.github.webpubsubtestkit.internal.wire.Payload;

/** What a test sends in the name of the application, past REST and its tokens. */
final class Sender {

  private static final String PARTY = "test";

  private final Hubs hubs;
  private final String hub;
  private final Timeline timeline;
  private final ObjectMapping mapping;

  private final Runnable untilClientsHaveRead;

  /**
   * A sender.
   *
   * @param mapping how objects become JSON
   * @param untilClientsHaveRead waits, where that can be done, until clients have had a chance to
   *     read what was sent to them
   */
  Sender(
      Hubs hubs,
      String hub,
      Timeline timeline,
      ObjectMapping mapping,
      Runnable untilClientsHaveRead) {
    this.mapping = mapping;
    this.untilClientsHaveRead = untilClientsHaveRead;
    this.hubs = hubs;
    this.hub = hub;
    this.timeline = timeline;
  }

  void toAll(Payload payload, SendOptions options) {
    Payload message = record("sendToAll()", payload, options);
    hub().sendToAll(message, options.ttlSeconds(), options.excluded(), options.condition());
    keepPace();
  }

  void toUser(String userId, Payload payload, SendOptions options) {
    if (!options.excluded().isEmpty()) {
      throw new IllegalArgumentException(
          "a send to a user excludes nobody; use filter, or send to each connection");
    }
    Payload message =
        record(
            RequestText.call("sendToUser", Checked.notEmpty(userId, "userId")), payload, options);
    hub().sendToUser(userId, message, options.ttlSeconds(), options.condition());
    keepPace();
  }

  void toGroup(String group, Payload payload, SendOptions options) {
    Payload message =
        record(RequestText.call("sendToGroup", Checked.group(group)), payload, options);
    hub()
        .sendToGroup(group, message, options.ttlSeconds(), options.excluded(), options.condition());
    keepPace();
  }

  void toConnection(String connectionId, Payload payload, SendOptions options) {
    if (options.choosesConnections()) {
      throw new IllegalArgumentException(
          "a send to one connection takes neither excluded connections nor a filter");
    }
    Payload message =
        record(
            RequestText.call("sendToConnection", Checked.notEmpty(connectionId, "connectionId")),
            payload,
            options);
    hub().sendToConnection(connectionId, message, options.ttlSeconds());
    keepPace();
  }

  static Payload text(String text) {
    return Payload.text(requireNonNull(text, "text"));
  }

  static Payload binary(byte[] bytes) {
    return Payload.binary(bytes.clone());
  }

  Payload json(Object json) {
    return Payload.json(JsonValue.of(json, mapping).text());
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

  /** The message with its metadata. */
  private Payload record(String call, Payload payload, SendOptions options) {
    String said = options.toString();
    timeline.record(
        PARTY,
        Direction.IN,
        call + "  " + payload.type().wireName() + (said.isEmpty() ? "" : "  " + said),
        payload.type() != DataType.BINARY,
        payload.bytes());
    return options.metadata() == null ? payload : payload.withMetadata(options.metadata());
  }
}
