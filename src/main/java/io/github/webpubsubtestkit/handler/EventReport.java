package io.github.webpubsubtestkit.handler;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.expect.Similarity;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of failed assertions on the events of a stub. */
final class EventReport {

  private static final String READ = "already read";
  private static final String READ_MATCH =
      "this matches, but an earlier assertion has read it or a later one";
  private static final double NEAR = 0.6;

  private final EventHandlerStub stub;
  private final StubLog.Snapshot log;

  EventReport(EventHandlerStub stub) {
    this.stub = stub;
    this.log = stub.log().snapshot();
  }

  /** {@code event "order"} with what else is wanted of it. */
  static Headline event(String name, String condition) {
    return Headline.of("event ").quoted(name).words(condition);
  }

  static String list(String... names) {
    return Stream.of(names).map(FailureText::quote).collect(Collectors.joining(", "));
  }

  /** The text about an event that did not come, with the nearest of the others. */
  String missing(Headline expected, String inTime, String name) {
    return missing(expected, inTime, name, event -> Optional.empty());
  }

  /** The same, with a note about each event of that name. */
  String missing(
      Headline expected,
      String inTime,
      String name,
      Function<HandlerEvent, Optional<String>> note) {
    return missing(expected, inTime, name, note, log.read());
  }

  /** The text about an event that never came. */
  String neverCame(String name) {
    return missing(event(name, ""), " to have been received", name, event -> Optional.empty(), 0);
  }

  private String missing(
      Headline expected,
      String inTime,
      String name,
      Function<HandlerEvent, Optional<String>> note,
      int read) {
    Headline headline = Headline.of("expected ").add(expected).words(inTime + " but ");
    List<HandlerEvent> unread = log.events().subList(read, log.events().size());
    List<HandlerEvent> named = unread.stream().filter(each -> each.name().equals(name)).toList();
    Optional<HandlerEvent> nearest = nearest(unread, name);
    if (!named.isEmpty()) {
      headline.words(
          FailureText.count(named.size(), "event") + " of that name did not meet the condition");
    } else if (nearest.isPresent()) {
      headline.words("the nearest of " + FailureText.count(unread.size(), "event") + " is ");
      headline.quoted(nearest.get().name());
    } else {
      headline.words(
          unread.isEmpty()
              ? "received no event"
              : "received " + FailureText.count(unread.size(), "event") + ": ");
      headline.value(
          unread.stream().map(HandlerEvent::name).distinct().collect(Collectors.joining(", ")));
    }
    FailureText text = FailureText.of(stub.toString(), headline);
    if (text.isShortened()) {
      text.fact("expected", FailureText.quotedContent(name));
    }
    nearest
        .flatMap(each -> NameDifference.between(each.name(), name))
        .ifPresent(how -> text.fact("nearest", "its name " + how));
    text.list("at the service", atTheService(name));
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < log.events().size(); i++) {
      HandlerEvent event = log.events().get(i);
      List<String> notes = new ArrayList<>();
      if (i < read) {
        boolean matches = event.name().equals(name) && note.apply(event).isEmpty();
        notes.add(matches ? READ_MATCH : READ);
      } else if (event.name().equals(name)) {
        note.apply(event).ifPresent(notes::add);
      } else if (nearest.filter(found -> found == event).isPresent()) {
        notes.add("nearest");
      }
      arrivals.add(event.arrival(notes));
    }
    return finish(withImpediments(text), arrivals, read);
  }

  private FailureText withImpediments(FailureText text) {
    return text.unlessTold(stub.barrier().evidence().impediments(stub.hub()));
  }

  private List<Arrival> atTheService(String name) {
    List<String> taken =
        log.events().stream().map(each -> each.connectionId() + " " + each.name()).toList();
    return stub.barrier().evidence().events(stub.hub(), name, taken);
  }

  private static Optional<HandlerEvent> nearest(List<HandlerEvent> events, String name) {
    HandlerEvent nearest = null;
    double best = NEAR;
    for (HandlerEvent each : events) {
      double near = Similarity.of(name, each.name());
      if (near >= best && near < 1) {
        best = near;
        nearest = each;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The text about the next event, which is another than the expected one. */
  String sequence(String[] names, int next, String inTime, Optional<HandlerEvent> came) {
    Headline headline =
        Headline.of(
            String.format(
                Locale.ROOT,
                "expected exactly %s%s but no. %,d",
                FailureText.count(names.length, "event"),
                inTime,
                next + 1));
    if (came.isPresent()) {
      headline.words(" was ").quoted(came.get().name()).words(" instead of ").quoted(names[next]);
    } else {
      headline.words(", ").quoted(names[next]).words(", did not come");
    }
    FailureText text = FailureText.of(stub.toString(), headline).fact("expected", list(names));
    if (came.isEmpty()) {
      text.list("at the service", atTheService(names[next]));
      withImpediments(text);
    }
    return finish(
        text, arrivals(log.events(), event -> came.filter(found -> found == event).isPresent()));
  }

  /** The text about all recorded events, read or unread. */
  String history(Headline headline, Predicate<HandlerEvent> marked) {
    return finish(FailureText.of(stub.toString(), headline), arrivals(log.events(), marked));
  }

  String unwanted(String expected, Predicate<HandlerEvent> unwanted) {
    Headline headline = Headline.of("expected " + expected + " but received ");
    log.unread().stream()
        .filter(unwanted)
        .findFirst()
        .ifPresent(first -> headline.quoted(first.name()));
    return finish(FailureText.of(stub.toString(), headline), arrivals(log.unread(), unwanted));
  }

  static String stillBusy(EventHandlerStub stub, String what, Timeout after, String busy) {
    return FailureText.of(
            stub.toString(),
            "expected " + what + " but whether one comes could not be told within " + after)
        .fact("still busy", busy)
        .text();
  }

  private static List<Arrival> arrivals(List<HandlerEvent> events, Predicate<HandlerEvent> marked) {
    return events.stream()
        .map(event -> event.arrival(marked.test(event) ? List.of("this one") : List.of()))
        .toList();
  }

  private String finish(FailureText text, List<Arrival> arrivals) {
    return finish(text, arrivals, 0);
  }

  private String finish(FailureText text, List<Arrival> arrivals, int read) {
    int count = arrivals.size() - read;
    String summary =
        (count == 0 ? "nothing" + (read == 0 ? "" : " new") : FailureText.count(count, "event"))
            + (read == 0 ? "" : String.format(Locale.ROOT, ", besides %,d already read", read))
            + (log.dropped() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d older dropped", log.dropped()));
    text.arrivals("received", summary, arrivals);
    log.failures().forEach(failure -> text.state("thrown: " + failure));
    return text.times(stub.timeline().now()).text();
  }
}
