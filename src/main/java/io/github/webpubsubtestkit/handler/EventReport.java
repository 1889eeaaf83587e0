package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The texts of failed assertions on the events of a stub. */
final class EventReport {

  private EventReport() {}

  static String quoted(String name) {
    return FailureText.quote(name);
  }

  /** The names in order, with the next expected one marked. */
  static String sequence(String[] names, int next) {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      shown.add(i == next ? quoted(names[i]) + " (missing)" : quoted(names[i]));
    }
    return shown.isEmpty() ? "none" : String.join(", ", shown);
  }

  /** The text about a missing event; events before the cursor are marked. */
  static String missing(
      EventHandlerStub stub, String headline, String wanted, Predicate<HandlerEvent> close) {
    return missing(stub, headline, wanted, close, event -> Optional.empty());
  }

  /** The same, with a note about each near event instead of a mark at the closest. */
  static String missing(
      EventHandlerStub stub,
      String headline,
      String wanted,
      Predicate<HandlerEvent> close,
      Function<HandlerEvent, Optional<String>> note) {
    StubLog.Snapshot log = stub.log().snapshot();
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < log.events().size(); i++) {
      HandlerEvent event = log.events().get(i);
      boolean read = i < log.read();
      List<String> notes = new ArrayList<>();
      if (close.test(event)) {
        notes.add(
            read ? "came before the cursor, read already" : note.apply(event).orElse("closest"));
      }
      arrivals.add(event.arrival(notes));
    }
    return finish(
        FailureText.of(stub.toString(), headline).fact("expected", wanted), log, arrivals);
  }

  /** The text about all recorded events, read or unread. */
  static String history(
      EventHandlerStub stub, String headline, String wanted, Predicate<HandlerEvent> marked) {
    StubLog.Snapshot log = stub.log().snapshot();
    return finish(
        FailureText.of(stub.toString(), headline).fact("expected", wanted),
        log,
        arrivals(log.events(), marked));
  }

  static String unwanted(EventHandlerStub stub, String what, Predicate<HandlerEvent> unwanted) {
    StubLog.Snapshot log = stub.log().snapshot();
    return finish(
        FailureText.of(stub.toString(), "expected " + what), log, arrivals(log.unread(), unwanted));
  }

  static String stillBusy(EventHandlerStub stub, String what, Timeout after, String busy) {
    return FailureText.of(stub.toString(), "expected " + what + ", but cannot tell after " + after)
        .fact("still busy", busy)
        .text();
  }

  private static List<Arrival> arrivals(List<HandlerEvent> events, Predicate<HandlerEvent> marked) {
    return events.stream()
        .map(event -> event.arrival(marked.test(event) ? List.of("this one") : List.of()))
        .toList();
  }

  private static String finish(FailureText text, StubLog.Snapshot log, List<Arrival> arrivals) {
    int count = arrivals.size();
    String summary =
        (count == 0 ? "no event" : String.format(Locale.ROOT, "%,d event%s", count, s(count)))
            + (log.dropped() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d older dropped", log.dropped()));
    text.arrivals("received", summary, arrivals);
    log.failures().forEach(failure -> text.state("thrown: " + failure));
    return text.text();
  }

  private static String s(int count) {
    return count == 1 ? "" : "s";
  }
}
