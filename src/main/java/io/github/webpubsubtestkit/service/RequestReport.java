package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
  FailureText missingFromCursor(String inTime) {
    List<RequestLog.Entry> shown =
        log.entries().stream()
            .filter(entry -> isUnread(entry) || pattern.matches(entry.operation()))
            .toList();
    return text(expected("").words(inTime), true, instead(shown, unread()), shown, unread());
  }

  /** The report of a request missing anywhere. */
  FailureText missing() {
    List<RequestLog.Entry> all = log.entries();
    return text(expected("").words(" to have been received"), true, instead(all, all), all, all);
  }

  /** The report of a wrong number of requests. */
  FailureText wrongNumber(int wanted, long found) {
    Headline headline =
        expected(FailureText.count(wanted, "request") + " ")
            .words(
                wanted == found
                    ? CANNOT_TELL
                    : found == 0
                        ? " but none came"
                        : String.format(Locale.ROOT, " but %,d came", found));
    return text(headline, true, "", log.entries(), log.entries());
  }

  /** The report of an unexpected request at or behind the cursor. */
  FailureText unwantedFromCursor() {
    return text(expected("no request ").words(" but one came"), false, "", unread(), unread());
  }

  /** The report of an unexpected request anywhere. */
  FailureText unwanted() {
    long there = log.entries().stream().filter(each -> pattern.matches(each.operation())).count();
    Headline headline =
        expected("no request ")
            .words(
                there == 0
                    ? CANNOT_TELL
                    : String.format(Locale.ROOT, " to have been received but %,d came", there));
    return text(headline, false, "", log.entries(), log.entries());
  }

  private Headline expected(String what) {
    return Headline.of("expected " + what).value(pattern.toString());
  }

  private boolean isUnread(RequestLog.Entry entry) {
    return entry.number() >= log.cursor();
  }

  private List<RequestLog.Entry> unread() {
    return log.entries().stream().filter(this::isUnread).toList();
  }

  private FailureText text(
      Headline headline,
      boolean wanted,
      String unlessNear,
      List<RequestLog.Entry> shown,
      List<RequestLog.Entry> counted) {
    RequestLog.Entry closest = wanted ? closest(shown) : null;
    List<String> misses =
        closest == null || pattern.matches(closest.operation())
            ? List.of()
            : pattern.misses(closest.operation()).stream().map(RequestMiss::text).toList();
    if (misses.isEmpty()) {
      headline.words(unlessNear);
    } else {
      headline.words("; nearest: ").telling(misses.get(0));
    }
    FailureText text = FailureText.of("service", headline);
    if (text.isShortened()) {
      text.fact(wanted ? "expected" : "unwanted", pattern.toString());
    }
    if (!misses.isEmpty()) {
      text.fact("nearest", misses);
    }
    long number = closest == null ? NONE : closest.number();
    return text.arrivals(
        "received", summary(counted), shown.stream().map(entry -> arrival(entry, number)).toList());
  }

  /** What came instead, as the end of the headline. */
  private String instead(List<RequestLog.Entry> shown, List<RequestLog.Entry> counted) {
    if (shown.stream().anyMatch(entry -> pattern.matches(entry.operation()))) {
      return " but no new one came";
    }
    long others =
        counted.stream()
            .filter(entry -> entry.operation().isHandshake() == pattern.isForHandshakes())
            .count();
    return others == 0
        ? " but none came"
        : String.format(Locale.ROOT, " but only %,d other%s came", others, others == 1 ? "" : "s");
  }

  private Arrival arrival(RequestLog.Entry entry, long closest) {
    RecordedOperation operation = entry.operation();
    List<String> notes = new ArrayList<>();
    if (pattern.matches(operation)) {
      notes.add(
          isUnread(entry)
              ? "this matches"
              : "this matches, but an earlier assertion has read it or a later one");
    } else if (entry.number() == closest) {
      notes.add("nearest");
    }
    return arrival(operation, notes, pattern.display());
  }

  /** One operation without a payload as a line. */
  static Arrival arrival(RecordedOperation operation, List<String> notes) {
    return arrival(operation, notes, Display.AS_THEY_ARE);
  }

  private static Arrival arrival(RecordedOperation operation, List<String> notes, Display display) {
    return new Clue(operation, 0, notes).arrival("", display).keptIf(!notes.isEmpty());
  }

  /** The entry with the smallest difference, if it has anything in common with the pattern. */
  private RequestLog.@Nullable Entry closest(List<RequestLog.Entry> entries) {
    RequestLog.Entry closest = null;
    double lightest = Double.MAX_VALUE;
    for (RequestLog.Entry entry : entries) {
      List<RequestMiss> misses = pattern.misses(entry.operation());
      double weight = misses.stream().mapToDouble(RequestMiss::weight).sum();
      if (weight < lightest && pattern.hasInCommonWith(entry.operation())) {
        closest = entry;
        lightest = weight;
      }
    }
    return closest;
  }

  private String summary(List<RequestLog.Entry> counted) {
    long handshakes = counted.stream().filter(entry -> entry.operation().isHandshake()).count();
    long requests = counted.size() - handshakes;
    StringBuilder out =
        new StringBuilder(requests == 0 ? "no request" : FailureText.count(requests, "request"));
    if (handshakes > 0) {
      out.append(", ").append(FailureText.count(handshakes, "handshake"));
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
