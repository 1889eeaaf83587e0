package com.example.faults;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code @azure/web-pubsub-client}, and what an application sees of it:
 *
 * <pre>
 * started    not started: WHY    connected USER ID    disconnected WHY    stopped
 * GROUP: TEXT    server: TEXT    CALL done    CALL done, duplicate    CALL failed: WHY
 * closed CODE, by its log, though it may recover
 * uncaught WHY, which would have ended the process
 * </pre>
 */
final class MicrosoftClient extends Observed {

  private final NodeProgram node;
  private final String id;

  MicrosoftClient(NodeProgram node, boolean reliable, Map<String, ?> options, List<URI> urls) {
    super("Microsoft's JavaScript client");
    this.node = node;
    this.id = node.register(this);
    Map<String, Object> all = new HashMap<>();
    all.put("autoReconnect", true);
    // tries again soon, so that tests are quick
    all.put("reconnectRetryOptions", Map.of("retryDelayInMs", 50));
    all.put("messageRetryOptions", Map.of("maxRetries", 100, "retryDelayInMs", 50));
    all.putAll(options);
    node.command(
        Map.of(
            "do", "start",
            "id", id,
            "urls", urls.stream().map(URI::toString).toList(),
            "plain", !reliable,
            "options", all));
  }

  /** Waits until it is connected, and returns the id of its connection. */
  String connectionId() {
    return seesStarting("connected ").split(" ")[1];
  }

  /** Begins to join a group. */
  void join(String call, String group) {
    call(call, "joinGroup", 0, group, Map.of());
  }

  /** Begins to send a text to a group. */
  void publish(String call, String group, String text) {
    call(call, "sendToGroup", 0, group, text, "text", Map.of());
  }

  /** Begins to send a text to a group, and again with the same ack id if it must. */
  void publish(String call, String group, String text, int ackId) {
    call(call, "sendToGroup", 0, group, text, "text", Map.of("ackId", ackId));
  }

  /** Begins to send a text to a group with an ack id, and gives up after some time. */
  void publishInVain(String call, String group, String text, int ackId) {
    call(call, "sendToGroup", 200, group, text, "text", Map.of("ackId", ackId));
  }

  /** Begins to send an event. */
  void event(String call, String name, String text) {
    call(call, "sendEvent", 0, name, text, "text", Map.of());
  }

  private void call(String call, String method, int patience, Object... arguments) {
    node.command(
        Map.of(
            "do", "call",
            "id", id,
            "name", call,
            "method", method,
            "args", new ArrayList<>(List.of(arguments)),
            "patience", patience));
  }

  void stop() {
    node.command(Map.of("do", "stop", "id", id));
  }
}
