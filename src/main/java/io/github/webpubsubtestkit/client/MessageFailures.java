package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.expect.FailureText.count;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.secrets.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The texts of failed assertions about the messages of a client. */
final class MessageFailures {

  static final String READ = "already read";
  static final String READ_MATCH =
      "this matches, but an earlier assertion has read it or a later one";

  private static final double NEAR = 0.5;
  private static final int MAX_MISSING = 10;

  private final Inbox inbox;
  private final ClientReport report;
  private final Display display;

  MessageFailures(ClientConnection connection) {
    this.inbox = connection.inbox();
    this.report = new ClientReport(connection);
    this.display = report.display();
  }

  /** The time in the text of a failed {@code receives…}. */
  static String time(Timeout atMost) {
    return atMost.isZero() ? " to be there already" : " within " + atMost;
  }

  /** The nearest of the messages that were not what was wanted. */
  private record Nearest(int index, ReceivedMessage message, Miss miss) {

    boolean isNear() {
      return miss.closeness() >= NEAR;
    }
  }

  /** The failure if no unread message matches. */
  ClientFailure notReceived(MessageCondition wanted, Timeout atMost, boolean ended) {
    return missing(wanted, time(atMost), inbox.cursor(), ended);
  }

  /** The failure if the expected message is not in the history. */
  ClientFailure notInHistory(MessageCondition wanted) {
    return missing(wanted, " to have been received", 0, false);
  }

  private ClientFailure missing(MessageCondition wanted, String when, int read, boolean ended) {
    List<ReceivedMessage> messages = inbox.messages();
    int cursor = Math.min(read, messages.size());
    Optional<ReceivedMessage> late = late(wanted, messages, cursor);
    Optional<Nearest> nearest =
        late.isPresent() ? Optional.empty() : nearest(wanted, messages, cursor);
    Headline headline =
        Headline.of("expected ")
            .add(wanted.what(display))
            .words(when + " but ")
            .add(
                late.isPresent()
                    ? Headline.of("it came only after that")
                    : came(wanted, messages.size(), cursor, nearest, ended));
    FailureText text = start(headline, wanted, nearest);
    report.withOperations(text, wanted, nearest.filter(Nearest::isNear).isPresent());
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      ReceivedMessage message = messages.get(i);
      boolean wasWanted = i < cursor && !wanted.explainsEach() && wanted.matches(message);
      List<String> notes;
      if (i < cursor) {
        notes = List.of(wasWanted ? READ_MATCH : READ);
      } else if (late.filter(found -> found == message).isPresent()) {
        notes = List.of("this matches, but came too late");
      } else {
        notes = notes(wanted, message, i, nearest);
      }
      arrivals.add(message.arrival(notes, wasWanted || isNearest(i, nearest)));
    }
    return finish(text, messages.size(), cursor, arrivals, wanted, nearest);
  }

  /** An unread message that is the wanted one: it came while this failure was written. */
  private static Optional<ReceivedMessage> late(
      MessageCondition wanted, List<ReceivedMessage> messages, int cursor) {
    return wanted.explainsEach()
        ? Optional.empty()
        : messages.subList(cursor, messages.size()).stream().filter(wanted::matches).findFirst();
  }

  /** What came instead, as the end of the headline. */
  private static Headline came(
      MessageCondition wanted, int all, int cursor, Optional<Nearest> nearest, boolean ended) {
    int unread = all - cursor;
    if (unread == 0) {
      String read =
          cursor == 0 ? "" : String.format(Locale.ROOT, " new (%,d already read)", cursor);
      return Headline.of(
          ended ? "the connection ended and nothing" + read + " came" : "received nothing" + read);
    }
    String end = ended ? "the connection ended; " : "";
    if (nearest.isEmpty()) {
      return Headline.of(end + "none of " + count(unread, "unread message") + " is one");
    }
    Headline headline = Headline.of(end);
    String nearestOf = "the nearest of " + count(unread, "message");
    if (nearest.get().message().isLong()) { // the beginnings of two long contents tell little
      headline.words((unread == 1 ? "received one that" : nearestOf) + " differs: ");
      return headline.telling(nearest.get().miss().differences().get(0));
    }
    headline.words(unread == 1 ? (ended ? "received only " : "received ") : nearestOf + " is ");
    return headline.add(wanted.came(nearest.get().message()));
  }

  private FailureText start(Headline headline, MessageCondition wanted, Optional<Nearest> nearest) {
    FailureText text = FailureText.of(report.name(), headline);
    if (text.isShortened()) {
      wanted.content(display).ifPresent(content -> text.fact("expected", content.brief()));
    }
    if (!wanted.explainsEach()) {
      nearest
          .map(Nearest::miss)
          .filter(miss -> text.isShortened() || !miss.onlyStatesValues())
          .ifPresent(miss -> text.fact("nearest", miss.differences()));
    }
    return text;
  }

  private ClientFailure finish(
      FailureText text,
      int all,
      int cursor,
      List<Arrival> arrivals,
      MessageCondition wanted,
      Optional<Nearest> nearest) {
    if (all > 0) {
      text.arrivals("received", summary(all, cursor), arrivals);
    }
    String whole = report.withState(text).text();
    Optional<GivenContent> content = wanted.content(display);
    if (nearest.isEmpty() || content.isEmpty()) {
      return ClientFailure.of(whole);
    }
    return new ClientFailure(
        whole, nearest.get().message().comparable(), content.get().comparable());
  }

  private static List<String> notes(
      MessageCondition wanted, ReceivedMessage message, int index, Optional<Nearest> nearest) {
    if (wanted.explainsEach()) {
      return wanted.miss(message).map(miss -> "not met: " + miss.difference()).stream().toList();
    }
    return isNearest(index, nearest) ? List.of("nearest") : List.of();
  }

  private static boolean isNearest(int index, Optional<Nearest> nearest) {
    return nearest.isPresent() && nearest.get().index() == index;
  }

  /** The failure if some of the wanted messages did not come, in whatever order. */
  ClientFailure notInAnyOrder(List<MessageCondition> wanted, Timeout atMost, boolean ended) {
    List<ReceivedMessage> messages = inbox.messages();
    int cursor = Math.min(inbox.cursor(), messages.size());
    Pairing pairing = Pairing.of(wanted, messages.subList(cursor, messages.size()));
    List<MessageCondition> missing = pairing.missing();
    MessageCondition first = missing.isEmpty() ? MessageCondition.anyMessage() : missing.get(0);
    Optional<Nearest> nearest =
        missing.isEmpty()
            ? Optional.empty()
            : nearest(first, messages, cursor, index -> !pairing.isPaired(index - cursor));
    Headline headline =
        Headline.of(
            "expected "
                + count(wanted.size(), "message")
                + " in any order"
                + time(atMost)
                + (ended ? ", but the connection ended: " : " but "));
    if (missing.isEmpty()) {
      headline.words("the last of them came only after that");
    } else if (missing.size() == 1) {
      headline.add(first.what(display)).words(" did not come");
    } else {
      headline
          .words(count(missing.size(), "message") + " did not come, first ")
          .add(first.what(display));
    }
    FailureText text = FailureText.of(report.name(), headline);
    if (text.isShortened() || missing.size() > 1) {
      text.fact(
          "missing", missing.stream().limit(MAX_MISSING).map(each -> each.shown(display)).toList());
    }
    nearest.ifPresent(found -> text.fact("nearest", found.miss().differences()));
    if (!missing.isEmpty()) {
      report.withOperations(text, first, nearest.filter(Nearest::isNear).isPresent());
    }
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      List<String> notes =
          i < cursor
              ? List.of(READ)
              : pairing.isPaired(i - cursor)
                  ? List.of("as expected")
                  : isNearest(i, nearest) ? List.of("nearest") : List.of();
      arrivals.add(messages.get(i).arrival(notes, isNearest(i, nearest)));
    }
    return finish(text, messages.size(), cursor, arrivals, first, nearest);
  }

  /** The failure if fewer messages came than expected. */
  ClientFailure tooFew(int number, Timeout atMost, boolean ended) {
    List<ReceivedMessage> messages = inbox.messages();
    int cursor = Math.min(inbox.cursor(), messages.size());
    int unread = messages.size() - cursor;
    Headline headline =
        Headline.of(
            "expected "
                + count(number, "message")
                + time(atMost)
                + (ended ? " but the connection ended and it received " : " but received "));
    if (unread >= number) {
      headline.words("the last of them only after that");
    } else {
      headline.words(unread == 0 ? "nothing" : String.format(Locale.ROOT, "only %,d", unread));
    }
    FailureText text = FailureText.of(report.name(), headline);
    report.withOperations(text, MessageCondition.anyMessage(), false);
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      arrivals.add(messages.get(i).arrival(i < cursor ? List.of(READ) : List.of(), false));
    }
    return finish(
        text, messages.size(), cursor, arrivals, MessageCondition.anyMessage(), Optional.empty());
  }

  /** The text if there are unexpected messages; unread ones are marked. */
  String unexpected(String expected, List<String> remarks) {
    return unexpected(expected, remarks, inbox.cursor());
  }

  /** The text if there are messages, read or unread. */
  String unexpectedSoFar(String expected) {
    return unexpected(expected, List.of(), 0);
  }

  private String unexpected(String expected, List<String> remarks, int from) {
    List<ReceivedMessage> messages = inbox.messages();
    int cursor = Math.min(from, messages.size());
    int unread = messages.size() - cursor;
    Headline headline = Headline.of(expected + " but received ");
    if (unread > 1) {
      headline.words(count(unread, "message") + ", first ");
    }
    headline.add(messages.get(cursor).headline());
    FailureText text = FailureText.of(report.name(), headline);
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      arrivals.add(messages.get(i).arrival(i < cursor ? List.of(READ) : List.of(), false));
    }
    text.arrivals("received", summary(messages.size(), cursor), arrivals);
    remarks.forEach(text::state);
    return report.withState(text).text();
  }

  /** The text if the history contains unexpected messages; matching ones are marked. */
  String inHistory(MessageCondition unwanted) {
    List<ReceivedMessage> messages = inbox.messages();
    Headline headline =
        Headline.of("expected no ")
            .add(unwanted.what(display))
            .words(
                " to have been received but received it "
                    + times(messages.stream().filter(unwanted::matches).count()));
    FailureText text = FailureText.of(report.name(), headline);
    List<Arrival> arrivals = new ArrayList<>();
    for (ReceivedMessage message : messages) {
      boolean matches = unwanted.matches(message);
      arrivals.add(message.arrival(matches ? List.of("this one") : List.of(), matches));
    }
    text.arrivals("received", summary(messages.size(), 0), arrivals);
    return report.withState(text).text();
  }

  private static String times(long number) {
    return number == 1 ? "once" : String.format(Locale.ROOT, "%,d times", number);
  }

  private static Optional<Nearest> nearest(
      MessageCondition wanted, List<ReceivedMessage> messages, int from) {
    return nearest(wanted, messages, from, index -> true);
  }

  private static Optional<Nearest> nearest(
      MessageCondition wanted, List<ReceivedMessage> messages, int from, IntPredicate among) {
    Nearest nearest = null;
    for (int i = from; i < messages.size(); i++) {
      Optional<Miss> miss = among.test(i) ? wanted.miss(messages.get(i)) : Optional.empty();
      if (miss.isPresent()
          && (nearest == null || miss.get().closeness() > nearest.miss().closeness())) {
        nearest = new Nearest(i, messages.get(i), miss.get());
      }
    }
    return Optional.ofNullable(nearest);
  }

  static String summary(int all, int read) {
    if (all == 0) {
      return "nothing";
    }
    String unread = read == all ? "nothing new" : count(all - read, "message");
    return read == 0
        ? unread
        : unread + String.format(Locale.ROOT, ", besides %,d already read", read);
  }
}
