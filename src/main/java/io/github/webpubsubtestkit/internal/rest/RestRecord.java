package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation.Result;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the timeline and the observer of each call, also of refused ones; never of its token. */
final class RestRecord {

  private static final String PARTY = "REST";

  private final Timeline timeline;
  private final Consumer<RecordedOperation> observer;

  RestRecord(Timeline timeline, Consumer<RecordedOperation> observer) {
    this.timeline = timeline;
    this.observer = observer;
  }

  /** Adds a line: verb, target, and the message if there is one; its outcome follows. */
  Timeline.Call line(RestCall call) {
    HttpRequest request = call.request();
    Route route = call.route();
    String operation = (route == null ? Operation.UNKNOWN : route.operation()).sdkName();
    String head = request.method() + " " + UrlQuery.readable(request.target());
    Payload payload = call.payloadOrNull();
    return payload != null
        ? timeline.begin(
            PARTY,
            operation,
            head + "  " + payload.type().wireName(),
            payload.type() != PayloadType.BINARY,
            payload.bytes())
        : timeline.begin(PARTY, operation, head, isText(call.head()), request.body());
  }

  private static boolean isText(ApiHeaders head) {
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

  void observed(RecordedOperation operation) {
    observer.accept(operation);
  }

  /** The call as it is told to others; its response is null as long as there is none. */
  RecordedOperation operation(
      RestCall call, Result result, @Nullable HttpResponse response, Duration at) {
    Route route = call.route();
    String hub = call.variable(PathVariable.HUB);
    return new RecordedOperation(
        route == null ? Operation.UNKNOWN : route.operation(),
        Caller.SERVER,
        hub == null ? "" : hub.toLowerCase(Locale.ROOT),
        new RecordedCall(call, response),
        result,
        at);
  }
}
