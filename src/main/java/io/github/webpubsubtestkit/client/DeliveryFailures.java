package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The texts of failed assertions about the connection of a client and what it should deliver. */
record DeliveryFailures(ClientReport report) {

  /** The text if the connection is not open. */
  String notOpen(Optional<Ending> ending) {
    String instead = ending.map(end -> "was " + end.describe()).orElse("is being closed");
    return report
        .withState(
            FailureText.of(report.name(), "expected an open connection but it " + instead))
        .text();
  }

  /** The text if messages came more than once. */
  String cameAgain(List<ReceivedMessage> duplicates) {
    String number =
        duplicates.size() == 1 ? "one" : String.format(Locale.ROOT, "%,d", duplicates.size());
    FailureText text =
        FailureText.of(
                report.name(),
                "expected every message to have been received once but " + number + " came again")
            .arrivals(
                "came again",
                ClientReport.count(duplicates.size(), "message"),
                duplicates.stream().map(each -> each.arrival(List.of(), false)).toList());
    return report.withState(text).text();
  }

  /** The text if messages did not come although later ones did. */
  String lost(List<SequenceIds.Range> missing, long highest) {
    String lost =
        "sequenceId "
            + missing.stream().map(SequenceIds.Range::toString).collect(Collectors.joining(", "));
    FailureText text =
        FailureText.of(
                report.name(),
                Headline.of("expected no message to have been lost but missing is ").value(lost))
            .fact("missing", lost)
            .fact("highest", "sequenceId " + Long.toUnsignedString(highest));
    return report.everything(text).text();
  }
}
