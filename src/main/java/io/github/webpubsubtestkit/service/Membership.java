package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a client was in no group when something was sent to it, as far as operations tell. */
final class Membership {

  private final Wanted client;
  private final Set<String> groups;
  private final List<RecordedOperation> operations;

  /**
   * The groups of a client.
   *
   * @param groups those it is in now
   * @param operations all that are known, in their order
   */
  Membership(Wanted client, Set<String> groups, List<RecordedOperation> operations) {
    this.client = client;
    this.groups = groups;
    this.operations = operations;
  }

  /** Why it was not in the group of a send; empty if it was. */
  Optional<String> whyNot(RecordedOperation send) {
    String group = String.valueOf(send.group());
    int at = operations.indexOf(send);
    Optional<RecordedOperation> before =
        operations.subList(0, at).stream()
            .filter(each -> changes(each, group))
            .reduce((earlier, later) -> later);
    if (before.isPresent()) {
      return isJoin(before.get().operation()) ? Optional.empty() : Optional.of(left(before.get()));
    }
    if (firstGroups().contains(group)) {
      return Optional.empty();
    }
    Optional<RecordedOperation> after =
        operations.subList(at, operations.size()).stream()
            .filter(each -> changes(each, group))
            .findFirst();
    if (after.isPresent()) {
      return isJoin(after.get().operation())
          ? Optional.of(
              client.client()
                  + " joined the group only later, at "
                  + Timeline.seconds(after.get().at()))
          : Optional.empty();
    }
    return groups.contains(group)
        ? Optional.empty()
        : Optional.of(client.client() + isInOthers(group) + earlier(group));
  }

  private String left(RecordedOperation leave) {
    return client.client()
        + (leave.operation() == Operation.LEAVE_GROUP
            ? " had left the group at "
            : " had been removed from the group at ")
        + Timeline.seconds(leave.at());
  }

  private String isInOthers(String group) {
    if (groups.isEmpty()) {
      return " is in no group";
    }
    for (String each : groups) {
      Optional<String> difference = NameDifference.between(each, group);
      if (difference.isPresent()) {
        return " is in group " + RequestText.quote(each) + ", which " + difference.get();
      }
    }
    return (groups.size() == 1 ? " is in group " : " is in groups ")
        + groups.stream().map(RequestText::quote).collect(Collectors.joining(", "));
  }

  /** An earlier connection of the same user that was in the group. */
  private String earlier(String group) {
    return operations.stream()
        .filter(each -> each.at().compareTo(client.since()) < 0)
        .filter(each -> isInHub(each) && isJoin(each.operation()) && names(each, group))
        .filter(each -> client.userId() != null && client.userId().equals(user(each)))
        .reduce((earlier, later) -> later)
        .map(
            join ->
                ": an earlier connection of this user joined it at "
                    + Timeline.seconds(join.at())
                    + ", and a new connection begins without its groups")
        .orElse("");
  }

  private static @Nullable String user(RecordedOperation join) {
    return join.operation() == Operation.JOIN_GROUP ? join.caller().userId() : join.userId();
  }

  /** The groups that the service gave the connection when it was opened. */
  private Set<String> firstGroups() {
    return operations.stream()
        .filter(each -> each.operation() == Operation.CONNECT)
        .filter(each -> isClient(each.caller().connectionId()))
        .findFirst()
        .map(each -> each.details().firstGroups())
        .orElse(Set.of());
  }

  private boolean changes(RecordedOperation each, String group) {
    if (!each.successful() || !isInHub(each)) {
      return false;
    }
    return switch (each.operation()) {
      case JOIN_GROUP, LEAVE_GROUP -> names(each, group) && isClient(each.caller().connectionId());
      case ADD_CONNECTION_TO_GROUP, REMOVE_CONNECTION_FROM_GROUP ->
          names(each, group) && isClient(each.connectionId());
      case REMOVE_CONNECTION_FROM_ALL_GROUPS -> isClient(each.connectionId());
      case ADD_USER_TO_GROUP, REMOVE_USER_FROM_GROUP ->
          names(each, group) && isWhileOpen(each) && isUser(each.userId());
      case REMOVE_USER_FROM_ALL_GROUPS -> isWhileOpen(each) && isUser(each.userId());
      case ADD_CONNECTIONS_TO_GROUPS, REMOVE_CONNECTIONS_FROM_GROUPS ->
          names(each, group) && isWhileOpen(each) && each.result().connections() > 0;
      default -> false;
    };
  }

  private static boolean isJoin(Operation operation) {
    return switch (operation) {
      case JOIN_GROUP, ADD_CONNECTION_TO_GROUP, ADD_USER_TO_GROUP, ADD_CONNECTIONS_TO_GROUPS ->
          true;
      default -> false;
    };
  }

  private static boolean names(RecordedOperation each, String group) {
    return group.equals(each.group())
        || (each.http() != null && each.http().groups().contains(group));
  }

  private boolean isInHub(RecordedOperation each) {
    return each.hub().equalsIgnoreCase(client.hub());
  }

  private boolean isWhileOpen(RecordedOperation each) {
    return each.at().compareTo(client.since()) >= 0;
  }

  private boolean isClient(@Nullable String connectionId) {
    return connectionId != null && connectionId.equals(client.connectionId());
  }

  private boolean isUser(@Nullable String userId) {
    return userId != null && userId.equals(client.userId());
  }
}
