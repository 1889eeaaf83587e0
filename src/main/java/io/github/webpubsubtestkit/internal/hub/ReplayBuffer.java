package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The messages sent to a reliable connection and not yet acknowledged (client-protocols F.2).
 * Guarded by its hub's lock.
 *
 * <p>Messages are kept without their sequence ids, so that all receivers of one message share its
 * bytes; an id follows from the place.
 */
final class ReplayBuffer {

  private static final int SMALLEST = 8;
  private static final @Nullable EncodedMessage[] NO_MESSAGES = {};
  private static final EncodedMessage NOTHING = new EncodedMessage(true, new byte[0]);
  private static final long NEVER = Long.MAX_VALUE;

  private final BufferLimits limits;

  private @Nullable EncodedMessage[] ring = NO_MESSAGES; // its length is a power of two
  private int[] times = {}; // when each was sent, as the ring
  private long @Nullable [] expiries; // in epoch milliseconds, as the ring; null: none expires
  private int head;
  private int size;
  private int live; // those of them that have not expired
  private long bytes;
  private long lastId;
  private boolean watched;

  /** The receiver of replayed messages. */
  interface Replay {
    void message(EncodedMessage message, long sequenceId);
  }

  ReplayBuffer(BufferLimits limits) {
    this.limits = limits;
  }

  /** Returns whether one more message fits in. */
  boolean hasRoomFor(EncodedMessage message) {
    return live < limits.maxMessages() && bytes + message.bytes().length <= limits.maxBytes();
  }

  /** Returns whether one more message fits in during a burst. */
  boolean hasRoomForBurst(EncodedMessage message) {
    return live < limits.maxBurst() && bytes + message.bytes().length <= limits.maxBurstBytes();
  }

  /** Returns whether more is kept than a client may leave unacknowledged. */
  boolean isOverLimits() {
    return live > limits.maxMessages() || bytes > limits.maxBytes();
  }

  /** The age of the message in the middle of the queue; 0 if there is none. */
  int ageOfMedian(long now) {
    return size == 0 ? 0 : (int) now - times[(head + size / 2) & (ring.length - 1)];
  }

  /** The number of messages acknowledged or expired at the end of the queue. */
  long freed() {
    return lastId - size;
  }

  /** Returns whether a check of the client's acknowledgements is scheduled. */
  boolean watched() {
    return watched;
  }

  void watch(boolean on) {
    watched = on;
  }

  /**
   * Keeps a message until it is acknowledged.
   *
   * @param now the time of sending, in any unit
   * @param expires the time from which its copy may be dropped; null for never
   * @return its sequence id, unsigned; the first is 1
   */
  long add(EncodedMessage message, @Nullable Instant expires, long now) {
    if (size == ring.length) {
      resize(Math.max(SMALLEST, 2 * size));
    }
    int index = (head + size) & (ring.length - 1);
    ring[index] = message;
    times[index] = (int) now;
    if (expires != null && expiries == null) {
      expiries = new long[ring.length];
      Arrays.fill(expiries, NEVER);
    }
    if (expiries != null) {
      expiries[index] = expires == null ? NEVER : expires.toEpochMilli();
    }
    size++;
    live++;
    bytes += message.bytes().length;
    return ++lastId;
  }

  /** Frees all messages up to a sequence id, which may be any unsigned number. */
  void acknowledge(long sequenceId) {
    long first = lastId - size + 1;
    if (Long.compareUnsigned(sequenceId, first) < 0) {
      return;
    }
    int count =
        Long.compareUnsigned(sequenceId, lastId) >= 0 ? size : (int) (sequenceId - first) + 1;
    for (int i = 0; i < count; i++) {
      drop(head);
      head = (head + 1) & (ring.length - 1);
      size--;
    }
    if (size == 0) {
      head = 0;
      expiries = null;
      if (ring.length > SMALLEST) {
        ring = NO_MESSAGES; // the memory of a burst is released
        times = new int[0];
      }
    }
  }

  /**
   * Drops expired copies; their ids are not reused.
   *
   * @return the number of copies dropped
   */
  int expire(Instant now) {
    long[] ends = expiries;
    if (ends == null) {
      return 0;
    }
    int before = live;
    long millis = now.toEpochMilli();
    for (int i = 0; i < size; i++) {
      int index = (head + i) & (ring.length - 1);
      if (ends[index] <= millis) {
        drop(index);
      }
    }
    while (size > 0 && ring[head] == null) {
      head = (head + 1) & (ring.length - 1);
      size--;
    }
    return before - live;
  }

  /** Uses up sequence ids for messages that there never were. */
  void skip(int ids, long now) {
    for (int i = 0; i < ids; i++) {
      add(NOTHING, null, now);
      drop((head + size - 1) & (ring.length - 1));
    }
  }

  /**
   * Passes all stored messages to a receiver, oldest first.
   *
   * @param leftOut how many are not passed, from the oldest
   */
  void replay(int leftOut, Replay receiver) {
    long first = lastId - size + 1;
    int left = leftOut;
    for (int i = 0; i < size; i++) {
      EncodedMessage message = ring[(head + i) & (ring.length - 1)];
      if (message != null && --left < 0) {
        receiver.message(message, first + i);
      }
    }
  }

  /** The number of stored messages. */
  int size() {
    return live;
  }

  private void drop(int index) {
    EncodedMessage message = ring[index];
    if (message != null) {
      bytes -= message.bytes().length;
      live--;
      ring[index] = null;
    }
  }

  private void resize(int capacity) {
    @Nullable EncodedMessage[] larger = new EncodedMessage[capacity];
    int[] largerTimes = new int[capacity];
    long[] ends = expiries;
    long @Nullable [] largerEnds = ends == null ? null : new long[capacity];
    for (int i = 0; i < size; i++) {
      int index = (head + i) & (ring.length - 1);
      larger[i] = ring[index];
      largerTimes[i] = times[index];
      if (ends != null && largerEnds != null) {
        largerEnds[i] = ends[index];
      }
    }
    ring = larger;
    times = largerTimes;
    expiries = largerEnds;
    head = 0;
  }
}
