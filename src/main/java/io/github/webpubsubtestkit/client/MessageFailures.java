package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ClientReport.count;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The texts of failed assertions about the messages of a client. */
final class MessageFailures {

  private static final String ALREADY_READ = "already read";

  private final Inbox inbox;
  private final ClientReport report;

  MessageFailures(ClientConnection connection) {
    this.inbox = connection.inbox();
    this.report = new ClientReport(connection);
  }

  /** The time in the text of a failed {@code receives…}: how long it waited and why it stopped. */
  static String time(Timeout atMost, boolean ended) {
    if (atMost.isZero()) {
      return " to be there already";
    }
    String within = " within " + atMost;
    return ended ? within + ", but the connection has ended and nothing more can come" : within;
  }

  /** The text if no unread message matches. */
  String notReceived(MessageCondition wanted, Timeout atMost, boolean ended) {
    FailureText text =
        FailureText.of(report.name(), "expected " + wanted.what() + time(atMost, ended));
    wanted.addFact(text);
    List<ReceivedMessage> messages = inbox.messages();
    int cursor = Math.min(inbox.cursor(), messages.size());
    int closest = wanted.explainsEach() ? -1 : closest(wanted, messages, cursor);
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      ReceivedMessage message = messages.get(i);
      if (i < cursor) {
        boolean wasWanted = !wanted.explainsEach() && wanted.matches(message);
        arrivals.add(
            message.arrival(
                List.of(
                    wasWanted
                        ? "this would match, but an earlier assertion has read it or past it"
                        : ALREADY_READ),
                wasWanted));
      } else if (i == closest || wanted.explainsEach()) {
        String prefix = wanted.explainsEach() ? "not met: " : "closest: ";
        arrivals.add(
            message.arrival(
                wanted.miss(message).map(miss -> prefix + miss.difference()).stream().toList(),
                i == closest));
      } else {
        arrivals.add(message.arrival(List.of(), false));
      }
    }
    text.arrivals("received", summary(messages.size(), cursor), arrivals);
    return report.withState(text).text();
  }

  /** The text if the expected message is not in the history. */
  String notInHistory(MessageCondition wanted) {
    FailureText text =
        FailureText.of(report.name(), "expected " + wanted.what() + " to have been received");
    wanted.addFact(text);
    List<ReceivedMessage> messages = inbox.messages();
    int closest = closest(wanted, messages, 0);
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      ReceivedMessage message = messages.get(i);
      arrivals.add(
          i == closest
              ? message.arrival(
                  wanted.miss(message).map(miss -> "closest: " + miss.difference()).stream()
                      .toList(),
                  true)
              : message.arrival(List.of(), false));
    }
    text.arrivals("received", summary(messages.size(), 0), arrivals);
    return report.withState(text).text();
  }

  /** The text if there are unexpected messages; unread ones are marked. */
  String unexpected(String headline, List<String> remarks) {
    FailureText text = FailureText.of(report.name(), headline);
    List<ReceivedMessage> messages = inbox.messages();
    int cursor = Math.min(inbox.cursor(), messages.size());
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      arrivals.add(messages.get(i).arrival(i < cursor ? List.of(ALREADY_READ) : List.of(), false));
    }
    String read = cursor == 0 ? "" : ", besides " + cursor + " already read";
    text.arrivals("received", count(messages.size() - cursor, "unread message") + read, arrivals);
    remarks.forEach(text::state);
    return report.withState(text).text();
  }

  /** The text if the history contains unexpected messages; matching ones are marked. */
  String inHistory(String headline, MessageCondition unwanted) {
    FailureText text = FailureText.of(report.name(), headline);
    unwanted.addFact(text);
    List<ReceivedMessage> messages = inbox.messages();
    List<Arrival> arrivals = new ArrayList<>();
    for (ReceivedMessage message : messages) {
      boolean matches = unwanted.matches(message);
      arrivals.add(message.arrival(matches ? List.of("this one") : List.of(), matches));
    }
    text.arrivals("received", count(messages.size(), "message"), arrivals);
    return report.withState(text).text();
  }

  /**
   * The text if the messages from an index on are not the given texts.
   *
   * @param from the index of the message that must be the first text
   * @param complete true if further messages are not expected
   */
  String notExactly(String headline, List<String> texts, int from, boolean complete) {
    FailureText text = FailureText.of(report.name(), headline);
    String[] numbered = new String[texts.size()];
    for (int i = 0; i < numbered.length; i++) {
      numbered[i] = (i + 1) + ". " + FailureText.quote(texts.get(i));
    }
    if (numbered.length == 0) {
      text.fact("expected", "no message");
    } else {
      text.fact("expected", numbered);
    }
    List<ReceivedMessage> messages = inbox.messages();
    List<Arrival> arrivals = new ArrayList<>();
    boolean differs = false;
    for (int i = 0; i < messages.size(); i++) {
      ReceivedMessage message = messages.get(i);
      if (i < from) {
        arrivals.add(message.arrival(List.of(ALREADY_READ), false));
      } else if (i - from < texts.size()) {
        MessageCondition wanted = MessageCondition.text(texts.get(i - from));
        boolean first = !differs && !wanted.matches(message);
        differs |= first;
        String number = (i - from + 1) + ". ";
        String note =
            wanted.matches(message)
                ? number + "as expected"
                : number
                    + wanted
                        .miss(message)
                        .map(Miss::difference)
                        .orElse("is " + message.dataType().wireName() + ", not text");
        arrivals.add(message.arrival(List.of(note), first));
      } else {
        arrivals.add(message.arrival(complete ? List.of("not expected") : List.of(), false));
      }
    }
    text.arrivals("received", summary(messages.size(), from, "message"), arrivals);
    return report.withState(text).text();
  }

  private static int closest(MessageCondition wanted, List<ReceivedMessage> messages, int from) {
    int closest = -1;
    double best = 0;
    for (int i = from; i < messages.size(); i++) {
      Optional<Miss> miss = wanted.miss(messages.get(i));
      if (miss.isPresent() && miss.get().closeness() > best) {
        best = miss.get().closeness();
        closest = i;
      }
    }
    return closest;
  }

  private static String summary(int all, int read) {
    return summary(all, read, "other message");
  }

  private static String summary(int all, int read, String noun) {
    if (all == 0) {
      return "nothing";
    }
    String unread = read == all ? "nothing new" : count(all - read, noun);
    return read == 0
        ? unread
        : unread + String.format(Locale.ROOT, ", besides %,d already read", read);
  }
}
