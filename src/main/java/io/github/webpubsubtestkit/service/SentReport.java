package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Similarity;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of failed assertions on what a fake sent to event handlers. */
final class SentReport {

  private static final double NEAR = 0.6;

  private final String name;
  private final @Nullable String hub;
  private final SentLog.Snapshot log;

  /**
   * A report about an event.
   *
   * @param name its name
   * @param hub its hub; null for any
   */
  SentReport(String name, @Nullable String hub, SentLog.Snapshot log) {
    this.name = name;
    this.hub = hub;
    this.log = log;
  }

  /**
   * Why an event may not have been sent.
   *
   * @param unanswered what is under way to handlers, and has the name of the event
   * @param hints who would have to take it and does not
   */
  record WhyNot(List<String> unanswered, List<String> hints) {

    static final WhyNot NOTHING = new WhyNot(List.of(), List.of());

    /**
     * The reasons that are known.
     *
     * @param without the hub that has no handler; null if it has one
     * @param recorded whether events are only recorded
     * @param troubles what failed, and what is not answered yet, a line each
     */
    static WhyNot of(
        String event, @Nullable String without, boolean recorded, List<String> troubles) {
      Pattern itself =
          Pattern.compile(
              "event handler: no answer yet to (event )?" + Pattern.quote(event) + " of .*");
      List<String> hints = new ArrayList<>();
      if (without != null) {
        hints.add(
            "hub "
                + RequestText.quote(without)
                + " has no event handler; see service.eventHandler(..)"
                + (recorded
                    ? ". Events that are recorded are not sent: ask receivesEvent(..)"
                    : ""));
      }
      return new WhyNot(
          troubles.stream().filter(each -> itself.matcher(each).matches()).toList(), hints);
    }
  }

  static boolean matches(SentEvent event, String name, @Nullable String hub) {
    return event.event().name().equals(name) && (hub == null || hub.equals(event.delivery().hub()));
  }

  /**
   * The text about an event that was not sent, with the nearest.
   *
   * @param time how long the test waited for an event that it has not read; null if it only looked
   */
  FailureText missing(@Nullable Timeout time, WhyNot why) {
    List<SentEvent> counted =
        log.events().stream().filter(each -> time == null || !log.taken().contains(each)).toList();
    SentEvent nearest = nearest(counted);
    Headline headline = Headline.of("expected event ").quoted(name).words(where() + inTime(time));
    if (!why.unanswered().isEmpty()) {
      headline.words(" but it is not answered yet");
    } else if (nearest != null) {
      headline.words("; nearest: ");
      headline.value(
          nearest.event().name().equals(name)
              ? "one in hub " + nearest.delivery().hub()
              : nearest.event().name());
    } else {
      headline.words(counted.isEmpty() ? " but none was" : " but only others were");
    }
    List<Arrival> arrivals = new ArrayList<>();
    for (SentEvent each : log.events()) {
      boolean taken = !counted.contains(each);
      arrivals.add(arrival(each, taken ? "already read" : each == nearest ? "nearest" : ""));
    }
    return text(headline, why, arrivals);
  }

  /** The text about an event that should not have been sent. */
  FailureText unwanted() {
    long there = log.events().stream().filter(each -> matches(each, name, hub)).count();
    Headline headline =
        Headline.of("expected no event ")
            .quoted(name)
            .words(
                where()
                    + (there == 0
                        ? " to be sent, but cannot tell as older ones were dropped"
                        : String.format(Locale.ROOT, " to be sent but %,d %s", there, was(there))));
    return text(
        headline,
        WhyNot.NOTHING,
        log.events().stream()
            .map(each -> arrival(each, matches(each, name, hub) ? "this one" : ""))
            .toList());
  }

  private static String inTime(@Nullable Timeout time) {
    if (time == null) {
      return " to have been sent";
    }
    return time.isZero() ? " to be sent already" : " to be sent within " + time;
  }

  private static String was(long count) {
    return count == 1 ? "was" : "were";
  }

  private String where() {
    return hub == null ? "" : " in hub " + hub;
  }

  private FailureText text(Headline headline, WhyNot why, List<Arrival> arrivals) {
    FailureText text = FailureText.of("service", headline);
    if (text.isShortened()) {
      text.fact("event", FailureText.quotedContent(name));
    }
    why.unanswered().forEach(text::state);
    why.hints().forEach(text::state);
    String summary =
        (arrivals.isEmpty() ? "no event" : FailureText.count(arrivals.size(), "event"))
            + (log.dropped() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d older dropped", log.dropped()));
    return text.arrivals("sent", summary, arrivals);
  }

  private static Arrival arrival(SentEvent event, String note) {
    List<String> notes = note.isEmpty() ? List.of() : List.of(note);
    return new Arrival(
        event.delivery().at(), event.columns(), event.content(), notes, !notes.isEmpty());
  }

  /** The event with the name that is nearest, if it is near. */
  private @Nullable SentEvent nearest(List<SentEvent> events) {
    SentEvent nearest = null;
    double best = NEAR;
    for (SentEvent each : events) {
      double near = Similarity.of(name, each.event().name());
      if (near > best) {
        best = near;
        nearest = each;
      }
    }
    return nearest;
  }
}
