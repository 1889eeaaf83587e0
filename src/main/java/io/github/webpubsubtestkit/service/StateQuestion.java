package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.NameDifference;
import io.github.webpubsubtestkit.internal.expect.Similarity;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.secrets.Display;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects of the connections of a hub, and what may explain that it is not so.
 *
 * @param expected for example {@code user "alice" to be connected}
 * @param user the user it is about; null for any
 * @param group the group it is about; null for the hub
 * @param there true if connections must be there, false if they must not
 */
record StateQuestion(
    Headline expected, @Nullable String user, @Nullable String group, boolean there) {

  private static final double SAME = 100;
  private static final double NEAR_ENOUGH = 0.6;
  private static final double REFUSED = 50;

  private static final Set<Operation> JOINS =
      EnumSet.of(
          Operation.JOIN_GROUP,
          Operation.ADD_USER_TO_GROUP,
          Operation.ADD_CONNECTION_TO_GROUP,
          Operation.ADD_CONNECTIONS_TO_GROUPS);

  private static final Set<Operation> LEAVES =
      EnumSet.of(
          Operation.LEAVE_GROUP,
          Operation.REMOVE_USER_FROM_GROUP,
          Operation.REMOVE_USER_FROM_ALL_GROUPS,
          Operation.REMOVE_CONNECTION_FROM_GROUP,
          Operation.REMOVE_CONNECTION_FROM_ALL_GROUPS,
          Operation.REMOVE_CONNECTIONS_FROM_GROUPS);

  private static final Set<Operation> CLOSES =
      EnumSet.of(
          Operation.CLOSE_CONNECTION,
          Operation.CLOSE_USER_CONNECTIONS,
          Operation.CLOSE_GROUP_CONNECTIONS,
          Operation.CLOSE_ALL_CONNECTIONS);

  private static final Set<Operation> CONNECTS =
      EnumSet.of(Operation.CONNECT, Operation.REJECTED_HANDSHAKE);

  private Set<Operation> effective() {
    if (group == null) {
      return there ? CONNECTS : CLOSES;
    }
    return there ? JOINS : LEAVES;
  }

  private Set<Operation> opposite() {
    if (group == null) {
      return there ? CLOSES : Set.of();
    }
    return there ? LEAVES : JOINS;
  }

  private boolean isAbout(RecordedOperation operation, String hub) {
    String of = operation.userId() == null ? operation.caller().userId() : operation.userId();
    return operation.successful()
        && operation.hub().equalsIgnoreCase(hub)
        && (group == null || operation.group() == null || group.equals(operation.group()))
        && (user == null || of == null || user.equals(of));
  }

  /** What is so instead, as the end of the headline. */
  Headline instead(List<ConnectionInfo> connections) {
    if (group != null) {
      List<ConnectionInfo> members =
          connections.stream().filter(each -> each.groups().contains(group)).toList();
      return members.isEmpty()
          ? nearestGroup(connections)
              .map(near -> Headline.of("it is empty; there is group ").quoted(near))
              .orElseGet(() -> Headline.of("the group has no member"))
          : Headline.of("the group has " + FailureText.count(members.size(), "member") + " ")
              .value(users(members));
    }
    return connections.isEmpty()
        ? Headline.of("the hub has no connection")
        : Headline.of("the hub has " + FailureText.count(connections.size(), "connection") + " ")
            .value(users(connections));
  }

  private static String users(List<ConnectionInfo> connections) {
    return connections.stream()
        .map(each -> each.userId().map(RequestText::quote).orElse("no user"))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private Optional<String> nearestGroup(List<ConnectionInfo> connections) {
    return connections.stream()
        .flatMap(each -> each.groups().stream())
        .filter(each -> Similarity.of(String.valueOf(group), each) >= NEAR_ENOUGH)
        .findFirst();
  }

  /** Adds the operations that had such an effect elsewhere, or that there was none. */
  void addOperations(FailureText text, String hub, List<RecordedOperation> operations) {
    List<Clue> clues = new ArrayList<>();
    List<Clue> undone = new ArrayList<>();
    for (RecordedOperation each : operations) {
      if (effective().contains(each.operation())) {
        clues.add(clue(each, hub));
      } else if (opposite().contains(each.operation()) && isAbout(each, hub)) {
        undone.add(new Clue(each, 2 * SAME, List.of("undone by this")));
      }
    }
    if (clues.isEmpty()) {
      text.fact(
          "at the service",
          effective().equals(CONNECTS)
              ? "no client connected"
              : "no "
                  + effective().stream().map(Operation::sdkName).collect(Collectors.joining(", "))
                  + " came");
      text.list(
          "from this user",
          ServiceEvidence.select(ofUser(operations, hub), hub, Display.AS_THEY_ARE));
    } else {
      clues.addAll(undone);
      text.list(
          "at the service", ServiceEvidence.select(clues, hub, Display.AS_THEY_ARE)); // no payloads
    }
  }

  /** How the user connected, and what it was refused. */
  private List<Clue> ofUser(List<RecordedOperation> operations, String hub) {
    return user == null || group == null || !there
        ? List.of()
        : operations.stream()
            .filter(each -> user.equals(each.caller().userId()))
            .filter(each -> each.hub().equalsIgnoreCase(hub))
            .filter(each -> each.isHandshake() || !each.successful())
            .map(each -> new Clue(each, 1, List.of()))
            .toList();
  }

  private Clue clue(RecordedOperation operation, String hub) {
    List<String> notes = new ArrayList<>();
    double weight = operation.successful() ? 1 : REFUSED;
    if (!operation.hub().equalsIgnoreCase(hub)) {
      notes.add("another hub than " + RequestText.quote(hub));
      weight += SAME;
    }
    String of = operation.userId() == null ? operation.caller().userId() : operation.userId();
    weight += near(notes, "user", user, of) + near(notes, "group", group, operation.group());
    return new Clue(operation, weight, notes);
  }

  private static double near(
      List<String> notes, String what, @Nullable String wanted, @Nullable String is) {
    if (wanted == null || is == null || wanted.equals(is)) {
      return 0;
    }
    double near = Similarity.of(wanted, is);
    if (near < NEAR_ENOUGH) {
      return 0;
    }
    notes.add(
        "its "
            + what
            + " is "
            + RequestText.quote(is)
            + NameDifference.between(is, wanted).map(how -> ", which " + how).orElse(""));
    return SAME * near;
  }
}
