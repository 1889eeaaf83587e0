package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the timeline for a message to a connection that a fault concerns: what becomes of it
 * is known to its receiver alone.
 *
 * @param message as it is shown, without its sequence id
 * @param sequenceId 0 for none
 */
record SentLine(Timeline timeline, Connection connection, EncodedMessage message, long sequenceId)
    implements Receiver.Trace {

  /**
   * Sends what is ready unless it is lost, and notes what becomes of it when that is true. Makes no
   * object of this class for a message that no fault concerns.
   */
  static void send(
      Timeline timeline,
      Connection connection,
      Receiver receiver,
      Outbound ready,
      @Nullable FrameEffect effect,
      EncodedMessage shown,
      long sequenceId) {
    if (effect == null && !receiver.isHindered()) {
      record(timeline, connection, Direction.OUT, "", shown, sequenceId);
      receiver.deliver(ready);
      return;
    }
    SentLine line = new SentLine(timeline, connection, shown, sequenceId);
    if (effect != null && effect.kind() == FrameEffect.Kind.LOSE) {
      line.notSent("lost by a fault");
    } else {
      receiver.deliver(ready, effect, line);
    }
  }

  /** Records a message, or what became of it instead. */
  private static void record(
      Timeline timeline,
      Connection connection,
      Direction direction,
      String head,
      EncodedMessage shown,
      long sequenceId) {
    timeline.frame(connection.party(), direction, head, shown.text(), shown.bytes(), sequenceId);
  }

  @Override
  public void sent() {
    record(timeline, connection, Direction.OUT, "", message, sequenceId);
  }

  @Override
  public void notSent(String why) {
    record(timeline, connection, Direction.NOTE, why, message, sequenceId);
  }
}
