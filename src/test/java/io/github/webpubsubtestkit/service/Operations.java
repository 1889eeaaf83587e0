package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operations without a socket. */
final class Operations {

  private String name = "sendToAll";
  private Caller caller = Caller.REST;
  private String hub = "hub";
  private @Nullable String callerUserId;
  private @Nullable String callerConnectionId;
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

  static Operations rest(String name) {
    Operations operation = new Operations();
    operation.name = name;
    return operation;
  }

  static Operations client(String name, @Nullable String userId) {
    Operations operation = rest(name);
    operation.caller = Caller.CLIENT;
    operation.callerUserId = userId;
    operation.callerConnectionId = userId == null ? null : "c-" + userId;
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

  Operation done() {
    return new Operation(
        name,
        caller,
        hub,
        callerUserId,
        callerConnectionId,
        connectionId,
        userId,
        group,
        event,
        payload,
        parameters,
        name + " as it was sent",
        outcome,
        successful,
        at);
  }
}
