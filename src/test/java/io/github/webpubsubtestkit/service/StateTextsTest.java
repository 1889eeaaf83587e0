package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.client.PubSubClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A connection or a member that is not there: the nearest one is named")
class StateTextsTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  private static String textOf(ThrowingCallable assertion) {
    return String.valueOf(catchThrowableOfType(AssertionError.class, assertion).getMessage())
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
        .replaceAll("[0-9a-f]{32}", "ID");
  }

  @Test
  void aUserInOtherCase() {
    service.connect(asUser("Alice"));

    assertThat(textOf(() -> assertThat(service).hasUser("alice")))
        .isEqualTo(
            """
            [service] expected user "alice" to be connected but the hub has 1 connection ("Alice")
              at the service
                +0.000 s  connect()  from user "Alice"  101, connected     <- its user is "Alice", which differs only in upper and lower case
              hub "hub"   1 connection
                          user "Alice"  json.webpubsub.azure.v1  in no group  connection ID
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aGroupWithATypo() {
    service.connect(asUser("alice")).joinGroup("strom-alerts");

    assertThat(textOf(() -> assertThat(service).hasGroupMember("storm-alerts", "alice")))
        .isEqualTo(
            """
            [service] expected user "alice" to be a member of group "storm-alerts" but it is empty; there is group "strom-alerts"
              at the service
                +0.000 s  joinGroup("strom-alerts")  from user "alice"  ok     <- its group is "strom-alerts"
              hub "hub"   1 connection
                          user "alice"  json.webpubsub.azure.v1  groups [strom-alerts]  connection ID
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aGroupWithABlank() {
    service.connect(asUser("alice")).joinGroup("lobby ");

    assertThat(textOf(() -> assertThat(service).hasGroupMember("lobby", "alice")))
        .isEqualTo(
            """
            [service] expected user "alice" to be a member of group "lobby" but it is empty; there is group "lobby "
              at the service
                +0.000 s  joinGroup("lobby ")  from user "alice"  ok     <- its group is "lobby ", which differs only in a blank at its end
              hub "hub"   1 connection
                          user "alice"  json.webpubsub.azure.v1  groups ["lobby "]  connection ID
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aUserInAnotherHub() {
    service.connect(asUser("alice").hub("chat"));

    assertThat(textOf(() -> assertThat(service).hasUser("alice")))
        .isEqualTo(
            """
            [service] expected user "alice" to be connected but the hub has no connection
              at the service
                +0.000 s  connect()  from user "alice"  hub "chat"  101, connected     <- another hub than "hub"
              hub "hub"    no connection
              hub "chat"   1 connection: user "alice"  json.webpubsub.azure.v1  in no group  connection ID
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aUserWhoWasClosed() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.closeUserConnections("alice");
    assertThat(alice).isClosed();

    assertThat(textOf(() -> assertThat(service).hasUser("alice")))
        .isEqualTo(
            """
            [service] expected user "alice" to be connected but the hub has no connection
              at the service
                +0.000 s  connect()                      from user "alice"  101, connected
                +0.000 s  closeUserConnections("alice")  from the test      ok, 1 connection     <- undone by this
              hub "hub"   no connection
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aMemberWhoLeft() {
    PubSubClient alice = service.connect(asUser("alice"));
    alice.joinGroup("lobby");
    service.removeUserFromGroup("alice", "lobby");

    assertThat(textOf(() -> assertThat(service).hasGroupMember("lobby", "alice")))
        .isEqualTo(
            """
            [service] expected user "alice" to be a member of group "lobby" but the group has no member
              at the service
                +0.000 s  joinGroup("lobby")                     from user "alice"  ok
                +0.000 s  removeUserFromGroup("alice", "lobby")  from the test      ok, 1 connection     <- undone by this
              hub "hub"   1 connection
                          user "alice"  json.webpubsub.azure.v1  in no group  connection ID
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void aMemberWhoWasNeverRemoved() {
    service.connect(asUser("alice").groups("lobby"));

    assertThat(textOf(() -> assertThat(service).hasNoGroupMember("lobby", "alice")))
        .isEqualTo(
            """
            [service] expected user "alice" not to be a member of group "lobby" but the group has 1 member ("alice")
              at the service   no removeConnectionFromGroup, removeConnectionFromAllGroups, removeUserFromGroup, removeUserFromAllGroups, removeConnectionsFromGroups, leaveGroup came
              hub "hub"        1 connection
                               user "alice"  json.webpubsub.azure.v1  groups [lobby]  connection ID
              times are seconds since the service started; now it is +0.000 s""");
  }
}
