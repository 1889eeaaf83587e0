package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.hub.Caller.Origin;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RestDetails;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Readable descriptions of requests. */
final class RequestText {

  /** The query parameter with the group of a permission. */
  static final String TARGET = "targetName";

  private RequestText() {}

  /** {@code addUserToGroup("alice", "room")}. */
  static String call(Operation operation, String... arguments) {
    return operation
        + Stream.of(arguments).map(RequestText::quote).collect(Collectors.joining(", ", "(", ")"));
  }

  /** The operation and its target: {@code addUserToGroup("alice", "room")}. */
  static String call(RecordedOperation operation) {
    List<String> arguments = new ArrayList<>();
    RestDetails http = operation.http();
    if (http != null) {
      addIfThere(arguments, http.permission());
      arguments.addAll(http.groups());
    }
    addIfThere(arguments, operation.connectionId());
    addIfThere(arguments, operation.userId());
    addIfThere(arguments, operation.event());
    addIfThere(arguments, operation.group());
    if (http != null && http.permission() != null) {
      arguments.addAll(parameter(operation, TARGET));
    }
    return call(operation.operation(), arguments.toArray(String[]::new));
  }

  /** The caller of a request that another was wanted of, and how alike the names of both are. */
  static String otherCaller(RecordedOperation operation, String wantedUser) {
    String userId = operation.caller().userId();
    return caller(operation)
        + (operation.caller().isServer() || userId == null || userId.isEmpty()
            ? ""
            : NameDifference.between(userId, wantedUser).map(how -> ", which " + how).orElse(""));
  }

  /** {@code from the server}, {@code from user "bob"}, {@code from connection "x"}. */
  static String caller(RecordedOperation operation) {
    if (operation.caller().isServer()) {
      return operation.caller().origin() == Origin.TEST ? "from the test" : "from the server";
    }
    if (operation.caller().userId() != null && !operation.caller().userId().isEmpty()) {
      return "from user " + quote(operation.caller().userId());
    }
    return operation.caller().connectionId() == null
        ? "from a client"
        : "from connection " + quote(operation.caller().connectionId());
  }

  /** {@code text "hi"}, {@code json {"id":1}}, {@code binary 2 bytes 01 02}; empty for none. */
  static String payload(@Nullable Payload payload, Display display) {
    if (payload == null) {
      return "";
    }
    String data =
        switch (payload.type()) {
          case TEXT -> FailureText.quotedContent(display.of(payload.string()));
          case JSON -> FailureText.content(display.of(payload.string()));
          case BINARY, PROTOBUF -> Bytes.describe(payload.bytes());
        };
    String metadata =
        payload.metadata() == null
            ? ""
            : " metadata " + display.of(new TreeMap<>(payload.metadata()).toString());
    return payload.type().wireName() + " " + data + metadata;
  }

  /** The whole request on one line. */
  static String describe(RecordedOperation operation, Display display) {
    return Secrets.mask(
        Stream.of(
                call(operation),
                payload(operation.payload(), display),
                parameters(operation),
                caller(operation),
                "in hub " + quote(operation.hub()),
                "-> " + operation.outcome())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("  ")));
  }

  /** The query parameters other than the API version and the filter. */
  static String parameters(RecordedOperation operation) {
    RestDetails http = operation.http();
    Map<String, List<String>> shown = new TreeMap<>(operation.parameters());
    shown.keySet().removeIf(name -> name.equalsIgnoreCase("api-version"));
    if (http != null && http.permission() != null) {
      shown.keySet().removeIf(name -> name.equalsIgnoreCase(TARGET));
    }
    if (http != null && http.filter() != null) {
      shown.put("filter", List.of(http.filter()));
    }
    return shown.entrySet().stream()
        .map(parameter -> parameter.getKey() + " " + parameter.getValue())
        .collect(Collectors.joining(" "));
  }

  /** The filter of a request, of the query or the body. */
  static Optional<String> filter(RecordedOperation operation) {
    RestDetails http = operation.http();
    return http != null && http.filter() != null
        ? Optional.of(http.filter())
        : parameter(operation, "filter").stream().findFirst();
  }

  /** The values of a query parameter, whose name is compared without regard to case. */
  static List<String> parameter(RecordedOperation operation, String name) {
    return operation.parameters().entrySet().stream()
        .filter(parameter -> parameter.getKey().equalsIgnoreCase(name))
        .flatMap(parameter -> parameter.getValue().stream())
        .toList();
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
