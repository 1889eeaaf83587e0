package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Miss;
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

  private boolean matches(int text, int message) {
    return MessageCondition.text(texts.get(text)).matches(messages.get(from + message));
  }

  /** The text for texts that were to come next, within a time. */
  ClientFailure next(Timeout atMost, boolean ended) {
    return failure(
        "expected exactly "
            + ClientReport.count(texts.size(), "text")
            + " next"
            + MessageFailures.time(atMost),
        ended,
        false);
  }

  /** The text for texts that were to be all. */
  ClientFailure all() {
    return failure(
        "expected exactly "
            + (texts.isEmpty() ? "no message" : ClientReport.count(texts.size(), "text"))
            + " to have been received",
        false,
        true);
  }

  private ClientFailure failure(String expected, boolean ended, boolean complete) {
    Headline headline = Headline.of(expected + (ended ? ", but the connection ended: " : " but "));
    boolean missing = wrong == came();
    boolean surplus = wrong == texts.size();
    String number = String.format(Locale.ROOT, "%,d.", wrong + 1);
    if (missing) {
      headline.words(number + " ").quoted(texts.get(wrong)).words(" did not come");
    } else if (surplus) {
      headline.words(number + " came, too: ").add(messages.get(from + wrong).headline());
    } else {
      headline.words(number + " was ").add(messages.get(from + wrong).headline());
      headline.words(" instead of ").quoted(texts.get(wrong));
    }
    FailureText text = FailureText.of(report.name(), headline);
    String actual = null;
    String wanted = null;
    if (!surplus) {
      text.fact("expected", number + " " + FailureText.quotedContent(texts.get(wrong)));
      if (!missing) {
        wanted = texts.get(wrong);
        actual = messages.get(from + wrong).comparable();
        text.fact("but was", differences());
      }
    }
    if (missing) {
      report.withOperations(text, MessageCondition.text(texts.get(wrong)), false);
    }
    text.arrivals("received", MessageFailures.summary(messages.size(), from), arrivals(complete));
    String whole = report.withState(text).text();
    return new ClientFailure(whole, actual, wanted);
  }

  private List<String> differences() {
    List<String> said = new ArrayList<>();
    ReceivedMessage message = messages.get(from + wrong);
    for (int i = 0; i < texts.size(); i++) {
      if (i != wrong && matches(i, wrong)) {
        said.add(
            String.format(
                Locale.ROOT,
                i < wrong
                    ? "%s again, which came as %,d. already: it came twice"
                    : "%s, which is the expected %,d.: the order differs",
                message.describeContent(),
                i + 1));
        return said;
      }
    }
    said.add(
        MessageCondition.text(texts.get(wrong))
            .miss(message)
            .map(Miss::difference)
            .map(miss -> message.describeContent() + ": " + miss)
            .orElse(message.describeContent()));
    return said;
  }

  private List<Arrival> arrivals(boolean complete) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      int number = i - from;
      List<String> notes = new ArrayList<>();
      if (number < 0) {
        notes.add("already read");
      } else if (number < wrong) {
        notes.add((number + 1) + ". as expected");
      } else if (number < texts.size()) {
        notes.add((number + 1) + "." + (number == wrong ? " differs" : ""));
      } else if (complete) {
        notes.add("not expected");
      }
      boolean near = Math.abs(number - wrong) <= AROUND;
      arrivals.add(messages.get(i).arrival(notes, near));
    }
    return arrivals;
  }
}
