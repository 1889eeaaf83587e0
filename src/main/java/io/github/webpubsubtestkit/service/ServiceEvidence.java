package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.Evidence;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.GroupAction;
import io.github.webpubsubtestkit.internal.hub.MetFault;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a fake knows that may explain a failure. */
final class ServiceEvidence implements Evidence {

  /** The maximum number of faults shown. */
  private static final int MAX_FAULTS = 3;

  /** The maximum number of operations shown. */
  private static final int MAX_LINES = 10;

  /** The maximum number of those that are shown only because they came. */
  private static final int MAX_OTHERS = 3;

  private final Engine engine;
  private final Journal journal;
  private final EarlierServices earlier;
  private final Connections connections;
  private final Display display;

  ServiceEvidence(Engine engine, Journal journal, EarlierServices earlier, Display display) {
    this.earlier = earlier;
    this.display = display;
    this.engine = engine;
    this.journal = journal;
    this.connections = new Connections(engine, journal);
  }

  @Override
  public List<String> troubles(@Nullable String hub, Duration since) {
    List<String> troubles = new ArrayList<>(engine.troubles(hub, since));
    troubles.addAll(latest(engine.hubs().faults().inForce(hub)));
    troubles.addAll(earlier.hints(journal));
    return troubles;
  }

  @Override
  public List<String> impediments(String hub) {
    List<String> impediments = new ArrayList<>(engine.impediments(Duration.ZERO));
    impediments.addAll(latest(engine.hubs().faults().inForce(hub)));
    return impediments;
  }

  @Override
  public List<Arrival> operations(Wanted wanted) {
    List<RecordedOperation> operations = journal.operations();
    return select(
        new MissedMessage(wanted, connections, operations, engine.hubs().faults().met()).clues(),
        wanted.hub(),
        display);
  }

  @Override
  public String silence(Wanted wanted) {
    List<RecordedOperation> sends =
        journal.operations().stream().filter(each -> each.operation().isSend()).toList();
    boolean same =
        sends.stream()
            .map(RecordedOperation::payload)
            .filter(Objects::nonNull)
            .anyMatch(each -> wanted.nearness().apply(each).orElse(1.0) == 1);
    if (same || wanted.nearCame()) {
      return "";
    }
    Optional<RecordedOperation> last =
        sends.stream().filter(each -> each.at().compareTo(wanted.since()) >= 0).reduce((a, b) -> b);
    return last.map(each -> "nothing further was sent since " + Timeline.seconds(each.at()))
        .orElseGet(
            () ->
                "nothing was sent since "
                    + wanted.client()
                    + " connected at "
                    + Timeline.seconds(wanted.since())
                    + whatElse(wanted.since()));
  }

  /** Returns whether nobody waits for an answer, so that all that was asked is on record. */
  private boolean isIdle() {
    return engine.upstream().isIdle() && engine.dataPlane().held().isEmpty();
  }

  /** Returns whether somebody may have asked in vain. */
  private boolean isImpeded(Duration since) {
    return !engine.failedConnections(since).isEmpty()
        || !engine.hubs().faults().inForce(null).isEmpty();
  }

  /** What was asked instead of a send. */
  private String whatElse(Duration since) {
    Map<String, Long> others =
        journal.operations().stream()
            .filter(each -> each.at().compareTo(since) >= 0 && !each.isHandshake())
            .collect(
                Collectors.groupingBy(
                    each -> each.operation().sdkName(), TreeMap::new, Collectors.counting()));
    if (others.isEmpty() && (!isIdle() || isImpeded(since))) {
      return "";
    }
    return others.isEmpty()
        ? ", and nobody asked the service for anything else either"
        : others.entrySet().stream()
            .map(each -> each.getKey() + (each.getValue() == 1 ? "" : " x " + each.getValue()))
            .collect(Collectors.joining(", ", "; other requests came: ", ""));
  }

  @Override
  public List<Arrival> revocations(String connectionId) {
    return journal.operations().stream()
        .filter(each -> each.operation() == Operation.REVOKE_PERMISSION && each.successful())
        .filter(each -> connectionId.equals(each.connectionId()))
        .map(each -> new Clue(each, 1, List.of()).arrival(each.hub(), display))
        .toList();
  }

  @Override
  public List<String> othersAllowed(String connectionId, String permission, String group) {
    String role = "webpubsub." + permission;
    List<String> others = new ArrayList<>();
    for (ConnectionView each : connections.besides(connectionId)) {
      each.roles().stream()
          .filter(has -> has.equals(role) || has.equals(role + "." + group))
          .findFirst()
          .ifPresent(has -> others.add(name(each) + " has " + has));
    }
    journal.operations().stream()
        .filter(each -> each.operation() == Operation.GRANT_PERMISSION && each.successful())
        .filter(each -> !connectionId.equals(each.connectionId()))
        .filter(each -> each.http() == null || permission.equals(each.http().permission()))
        .forEach(
            each ->
                others.add(
                    "at "
                        + Timeline.seconds(each.at())
                        + " the permission was granted to "
                        + Optional.ofNullable(each.connectionId())
                            .flatMap(connections::userOf)
                            .map(user -> "user " + RequestText.quote(user))
                            .orElse("another connection")));
    return others.stream().distinct().limit(MAX_OTHERS).toList();
  }

  private static String name(ConnectionView connection) {
    String user = connection.visibleUserId();
    return user == null ? "connection " + connection.label() : "user " + RequestText.quote(user);
  }

  @Override
  public List<Arrival> events(String hub, String event, List<String> taken) {
    return select(
        new MissedEvent(hub, event, engine.upstream()::taker).clues(taken, journal.operations()),
        hub,
        display);
  }

  /** The most telling, in order of time; if none tells anything, the latest. */
  static List<Arrival> select(List<Clue> clues, String usualHub, Display display) {
    Comparator<Clue> newestFirst =
        Comparator.comparing((Clue each) -> each.operation().at()).reversed();
    List<Clue> shown =
        clues.stream()
            .filter(Clue::isTelling)
            .sorted(Comparator.comparingDouble(Clue::weight).reversed().thenComparing(newestFirst))
            .limit(MAX_LINES)
            .sorted(Comparator.comparing(each -> each.operation().at()))
            .toList();
    if (shown.isEmpty()) {
      shown = clues.subList(Math.max(0, clues.size() - MAX_OTHERS), clues.size());
    }
    return shown.stream().map(clue -> clue.arrival(usualHub, display)).toList();
  }

  @Override
  public List<String> faults(
      String hub, @Nullable String connectionId, @Nullable String userId, Duration since) {
    return latest(
        engine.hubs().faults().met().stream()
            .filter(each -> each.concerns(hub, connectionId, userId, since))
            .toList());
  }

  /** The latest of some faults, a line each. */
  private static List<String> latest(List<MetFault> faults) {
    Map<String, MetFault> latest = new LinkedHashMap<>(); // of each that was met several times
    for (MetFault each : faults) {
      latest.remove(each.what());
      latest.put(each.what(), each);
    }
    return latest.values().stream()
        .skip(Math.max(0, latest.size() - MAX_FAULTS))
        .map(MetFault::toString)
        .toList();
  }

  @Override
  public Optional<String> latestFault(String connectionId, Duration since) {
    return engine.hubs().faults().met().stream()
        .filter(each -> connectionId.equals(each.target().connectionId()))
        .filter(each -> each.at().compareTo(since) >= 0)
        .reduce((earlier, later) -> later)
        .map(MetFault::what);
  }

  @Override
  public Optional<ConnectionFacts> connection(String connectionId) {
    return connections
        .view(connectionId)
        .map(
            found ->
                new ConnectionFacts(
                    found.groups(),
                    found.roles(),
                    found.roles().stream().filter(role -> !GroupAction.isRole(role)).toList()));
  }

  @Override
  public List<String> refusal(String rawTarget) {
    return engine.refusal(rawTarget);
  }
}
