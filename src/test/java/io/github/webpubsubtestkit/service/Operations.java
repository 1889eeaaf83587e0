package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation.Result;
import io.github.webpubsubtestkit.internal.hub.RequestDetails;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations without a socket. */
final class Operations {

  private Operation operation = Operation.SEND_TO_ALL;
  private Caller caller = Caller.SERVER;
  private String hub = "hub";
  private @Nullable String connectionId;
  private @Nullable String userId;
  private @Nullable String group;
  private @Nullable String event;
  private @Nullable Payload payload;
  private Map<String, List<String>> parameters = Map.of();
  private String outcome = "202";
  private boolean successful = true;
  private Duration at = Duration.ofMillis(12);

  private Operations() {}

  static Operations rest(String sdkName) {
    Operations operation = new Operations();
    operation.operation =
        Arrays.stream(Operation.values())
            .filter(each -> each.sdkName().equals(sdkName))
            .findFirst()
            .orElseThrow();
    return operation;
  }

  static Operations client(String sdkName, @Nullable String userId) {
    Operations operation = rest(sdkName);
    operation.caller = Caller.client(userId, userId == null ? null : "c-" + userId);
    operation.outcome = "ok";
    return operation;
  }

  Operations hub(String value) {
    hub = value;
    return this;
  }

  Operations connection(String value) {
    connectionId = value;
    return this;
  }

  Operations user(String value) {
    userId = value;
    return this;
  }

  Operations group(String value) {
    group = value;
    return this;
  }

  Operations event(String value) {
    event = value;
    return this;
  }

  Operations text(String value) {
    return payload(Payload.text(value));
  }

  Operations json(String value) {
    return payload(Payload.json(value));
  }

  Operations payload(Payload value) {
    payload = value;
    return this;
  }

  Operations parameters(Map<String, List<String>> value) {
    parameters = value;
    return this;
  }

  Operations refused(String value) {
    outcome = value;
    successful = false;
    return this;
  }

  Operations at(long millis) {
    at = Duration.ofMillis(millis);
    return this;
  }

  RecordedOperation done() {
    return new RecordedOperation(
        operation,
        caller,
        hub,
        new Details(
            operation + " as it was sent", connectionId, userId, group, event, payload, parameters),
        successful ? Result.done(outcome, 1) : Result.refused(outcome),
        at);
  }

  private record Details(
      String request,
      @Nullable String connectionId,
      @Nullable String userId,
      @Nullable String group,
      @Nullable String event,
      @Nullable Payload payload,
      Map<String, List<String>> parameters)
      implements RequestDetails {}
}
