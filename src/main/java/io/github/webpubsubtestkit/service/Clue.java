package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.hub.Caller.Origin;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An operation that may explain a failure.
 *
 * @param weight how much it tells; 0 if it only came
 * @param notes why it is told
 */
record Clue(RecordedOperation operation, double weight, List<String> notes) {

  boolean isTelling() {
    return weight > 0;
  }

  /** The operation as one line. */
  Arrival arrival() {
    String content =
        Stream.of(
                RequestText.payload(operation.payload()),
                RequestText.parameters(operation),
                handshake())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("  "));
    return new Arrival(
        operation.at(),
        List.of(
            RequestText.call(operation),
            operation.caller().origin() == Origin.TEST
                ? "from the test"
                : RequestText.caller(operation),
            "hub " + RequestText.quote(operation.hub()),
            outcome(operation)),
        content,
        notes,
        true);
  }

  private String handshake() {
    return operation.operation() == Operation.REJECTED_HANDSHAKE
        ? FailureText.content(operation.details().request())
        : "";
  }

  /** {@code 202, to nobody}; of a rejected one, why. */
  static String outcome(RecordedOperation operation) {
    if (!operation.successful() || !ServiceEvidence.isSend(operation.operation())) {
      return operation.outcome();
    }
    int reached = operation.result().connections();
    return operation.outcome()
        + (reached == 0
            ? ", to nobody"
            : String.format(
                Locale.ROOT, ", to %,d connection%s", reached, reached == 1 ? "" : "s"));
  }
}
