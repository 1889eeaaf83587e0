package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Display;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An operation that may explain a failure.
 *
 * @param weight how much it tells; 0 if it only came
 * @param notes why it is told
 */
record Clue(RecordedOperation operation, double weight, List<String> notes) {

  private static final int MAX_OUTCOME = 28;

  boolean isTelling() {
    return weight > 0;
  }

  /**
   * The operation as one line.
   *
   * @param usualHub the hub that is not worth telling
   * @param display how its payload is shown
   */
  Arrival arrival(String usualHub, Display display) {
    String outcome = operation.wholeOutcome();
    boolean isLong = outcome.length() > MAX_OUTCOME;
    String content =
        Stream.of(
                isLong ? outcome : "",
                RequestText.payload(operation.payload(), display),
                RequestText.parameters(operation),
                handshake())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("  "));
    return new Arrival(
        operation.at(),
        List.of(
            RequestText.call(operation),
            RequestText.caller(operation),
            operation.hub().equalsIgnoreCase(usualHub)
                ? ""
                : "hub " + RequestText.quote(operation.hub()),
            isLong ? "" : outcome),
        content,
        notes,
        true);
  }

  private String handshake() {
    return operation.operation() == Operation.REJECTED_HANDSHAKE
        ? FailureText.content(operation.details().request())
        : "";
  }
}
