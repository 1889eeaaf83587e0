package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.Evidence;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.GroupAction;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a fake knows that may explain a failure. */
final class ServiceEvidence implements Evidence {

  /** The maximum number of operations shown. */
  private static final int MAX_LINES = 10;

  /** The maximum number of those that are shown only because they came. */
  private static final int MAX_OTHERS = 3;

  private final Engine engine;
  private final Journal journal;
  private final EarlierServices earlier;

  ServiceEvidence(Engine engine, Journal journal, EarlierServices earlier) {
    this.earlier = earlier;
    this.engine = engine;
    this.journal = journal;
  }

  @Override
  public List<String> troubles(@Nullable String hub, Duration since) {
    List<String> troubles = new ArrayList<>(engine.troubles(hub, since));
    troubles.addAll(earlier.hints(journal));
    return troubles;
  }

  @Override
  public List<Arrival> operations(Wanted wanted) {
    List<RecordedOperation> operations = journal.operations();
    return select(new MissedMessage(
                wanted, this::connection, operations, engine.hubs().faults().losses())
            .clues(), wanted.hub());
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
                    + Timeline.seconds(wanted.since()));
  }

  @Override
  public List<Arrival> revocations(String connectionId) {
    return journal.operations().stream()
        .filter(each -> each.operation() == Operation.REVOKE_PERMISSION && each.successful())
        .filter(each -> connectionId.equals(each.connectionId()))
        .map(each -> new Clue(each, 1, List.of()).arrival(each.hub()))
        .toList();
  }

  @Override
  public List<Arrival> events(String hub, String event, List<String> taken) {
    return select(MissedEvent.clues(hub, event, taken, journal.operations()), hub);
  }

  /** The most telling, in this order; if none tells anything, the latest. */
  static List<Arrival> select(List<Clue> clues, String usualHub) {
    List<Clue> shown =
        clues.stream()
            .filter(Clue::isTelling)
            .sorted(Comparator.comparingDouble(Clue::weight).reversed())
            .limit(MAX_LINES)
            .toList();
    if (shown.isEmpty()) {
      shown = clues.subList(Math.max(0, clues.size() - MAX_OTHERS), clues.size());
    }
    return shown.stream().map(clue -> clue.arrival(usualHub)).toList();
  }

  @Override
  public Optional<ConnectionFacts> connection(String connectionId) {
    for (Hub hub : engine.hubs().all()) {
      Optional<ConnectionView> found = hub.connection(connectionId);
      if (found.isPresent()) {
        List<String> roles = found.get().roles();
        return Optional.of(
            new ConnectionFacts(
                found.get().groups(),
                roles,
                roles.stream().filter(role -> !GroupAction.isRole(role)).toList()));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> refusal(String rawTarget) {
    return engine.refusal(rawTarget);
  }
}
