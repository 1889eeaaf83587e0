package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.DataPlane;
import io.github.webpubsubtestkit.internal.hub.Outcome.Reason;
import io.github.webpubsubtestkit.internal.hub.Outcome.Refused;
import io.github.webpubsubtestkit.internal.hub.ServerRequest;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.ListConnections;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Send;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.util.List;

/**
 * What a test does in the name of the application: the same requests as over REST (rest-api 8), but
 * without HTTP, tokens and faults.
 */
final class ServerCalls {

  private static final String PARTY = "test";

  private final DataPlane dataPlane;
  private final String hub;
  private final Timeline timeline;
  private final Runnable untilClientsHaveRead;

  /**
   * Calls to one hub.
   *
   * @param untilClientsHaveRead waits, where that can be done, until clients have had a chance to
   *     read what was sent to them
   */
  ServerCalls(DataPlane dataPlane, String hub, Timeline timeline, Runnable untilClientsHaveRead) {
    this.dataPlane = dataPlane;
    this.hub = hub;
    this.timeline = timeline;
    this.untilClientsHaveRead = untilClientsHaveRead;
  }

  /** The hub that the calls are for. */
  String hub() {
    return hub;
  }

  /**
   * Sends a message, to which the options add its metadata.
   *
   * @throws IllegalArgumentException if the options choose connections where Azure lets nobody
   *     choose
   */
  void send(Target target, Payload payload, SendOptions options) {
    if (target.kind() == Target.Kind.USER && !options.selection().excluded().isEmpty()) {
      throw new IllegalArgumentException(
          "a send to a user excludes nobody; use filter, or send to each connection");
    }
    if (target.kind() == Target.Kind.CONNECTION && options.choosesConnections()) {
      throw new IllegalArgumentException(
          "a send to one connection takes neither excluded connections nor a filter");
    }
    Payload message =
        options.metadata() == null ? payload : payload.withMetadata(options.metadata());
    Send request = new Send(hub, target, message, options.ttlSeconds(), options.selection());
    String call =
        target.kind() == Target.Kind.ALL
            ? RequestText.call(request.operation())
            : RequestText.call(request.operation(), target.name());
    String said = options.toString();
    timeline.record(
        PARTY,
        Direction.IN,
        call + "  " + payload.type().wireName() + (said.isEmpty() ? "" : "  " + said),
        payload.type() != PayloadType.BINARY,
        payload.bytes());
    var unused = dataPlane.execute(request); // a send to nobody is as good as any other
    keepPace();
  }

  /** A test is faster than any application over REST, and than clients can acknowledge. */
  private void keepPace() {
    if (dataPlane.hubs().hub(hub).isAheadOfClients()) {
      untilClientsHaveRead.run();
    }
  }

  /** Asks a question, which leaves no trace. */
  boolean ask(ServerRequest question) {
    return dataPlane.execute(question).isDone();
  }

  /** The members of a group. */
  List<ConnectionInfo> list(String group) {
    return new ListConnections(hub, group, null, Integer.MAX_VALUE)
        .carryOut(dataPlane.hubs()).members().stream()
            .map(view -> HubInspector.info(hub, view))
            .toList();
  }

  /**
   * Does something, and records it.
   *
   * @param detail what the timeline says of it behind its arguments; may be empty
   * @param arguments those of the SDK's method
   * @throws IllegalStateException if it is refused
   */
  void order(ServerRequest request, String detail, String... arguments) {
    String call = RequestText.call(request.operation(), arguments);
    timeline.record(PARTY, Direction.IN, detail.isEmpty() ? call : call + "  " + detail);
    if (dataPlane.execute(request) instanceof Refused refused) {
      String hint =
          refused.reason() == Reason.NO_USER
              ? " A user without a connection cannot be in a group."
              : "";
      throw new IllegalStateException(Secrets.mask(refused.message()) + hint);
    }
  }
}
