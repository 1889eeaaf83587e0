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
    boolean texts = wanted.stream().allMatch(MessageCondition::isText);
    return texts ? "text" : "message";
  }

  private int came() {
    return messages.size() - from;
  }

  private boolean matches(int index, int message) {
    return wanted.get(index).matches(messages.get(from + message));
  }

  /** The text for texts that were to come next, within a time. */
  ClientFailure next(Timeout atMost, boolean ended) {
    return failure(
        "expected exactly "
            + ClientReport.count(wanted.size(), noun())
            + " next"
            + MessageFailures.time(atMost),
        ended,
        false);
  }

  /** The text for texts that were to be all. */
  ClientFailure all() {
    return failure(
        "expected exactly "
            + (wanted.isEmpty() ? "no message" : ClientReport.count(wanted.size(), noun()))
            + " to have been received",
        false,
        true);
  }

  private ClientFailure failure(String expected, boolean ended, boolean complete) {
    Headline headline = Headline.of(expected + (ended ? ", but the connection ended: " : " but "));
    boolean missing = wrong == came();
    boolean surplus = wrong == wanted.size();
    String number = String.format(Locale.ROOT, "%,d.", wrong + 1);
    if (missing) {
      headline.words(number + " ").add(wanted.get(wrong).what()).words(" did not come");
    } else if (surplus) {
      headline.words(number + " came, too: ").add(messages.get(from + wrong).headline());
    } else {
      headline.words(number + " was ").add(messages.get(from + wrong).headline());
      headline.words(" instead of ").add(wanted.get(wrong).what());
    }
    FailureText text = FailureText.of(report.name(), headline);
    String actual = null;
    String comparable = null;
    if (!surplus) {
      text.fact("expected", number + " " + wanted.get(wrong).shown());
      if (!missing) {
        comparable = wanted.get(wrong).content().map(GivenContent::comparable).orElse("");
        actual = messages.get(from + wrong).comparable();
        text.fact("but was", differences());
      }
    }
    if (missing) {
      report.withOperations(text, wanted.get(wrong), false);
    }
    text.arrivals("received", MessageFailures.summary(messages.size(), from), arrivals(complete));
    String whole = report.withState(text).text();
    return new ClientFailure(whole, actual, comparable);
  }

  private List<String> differences() {
    List<String> said = new ArrayList<>();
    ReceivedMessage message = messages.get(from + wrong);
    for (int i = 0; i < wanted.size(); i++) {
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
        wanted.get(wrong)
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
      } else if (number < wanted.size()) {
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
