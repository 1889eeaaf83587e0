package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report of the recorded requests for a failed assertion, with the nearest miss. */
final class RequestReport {

  private static final long NONE = -1;
  private static final String CANNOT_TELL = ", but cannot tell as older ones were dropped";

  private final RequestPattern pattern;
  private final RequestLog.Snapshot log;

  RequestReport(RequestPattern pattern, RequestLog.Snapshot log) {
    this.pattern = pattern;
    this.log = log;
  }

  /** The report of a request missing at or behind the cursor. */
  FailureText missingFromCursor(String headline) {
    List<RequestLog.Entry> shown =
        log.entries().stream()
            .filter(entry -> isUnread(entry) || pattern.matches(entry.operation()))
            .toList();
    return text(headline, "expected", shown, unread());
  }

  /** The report of a request missing anywhere. */
  String missing() {
    return text("expected to have received a request", "expected", log.entries(), log.entries())
        .text();
  }

  /** The report of a wrong number of requests. */
  String wrongNumber(int wanted, long found) {
    String times = "expected to have received " + StateReport.count(wanted, "such request");
    return text(
            times + (wanted == found ? CANNOT_TELL : " but it was " + found),
            "expected",
            log.entries(),
            log.entries())
        .text();
  }

  /** The report of an unexpected request at or behind the cursor. */
  String unwantedFromCursor() {
    return text("expected no such request", "unwanted", unread(), unread()).text();
  }

  /** The report of an unexpected request anywhere. */
  String unwanted() {
    boolean there = log.entries().stream().anyMatch(each -> pattern.matches(each.operation()));
    return text(
            "expected to have received no such request" + (there ? "" : CANNOT_TELL),
            "unwanted",
            log.entries(),
            log.entries())
        .text();
  }

  private boolean isUnread(RequestLog.Entry entry) {
    return entry.number() >= log.cursor();
  }

  private List<RequestLog.Entry> unread() {
    return log.entries().stream().filter(this::isUnread).toList();
  }

  private FailureText text(
      String headline, String label, List<RequestLog.Entry> shown, List<RequestLog.Entry> counted) {
    boolean wanted = label.equals("expected");
    long closest = wanted ? closest(shown) : NONE;
    return FailureText.of("service", headline)
        .fact(label, pattern.toString())
        .arrivals(
            "received",
            summary(counted),
            shown.stream().map(entry -> arrival(entry, closest)).toList());
  }

  private Arrival arrival(RequestLog.Entry entry, long closest) {
    RecordedOperation operation = entry.operation();
    List<String> notes = new ArrayList<>();
    if (pattern.matches(operation)) {
      notes.add(
          isUnread(entry)
              ? "this matches"
              : "this would match, but an earlier assertion has read it or past it");
    } else if (entry.number() == closest) {
      notes.add(
          "closest: "
              + pattern.misses(operation).stream()
                  .map(RequestMiss::text)
                  .collect(Collectors.joining(", ")));
    }
    return arrival(operation, notes);
  }

  /** One operation as a line. */
  static Arrival arrival(RecordedOperation operation, List<String> notes) {
    String content =
        Stream.of(RequestText.payload(operation.payload()), RequestText.parameters(operation))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("  "));
    return new Arrival(
        operation.at(),
        List.of(
            RequestText.call(operation),
            RequestText.caller(operation),
            "hub " + operation.hub(),
            operation.outcome()),
        content,
        notes,
        !notes.isEmpty());
  }

  /**
   * The number of the entry with the smallest difference, if it has anything in common with the
   * pattern.
   */
  private long closest(List<RequestLog.Entry> entries) {
    long closest = NONE;
    double lightest = Double.MAX_VALUE;
    for (RequestLog.Entry entry : entries) {
      List<RequestMiss> misses = pattern.misses(entry.operation());
      double weight = misses.stream().mapToDouble(RequestMiss::weight).sum();
      if (weight < lightest && pattern.hasInCommonWith(entry.operation())) {
        closest = entry.number();
        lightest = weight;
      }
    }
    return closest;
  }

  private String summary(List<RequestLog.Entry> counted) {
    long handshakes = counted.stream().filter(entry -> entry.operation().isHandshake()).count();
    long requests = counted.size() - handshakes;
    StringBuilder out =
        new StringBuilder(requests == 0 ? "no request" : StateReport.count(requests, "request"));
    if (handshakes > 0) {
      out.append(", ").append(StateReport.count(handshakes, "handshake"));
    }
    int read = log.entries().size() - counted.size();
    if (read > 0) {
      out.append(String.format(Locale.ROOT, ", besides %,d already read", read));
    }
    if (log.dropped() > 0) {
      out.append(
          String.format(
              Locale.ROOT, "; %,d older dropped, see maxRecordedRequests", log.dropped()));
    }
    return out.toString();
  }
}
