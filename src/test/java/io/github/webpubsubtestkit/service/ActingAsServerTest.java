package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.Permission.JOIN_LEAVE_GROUP;
import static io.github.webpubsubtestkit.service.Permission.SEND_TO_GROUP;
import static io.github.webpubsubtestkit.service.SendOptions.options;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A test in the place of the application's server: by the rules of REST, without HTTP. */
class ActingAsServerTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  // ---- sends with options

  @Test
  void aSendToAllLeavesOutAndFilters() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    PubSubClient bob = service.connect(asUser("bob").groups("room"));
    SimpleClient guest = service.connectSimple(anonymous());

    service.sendToAll(Content.text("1"), options().excluding(alice.connectionId(), "nobody"));
    service.sendToAll(
        Content.text("2"), options().filter("userId ne null").excluding(bob.connectionId()));
    service.sendToAll(Content.json(3), options().filter("'room' in groups"));
    service.sendToAll(Content.binary(new byte[] {4}), options().filter(""));

    assertThat(alice).receivesText("2");
    assertThat(alice).receivesJson("3");
    assertThat(alice).receivesBinary(new byte[] {4});
    assertThat(bob).receivesText("1");
    assertThat(bob).receivesJson("3");
    assertThat(bob).receivesBinary(new byte[] {4});
    assertThat(guest).receivesText("1");
    assertThat(guest).receivesBinary(new byte[] {4});
    assertThat(alice).receivesNoMessage();
    assertThat(guest).receivesNoMessage();
  }

  @Test
  void sendsToUserGroupAndConnectionTakeTheOptionsThatAzureTakes() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    PubSubClient second = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob").groups("room"));

    service.sendToUser("alice", Content.text("1"), options().filter("'room' in groups"));
    service.sendToGroup(
        "room", Content.text("2"), options().excluding(bob.connectionId()).metadata("Trace", "7"));
    service.sendToConnection(second.connectionId(), Content.json(3), options().metadata("a", "b"));

    assertThat(alice).receivesText("1");
    assertThat(alice).receivesText("2").hasMetadata("trace", "7");
    assertThat(second).receivesJson("3").hasMetadata("a", "b");
    assertThat(second).receivesNoMessage();
    assertThat(bob).receivesNoMessage();
    assertThat(service.timeline())
        .contains("sendToGroup(\"room\")  excluding [")
        .contains("metadata {trace=7}");
  }

  @Test
  void aTimeToLiveIsKept() {
    try (FakeWebPubSub expiring =
        FakeWebPubSub.builder().clients(clients -> clients.expireByTtl(true)).build()) {
      PubSubClient alice = expiring.connect(asUser("alice").protocol(Protocol.JSON_RELIABLE));
      alice.dropConnection();

      expiring.sendToAll(Content.text("short"), options().timeToLive(ofSeconds(2)));
      expiring.sendToAll(Content.text("long"), options().timeToLive(ofSeconds(20)));
      expiring.clock().advanceBy(ofSeconds(5));
      alice.recover();

      assertThat(alice).receivesText("long");
    }
  }

  @Test
  void wrongOptionsAreRefusedWhereTheyAreSaid() {
    refused(() -> options().filter("invalid filter"), "Syntax error at position 14");
    refused(() -> options().filter(" "), "Invalid syntax for ' '");
    refused(() -> options().timeToLive(ofSeconds(301)), "0 to 300 but is PT5M1S");
    refused(() -> options().timeToLive(ofSeconds(-1)), "0 to 300");
    refused(() -> options().timeToLive(ofMillis(1500)), "whole seconds");
    refused(() -> options().metadata("a b", "x"), "metadata key");
    refused(() -> options().metadata("a", "ä"), "metadata value");
    refused(
        () -> service.sendToUser("u", Content.text("x"), options().excluding("c")), "use filter");
    refused(
        () -> service.sendToConnection("c", Content.text("x"), options().filter("true")),
        "neither");
    refused(
        () -> service.sendToConnection("c", Content.text("x"), options().excluding("c")),
        "neither");
  }

  @Test
  void optionsReadAsTheyWereWritten() {
    assertThat(options()).hasToString("");
    assertThat(options().excluding("c1").filter("true").timeToLive(ofSeconds(3)).metadata("K", "v"))
        .hasToString("excluding [c1] filter true ttl 3 s metadata {k=v}");
  }

  // ---- existence and closes

  @Test
  void existenceIsSeen() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));

    assertThat(service.connectionExists(alice.connectionId())).isTrue();
    assertThat(service.connectionExists("x")).isFalse();
    assertThat(service.userExists("alice")).isTrue();
    assertThat(service.userExists("bob")).isFalse();
    assertThat(service.groupExists("room")).isTrue();
    assertThat(service.groupExists("other")).isFalse();
  }

  @Test
  void aClosedConnectionIsToldWhy() {
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));

    service.closeConnection(alice.connectionId(), "bye");
    service.closeConnection(bob.connectionId());
    service.closeConnection("gone");

    assertThat(service.connectionExists(alice.connectionId())).isFalse();
    assertThat(alice)
        .isClosed()
        .hasCode(1000)
        .hasDisconnectedMessage("Application server closed the connection. Reason: bye");
    assertThat(bob).isClosed().hasCode(1000);
  }

  @Test
  void manyAreClosedAtOnceButSome() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    PubSubClient alice2 = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob").groups("room"));
    PubSubClient carol = service.connect(asUser("carol"));

    service.closeUserConnections("alice", "r", alice.connectionId());
    assertThat(open(alice, alice2, bob, carol)).containsExactly(alice, bob, carol);
    service.closeGroupConnections("room", "r", alice.connectionId());
    assertThat(open(alice, bob, carol)).containsExactly(alice, carol);
    service.closeGroupConnections("room");
    assertThat(open(alice, carol)).containsExactly(carol);
    PubSubClient dave = service.connect(asUser("dave"));
    service.closeAllConnections("r", dave.connectionId());
    assertThat(open(carol, dave)).containsExactly(dave);
    service.closeUserConnections("dave");
    service.closeAllConnections();
    assertThat(service.connections()).isEmpty();
  }

  private List<PubSubClient> open(PubSubClient... clients) {
    return Stream.of(clients)
        .filter(each -> service.connectionExists(each.connectionId()))
        .toList();
  }

  @Test
  void aSimpleClientHasAConnectionIdWithWhichAServerReachesIt() {
    SimpleClient alice = service.connectSimple(asUser("alice"));
    SimpleClient bob = service.connectSimple(service.clientUrl(asUser("bob")));

    service.sendToConnection(alice.connectionId(), "1");
    service.sendToConnection(bob.connectionId(), "2");
    assertThat(alice).receivesExactly("1");
    assertThat(bob).receivesExactly("2");
    assertThat(service.connections())
        .extracting(ConnectionInfo::connectionId)
        .containsExactlyInAnyOrder(alice.connectionId(), bob.connectionId());

    String id = alice.connectionId();
    service.closeConnection(id);
    assertThat(alice).isClosed();
    assertThat(alice.connectionId()).isEqualTo(id);
  }

  @Test
  void theConnectionIdOfASimpleClientOfAnotherServiceCannotBeKnown() {
    try (FakeWebPubSub other = FakeWebPubSub.start()) {
      SimpleClient stranger = service.connectSimple(other.clientUrl(asUser("alice")));

      assertThatIllegalStateException()
          .isThrownBy(stranger::connectionId)
          .withMessage(
              "the connection id of client client-1 is not known: a service sends it to PubSub"
                  + " clients only, and this client is connected to another service than the kit's"
                  + " fake");
    }
  }

  // ---- groups

  @Test
  void membershipsBeginAndEnd() {
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient guest = service.connect(anonymous());

    service.addConnectionToGroup(guest.connectionId(), "a");
    service.addUserToGroup("alice", "a");
    service.addUserToGroup("alice", "b");
    assertThat(service.listConnectionsInGroup("a"))
        .containsExactlyInAnyOrderElementsOf(service.connections())
        .allSatisfy(member -> assertThat(member).isInGroup("a"))
        .isSortedAccordingTo((x, y) -> x.connectionId().compareTo(y.connectionId()));

    service.removeUserFromGroup("alice", "a");
    assertThat(service.groupMembers("a")).isEmpty();
    service.removeConnectionFromGroup(guest.connectionId(), "a");
    assertThat(service.listConnectionsInGroup("a")).isEmpty();
    service.addConnectionToGroup(alice.connectionId(), "c");
    service.removeConnectionFromAllGroups(alice.connectionId());
    assertThat(service.groupExists("c")).isFalse();
    service.addUserToGroup("alice", "b");
    service.removeUserFromAllGroups("alice");
    assertThat(service.groupExists("b")).isFalse();
    service.removeConnectionFromGroup("gone", "a");
    service.removeConnectionFromAllGroups("gone");
    service.removeUserFromGroup("gone", "a");
    service.removeUserFromAllGroups("gone");
  }

  @Test
  void manyAreAddedByAFilter() {
    PubSubClient alice = service.connect(asUser("alice").groups("a"));
    PubSubClient bob = service.connect(asUser("bob"));

    service.addConnectionsToGroups(List.of("b", "c"), "not ('a' in groups)");
    service.addConnectionsToGroups(List.of("all"), "");
    service.removeConnectionsFromGroups(List.of("c", "a"), "userId in ('alice','bob')");

    assertThat(service.groupMembers("b")).containsExactly("bob");
    assertThat(service.groupMembers("all")).containsExactlyInAnyOrder("alice", "bob");
    assertThat(service.groupExists("a")).isFalse();
    assertThat(service.groupExists("c")).isFalse();
    assertThat(alice).isConnected();
    assertThat(bob).isConnected();
  }

  @Test
  void whatIsMissingIsAnErrorWhereAzureAnswers404() {
    assertThatIllegalStateException()
        .isThrownBy(() -> service.addConnectionToGroup("x", "g"))
        .withMessage("Connection `x` is not found.");
    assertThatIllegalStateException()
        .isThrownBy(() -> service.addUserToGroup("u", "g"))
        .withMessageStartingWith("User `u` is not found.");
    assertThatIllegalStateException()
        .isThrownBy(() -> service.grantPermission(SEND_TO_GROUP, "x", "g"))
        .withMessage("Connection `x` is not found.");
    service.revokePermission(SEND_TO_GROUP, "x", "g");
    assertThat(service.checkPermission(SEND_TO_GROUP, "x", "g")).isFalse();
    try (FakeWebPubSub lenient =
        FakeWebPubSub.builder().rest(rest -> rest.acceptOfflineUsers(true)).build()) {
      lenient.addUserToGroup("u", "g");
      assertThat(lenient.groupExists("g")).isFalse();
    }
  }

  // ---- permissions

  @Test
  void aPermissionHoldsAtOnceAndForItsGroupOnly() {
    PubSubClient alice = service.connect(asUser("alice").withoutRoles());
    String id = alice.connectionId();

    service.grantPermission(JOIN_LEAVE_GROUP, id, "g");
    alice.joinGroup("g");
    assertThat(service.checkPermission(JOIN_LEAVE_GROUP, id, "g")).isTrue();
    assertThat(service.checkPermission(JOIN_LEAVE_GROUP, id, "h")).isFalse();
    assertThat(service.checkPermission(SEND_TO_GROUP, id, "g")).isFalse();
    service.revokePermission(JOIN_LEAVE_GROUP, id, "g");

    assertThat(service.groupMembers("g")).containsExactly("alice");
    assertThatExceptionOfType(AckFailedException.class).isThrownBy(() -> alice.leaveGroup("g"));
  }

  @Test
  void permissionsAreLimited() {
    PubSubClient alice = service.connect(asUser("alice").withoutRoles());
    String id = alice.connectionId();
    for (int i = 0; i < 1000; i++) {
      service.grantPermission(SEND_TO_GROUP, id, "g" + i);
    }

    service.grantPermission(SEND_TO_GROUP, id, "g0");
    assertThatIllegalStateException()
        .isThrownBy(() -> service.grantPermission(SEND_TO_GROUP, id, "g1000"))
        .withMessageContaining("limit of 1000 literal permissions for `sendToGroup`");
  }

  // ---- names

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", " ", "\u00a0"})
  void blankNamesAreRefused(String blank) {
    refused(() -> service.connectionExists(blank), "connectionId must not be blank");
    refused(() -> service.userExists(blank), "userId must not be blank");
    refused(() -> service.groupExists(blank), "group must have");
    refused(() -> service.closeConnection(blank), "connectionId");
    refused(() -> service.closeUserConnections(blank), "userId");
    refused(() -> service.closeGroupConnections(blank), "group");
    refused(() -> service.addConnectionToGroup(blank, "g"), "connectionId");
    refused(() -> service.addUserToGroup("u", blank), "group");
    refused(() -> service.removeConnectionFromAllGroups(blank), "connectionId");
    refused(() -> service.addConnectionsToGroups(List.of("a", blank), ""), "group");
    refused(() -> service.grantPermission(SEND_TO_GROUP, "c", blank), "group");
    refused(() -> service.listConnectionsInGroup(blank), "group");
  }

  @Test
  void noGroupsAndWrongFiltersAreRefused() {
    refused(() -> service.addConnectionsToGroups(List.of(), ""), "groups must not be empty");
    refused(() -> service.removeConnectionsFromGroups(List.of("g"), "userId"), "expect 'bool'");
    refused(() -> service.groupExists("g".repeat(1025)), "1,024 characters");
  }

  static Stream<ThrowingCallable> calls() {
    FakeWebPubSub closed = FakeWebPubSub.start();
    closed.close();
    return Stream.of(
        () -> closed.sendToAll(Content.text("x"), options()),
        () -> closed.closeAllConnections(),
        () -> closed.userExists("u"),
        () -> closed.grantPermission(SEND_TO_GROUP, "c", "g"));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aClosedFakeTakesNothing(ThrowingCallable call) {
    assertThatIllegalStateException().isThrownBy(call).withMessageContaining("closed");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
  }
}
