package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.timeline.Digest;
import io.github.webpubsubtestkit.internal.timeline.Digest.Line;
import io.github.webpubsubtestkit.internal.timeline.Digest.Rank;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the service has done, for somebody who asks why a test has failed. */
final class AtTheService {

  private static final int MAX_PAYLOAD = 60;

  private AtTheService() {}

  /** The lines that tell most of what was asked, what came of it, and what failed. */
  static List<Line> lines(Engine engine, Journal journal, Duration since, Display display) {
    List<Line> lines = new ArrayList<>();
    engine.lines().stream().filter(each -> each.at().compareTo(since) >= 0).forEach(lines::add);
    journal.operations().stream()
        .filter(each -> each.at().compareTo(since) >= 0)
        .forEach(each -> lines.add(line(each, display)));
    return Digest.of(lines);
  }

  /** One operation as a line. */
  static Line line(RecordedOperation operation, Display display) {
    return new Line(operation.at(), rank(operation), describe(operation, display));
  }

  private static Rank rank(RecordedOperation operation) {
    if (!operation.successful()) {
      return Rank.REFUSED;
    }
    if (operation.isInVain()) {
      return Rank.IN_VAIN;
    }
    return operation.isHandshake() ? Rank.DETAIL : Rank.CARRIED_OUT;
  }

  /** {@code sendToGroup("storm") by the test hub "hub" => to nobody text "gusts"}. */
  private static String describe(RecordedOperation operation, Display display) {
    return Secrets.mask(
        Stream.of(
                what(operation),
                by(operation),
                operation.hub().isEmpty() ? "" : "hub " + FailureText.quote(operation.hub()),
                "=> " + operation.wholeOutcome(),
                payload(operation.payload(), display))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("  ")));
  }

  private static String what(RecordedOperation operation) {
    return switch (operation.operation()) {
      case UNKNOWN -> operation.details().request();
      case CONNECT, RECOVER, REJECTED_HANDSHAKE -> "handshake " + operation.details().request();
      default -> RequestText.call(operation) + asked(operation);
    };
  }

  private static String asked(RecordedOperation operation) {
    String parameters = RequestText.parameters(operation);
    return parameters.isEmpty() ? "" : "  " + parameters;
  }

  private static String by(RecordedOperation operation) {
    if (operation.isHandshake()) {
      String user = operation.caller().userId();
      return user == null || user.isEmpty() ? "" : "user " + FailureText.quote(user);
    }
    String label = operation.details().label();
    return label == null ? RequestText.caller(operation) : "from " + label;
  }

  private static String payload(@Nullable Payload payload, Display display) {
    if (payload == null) {
      return "";
    }
    return switch (payload.type()) {
      case TEXT ->
          "text " + FailureText.quote(Secrets.cut(display.of(payload.string()), MAX_PAYLOAD));
      case JSON ->
          "json " + FailureText.content(Secrets.cut(display.of(payload.string()), MAX_PAYLOAD));
      case BINARY, PROTOBUF -> payload.type().wireName() + " " + Bytes.describe(payload.bytes());
    };
  }
}
