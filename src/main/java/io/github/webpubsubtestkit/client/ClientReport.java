package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What failure texts say about a client: what it received and how its connection is. */
record ClientReport(ClientConnection connection) implements FailureContext {

  @Override
  public String name() {
    return connection.name();
  }

  /** {@code connection open, groups [orders], hub shop, protocol json.webpubsub.azure.v1}. */
  private String state() {
    return "connection "
        + connection
            .inbox()
            .ending()
            .map(Ending::describe)
            .orElse(connection.isConnected() ? "open" : "being closed")
        + (connection.isRecoverable() ? " (recover() may get it back)" : "")
        + ", groups "
        + FailureText.content(connection.knownGroups().toString())
        + ", hub "
        + FailureText.content(connection.context().hub())
        + ", protocol "
        + connection.protocolName();
  }

  /** Ends a text with the troubles of event handlers and the state of the connection. */
  @Override
  public FailureText withState(FailureText text) {
    connection.context().withTroubles(text);
    connection
        .inbox()
        .disconnectedMessage()
        .ifPresent(
            message ->
                text.state(
                    "the service had said disconnected: " + FailureText.quotedContent(message)));
    return text.state(state());
  }

  /** Adds all messages and acks, in the order of their coming, and the state of the connection. */
  FailureText everything(FailureText text) {
    List<Arrival> arrivals = new ArrayList<>();
    List<ReceivedMessage> messages = connection.inbox().messages();
    List<Ack> acks = connection.inbox().acks();
    long pongs = connection.inbox().pongs();
    messages.forEach(each -> arrivals.add(each.arrival(List.of(), false)));
    acks.forEach(each -> arrivals.add(each.arrival()));
    arrivals.sort(Comparator.comparing(Arrival::at));
    List<String> counts = new ArrayList<>();
    if (!messages.isEmpty()) {
      counts.add(count(messages.size(), "message"));
    }
    if (!acks.isEmpty()) {
      counts.add(count(acks.size(), "ack"));
    }
    if (pongs > 0) {
      counts.add(count(pongs, "pong"));
    }
    text.arrivals("received", counts.isEmpty() ? "nothing" : String.join(", ", counts), arrivals);
    return withState(text);
  }

  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
