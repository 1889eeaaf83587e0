package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text if messages were not the given texts in this order. */
final class SequenceFailure {

  /** The number of messages shown before and behind the first that differs. */
  private static final int AROUND = 3;

  private final ClientReport report;
  private final List<String> texts;
  private final List<ReceivedMessage> messages;
  private final int from;
  private final int wrong;

  /**
   * Compares the messages of a client.
   *
   * @param from the index of the message that must be the first text
   */
  SequenceFailure(ClientConnection connection, List<String> texts, int from) {
    this.report = new ClientReport(connection);
    this.texts = texts;
    this.messages = connection.inbox().messages();
    this.from = Math.min(from, messages.size());
    int same = 0;
    while (same < texts.size() && same < came() && matches(same, same)) {
      same++;
    }
    this.wrong = same;
  }

  private int came() {
    return messages.size() - from;
  }

  private static String number(int index) {
    return String.format(Locale.ROOT, "no. %,d", index + 1);
  }

  private boolean missing() {
    return wrong == came() && wrong < texts.size();
  }

  private boolean matches(int text, int message) {
    return MessageCondition.text(texts.get(text)).matches(messages.get(from + message));
  }

  /** The text for texts that were to come next, within a time. */
  ClientFailure next(Timeout atMost, boolean ended) {
    return failure(
        "expected exactly "
            + FailureText.count(texts.size(), "text")
            + " next"
            + MessageFailures.time(atMost),
        ended,
        false);
  }

  /** The text for texts that were to be all. */
  ClientFailure all() {
    return failure(
        "expected exactly "
            + (texts.isEmpty() ? "no message" : FailureText.count(texts.size(), "text"))
            + " to have been received",
        false,
        true);
  }

  private ClientFailure failure(String expected, boolean ended, boolean complete) {
    Headline headline = Headline.of(expected + (ended ? ", but the connection ended: " : " but "));
    boolean missing = missing();
    boolean surplus = wrong == texts.size();
    String number = number(wrong);
    if (missing) {
      headline.words(number + ", ").quoted(texts.get(wrong)).words(", did not come");
    } else if (surplus && wrong == came()) { // it came while this text was written
      headline.words("the last of them came only after that");
    } else if (surplus) {
      int more = came() - wrong;
      headline.words(
          String.format(Locale.ROOT, "%,d more came%s ", more, more == 1 ? ":" : ", the first is"));
      headline.add(messages.get(from + wrong).headline());
    } else {
      headline.words(number + " was ").add(messages.get(from + wrong).headline());
      headline.words(" instead of ").quoted(texts.get(wrong));
    }
    FailureText text = FailureText.of(report.name(), headline);
    String actual = null;
    String wanted = null;
    if (!surplus) {
      if (text.isShortened()) {
        text.fact("expected", number + " " + FailureText.quotedContent(texts.get(wrong)));
      }
      if (!missing) {
        wanted = texts.get(wrong);
        actual = messages.get(from + wrong).comparable();
        text.fact("but was", differences(text.isShortened()));
      }
    }
    if (missing) {
      report.withOperations(text, MessageCondition.text(texts.get(wrong)), false);
    }
    text.fewArrivals(
        "received", MessageFailures.summary(messages.size(), from), arrivals(complete));
    String whole = report.withState(text).text();
    return new ClientFailure(whole, actual, wanted);
  }

  private List<String> differences(boolean shortened) {
    List<String> said = new ArrayList<>();
    ReceivedMessage message = messages.get(from + wrong);
    for (int i = 0; i < texts.size(); i++) {
      if (i != wrong && matches(i, wrong)) {
        said.add(
            String.format(
                Locale.ROOT,
                i < wrong
                    ? "%s again, which came as %s already: it came twice"
                    : "%s, which is the expected %s: the order differs",
                message.describeContent(),
                number(i)));
        return said;
      }
    }
    MessageCondition.text(texts.get(wrong))
        .miss(message)
        .filter(miss -> shortened || !miss.onlyStatesValues())
        .ifPresent(miss -> said.add(message.describeContent() + ": " + miss.difference()));
    return said;
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
      } else if (number < texts.size()) {
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
