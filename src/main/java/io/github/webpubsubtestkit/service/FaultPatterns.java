package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.service.RequestCondition.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Refuses the patterns of faults that no request can ever meet. */
final class FaultPatterns {

  private static final Set<String> OF_MESSAGES = Set.of("data", "metadata", "ttl");

  private static final Set<String> OF_SERVERS = Set.of("excluded", "reason", "filter", "ttl");

  /** What has data. */
  private static final Set<Operation> SENDS =
      Set.of(
          Operation.EVENT,
          Operation.SEND_TO_ALL,
          Operation.SEND_TO_CONNECTION,
          Operation.SEND_TO_GROUP,
          Operation.SEND_TO_USER);

  private static final Set<Operation> CLOSES =
      Set.of(
          Operation.CLOSE_ALL_CONNECTIONS,
          Operation.CLOSE_CONNECTION,
          Operation.CLOSE_GROUP_CONNECTIONS,
          Operation.CLOSE_USER_CONNECTIONS);

  /** The fields that have one value. */
  private static final Set<String> SINGLE =
      Set.of(
          "data",
          "hub",
          "connection",
          RequestCondition.CALLER_USER,
          "excluded",
          "reason",
          "filter",
          "ttl");

  private FaultPatterns() {}

  /** Refuses what no REST request can meet. */
  static void checkRequest(RequestPattern pattern) {
    check(pattern);
    if (pattern.isForHandshakes()) {
      throw refused(pattern, "is one of handshakes: use faults().handshake(..) for it");
    }
    for (RequestCondition each : pattern.conditions()) {
      if (each.origin() == Origin.CLIENT) {
        throw refused(
            pattern,
            "can only be met by connected clients: use faults().ack(..), message(..),"
                + " connection(..) or event(..) for them");
      }
      checkField(pattern, each);
    }
  }

  /** Refuses what no handshake can meet. */
  static void checkHandshake(RequestPattern pattern) {
    check(pattern);
    if (!pattern.isForHandshakes()) {
      throw refused(
          pattern,
          "is none of handshakes: only connect(), recover() and anyHandshake() are. Use"
              + " faults().request(..) for REST requests");
    }
    for (RequestCondition each : pattern.conditions()) {
      if (each.origin() == Origin.SERVER
          || OF_MESSAGES.contains(each.field())
          || Set.of("excluded", "reason").contains(each.field())) {
        throw refused(
            pattern,
            "can never be met: a handshake is nothing \""
                + each.phrase()
                + "\". Narrow it by fromUser(..), fromConnection(..) or inHub(..) only");
      }
    }
  }

  /** Refuses what no request of a client can meet. */
  static void checkAck(RequestPattern pattern) {
    checkConsistent(pattern);
    if (pattern.isForHandshakes()) {
      throw refused(pattern, "is one of handshakes, which have no ack: use faults().handshake(..)");
    }
    for (RequestCondition each : pattern.conditions()) {
      if (each.origin() == Origin.SERVER || OF_SERVERS.contains(each.field())) {
        throw refused(
            pattern,
            "can never be met: only clients get acks, for joinGroup(..), leaveGroup(..),"
                + " sendToGroup(..) and event(..). Use faults().request(..) for REST requests");
      }
      checkField(pattern, each);
    }
  }

  /** Refuses acks that a fault cannot make negative, as they are negative anyway. */
  static void checkFail(RequestPattern pattern) {
    if (pattern.saysOutcome()
        && pattern.conditions().stream().anyMatch(each -> each.isForRefusals())) {
      throw refused(
          pattern,
          "can never be met by fail(..), which refuses what would be carried out: leave out"
              + " withOutcome(..) and refused()");
    }
  }

  /** Refuses what contradicts itself, and what says an outcome. */
  private static void check(RequestPattern pattern) {
    if (pattern.saysOutcome()) {
      throw refused(
          pattern,
          "says an outcome, but the fault is what decides it: leave out withOutcome(..) and"
              + " refused()");
    }
    checkConsistent(pattern);
  }

  private static void checkConsistent(RequestPattern pattern) {
    Map<String, String> known = new HashMap<>();
    for (RequestCondition each : pattern.conditions()) {
      String earlier =
          SINGLE.contains(each.field()) && !each.phrase().isEmpty()
              ? known.putIfAbsent(each.field(), each.phrase())
              : null;
      if (earlier != null && !earlier.equals(each.phrase())) {
        throw refused(
            pattern,
            "can never be met, because it asks for both \""
                + earlier
                + "\" and \""
                + each.phrase()
                + "\": order a fault for each");
      }
    }
  }

  private static void checkField(RequestPattern pattern, RequestCondition condition) {
    for (RequestCondition each : pattern.conditions()) {
      Operation operation = each.operation();
      if (operation != null
          && ((OF_MESSAGES.contains(condition.field()) && !SENDS.contains(operation))
              || (condition.field().equals("reason") && !CLOSES.contains(operation)))) {
        throw refused(
            pattern,
            "can never be met: "
                + operation
                + " has no "
                + (condition.field().equals("ttl") ? "time to live" : condition.field())
                + ". Leave that out");
      }
    }
  }

  private static IllegalArgumentException refused(RequestPattern pattern, String why) {
    return new IllegalArgumentException("the pattern " + pattern + " " + why);
  }
}
