package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Protocol.JSON;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceStateAssertTest {

  private static final String FROM_ALICE =
      String.join(
          "\n",
          "  from this user",
          "    +0.000 s  connect()  from user \"alice\"  101, connected",
          "  hub \"hub\"  ");

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void theStateIsAsItIs() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    service.connectSimple(asUser("bob"));
    service.connect(anonymous().groups("room").hub("chat"));

    assertThat(service)
        .hasConnections(2)
        .hasConnectionFrom("alice")
        .hasUser("bob")
        .hasNoUser("carol")
        .hasGroupMember("room", "alice")
        .hasNoGroupMember("room", "bob")
        .hasGroupMembers("room", 1)
        .hasGroupMembers("empty", 0)
        .inHub("CHAT")
        .hasConnections(1)
        .hasGroupMembers("room", 1)
        .hasNoUser("alice")
        .inHub("news")
        .hasNoConnections();
    assertThat(service.connections()).hasSize(3);
    assertThat(service.connections("hub"))
        .contains(
            new ConnectionInfo(
                "hub",
                alice.connectionId(),
                Optional.of("alice"),
                Set.of("room"),
                Optional.of(JSON),
                false));
    assertThat(service.users()).containsExactly("alice", "bob");
    assertThat(service.groupMembers("room")).containsExactly("alice");
  }

  @Test
  void aFailureListsTheConnections() {
    PubSubClient alice = service.connect(asUser("alice").groups("b", "a"));
    service.connectSimple(anonymous());
    String simple = service.connections().get(1).connectionId();
    String connects =
        """
          at the service
            +0.000 s  connect()  from user "alice"                                   101, connected
            +0.000 s  connect()  from connection "%s"  101, without subprotocol
          hub "hub"   2 connections
                      user "alice"  json.webpubsub.azure.v1  groups [a, b]  connection %s
                      no user       simple client            in no group    connection %s
        """
            .formatted(simple, alice.connectionId(), simple);
    String nothing =
        """
          at the service   no %%s came
          hub "hub"        2 connections
                           user "alice"  json.webpubsub.azure.v1  groups [a, b]  connection %s
                           no user       simple client            in no group    connection %s
        """
            .formatted(alice.connectionId(), simple);
    String noClose =
        nothing.formatted(
            "closeConnection, closeAllConnections, closeGroupConnections, closeUserConnections");
    String noJoin =
        nothing.formatted(
            "addConnectionToGroup, addUserToGroup, addConnectionsToGroups, joinGroup");
    String noJoinOfAlice = noJoin.replace("  hub \"hub\"  ", FROM_ALICE);
    String noLeave =
        nothing.formatted(
            "removeConnectionFromGroup, removeConnectionFromAllGroups, removeUserFromGroup,"
                + " removeUserFromAllGroups, removeConnectionsFromGroups, leaveGroup");
    String two = " but the hub has 2 connections (\"alice\", no user)\n";

    fails(
        () -> assertThat(service).hasConnections(1),
        "[service] expected 1 connection" + two + connects);
    fails(
        () -> assertThat(service).hasNoConnections(),
        "[service] expected no connection" + two + noClose);
    fails(
        () -> assertThat(service).hasConnectionFrom("bob"),
        "[service] expected a connection from user \"bob\"" + two + connects);
    fails(
        () -> assertThat(service).hasUser("bob"),
        "[service] expected user \"bob\" to be connected" + two + connects);
    fails(
        () -> assertThat(service).hasNoUser("alice"),
        "[service] expected user \"alice\" not to be connected" + two + noClose);
    fails(
        () -> assertThat(service).hasGroupMember("room", "alice"),
        "[service] expected user \"alice\" to be a member of group \"room\""
            + " but the group has no member\n"
            + noJoinOfAlice);
    fails(
        () -> assertThat(service).hasNoGroupMember("a", "alice"),
        "[service] expected user \"alice\" not to be a member of group \"a\""
            + " but the group has 1 member (\"alice\")\n"
            + noLeave);
    fails(
        () -> assertThat(service).hasGroupMembers("a", 2),
        "[service] expected group \"a\" to have 2 members"
            + " but the group has 1 member (\"alice\")\n"
            + noJoin);
    fails(
        () -> assertThat(service).within(ofMillis(1)).hasGroupMembers("a", 2),
        "[service] expected group \"a\" to have 2 members within 1 ms"
            + " but the group has 1 member (\"alice\")\n"
            + noJoin);
  }

  @Test
  void aFailureOfAnEmptyHubSaysSo() {
    fails(
        () -> assertThat(service).inHub("Chat").hasConnections(1),
        """
        [service] expected 1 connection but the hub has no connection
          at the service   no client connected
          hub "chat"       no connection
        """);
  }

  @Test
  void aFailureListsNoMoreThanThirtyConnections() {
    for (int i = 0; i < 32; i++) {
      service.connectSimple(asUser("u" + i));
    }

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).hasNoConnections())
        .satisfies(
            failure ->
                assertThat(String.valueOf(failure.getMessage()).lines())
                    .hasSize(35)
                    .element(33)
                    .isEqualTo("                   … 2 more connections"));
  }

  @Test
  void withinWaitsForAConnectionToCome() {
    CompletableFuture<PubSubClient> later =
        CompletableFuture.supplyAsync(() -> service.connect(asUser("alice").groups("room")));

    assertThat(service).within(ofSeconds(5)).hasGroupMember("room", "alice").hasConnections(1);
    assertThat(later).succeedsWithin(ofSeconds(5));
  }

  @Test
  void withinWaitsForAConnectionToGo() {
    PubSubClient alice = service.connect(asUser("alice"));
    alice.dropConnection();

    assertThat(service).within(ofSeconds(5)).hasNoConnections();
  }

  @Test
  void withinWaitsForAMembershipToEnd() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    alice.sendRaw("{\"type\":\"leaveGroup\",\"group\":\"room\"}");

    assertThat(service).within(ofSeconds(5)).hasNoGroupMember("room", "alice");
  }

  @Test
  void aConnectionIsReceivedOnceAndAsItWasOpened() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    alice.close();
    service.connectSimple(asUser("alice").hub("chat"));

    assertThat(service)
        .receivesConnectionFrom("alice")
        .isInHub("hub")
        .isInGroup("room")
        .hasProtocol(JSON);
    ConnectionAssert second = assertThat(service).inHub("chat").receivesConnectionFrom("alice");
    second.isSimple();
    String id = service.connections("chat").get(0).connectionId();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> second.isInGroup("room"))
        .withMessage(
            """
            [service] expected a connection in group "room" but was in no group
              connection   user "alice"  simple client  in no group  connection %s  hub "chat\"""",
            id);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).within(ZERO).receivesConnectionFrom("alice"))
        .withMessageContaining("2 handshakes");
  }

  @Test
  void aRefusedHandshakeIsShownWhereAConnectionIsMissing() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> service.connect(asUser("alice").signedWith("k".repeat(32))));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).within(ZERO).receivesConnectionFrom("alice"))
        .withMessageContaining("rejectedHandshake()")
        .withMessageContaining("401");
  }

  private static void fails(ThrowingCallable assertion, String text) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(assertion)
        .extracting(
            failure ->
                Unstretched.text(String.valueOf(failure.getMessage()))
                    .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s"))
        .isEqualTo(text + "  times are seconds since the service started; now it is +0.000 s");
  }
}
