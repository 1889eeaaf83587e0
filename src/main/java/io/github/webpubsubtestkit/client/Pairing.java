package io.github.webpubsubtestkit.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Each condition with a message of its own: the largest such pairing, found by augmenting paths. A
 * message is compared with each condition at most once, when it comes; one that finds no place then
 * never finds one later.
 */
final class Pairing {

  private static final int NONE = -1;

  private final List<MessageCondition> wanted;
  private final int[] messageOf;
  private final BitSet free; // the conditions without a message
  private final List<BitSet> matching = new ArrayList<>(); // by message: the conditions it meets
  private final List<BitSet> compared = new ArrayList<>();
  private final BitSet paired = new BitSet(); // the messages with a condition
  private int last = NONE;

  Pairing(List<MessageCondition> wanted) {
    this.wanted = wanted;
    this.messageOf = new int[wanted.size()];
    Arrays.fill(messageOf, NONE);
    this.free = new BitSet(wanted.size());
    free.set(0, wanted.size());
  }

  static Pairing of(List<MessageCondition> wanted, List<ReceivedMessage> messages) {
    Pairing pairing = new Pairing(wanted);
    pairing.add(messages);
    return pairing;
  }

  /** Pairs those messages that are behind the ones it knows; stops if the thread is interrupted. */
  void add(List<ReceivedMessage> all) {
    for (int i = matching.size(); i < all.size() && !isComplete(); i++) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      matching.add(new BitSet(wanted.size()));
      compared.add(new BitSet(wanted.size()));
      if (place(i, all, new BitSet(wanted.size()))) {
        paired.set(i);
        last = i;
      }
    }
  }

  /** Finds a condition for a message; the message it had may have to move on. */
  private boolean place(int message, List<ReceivedMessage> all, BitSet tried) {
    for (int i = free.nextSetBit(0); i >= 0; i = free.nextSetBit(i + 1)) {
      if (matches(message, i, all)) {
        messageOf[i] = message;
        free.clear(i);
        return true;
      }
    }
    for (int i = tried.nextClearBit(0); i < wanted.size(); i = tried.nextClearBit(i + 1)) {
      if (!free.get(i) && matches(message, i, all)) {
        tried.set(i);
        if (place(messageOf[i], all, tried)) {
          messageOf[i] = message;
          return true;
        }
      }
    }
    return false;
  }

  private boolean matches(int message, int condition, List<ReceivedMessage> all) {
    BitSet known = compared.get(message);
    if (!known.get(condition)) {
      known.set(condition);
      matching.get(message).set(condition, wanted.get(condition).matches(all.get(message)));
    }
    return matching.get(message).get(condition);
  }

  boolean isComplete() {
    return free.isEmpty();
  }

  /** The index of the last message that has a condition. */
  int last() {
    return last;
  }

  /** Returns whether a message has a condition. */
  boolean isPaired(int message) {
    return paired.get(message);
  }

  /** The conditions without a message. */
  List<MessageCondition> missing() {
    return free.stream().mapToObj(wanted::get).toList();
  }
}
