package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.Evidence.ConnectionFacts;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of failure texts about a client: its received messages and the state of its connection.
 */
record ClientReport(ClientConnection connection) implements FailureContext {

  @Override
  public String name() {
    return connection.name();
  }

  /**
   * {@code connection open since +0.004 s, groups [orders], hub "shop", roles [], protocol
   * json.webpubsub.azure.v1}.
   */
  private String state() {
    Optional<ConnectionFacts> facts = facts();
    ClientContext context = connection.context();
    return "connection "
        + connection
            .inbox()
            .ending()
            .map(Ending::describe)
            .orElse(
                connection.isConnected()
                    ? "open since " + Timeline.seconds(context.since())
                    : "being closed")
        + (connection.isRecoverable() ? " (recover() may get it back)" : "")
        + ", groups "
        + FailureText.content(
            facts
                .<Object>map(known -> new TreeSet<>(known.groups()))
                .orElseGet(connection::knownGroups)
                .toString())
        + ", hub "
        + FailureText.quotedContent(context.hub())
        + facts.map(ClientReport::roles).orElse("")
        + ", protocol "
        + connection.protocolName();
  }

  private Optional<ConnectionFacts> facts() {
    return connectionId().flatMap(connection.context().evidence()::connection);
  }

  private Optional<String> connectionId() {
    return connection.connectionId();
  }

  /** {@code , roles [admin] (unknown to Azure: [admin])}. */
  static String roles(ConnectionFacts facts) {
    return ", roles "
        + FailureText.content(facts.roles().toString())
        + (facts.unknownRoles().isEmpty()
            ? ""
            : " (unknown to Azure: " + FailureText.content(facts.unknownRoles().toString()) + ")");
  }

  /** Adds what the client may do and would have to be allowed, after it was refused something. */
  void addRoles(FailureText text, String permission, String group) {
    String role = "webpubsub." + permission;
    facts()
        .ifPresent(
            facts -> {
              List<String> lines = new ArrayList<>();
              lines.add(FailureText.content(facts.roles().toString()));
              if (!facts.unknownRoles().isEmpty()) {
                lines.add(
                    "unknown to Azure: " + FailureText.content(facts.unknownRoles().toString()));
              }
              lines.add("needed: " + role + " or " + FailureText.content(role + "." + group));
              text.fact("roles", lines);
              text.list(
                  "at the service",
                  connectionId().map(connection.context().evidence()::revocations).orElse(List.of()));
            });
  }

  /** Adds what the service did that may explain why a message did not come. */
  FailureText withOperations(FailureText text, MessageCondition wanted, boolean nearCame) {
    ClientContext context = connection.context();
    if (context.isForeign()) {
      text.state("this client is connected to another service, so what happened there is not known");
      return text;
    }
    Wanted message =
        new Wanted(
            name(),
            connectionId().orElse(null),
            context.hub(),
            connection.inbox().userId().or(context.options()::userId).orElse(null),
            Set.copyOf(connection.knownGroups()),
            wanted.group(),
            wanted.nearness(),
            nearCame,
            context.since());
    text.list("at the service", context.evidence().operations(message));
    String silence = context.evidence().silence(message);
    if (!silence.isEmpty()) {
      text.state(silence);
    }
    return context.withTroubles(text);
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
    return text.state(state()).times(connection.context().timeline().now());
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
