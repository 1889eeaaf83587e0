package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What failure texts say about a client: what it received and how its connection is. */
final class ClientReport {

  private ClientReport() {}

  /** {@code connection open, groups [orders], hub shop, protocol json.webpubsub.azure.v1}. */
  static String state(Client client) {
    String connection =
        client
            .inbox
            .ending()
            .map(Ending::describe)
            .orElse(client.isConnected() ? "open" : "being closed");
    return "connection "
        + connection
        + (client instanceof PubSubClient pubSub && pubSub.isRecoverable()
            ? " (recover() may get it back)"
            : "")
        + ", groups "
        + FailureText.content(client.knownGroups().toString())
        + ", hub "
        + FailureText.content(client.hub())
        + ", protocol "
        + client.protocolName();
  }

  /** Ends a text with the troubles of event handlers and the state of the connection. */
  static FailureText withState(Client client, FailureText text) {
    client.context.withTroubles(text);
    client
        .inbox
        .disconnectedMessage()
        .ifPresent(
            message ->
                text.state(
                    "the service had said disconnected: " + FailureText.quotedContent(message)));
    return text.state(state(client));
  }

  /** Adds all messages and acks, in the order of their coming, and the state of the connection. */
  static FailureText everything(Client client, FailureText text) {
    List<Arrival> arrivals = new ArrayList<>();
    List<ReceivedMessage> messages = client.inbox.messages();
    List<Ack> acks = client.inbox.acks();
    long pongs = client.inbox.pongs();
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
    return withState(client, text);
  }

  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
