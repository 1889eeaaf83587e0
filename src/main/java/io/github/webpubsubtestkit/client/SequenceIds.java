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
 * The sequence ids of one reliable connection, over all its sockets: duplicates, gaps and
 * acknowledgements. Like the official clients (client-protocols F.2, K), it drops messages whose id
 * does not exceed the highest one, and acknowledges the highest id one second after a message or
 * after many messages.
 */
final class SequenceIds {

  /**
   * The number of messages that are acknowledged without waiting for the timer: the service keeps
   * 1,000.
   */
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

  /** The connection to the service. */
  interface Line {

    /** Sends a frame; has no effect if the socket has ended. */
    void send(boolean text, byte[] payload);
  }

  /** The ids from the first to the last. */
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
   * Checks the id of a received message.
   *
   * @return false if it has been received before
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
   * Acknowledges received messages, unless that is withheld.
   *
   * @return true if there was something to acknowledge
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
