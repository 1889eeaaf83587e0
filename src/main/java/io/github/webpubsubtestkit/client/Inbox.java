package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Changes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything received by one client. Messages have one cursor, which only moves forward; acks and
 * pongs are taken one by one. Written on the loop, read by any number of test threads.
 */
final class Inbox {

  /** The maximum number of unread messages, more than any test reads; further ones are dropped. */
  static final int MAX_UNREAD = 100_000;

  /** The first of the kit's own ack ids, far from those used with {@code sendRaw}. */
  static final long FIRST_OWN_ACK_ID = 1L << 32;

  private final Changes changes = new Changes();

  private final List<ReceivedMessage> messages = new ArrayList<>(); // guarded by this
  private final List<Ack> acks = new ArrayList<>(); // guarded by this
  private final Map<Long, ArrayDeque<Ack>> untakenAcks = new HashMap<>(); // guarded by this
  private final Map<Long, Optional<Ack>> awaitedAcks = new HashMap<>(); // guarded by this
  private final TreeSet<Long> untakenPongs = new TreeSet<>(); // guarded by this
  private int cursor; // guarded by this
  private int untakenAckCount; // guarded by this
  private long nextOwnAckId = FIRST_OWN_ACK_ID; // guarded by this
  private long pongs; // guarded by this
  private long dropped; // guarded by this
  private long lastPing; // guarded by this
  private long confirmedPing; // guarded by this
  private @Nullable String connectionId; // guarded by this
  private @Nullable String userId; // guarded by this
  private @Nullable String reconnectionToken; // guarded by this
  private @Nullable String disconnectedMessage; // guarded by this
  private @Nullable Ending ending; // guarded by this

  /** The messages at one moment; {@code ended} if no more can arrive. */
  record Batch(int start, List<ReceivedMessage> messages, boolean ended) {}

  /** Changes with everything received. */
  Changes changes() {
    return changes;
  }

  // received frames

  void add(ReceivedMessage message) {
    synchronized (this) {
      if (dropped > 0 || messages.size() - cursor >= MAX_UNREAD) {
        dropped++;
      } else {
        messages.add(message);
      }
    }
    changes.signal();
  }

  void add(Ack ack) {
    synchronized (this) {
      if (awaitedAcks.containsKey(ack.id())) {
        awaitedAcks.put(ack.id(), Optional.of(ack));
      } else if (!isOwn(ack.id())) { // a late ack of the kit's own: its caller has given up waiting
        if (untakenAckCount >= MAX_UNREAD) {
          dropped++;
        } else {
          acks.add(ack);
          untakenAcks.computeIfAbsent(ack.id(), none -> new ArrayDeque<>()).add(ack);
          untakenAckCount++;
        }
      }
    }
    changes.signal();
  }

  void addPong() {
    synchronized (this) {
      pongs++;
      if (untakenPongs.size() >= MAX_UNREAD) {
        dropped++;
      } else {
        untakenPongs.add(pongs);
      }
    }
    changes.signal();
  }

  /**
   * Handles the message, which may be repeated after a recovery with another token
   * (client-protocols F.4).
   */
  void connected(String connectionId, @Nullable String userId, @Nullable String reconnectionToken) {
    synchronized (this) {
      this.connectionId = connectionId;
      this.userId = userId;
      if (reconnectionToken != null) {
        this.reconnectionToken = reconnectionToken;
      }
    }
    changes.signal();
  }

  void disconnected(String message) {
    synchronized (this) {
      disconnectedMessage = message;
    }
    changes.signal();
  }

  void pingConfirmed(long nonce) {
    synchronized (this) {
      confirmedPing = Math.max(confirmedPing, nonce);
    }
    changes.signal();
  }

  void ended(Ending ending) {
    synchronized (this) {
      this.ending = ending;
    }
    changes.signal();
  }

  /** Revokes the end: the connection continues with another socket. */
  void resumed() {
    synchronized (this) {
      ending = null;
    }
    changes.signal();
  }

  // messages

  /** The messages from the cursor on, or from a later one on. */
  synchronized Batch unread(int atLeastFrom) {
    int start = Math.min(Math.max(cursor, atLeastFrom), messages.size());
    return new Batch(start, List.copyOf(messages.subList(start, messages.size())), ending != null);
  }

  /** Moves the cursor behind a message unless another thread has moved it past it. */
  synchronized boolean take(int index) {
    if (cursor > index) {
      return false;
    }
    cursor = index + 1;
    return true;
  }

  /** Moves the cursor behind several messages unless another thread has moved it at all. */
  synchronized boolean take(int from, int count) {
    if (cursor != from) {
      return false;
    }
    cursor += count;
    return true;
  }

  synchronized List<ReceivedMessage> messages() {
    return List.copyOf(messages);
  }

  /** The number of messages that assertions have read or skipped. */
  synchronized int cursor() {
    return cursor;
  }

  /** The reason why this inbox can no longer be asserted, if any. */
  synchronized Optional<String> overflow() {
    return dropped == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "more than %,d messages came that no assertion read, and %,d more %s dropped:"
                    + " nothing can be said",
                MAX_UNREAD,
                dropped,
                dropped == 1 ? "was" : "were"));
  }

  // acks and pongs

  /** Creates an ack id that the caller waits for; its ack is kept separately. */
  synchronized long awaitAck() {
    long id = nextOwnAckId++;
    awaitedAcks.put(id, Optional.empty());
    return id;
  }

  synchronized Optional<Ack> awaitedAck(long id) {
    return awaitedAcks.getOrDefault(id, Optional.empty());
  }

  synchronized void stopAwaiting(long id) {
    awaitedAcks.remove(id);
  }

  /** Takes the first untaken ack with that id. */
  synchronized Optional<Ack> takeAck(long id) {
    ArrayDeque<Ack> untaken = untakenAcks.get(id);
    if (untaken == null) {
      return Optional.empty();
    }
    Ack first = untaken.remove();
    if (untaken.isEmpty()) {
      untakenAcks.remove(id);
    }
    untakenAckCount--;
    return Optional.of(first);
  }

  /** Takes the negative acks that nobody has taken. */
  synchronized List<Ack> takeNegativeAcks() {
    List<Ack> taken = new ArrayList<>();
    for (Ack ack : acks) {
      ArrayDeque<Ack> untaken = untakenAcks.get(ack.id());
      if (!ack.isSuccessful() && untaken != null && untaken.contains(ack)) {
        taken.add(ack);
      }
    }
    taken.forEach(ack -> takeAck(ack.id()));
    return taken;
  }

  synchronized List<Ack> acks() {
    return List.copyOf(acks);
  }

  /** The number of pongs received so far. */
  synchronized long pongs() {
    return pongs;
  }

  /** Takes the first untaken pong after the given number of pongs. */
  synchronized boolean takePong(long after) {
    Long first = untakenPongs.higher(after);
    return first != null && untakenPongs.remove(first);
  }

  // the connection

  /** The next number for a ping, shared by all sockets. */
  synchronized long nextPing() {
    return ++lastPing;
  }

  synchronized boolean isPingConfirmed(long nonce) {
    return confirmedPing >= nonce;
  }

  synchronized Optional<String> connectionId() {
    return Optional.ofNullable(connectionId);
  }

  synchronized Optional<String> userId() {
    return Optional.ofNullable(userId);
  }

  synchronized Optional<String> reconnectionToken() {
    return Optional.ofNullable(reconnectionToken);
  }

  synchronized Optional<String> disconnectedMessage() {
    return Optional.ofNullable(disconnectedMessage);
  }

  synchronized Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  private boolean isOwn(long id) {
    return Long.compareUnsigned(id, FIRST_OWN_ACK_ID) >= 0
        && Long.compareUnsigned(id, nextOwnAckId) < 0;
  }
}
