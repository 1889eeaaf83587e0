package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The part of failure texts about a client: its received messages and the state of its connection.
 */
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

  /** Adds the problems of event handlers and the state of the connection to a text. */
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

  /** Adds all messages and acks, in order of arrival, and the state of the connection. */
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
