package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.expect.Wanted;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.MetFault;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operations that may explain why a client waited for a message in vain. */
final class MissedMessage {

  private static final double SAME = 100;
  private static final double CLOSED = 60;
  private static final double REFUSED = 50;
  private static final double NOBODY = 30;
  private static final double NEAR = 10;
  private static final double NEAR_ENOUGH = 0.5;
  private static final int MAX_NAMED = 3;

  private final Wanted wanted;
  private final Set<String> groups;
  private final Connections connections;
  private final List<RecordedOperation> operations;
  private final List<MetFault> faults;
  private final Membership membership;

  MissedMessage(
      Wanted wanted,
      Connections connections,
      List<RecordedOperation> operations,
      List<MetFault> faults) {
    this.wanted = wanted;
    this.faults = faults;
    this.connections = connections;
    this.groups = new TreeSet<>(own().map(ConnectionView::groups).orElse(wanted.groups()));
    this.operations = operations;
    this.membership = new Membership(wanted, groups, operations);
  }

  private Optional<ConnectionView> own() {
    return Optional.ofNullable(wanted.connectionId()).flatMap(connections::view);
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
      } else if (!earlier && hasClosed(each)) {
        clues.add(new Clue(each, CLOSED, List.of("closed the connection of " + wanted.client())));
      } else if (!each.successful()
          && !earlier
          && !wanted.nearCame()
          && isAboutMessages(each.operation())) {
        clues.add(new Clue(each, REFUSED, twin(each).map(List::of).orElse(refusal(each))));
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

  /** Returns whether it ended the connection of a client that has ended. */
  private boolean hasClosed(RecordedOperation each) {
    if (!wanted.ended()
        || !each.successful()
        || each.result().connections() == 0
        || !each.hub().equalsIgnoreCase(wanted.hub())
        || RequestText.parameter(each, "excluded").contains(wanted.connectionId())) {
      return false;
    }
    return switch (each.operation()) {
      case CLOSE_ALL_CONNECTIONS -> true;
      case CLOSE_CONNECTION -> isOwn(each.connectionId());
      case CLOSE_USER_CONNECTIONS -> each.userId() != null && each.userId().equals(wanted.userId());
      case CLOSE_GROUP_CONNECTIONS -> groups.contains(String.valueOf(each.group()));
      default -> false;
    };
  }

  private boolean isOwn(@Nullable String connectionId) {
    return connectionId != null && connectionId.equals(wanted.connectionId());
  }

  private Clue ofSend(RecordedOperation send, boolean earlier) {
    Payload payload = send.payload();
    double near = payload == null ? 0 : wanted.nearness().apply(payload).orElse(0.0);
    boolean same = near == 1;
    List<String> notes = new ArrayList<>();
    if (!send.successful()) {
      List<String> why = refusal(send);
      notes.addAll(same && why.isEmpty() ? List.of(stopped(send)) : why);
    } else if (same || send.result().connections() == 0) {
      whyNotHere(send, earlier).ifPresent(notes::add);
    }
    if (same) {
      String why = notes.isEmpty() ? deliveredTo(send) : ", but " + notes.remove(0);
      notes.add(0, "exactly this" + why);
      excludedOthers(send).ifPresent(notes::add);
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
    Optional<String> notMeant =
        switch (send.operation()) {
          case SEND_TO_GROUP -> membership.whyNot(send);
          case SEND_TO_USER -> otherUser(String.valueOf(send.userId()));
          case SEND_TO_CONNECTION -> otherConnection(String.valueOf(send.connectionId()));
          default -> Optional.empty();
        };
    return notMeant.or(() -> leftOut(send)).or(() -> fault(send)).or(() -> wasAway(send));
  }

  /** The fault that came between a send and the client. */
  private Optional<String> fault(RecordedOperation send) {
    Payload payload = send.payload();
    if (payload == null) {
      return Optional.empty();
    }
    return faults.stream()
        .filter(each -> isOwn(each.target().connectionId()))
        .filter(each -> isSame(payload, each.target().payload()))
        .findFirst()
        .map(each -> "a fault came between: " + each.fault());
  }

  static boolean isSame(Payload sent, @Nullable Payload met) {
    return met != null && sent.type() == met.type() && Arrays.equals(sent.bytes(), met.bytes());
  }

  private Optional<String> otherUser(String user) {
    if (user.equals(wanted.userId())) {
      return Optional.empty();
    }
    if (wanted.userId() == null || wanted.userId().isEmpty()) {
      return Optional.of(wanted.client() + " has no user id");
    }
    return Optional.of(
        wanted.client()
            + " is user "
            + RequestText.quote(wanted.userId())
            + NameDifference.between(wanted.userId(), user)
                .map(how -> ", which " + how)
                .orElse(""));
  }

  private String deliveredTo(RecordedOperation send) {
    return send.successful() && wanted.received()
        ? ", and " + wanted.client() + " received it"
        : "";
  }

  private static String stopped(RecordedOperation send) {
    return send.result().reason().equals(Interceptor.ORDERED)
        ? "a fault of this test stopped it"
        : "it was refused";
  }

  /** That a refused operation was for a user who is nearly that of the client. */
  private Optional<String> twin(RecordedOperation refused) {
    String user = refused.userId();
    return user != null
            && wanted.userId() != null
            && NameDifference.between(user, wanted.userId()).isPresent()
        ? otherUser(user)
        : Optional.empty();
  }

  private Optional<String> otherConnection(String id) {
    if (isOwn(id)) {
      return Optional.empty();
    }
    boolean open = connections.view(id).isPresent();
    return Optional.of(
        connections
            .userOf(id)
            .map(
                user ->
                    user.equals(wanted.userId())
                        ? "that is another connection of user "
                            + RequestText.quote(user)
                            + (open ? ", not that of " + wanted.client() : ", which has ended")
                        : "that is the connection of user " + RequestText.quote(user))
            .orElse("that is not the connection of " + wanted.client()));
  }

  /** The parameters by which a send leaves the client out. */
  private Optional<String> leftOut(RecordedOperation send) {
    if (RequestText.parameter(send, "excluded").contains(wanted.connectionId())) {
      return Optional.of("the excluded connection is that of " + wanted.client());
    }
    Optional<String> filter = RequestText.filter(send);
    if (filter.isPresent()) {
      Optional<String> missed = FilterMiss.of(filter.get(), wanted, own());
      if (missed.isPresent() || send.result().connections() == 0) {
        return missed.or(() -> Optional.of("the filter selected no connection"));
      }
    }
    if (!send.caller().isServer() && isOwn(send.caller().connectionId())) {
      return Optional.of(wanted.client() + " sent it itself, without echo");
    }
    return Optional.empty();
  }

  /** Who is excluded besides the client. */
  private Optional<String> excludedOthers(RecordedOperation send) {
    List<String> others =
        RequestText.parameter(send, "excluded").stream()
            .filter(each -> !isOwn(each))
            .map(
                each ->
                    connections
                        .userOf(each)
                        .map(user -> "the connection of user " + RequestText.quote(user))
                        .orElse("a connection without a user"))
            .distinct()
            .limit(MAX_NAMED)
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("excluded is " + String.join(", ", others));
  }

  private Optional<String> wasAway(RecordedOperation send) {
    if (send.result().connections() == 0) {
      return wanted.ended()
          ? Optional.of("the connection of " + wanted.client() + " had ended by then")
          : Optional.empty();
    }
    return own().filter(ConnectionView::detached).isPresent()
        ? Optional.of("the service keeps it until " + wanted.client() + " calls recover()")
        : Optional.empty();
  }

  private List<String> refusal(RecordedOperation refused) {
    String caller = refused.caller().connectionId();
    if (!"Forbidden".equals(refused.outcome()) || caller == null) {
      return List.of();
    }
    return connections
        .view(caller)
        .map(each -> List.of("the roles of its sender are " + each.roles()))
        .orElse(List.of());
  }
}
