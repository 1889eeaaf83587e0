package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.DataPlane;
import io.github.webpubsubtestkit.internal.hub.Outcome;
import io.github.webpubsubtestkit.internal.hub.Outcome.Reason;
import io.github.webpubsubtestkit.internal.hub.Outcome.Refused;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation.Result;
import io.github.webpubsubtestkit.internal.hub.ServerRequest;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.ListConnections;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Send;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The requests a test makes as the application's server: the same as over REST (rest-api 8), but
 * without HTTP, tokens and faults.
 */
final class ServerCalls {

  private static final byte[] NO_PAYLOAD = {};

  private final DataPlane dataPlane;
  private final String hub;
  private final Timeline timeline;
  private final Runnable untilClientsHaveRead;
  private final Consumer<RecordedOperation> journal;

  /**
   * Calls to one hub.
   *
   * @param untilClientsHaveRead waits, where possible, until clients have had a chance to read
   *     their messages
   * @param journal where the calls are recorded
   */
  ServerCalls(
      DataPlane dataPlane,
      String hub,
      Timeline timeline,
      Runnable untilClientsHaveRead,
      Consumer<RecordedOperation> journal) {
    this.dataPlane = dataPlane;
    this.hub = hub;
    this.timeline = timeline;
    this.untilClientsHaveRead = untilClientsHaveRead;
    this.journal = journal;
  }

  /** The hub that the calls are for. */
  String hub() {
    return hub;
  }

  /**
   * Sends a message, to which the options add its metadata.
   *
   * @throws IllegalArgumentException if the options select connections where Azure does not allow
   *     it
   */
  void send(Target target, Payload payload, SendOptions options) {
    if (target.kind() == Target.Kind.USER && !options.selection().excluded().isEmpty()) {
      throw new IllegalArgumentException(
          "a send to a user cannot exclude connections; use filter, or send to each connection");
    }
    if (target.kind() == Target.Kind.CONNECTION && options.choosesConnections()) {
      throw new IllegalArgumentException(
          "a send to one connection accepts neither excluded connections nor a filter");
    }
    Payload message =
        options.metadata() == null ? payload : payload.withMetadata(options.metadata());
    Send request = new Send(hub, target, message, options.ttlSeconds(), options.selection());
    String call =
        target.kind() == Target.Kind.ALL
            ? RequestText.call(request.operation())
            : RequestText.call(request.operation(), target.name());
    String said = options.toString();
    String asked = said.isEmpty() ? call : call + "  " + said;
    Timeline.Call line =
        timeline.begin(
            Timeline.TEST,
            request.operation().sdkName(),
            asked + "  " + payload.type().wireName(),
            payload.type() != PayloadType.BINARY,
            payload.bytes());
    execute(request, line, options.parameters()); // a send without receivers is successful, too
    keepPace();
  }

  /** Waits for clients to read, because a test sends faster than they can acknowledge. */
  private void keepPace() {
    if (dataPlane.hubs().hub(hub).isAheadOfClients()) {
      untilClientsHaveRead.run();
    }
  }

  /** Executes a query, which is not recorded. */
  boolean ask(ServerRequest question) {
    return dataPlane.execute(question).isDone();
  }

  /** The members of a group. */
  List<ConnectionInfo> list(String group) {
    Outcome outcome = dataPlane.execute(new ListConnections(hub, group, null, Integer.MAX_VALUE));
    return ((Outcome.Members) outcome)
        .members().stream().map(view -> HubInspector.info(hub, view)).toList();
  }

  /**
   * Executes a request and records it.
   *
   * @param detail the text behind its arguments in the timeline; may be empty
   * @param arguments the arguments of the SDK's method
   * @throws IllegalStateException if it is rejected
   */
  void order(ServerRequest request, String detail, String... arguments) {
    String call = RequestText.call(request.operation(), arguments);
    String asked = detail.isEmpty() ? call : call + "  " + detail;
    Timeline.Call line =
        timeline.begin(Timeline.TEST, request.operation().sdkName(), asked, true, NO_PAYLOAD);
    if (execute(request, line, Map.of()) instanceof Refused refused) {
      String hint =
          refused.reason() == Reason.NO_USER
              ? " A user without a connection cannot be in a group."
              : "";
      throw new IllegalStateException(Secrets.mask(refused.message()) + hint);
    }
  }

  private Outcome execute(
      ServerRequest request, Timeline.Call line, Map<String, List<String>> parameters) {
    Duration at = timeline.now();
    Outcome outcome = dataPlane.execute(request);
    Result result =
        outcome instanceof Refused refused
            ? Result.refused(refused.message())
            : Result.done("ok", outcome.connections());
    line.ended(result.describe(request.operation()));
    journal.accept(
        new RecordedOperation(
            request.operation(),
            Caller.TEST,
            request.hub().toLowerCase(Locale.ROOT),
            OrderDetails.of(request, parameters),
            result,
            at));
    return outcome;
  }
}
