package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SequenceAck;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sequence ids of one reliable connection, over all its sockets: what came before, what is
 * missing, and when to acknowledge. As the official clients do it (client-protocols F.2, K): what
 * is not higher than the highest id is dropped; acknowledged is the highest id, a second after
 * something came or when much has come.
 */
final class SequenceIds {

  /** So many messages are not left waiting for the timer: the service keeps 1,000. */
  static final int MAX_UNACKNOWLEDGED = 100;

  static final Duration ACKNOWLEDGE_AFTER = Duration.ofSeconds(1);

  private final ClientCodec codec;
  private final Timers timers;
  private final List<ReceivedMessage> duplicates = new ArrayList<>(); // guarded by this
  private final List<Range> missing = new ArrayList<>(); // guarded by this
  private long highest; // guarded by this
  private int unacknowledged; // guarded by this
  private boolean withheld; // guarded by this
  private boolean timerSet; // guarded by this
  private @Nullable Line line; // guarded by this

  /** The way to the service. */
  interface Line {

    /** Sends a frame; without effect if the socket has ended. */
    void send(boolean text, byte[] payload);
  }

  /** Ids from the first to the last. */
  record Range(long first, long last) {

    @Override
    public String toString() {
      String from = Long.toUnsignedString(first);
      return first == last ? from : from + " to " + Long.toUnsignedString(last);
    }
  }

  SequenceIds(ClientCodec codec, Timers timers) {
    this.codec = codec;
    this.timers = timers;
  }

  /**
   * Looks at the id of a message that has come.
   *
   * @return false if it has come before
   */
  boolean accept(Line from, ReceivedMessage message, long id) {
    boolean fresh;
    boolean due;
    boolean startTimer;
    synchronized (this) {
      line = from;
      fresh = Long.compareUnsigned(id, highest) > 0;
      if (!fresh) {
        duplicates.add(message);
      } else {
        if (id != highest + 1) {
          missing.add(new Range(highest + 1, id - 1));
        }
        highest = id;
      }
      unacknowledged++;
      due = !withheld && unacknowledged >= MAX_UNACKNOWLEDGED;
      startTimer = !withheld && !due && !timerSet;
      timerSet |= startTimer;
    }
    if (due) {
      acknowledge();
    } else if (startTimer) {
      timers.schedule(ACKNOWLEDGE_AFTER, this::onTimer);
    }
    return fresh;
  }

  private void onTimer() {
    synchronized (this) {
      timerSet = false;
    }
    acknowledge();
  }

  /**
   * Acknowledges what has come, unless that is withheld.
   *
   * @return whether there was something to acknowledge
   */
  boolean acknowledge() {
    Line to;
    long id;
    synchronized (this) {
      to = line;
      if (withheld || unacknowledged == 0 || to == null) {
        return false;
      }
      unacknowledged = 0;
      id = highest;
    }
    EncodedMessage ack = codec.encode(new SequenceAck(id));
    to.send(ack.text(), ack.bytes());
    return true;
  }

  synchronized void withhold(boolean on) {
    withheld = on;
  }

  synchronized List<ReceivedMessage> duplicates() {
    return List.copyOf(duplicates);
  }

  synchronized List<Range> missing() {
    return List.copyOf(missing);
  }

  synchronized long highest() {
    return highest;
  }
}
