package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.expect.Similarity;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The operations that may explain why a user event did not come to a handler. */
final class MissedEvent {

  private static final double SAME_NAME = 20;
  private static final double NEAR_ENOUGH = 0.5;

  private final String hub;
  private final String event;
  private final BiFunction<String, String, Optional<String>> takers;

  /**
   * An event that was missed.
   *
   * @param takers who takes an event of a hub, in words; empty for nobody
   */
  MissedEvent(String hub, String event, BiFunction<String, String, Optional<String>> takers) {
    this.hub = hub;
    this.event = event;
    this.takers = takers;
  }

  /**
   * The operations in question.
   *
   * @param taken the events that the handler has taken: connection id, blank, name
   */
  List<Clue> clues(List<String> taken, List<RecordedOperation> operations) {
    List<Clue> clues = new ArrayList<>();
    List<String> came = new ArrayList<>(taken);
    for (RecordedOperation each : operations) {
      if (each.operation() == Operation.EVENT) {
        if (came.remove(each.caller().connectionId() + " " + each.event())) {
          continue; // the handler shows it
        }
        String name = String.valueOf(each.event());
        List<String> notes = new ArrayList<>();
        double near = Similarity.of(event, name);
        if (!each.hub().equalsIgnoreCase(hub)) {
          notes.add("another hub than " + RequestText.quote(hub));
        }
        if (near < 1 && near >= NEAR_ENOUGH) {
          notes.add(
              "its name is "
                  + RequestText.quote(name)
                  + NameDifference.between(name, event).map(how -> ", which " + how).orElse(""));
        }
        if (near >= NEAR_ENOUGH && each.hub().equalsIgnoreCase(hub)) {
          takers.apply(each.hub(), name).map(taker -> "taken by " + taker).ifPresent(notes::add);
        }
        double weight = near >= NEAR_ENOUGH ? SAME_NAME * near : each.successful() ? 0 : 1;
        if (weight > 0) { // others came to this handler, or tell nothing
          clues.add(new Clue(each, weight, notes));
        }
      } else if (each.operation() == Operation.REJECTED_HANDSHAKE) {
        clues.add(new Clue(each, 10, List.of()));
      }
    }
    return clues;
  }
}
