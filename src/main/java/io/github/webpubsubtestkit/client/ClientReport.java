package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.Evidence;
import io.github.webpubsubtestkit.internal.expect.Evidence.ConnectionFacts;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The part of failure texts about a client: its received messages and the state of its connection.
 */
record ClientReport(ClientConnection connection) {

  /** The maximum number of other clients named that received what this one waited for. */
  private static final int MAX_OTHERS = 3;

  String name() {
    return connection.name();
  }

  /** How the contents of messages are shown. */
  Display display() {
    return connection.context().mapping().display();
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
            .map(ending -> ending.describe(connection.inbox().disconnectedMessage()))
            .orElse(
                connection.isConnected()
                    ? "open since " + Timeline.seconds(context.since())
                    : "being closed")
        + (connection.isRecoverable() ? " (recover() may get it back)" : "")
        + ", groups "
        + FailureText.names(
            facts
                .<Collection<String>>map(known -> new TreeSet<>(known.groups()))
                .orElseGet(connection::knownGroups))
        + ", hub "
        + FailureText.quotedContent(context.hub())
        + facts.map(ClientReport::roles).orElse("")
        + ", protocol "
        + connection.protocolName();
  }

  private Optional<ConnectionFacts> facts() {
    return connectionId().flatMap(evidence()::connection);
  }

  private Evidence evidence() {
    return connection.context().evidence();
  }

  private Optional<String> connectionId() {
    return connection.connectionId();
  }

  /** {@code , roles [admin] (unknown to Azure: [admin])}. */
  static String roles(ConnectionFacts facts) {
    return ", roles "
        + FailureText.names(facts.roles())
        + (facts.unknownRoles().isEmpty()
            ? ""
            : " (unknown to Azure: " + FailureText.names(facts.unknownRoles()) + ")");
  }

  /** Adds what the client may do and would have to be allowed, after it was refused something. */
  void addRoles(FailureText text, String permission, String group) {
    String role = "webpubsub." + permission;
    facts()
        .ifPresent(
            facts -> {
              List<String> lines = new ArrayList<>();
              lines.add(FailureText.names(facts.roles()));
              if (!facts.unknownRoles().isEmpty()) {
                lines.add("unknown to Azure: " + FailureText.names(facts.unknownRoles()));
              }
              lines.add("needed: " + role + " or " + FailureText.content(role + "." + group));
              connectionId()
                  .map(id -> evidence().othersAllowed(id, permission, group))
                  .ifPresent(others -> others.forEach(each -> lines.add("but " + each)));
              text.fact("roles", lines);
              text.list(
                  "at the service", connectionId().map(evidence()::revocations).orElse(List.of()));
            });
  }

  /** Adds what the service did that may explain why a message did not come. */
  FailureText withOperations(FailureText text, MessageCondition wanted, boolean nearCame) {
    ClientContext context = connection.context();
    text.fact("elsewhere", elsewhere(wanted));
    if (context.isForeign()) {
      text.state(
          "this client is connected to another service, "
              + context.service()
              + connection
                  .inbox()
                  .userId()
                  .map(user -> " as user " + FailureText.quotedContent(user))
                  .orElse("")
              + ": what was sent there is not known here");
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
            context.since(),
            connection.inbox().ending().isPresent(),
            wanted.isAboutContent() && hasReceived(connection, wanted).isPresent());
    text.list("at the service", context.evidence().operations(message));
    String silence = context.evidence().silence(message);
    if (!silence.isEmpty()) {
      text.state(silence);
    }
    return context.withTroubles(text);
  }

  /** The other clients that got what this one waited for. */
  private List<String> elsewhere(MessageCondition wanted) {
    if (!wanted.isAboutContent() || hasReceived(connection, wanted).isPresent()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (ClientConnection other : connection.context().openClients().get()) {
      if (other == connection) {
        continue;
      }
      hasReceived(other, wanted)
          .ifPresent(
              at ->
                  lines.add(
                      (other.name().equals(name()) ? "another client " : "")
                          + FailureText.content(other.name())
                          + " received exactly this at "
                          + Timeline.seconds(at)));
    }
    if (lines.size() <= MAX_OTHERS) {
      return lines;
    }
    List<String> first = new ArrayList<>(lines.subList(0, MAX_OTHERS));
    int more = lines.size() - MAX_OTHERS;
    first.add("so did " + FailureText.count(more, "more client"));
    return first;
  }

  /** When a client received such a message for the last time since this one was opened. */
  private Optional<Duration> hasReceived(ClientConnection receiver, MessageCondition wanted) {
    return receiver.inbox().messages().stream()
        .filter(each -> each.receivedAt().compareTo(connection.context().since()) >= 0)
        .filter(wanted::matches)
        .map(ReceivedMessage::receivedAt)
        .reduce((earlier, later) -> later);
  }

  /** Adds the problems of event handlers and the state of the connection to a text. */
  FailureText withState(FailureText text) {
    connection.context().withCauses(text, connectionId().orElse(null));
    connection
        .inbox()
        .disconnectedMessage()
        .filter(said -> !connection.inbox().ending().map(Ending::isByService).orElse(false))
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
      counts.add(FailureText.count(messages.size(), "message"));
    }
    if (!acks.isEmpty()) {
      counts.add(FailureText.count(acks.size(), "ack"));
    }
    if (pongs > 0) {
      counts.add(FailureText.count(pongs, "pong"));
    }
    text.arrivals("received", counts.isEmpty() ? "nothing" : String.join(", ", counts), arrivals);
    return withState(text);
  }

  /** The failure if messages came more than once. */
  Optional<String> duplicates(SequenceIds ids) {
    List<ReceivedMessage> duplicates = ids.duplicates();
    if (duplicates.isEmpty()) {
      return Optional.empty();
    }
    FailureText text =
        FailureText.of(
                name(),
                String.format(
                    Locale.ROOT,
                    "expected every message to have been received once but %,d came again",
                    duplicates.size()))
            .arrivals(
                "came again",
                FailureText.count(duplicates.size(), "message"),
                duplicates.stream().map(each -> each.arrival(List.of(), false)).toList());
    return Optional.of(withState(text).text());
  }

  /** The failure if messages are missing between others. */
  Optional<String> gaps(SequenceIds ids) {
    if (ids.missing().isEmpty()) {
      return Optional.empty();
    }
    String missing =
        "sequenceId "
            + ids.missing().stream()
                .map(SequenceIds.Range::toString)
                .collect(Collectors.joining(", "));
    FailureText text =
        FailureText.of(
                name(),
                Headline.of("expected no message to have been lost but missing is ").value(missing))
            .fact("missing", missing)
            .fact("highest", "sequenceId " + Long.toUnsignedString(ids.highest()));
    return Optional.of(everything(text).text());
  }
}
