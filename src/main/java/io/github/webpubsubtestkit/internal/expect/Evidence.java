package io.github.webpubsubtestkit.internal.expect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a service knows that may explain a failure. Asked only when something has failed, so it may
 * take its time.
 */
public interface Evidence {

  /** A service of which nothing is known. */
  Evidence NONE =
      new Evidence() {
        @Override
        public List<String> troubles(@Nullable String hub, Duration since) {
          return List.of();
        }

        @Override
        public List<String> impediments(String hub) {
          return List.of();
        }

        @Override
        public List<Arrival> operations(Wanted wanted) {
          return List.of();
        }

        @Override
        public String silence(Wanted wanted) {
          return "";
        }

        @Override
        public List<Arrival> revocations(String connectionId) {
          return List.of();
        }

        @Override
        public List<String> othersAllowed(String connectionId, String permission, String group) {
          return List.of();
        }

        @Override
        public List<Arrival> events(String hub, String event, List<String> taken) {
          return List.of();
        }

        @Override
        public List<String> faults(
            String hub, @Nullable String connectionId, @Nullable String userId, Duration since) {
          return List.of();
        }

        @Override
        public Optional<ConnectionFacts> connection(String connectionId) {
          return Optional.empty();
        }

        @Override
        public List<String> refusal(String rawTarget) {
          return List.of();
        }
      };

  /**
   * What the service knows of a connection.
   *
   * @param groups the groups it is in
   * @param roles its roles, as in its token or as the application's answer replaced them
   * @param unknownRoles those of its roles that the service does not know
   */
  record ConnectionFacts(Set<String> groups, List<String> roles, List<String> unknownRoles) {}

  /**
   * Possible reasons for a missing effect, one line each: the end of the service, and failures or
   * pending calls of a hub's event handlers since a moment of the timeline.
   *
   * @param hub null for all hubs
   */
  List<String> troubles(@Nullable String hub, Duration since);

  /**
   * The troubles that keep something from coming to a hub, one line each: connections that failed
   * before a request, and what faults hold back.
   */
  List<String> impediments(String hub);

  /** The operations that may explain why a message did not come, in order of time. */
  List<Arrival> operations(Wanted wanted);

  /**
   * Whether something was sent since the client was opened, as a sentence; empty if what is missing
   * was sent, or may have been.
   */
  String silence(Wanted wanted);

  /** What took permissions from a connection. */
  List<Arrival> revocations(String connectionId);

  /**
   * The other connections of its hub that may do what a connection was refused, a clause each.
   *
   * @param permission {@code sendToGroup} or {@code joinLeaveGroup}
   */
  List<String> othersAllowed(String connectionId, String permission, String group);

  /**
   * The user events that may explain why an event did not come to a handler of a hub.
   *
   * @param taken the events that did come to it: connection id, blank, name
   */
  List<Arrival> events(String hub, String event, List<String> taken);

  /**
   * The latest faults of the test that a client has met, a line each, in order of time.
   *
   * @param connectionId null before there is a connection
   * @param userId null if the client has none, or none that is known
   * @param since when the client was opened
   */
  List<String> faults(
      String hub, @Nullable String connectionId, @Nullable String userId, Duration since);

  /**
   * The latest fault of the test that a connection has met since a moment: {@code refusal with 1008
   * for recover()}.
   */
  default Optional<String> latestFault(String connectionId, Duration since) {
    return Optional.empty();
  }

  /** What is known of an open connection. */
  Optional<ConnectionFacts> connection(String connectionId);

  /**
   * Why the latest handshake for this path and query was refused, and the claims of its token, a
   * line each; empty if it was not refused.
   */
  List<String> refusal(String rawTarget);
}
