package io.github.webpubsubtestkit.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Each condition with a message of its own: the largest such pairing, found by augmenting paths.
 */
final class Pairing {

  private static final int NONE = -1;

  private final List<MessageCondition> wanted;
  private final List<ReceivedMessage> messages;
  private final int[] messageOf;
  private final int[] conditionOf;

  private Pairing(List<MessageCondition> wanted, List<ReceivedMessage> messages) {
    this.wanted = wanted;
    this.messages = messages;
    this.messageOf = new int[wanted.size()];
    this.conditionOf = new int[messages.size()];
    Arrays.fill(messageOf, NONE);
    Arrays.fill(conditionOf, NONE);
  }

  static Pairing of(List<MessageCondition> wanted, List<ReceivedMessage> messages) {
    Pairing pairing = new Pairing(wanted, messages);
    for (int i = 0; i < wanted.size(); i++) {
      pairing.place(i, new boolean[messages.size()]);
    }
    return pairing;
  }

  /** Finds a message for a condition; another condition may have to move on. */
  private boolean place(int condition, boolean[] tried) {
    for (int i = 0; i < messages.size(); i++) {
      if (!tried[i] && wanted.get(condition).matches(messages.get(i))) {
        tried[i] = true;
        if (conditionOf[i] == NONE || place(conditionOf[i], tried)) {
          conditionOf[i] = condition;
          messageOf[condition] = i;
          return true;
        }
      }
    }
    return false;
  }

  boolean isComplete() {
    return Arrays.stream(messageOf).noneMatch(each -> each == NONE);
  }

  /** The index of the last message that has a condition. */
  int last() {
    return Arrays.stream(messageOf).max().orElse(NONE);
  }

  /** Returns whether a message has a condition. */
  boolean isPaired(int message) {
    return conditionOf[message] != NONE;
  }

  /** The conditions without a message. */
  List<MessageCondition> missing() {
    List<MessageCondition> missing = new ArrayList<>();
    for (int i = 0; i < messageOf.length; i++) {
      if (messageOf[i] == NONE) {
        missing.add(wanted.get(i));
      }
    }
    return missing;
  }
}
