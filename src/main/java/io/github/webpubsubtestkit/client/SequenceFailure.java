package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The text if messages were not the wanted ones in this order. */
final class SequenceFailure {

  /** The number of messages shown before and behind the first that differs. */
  private static final int AROUND = 3;

  private final ClientReport report;
  private final List<MessageCondition> wanted;
  private final List<ReceivedMessage> messages;
  private final int from;
  private final int wrong;

  /**
   * Compares the messages of a client.
   *
   * @param from the index of the message that must be the first text
   */
  SequenceFailure(ClientConnection connection, List<MessageCondition> wanted, int from) {
    this.report = new ClientReport(connection);
    this.wanted = wanted;
    this.messages = connection.inbox().messages();
    this.from = Math.min(from, messages.size());
    int same = 0;
    while (same < wanted.size() && same < came() && matches(same, same)) {
      same++;
    }
    this.wrong = same;
  }

  private String noun() {
    return onlyTexts() ? "text" : "message";
  }

  private boolean onlyTexts() {
    return wanted.stream().allMatch(MessageCondition::isText);
  }

  /** The first that differs; a text without the word, where all are texts. */
  private Headline firstWanted() {
    MessageCondition first = wanted.get(wrong);
    return onlyTexts()
        ? firstContent().map(text -> Headline.of("").quoted(text.shown())).orElseThrow()
        : first.what(report.display());
  }

  private Optional<GivenContent> firstContent() {
    return wanted.get(wrong).content(report.display());
  }

  private int came() {
    return messages.size() - from;
  }

  private static String number(int index) {
    return String.format(Locale.ROOT, "no. %,d", index + 1);
  }

  private boolean missing() {
    return wrong == came() && wrong < wanted.size();
  }

  private boolean matches(int index, int message) {
    return wanted.get(index).matches(messages.get(from + message));
  }

  /** The text for texts that were to come next, within a time. */
  ClientFailure next(Timeout atMost, boolean ended) {
    return failure(
        "expected exactly "
            + FailureText.count(wanted.size(), noun())
            + " next"
            + MessageFailures.time(atMost),
        ended,
        false);
  }

  /** The text for texts that were to be all. */
  ClientFailure all() {
    return failure(
        "expected exactly "
            + (wanted.isEmpty() ? "no message" : FailureText.count(wanted.size(), noun()))
            + " to have been received",
        false,
        true);
  }

  private ClientFailure failure(String expected, boolean ended, boolean complete) {
    Headline headline = Headline.of(expected + (ended ? ", but the connection ended: " : " but "));
    boolean missing = missing();
    boolean surplus = wrong == wanted.size();
    String number = number(wrong);
    if (missing) {
      headline.words(number + ", ").add(firstWanted()).words(", did not come");
    } else if (surplus && wrong == came()) { // it came while this text was written
      headline.words("the last of them came only after that");
    } else if (surplus) {
      int more = came() - wrong;
      headline.words(
          String.format(Locale.ROOT, "%,d more came%s ", more, more == 1 ? ":" : ", the first is"));
      headline.add(messages.get(from + wrong).headline());
    } else {
      headline.words(number + " was ").add(messages.get(from + wrong).headline());
      headline.words(" instead of ").add(firstWanted());
    }
    FailureText text = FailureText.of(report.name(), headline);
    String actual = null;
    String comparable = null;
    if (!surplus) {
      if (text.isShortened()) {
        text.fact("expected", number + " " + wanted.get(wrong).shown(report.display()));
      }
      if (!missing) {
        comparable = firstContent().map(GivenContent::comparable).orElse("");
        actual = messages.get(from + wrong).comparable();
        text.fact("but was", insteadOf(text.isShortened()));
        if (messages.get(from + wrong).isLong()) {
          miss().ifPresent(miss -> text.fact("differs", miss.differences()));
        }
      }
    }
    if (missing) {
      report.withOperations(text, wanted.get(wrong), false);
    }
    text.fewArrivals(
        "received", MessageFailures.summary(messages.size(), from), arrivals(complete));
    String whole = report.withState(text).text();
    return new ClientFailure(whole, actual, comparable);
  }

  /** How it differs from what was expected there. */
  private Optional<Miss> miss() {
    return wanted.get(wrong).miss(messages.get(from + wrong));
  }

  /** What came there, if that says more than the headline. */
  private List<String> insteadOf(boolean shortened) {
    List<String> said = new ArrayList<>();
    ReceivedMessage message = messages.get(from + wrong);
    for (int i = 0; i < wanted.size(); i++) {
      if (i != wrong && matches(i, wrong)) {
        said.add(
            String.format(
                Locale.ROOT,
                i < wrong
                    ? "%s again, which came as %s already: it came twice"
                    : "%s, which is the expected %s: " + whyEarly(),
                message.describeContent(),
                number(i)));
        return said;
      }
    }
    if (message.isLong()) {
      return shortened ? List.of(message.describeContent()) : List.of();
    }
    miss()
        .filter(miss -> shortened || !miss.onlyStatesValues())
        .ifPresent(miss -> said.add(message.describeContent() + ": " + miss.difference()));
    return said;
  }

  /** Why what was expected later came before what was expected first. */
  private String whyEarly() {
    for (int later = wrong + 1; later < came(); later++) {
      if (matches(wrong, later)) {
        return "the order differs";
      }
    }
    return number(wrong) + " has not come";
  }

  private List<Arrival> arrivals(boolean complete) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      int number = i - from;
      List<String> notes = new ArrayList<>();
      if (number < 0) {
        notes.add(
            missing() && matches(wrong, number)
                ? MessageFailures.READ_MATCH
                : MessageFailures.READ);
      } else if (number < wrong) {
        notes.add(number(number) + " as expected");
      } else if (number < wanted.size()) {
        notes.add(number(number) + (number == wrong ? " differs" : ""));
      } else if (complete) {
        notes.add("not expected");
      }
      boolean near = Math.abs(number - wrong) <= AROUND;
      arrivals.add(messages.get(i).arrival(notes, near));
    }
    return arrivals;
  }
}
