package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.MetFault;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.upstream.Upstream;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a fake has seen, among which faults that were not met look for what came nearest. A
 * snapshot, so that nothing is asked under the lock of the faults.
 *
 * @param operations all that is still known, in order of time
 * @param clients those that are connected
 * @param met the faults that clients have met
 * @param events the user events among the operations that reached an event handler
 * @param handled the hubs that have an event handler
 * @param onlyRecorded whether events are taken by {@code recordEvents()}
 * @param failed the connections that have failed before a request since a moment, a line each;
 *     asked of the engine itself, whose lock for them takes no other
 */
record Seen(
    List<RecordedOperation> operations,
    List<Client> clients,
    List<MetFault> met,
    List<RecordedOperation> events,
    List<String> handled,
    boolean onlyRecorded,
    Function<Duration, List<String>> failed) {

  /** A client of a hub. */
  record Client(String hub, ConnectionView connection) {

    List<RequestMiss> misses(ClientPattern pattern) {
      return pattern.misses(hub, connection);
    }

    /** {@code client alice#1 in hub "chat"}. */
    @Override
    public String toString() {
      return "client " + connection.label() + " in hub " + RequestText.quote(hub);
    }
  }

  static Seen by(Engine engine, Journal journal) {
    List<RecordedOperation> operations = journal.operations();
    Upstream upstream = engine.upstream();
    List<Client> clients = new ArrayList<>();
    List<String> handled = new ArrayList<>();
    for (Hub hub : engine.hubs().all()) {
      hub.connections().forEach(each -> clients.add(new Client(hub.name(), each)));
      if (!upstream.handlers(hub.name()).isEmpty()) {
        handled.add(hub.name());
      }
    }
    List<RecordedOperation> events =
        operations.stream()
            .filter(each -> each.operation() == Operation.EVENT)
            .filter(each -> upstream.taker(each.hub(), String.valueOf(each.event())).isPresent())
            .toList();
    return new Seen(
        operations,
        clients,
        engine.hubs().faults().met(),
        events,
        handled,
        upstream.isListening(),
        engine::failedConnections);
  }

  /**
   * The operation that came nearest to what a fault is for, and why it did not meet it; or the
   * latest connection that failed before it could ask for anything.
   *
   * @param since when the fault was ordered; only what matches it altogether is told of before
   * @param misses how an operation differs from what the fault is for
   * @param isNear whether an operation is worth telling that differs
   * @param why why an operation did not meet the fault that does not differ; empty if unknown
   */
  Optional<String> nearest(
      Duration since,
      Function<RecordedOperation, List<RequestMiss>> misses,
      Predicate<RecordedOperation> isNear,
      Function<RecordedOperation, String> why) {
    return operations.stream()
        .filter(each -> each.at().compareTo(since) >= 0 && isNear.test(each))
        .min(Comparator.comparingDouble(each -> weight(misses.apply(each))))
        .map(each -> line(each, misses.apply(each), why.apply(each)))
        .or(
            () ->
                operations.stream()
                    .filter(each -> each.at().compareTo(since) < 0)
                    .filter(each -> misses.apply(each).isEmpty())
                    .reduce((earlier, later) -> later)
                    .map(each -> line(each, List.of(), "it came before the fault was ordered")))
        .or(() -> failed.apply(since).stream().reduce((earlier, later) -> later));
  }

  /** Returns whether a client has met a fault since it sent something. */
  boolean hasMetFaultSince(RecordedOperation sent) {
    String sender = sent.caller().connectionId();
    return sender != null
        && met.stream()
            .filter(each -> each.at().compareTo(sent.at()) >= 0)
            .anyMatch(each -> sender.equals(each.target().connectionId()));
  }

  /** Returns whether a message of a send met a fault on its way to a client. */
  boolean hasMetFault(RecordedOperation send) {
    Payload payload = send.payload();
    return payload != null
        && met.stream().anyMatch(each -> MissedMessage.isSame(payload, each.target().payload()));
  }

  private static double weight(List<RequestMiss> misses) {
    return misses.stream().mapToDouble(RequestMiss::weight).sum();
  }

  private static String line(RecordedOperation operation, List<RequestMiss> misses, String why) {
    return "nearest at "
        + Timeline.seconds(operation.at())
        + ": "
        + RequestText.call(operation)
        + " "
        + RequestText.caller(operation)
        + but(misses.isEmpty() ? why : texts(misses, RequestText.caller(operation)));
  }

  private static String but(String why) {
    return why.isEmpty() ? "" : ", but " + why;
  }

  private static String texts(List<RequestMiss> misses, String told) {
    return misses.stream()
        .map(RequestMiss::text)
        .filter(each -> !each.equals(told))
        .collect(Collectors.joining("; "));
  }

  /**
   * The client that comes nearest to what a fault is for, and why it did not meet it.
   *
   * @param why why a client did not meet the fault that does not differ; empty if unknown
   */
  Optional<String> nearestClient(ClientPattern pattern, Function<Client, String> why) {
    if (clients.isEmpty()) {
      return Optional.of("no client is connected");
    }
    return clients.stream()
        .min(Comparator.comparingDouble(each -> weight(each.misses(pattern))))
        .map(
            each -> {
              List<RequestMiss> misses = each.misses(pattern);
              return "nearest is "
                  + each
                  + but(misses.isEmpty() ? why.apply(each) : texts(misses, ""));
            });
  }
}
