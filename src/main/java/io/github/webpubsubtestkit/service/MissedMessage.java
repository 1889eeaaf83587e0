package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Evidence.ConnectionFacts;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.PlannedFaults.Loss;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RestDetails;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The operations that may explain why a client waited for a message in vain. */
final class MissedMessage {

  private static final double SAME = 100;
  private static final double REFUSED = 50;
  private static final double NOBODY = 30;
  private static final double NEAR = 10;
  private static final double NEAR_ENOUGH = 0.5;

  private final Wanted wanted;
  private final Set<String> groups;
  private final Function<String, Optional<ConnectionFacts>> connections;
  private final List<RecordedOperation> operations;
  private final List<Loss> losses;

  MissedMessage(
      Wanted wanted,
      Function<String, Optional<ConnectionFacts>> connections,
      List<RecordedOperation> operations,
      List<Loss> losses) {
    this.wanted = wanted;
    this.losses = losses;
    this.connections = connections;
    Optional<ConnectionFacts> facts =
        Optional.ofNullable(wanted.connectionId()).flatMap(connections);
    this.groups = new TreeSet<>(facts.map(ConnectionFacts::groups).orElse(wanted.groups()));
    this.operations = operations;
  }

  List<Clue> clues() {
    List<Clue> clues = new ArrayList<>();
    for (RecordedOperation each : operations) {
      boolean earlier = each.at().compareTo(wanted.since()) < 0;
      if (each.operation().isSend()) {
        Clue clue = ofSend(each, earlier);
        if (clue.weight() >= SAME || (!earlier && !wanted.nearCame())) {
          clues.add(clue);
        }
      } else if (!each.successful()
          && !earlier
          && !wanted.nearCame()
          && isAboutMessages(each.operation())) {
        clues.add(new Clue(each, REFUSED, refusal(each)));
      }
    }
    return clues;
  }

  /** Queries are refused by a no, which explains nothing. */
  private static boolean isAboutMessages(Operation operation) {
    return switch (operation) {
      case CONNECTION_EXISTS, USER_EXISTS, GROUP_EXISTS, CHECK_PERMISSION -> false;
      default -> true;
    };
  }

  private Clue ofSend(RecordedOperation send, boolean earlier) {
    Payload payload = send.payload();
    double near = payload == null ? 0 : wanted.nearness().apply(payload).orElse(0.0);
    boolean same = near == 1;
    List<String> notes = new ArrayList<>();
    if (!send.successful()) {
      notes.addAll(refusal(send));
    } else if (same || send.result().connections() == 0) {
      whyNotHere(send, earlier).ifPresent(notes::add);
    }
    if (same) {
      String why = notes.isEmpty() ? "" : ", but " + notes.remove(0);
      notes.add(0, "exactly this" + why);
    }
    double weight = near >= NEAR_ENOUGH ? NEAR * near : 0;
    if (same) {
      weight += SAME;
    }
    if (!send.successful()) {
      weight += REFUSED;
    } else if (send.result().connections() == 0) {
      weight += NOBODY;
    }
    return new Clue(send, weight, notes);
  }

  /** Why a send did not reach the client. */
  private Optional<String> whyNotHere(RecordedOperation send, boolean earlier) {
    if (!send.hub().equalsIgnoreCase(wanted.hub())) {
      return Optional.of(wanted.client() + " is in hub " + RequestText.quote(wanted.hub()));
    }
    if (earlier) {
      return Optional.of(
          "before " + wanted.client() + " connected at " + Timeline.seconds(wanted.since()));
    }
    Optional<String> fault = fault(send);
    if (fault.isPresent()) {
      return fault;
    }
    return switch (send.operation()) {
      case SEND_TO_GROUP -> notInGroup(send);
      case SEND_TO_USER -> otherUser(String.valueOf(send.userId()));
      case SEND_TO_CONNECTION ->
          String.valueOf(send.connectionId()).equals(wanted.connectionId())
              ? Optional.empty()
              : Optional.of("to another connection than that of " + wanted.client());
      default -> selected(send);
    };
  }

  /** The fault that came between a send and the client. */
  private Optional<String> fault(RecordedOperation send) {
    Payload payload = send.payload();
    return losses.stream()
        .filter(each -> each.connectionId().equals(wanted.connectionId()))
        .filter(each -> payload != null && payload.type() == each.payload().type())
        .filter(each -> Arrays.equals(payload.bytes(), each.payload().bytes()))
        .findFirst()
        .map(each -> "a fault came between: " + each.fault());
  }

  private Optional<String> otherUser(String user) {
    if (user.equals(wanted.userId())) {
      return Optional.empty();
    }
    String own =
        wanted.userId() == null || wanted.userId().isEmpty()
            ? "has no user id"
            : "is user " + RequestText.quote(wanted.userId());
    return Optional.of(wanted.client() + " " + own + RequestText.onlyCase(user, wanted.userId()));
  }

  private Optional<String> notInGroup(RecordedOperation send) {
    String group = String.valueOf(send.group());
    if (!groups.contains(group)) {
      Optional<String> twin = groups.stream().filter(group::equalsIgnoreCase).findFirst();
      return Optional.of(
          wanted.client()
              + (groups.isEmpty()
                  ? " is in no group"
                  : twin.map(
                          each ->
                              " is in group "
                                  + RequestText.quote(each)
                                  + RequestText.onlyCase(group, each))
                      .orElseGet(() -> " is in " + named(groups))));
    }
    Optional<RecordedOperation> later =
        operations.stream()
            .filter(each -> each.at().compareTo(send.at()) > 0)
            .filter(each -> isJoin(each, group))
            .findFirst();
    return later.isPresent()
        ? Optional.of(
            wanted.client()
                + " joined the group only later, at "
                + Timeline.seconds(later.get().at()))
        : selected(send);
  }

  private static String named(Set<String> groups) {
    return (groups.size() == 1 ? "group " : "groups ")
        + String.join(", ", groups.stream().map(RequestText::quote).toList());
  }

  private boolean isJoin(RecordedOperation each, String group) {
    boolean names =
        group.equals(each.group()) || (each.http() != null && each.http().groups().contains(group));
    return each.successful()
        && names
        && switch (each.operation()) {
          case JOIN_GROUP ->
              String.valueOf(each.caller().connectionId()).equals(wanted.connectionId());
          case ADD_CONNECTION_TO_GROUP ->
              String.valueOf(each.connectionId()).equals(wanted.connectionId());
          case ADD_USER_TO_GROUP -> String.valueOf(each.userId()).equals(wanted.userId());
          case ADD_CONNECTIONS_TO_GROUPS -> true;
          default -> false;
        };
  }

  /** The parameters by which a send leaves connections out. */
  private Optional<String> selected(RecordedOperation send) {
    RestDetails http = send.http();
    boolean filtered =
        (http != null && http.filter() != null) || !RequestText.parameter(send, "filter").isEmpty();
    if (filtered && send.result().connections() == 0) {
      return Optional.of("the filter selects no connection");
    }
    if (!RequestText.parameter(send, "excluded").isEmpty()) {
      return Optional.of("it excludes connections");
    }
    if (!send.caller().isServer()
        && String.valueOf(send.caller().connectionId()).equals(wanted.connectionId())) {
      return Optional.of(wanted.client() + " sent it itself, without echo");
    }
    return Optional.empty();
  }

  private List<String> refusal(RecordedOperation refused) {
    String caller = refused.caller().connectionId();
    return "Forbidden".equals(refused.outcome()) && caller != null
        ? connections
            .apply(caller)
            .map(each -> List.of("its roles are " + each.roles()))
            .orElse(List.of())
        : List.of();
  }
}
