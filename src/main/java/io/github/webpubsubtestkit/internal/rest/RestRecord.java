package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.wire.DataType;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Tells the timeline and the observer of each call, also of refused ones; never of its token. */
final class RestRecord {

  private static final String PARTY = "REST";

  private final Timeline timeline;
  private final Consumer<Operation> observer;

  RestRecord(Timeline timeline, Consumer<Operation> observer) {
    this.timeline = timeline;
    this.observer = observer;
  }

  /** One line: verb, target, outcome, and the message if there is one. */
  void line(RestCall call, String outcome) {
    HttpRequest request = call.request();
    String head = request.method() + " " + request.target() + "  " + outcome;
    Payload payload = call.payloadOrNull();
    if (payload != null) {
      timeline.record(
          PARTY,
          Direction.IN,
          head + "  " + payload.type().wireName(),
          payload.type() != DataType.BINARY,
          payload.bytes());
    } else {
      timeline.record(PARTY, Direction.IN, head, isText(call.head()), request.body());
    }
  }

  private static boolean isText(RequestHead head) {
    String type = head.contentType();
    if (type == null) {
      return false;
    }
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.contains("text") || lower.contains("json") || lower.contains("xml");
  }

  void note(String text) {
    timeline.record(PARTY, Direction.NOTE, text);
  }

  Duration now() {
    return timeline.now();
  }

  void observed(
      RestCall call, String outcome, boolean successful, HttpResponse response, Duration at) {
    observer.accept(operation(call, outcome, successful, response, at));
  }

  /** The call as it is told to others. */
  Operation operation(
      RestCall call, String outcome, boolean successful, HttpResponse response, Duration at) {
    Route route = call.route();
    String hub = call.variable(PathVariable.HUB);
    return new Operation(
        route == null ? "unknown" : route.operation(),
        Caller.REST,
        hub == null ? "" : hub.toLowerCase(Locale.ROOT),
        null,
        null,
        call.variable(PathVariable.CONNECTION),
        call.variable(PathVariable.USER),
        call.variable(PathVariable.GROUP),
        null,
        call.payloadOrNull(),
        Map.of(),
        "",
        outcome,
        successful,
        at,
        new RecordedCall(call, response));
  }
}
