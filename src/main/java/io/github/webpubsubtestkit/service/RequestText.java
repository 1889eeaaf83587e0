package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests for a reader's eye. */
final class RequestText {

  private RequestText() {}

  /** {@code addUserToGroup("alice", "room")}. */
  static String call(String operation, String... arguments) {
    return operation
        + Stream.of(arguments).map(RequestText::quote).collect(Collectors.joining(", ", "(", ")"));
  }

  /** What was asked, of whom: {@code addUserToGroup("alice", "room")}. */
  static String call(Operation operation) {
    List<String> arguments = new ArrayList<>();
    addIfThere(arguments, operation.connectionId());
    addIfThere(arguments, operation.userId());
    addIfThere(arguments, operation.event());
    addIfThere(arguments, operation.group());
    return call(operation.name(), arguments.toArray(String[]::new));
  }

  /** {@code from the server}, {@code from user "bob"}, {@code from connection "x"}. */
  static String caller(Operation operation) {
    if (operation.caller() == Caller.REST) {
      return "from the server";
    }
    if (operation.callerUserId() != null && !operation.callerUserId().isEmpty()) {
      return "from user " + quote(operation.callerUserId());
    }
    return operation.callerConnectionId() == null
        ? "from a client"
        : "from connection " + quote(operation.callerConnectionId());
  }

  /** {@code text "hi"}, {@code json {"id":1}}, {@code binary 2 bytes 01 02}; empty for none. */
  static String payload(@Nullable Payload payload) {
    if (payload == null) {
      return "";
    }
    String data =
        switch (payload.type()) {
          case TEXT -> FailureText.quotedContent(payload.string());
          case JSON -> FailureText.content(payload.string());
          case BINARY, PROTOBUF -> Bytes.describe(payload.bytes());
        };
    String metadata =
        payload.metadata() == null ? "" : " metadata " + new TreeMap<>(payload.metadata());
    return payload.type().wireName() + " " + data + metadata;
  }

  /** The whole request on one line. */
  static String describe(Operation operation) {
    return Stream.of(
            call(operation),
            payload(operation.payload()),
            parameters(operation),
            caller(operation),
            "in hub " + operation.hub(),
            "-> " + operation.outcome())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("  "));
  }

  /** The query parameters that say something beyond the version of the API. */
  static String parameters(Operation operation) {
    return operation.parameters().entrySet().stream()
        .filter(parameter -> !parameter.getKey().equalsIgnoreCase("api-version"))
        .sorted(Map.Entry.comparingByKey())
        .map(parameter -> parameter.getKey() + " " + parameter.getValue())
        .collect(Collectors.joining(" "));
  }

  static String quote(String text) {
    return FailureText.quotedContent(text);
  }

  private static void addIfThere(List<String> arguments, @Nullable String argument) {
    if (argument != null) {
      arguments.add(argument);
    }
  }
}
