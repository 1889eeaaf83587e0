package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.PublishOptions;
import io.github.webpubsubtestkit.conformance.RestDriver;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that waits in vain is told what was sent instead:")
class VainWaitTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  /** What stands below the first line of a client whose connection has ended. */
  private static String whyEnded(PubSubClient client) {
    AssertionError failure =
        catchThrowableOfType(
            AssertionError.class, () -> assertThat(client).within(ZERO).receivesText("hi"));
    return String.valueOf(failure.getMessage())
            .lines()
            .skip(1)
            .collect(Collectors.joining("\n"))
            .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
            .replaceAll("[0-9a-f]{32}", "ID")
        + "\n";
  }

  private RestDriver server() {
    return new RestDriver(service.endpoint(), service.accessKey(), "hub");
  }

  /** What stands between the first line and the state of the connection. */
  private static String why(PubSubClient client) {
    AssertionError failure =
        catchThrowableOfType(
            AssertionError.class,
            () -> assertThat(client).within(Duration.ofMillis(1)).receivesText("hi"));
    List<String> lines = Unstretched.text(String.valueOf(failure.getMessage())).lines().toList();
    assertThat(lines.get(0))
        .isEqualTo("[alice] expected text \"hi\" within 1 ms but received nothing");
    return lines.stream()
            .skip(1)
            .takeWhile(line -> !line.startsWith("  connection "))
            .collect(Collectors.joining("\n"))
            .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
            .replaceAll("[0-9a-f]{32}", "ID")
        + "\n";
  }

  @Test
  @DisplayName("a group whose name is another")
  void groupTypo() {
    PubSubClient alice = service.connect(asUser("alice").groups("storm-alerts"));
    service.sendToGroup("strom-alerts", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("strom-alerts")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice is in group "storm-alerts"
            """);
  }

  @Test
  @DisplayName("a group in another case")
  void groupInOtherCase() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    service.sendToGroup("Room", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("Room")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice is in group "room", which differs only in upper and lower case
            """);
  }

  @Test
  @DisplayName("another hub")
  void otherHub() {
    PubSubClient alice = service.connect(asUser("alice").hub("other"));
    service.sendToAll("hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToAll()  from the test  hub "hub"  ok, to nobody  text "hi"     <- exactly this, but alice is in hub "other"
            """);
  }

  @Test
  @DisplayName("another user")
  void otherUser() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToUser("Alice", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToUser("Alice")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice is user "alice", which differs only in upper and lower case
            """);
  }

  @Test
  @DisplayName("a user, to a client without one")
  void noUser() {
    PubSubClient alice = service.connect(anonymous().name("alice"));
    service.sendToUser("bob", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToUser("bob")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice has no user id
            """);
  }

  @Test
  @DisplayName("before the client connected")
  void tooEarly() {
    service.sendToAll("hi");
    PubSubClient alice = service.connect(asUser("alice"));

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToAll()  from the test  ok, to nobody  text "hi"     <- exactly this, but before alice connected at +0.000 s
            """);
  }

  @Test
  @DisplayName("a group that it joined only later")
  void joinedLater() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToGroup("room", "hi");
    alice.joinGroup("room");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("room")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice joined the group only later, at +0.000 s
            """);
  }

  @Test
  @DisplayName("a filter that selects nobody")
  void filter() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToAll(Content.text("hi"), SendOptions.options().filter("userId eq 'bob'"));

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToAll()  from the test  ok, to nobody  text "hi"  filter [userId eq 'bob']     <- exactly this, but the filter does not select alice
            """);
  }

  @Test
  @DisplayName("a send that excludes it")
  void excluded() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToAll(Content.text("hi"), SendOptions.options().excluding(alice.connectionId()));

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToAll()  from the test  ok, to nobody  text "hi"  excluded [ID]     <- exactly this, but the excluded connection is that of alice
            """);
  }

  @Test
  @DisplayName("its own message, without echo")
  void noEcho() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    alice.sendToGroup("room", Content.text("hi"), PublishOptions.options().noEcho());

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("room")  from user "alice"  ok, to nobody  text "hi"     <- exactly this, but alice sent it itself, without echo
            """);
  }

  @Test
  @DisplayName("a send that was refused")
  void refused() {
    PubSubClient alice = service.connect(asUser("alice").withoutRoles());
    alice.sendRaw(
        "{\"type\":\"sendToGroup\",\"group\":\"g\",\"dataType\":\"text\",\"data\":\"hi\",\"ackId\":7}");
    assertThat(alice).receivesAck(7).failedWith("Forbidden");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("g")  from user "alice"  Forbidden: The client does not have permission to send to group 'g'.  text "hi"     <- exactly this, but the roles of its sender are []
            """);
  }

  @Test
  @DisplayName("a user with a blank that nobody sees")
  void blank() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToUser("alice ", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToUser("alice ")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice is user "alice", which differs only in a blank at its end
            """);
  }

  @Test
  @DisplayName("a group with a blank that cannot be seen at all")
  void invisible() {
    PubSubClient alice = service.connect(asUser("alice").groups("room\u200b"));
    service.sendToGroup("room", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("room")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice is in group "room\\u200b", which differs only in characters that are invisible
            """);
  }

  @Test
  @DisplayName("a filter that has the group in another case")
  void filterInOtherCase() {
    PubSubClient alice = service.connect(asUser("alice").groups("Premium"));
    service.sendToAll(
        Content.text("hi"), SendOptions.options().filter("'premium' in groups and userId ne 'x'"));

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToAll()  from the test  ok, to nobody  text "hi"  filter ['premium' in groups and userId ne 'x']     <- exactly this, but the filter does not select alice: its group "Premium" differs only in upper and lower case
            """);
  }

  @Test
  @DisplayName("a filter that selects others")
  void filterForOthers() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.connect(asUser("bob"));
    service.sendToAll(Content.text("hi"), SendOptions.options().filter("userId eq 'bob'"));

    assertThat(why(alice).lines())
        .last()
        .asString()
        .endsWith(
            "ok, to 1 connection  text \"hi\"  filter [userId eq 'bob']     <- exactly this, but the"
                + " filter does not select alice");
  }

  @Test
  @DisplayName("a filter that would select it now")
  void filterTooEarly() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToAll(Content.text("hi"), SendOptions.options().filter("'vip' in groups"));
    alice.joinGroup("vip");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToAll()  from the test  ok, to nobody  text "hi"  filter ['vip' in groups]     <- exactly this, but the filter selected no connection
            """);
  }

  @Test
  @DisplayName("a send that excludes somebody else is no reason")
  void excludedOther() {
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));
    service.sendToGroup(
        "room", Content.text("hi"), SendOptions.options().excluding(bob.connectionId()));

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("room")  from the test  ok, to nobody  text "hi"  excluded [ID]     <- exactly this, but alice is in no group; excluded is the connection of user "bob"
            """);
  }

  @Test
  @DisplayName("a group that it has left")
  void left() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    alice.leaveGroup("room");
    service.sendToGroup("room", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("room")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice had left the group at +0.000 s
            """);
  }

  @Test
  @DisplayName("a group that it was removed from, and added to again")
  void removed() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    service.removeUserFromAllGroups("alice");
    service.sendToGroup("room", "hi");
    service.addUserToGroup("alice", "room");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("room")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice had been removed from the group at +0.000 s
            """);
  }

  @Test
  @DisplayName("a group of an earlier connection of the user")
  void earlierConnection() {
    PubSubClient before = service.connect(asUser("alice"));
    before.joinGroup("room");
    before.close();
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToGroup("room", "hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToGroup("room")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice is in no group: an earlier connection of this user joined it at +0.000 s, and a new connection begins without its groups
            """);
  }

  @Test
  @DisplayName("an earlier connection of the user")
  void staleId() {
    PubSubClient before = service.connect(asUser("alice"));
    String id = before.connectionId();
    before.close();
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));
    service.sendToConnection(id, "hi");
    service.sendToConnection("nobody", "hi");
    service.sendToConnection(bob.connectionId(), "hi");
    assertThat(bob).receivesText("hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              elsewhere   bob received exactly this at +0.000 s
              at the service
                +0.000 s  sendToConnection("ID")  from the test  ok, to nobody        text "hi"     <- exactly this, but that is another connection of user "alice", which has ended
                +0.000 s  sendToConnection("nobody")                            from the test  ok, to nobody        text "hi"     <- exactly this, but that is not the connection of alice
                +0.000 s  sendToConnection("ID")  from the test  ok, to 1 connection  text "hi"     <- exactly this, but that is the connection of user "bob"
            """);
  }

  @Test
  @DisplayName("after its connection was closed, and what closed it")
  void closedBefore() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.closeConnection(alice.connectionId(), "bye");
    assertThat(alice).isClosed();
    service.sendToUser("alice", "hi");

    assertThat(whyEnded(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  closeConnection("ID")  from the test  ok, 1 connection     <- closed the connection of alice
                +0.000 s  sendToUser("alice")                                  from the test  ok, to nobody     text "hi"     <- exactly this, but the connection of alice had ended by then
              connection closed by the service at +0.000 s with 1000, after it said disconnected: "Application server closed the connection. Reason: bye", groups [], hub "hub", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s
            """);
  }

  @Test
  @DisplayName("something that a fault of the test stopped")
  void ofAFault() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.faults().request(RequestPattern.sendToAll()).answer(503);
    try (RestDriver server = server()) {
      server.call("POST", "/:send", "", "text/plain", "hi".getBytes(UTF_8));
    }

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToAll()  from the server  503 fault: ordered by this test, see faults()  text "hi"     <- exactly this, but a fault of this test stopped it
            """);
  }

  @Test
  @DisplayName("a message that waits for the recovery of its connection")
  void detached() {
    PubSubClient alice =
        service.connect(asUser("alice").protocol(Protocol.JSON_RELIABLE).groups("room"));
    service.addUserToGroup("alice", "room");
    alice.dropConnection();
    eventually().until(() -> service.connections().get(0).isDetached());
    service.sendToGroup("room", "hi");
    service.addUserToGroup("alice", "room");

    assertThat(whyEnded(alice).lines().limit(2))
        .containsExactly(
            "  at the service",
            "    +0.000 s  sendToGroup(\"room\")  from the test  ok, to 1 connection  text \"hi\"    "
                + " <- exactly this, but the service keeps it until alice calls recover()");
  }

  @Test
  @DisplayName("an operation for a user of nearly the same name, which was refused")
  void refusedForATwin() {
    PubSubClient alice = service.connect(asUser("alice"));
    try (RestDriver server = server()) {
      server.call("PUT", "/users/alice%20/groups/room", "", "text/plain", new byte[0]);
    }

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  addUserToGroup("alice ", "room")  from the server  404 Warning.User.NotExisted: User `alice ` is not found.     <- alice is user "alice", which differs only in a blank at its end
              nothing was sent since alice connected at +0.000 s; other requests came: addUserToGroup
            """);
  }

  @Test
  @DisplayName("what tells most, in order of time")
  void inOrderOfTime() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToUser("bob", "ho");
    service.sendToUser("bob", "hi");
    service.sendToUser("bob", "hu");

    assertThat(why(alice))
        .isEqualTo(
            """
              at the service
                +0.000 s  sendToUser("bob")  from the test  ok, to nobody  text "ho"     <- alice is user "alice"
                +0.000 s  sendToUser("bob")  from the test  ok, to nobody  text "hi"     <- exactly this, but alice is user "alice"
                +0.000 s  sendToUser("bob")  from the test  ok, to nobody  text "hu"     <- alice is user "alice"
            """);
  }

  @Test
  @DisplayName("at most ten lines, with those that tell most")
  void atMostTen() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.sendToUser("bob", "hi");
    for (int i = 0; i < 20; i++) {
      service.sendToUser("bob", "number " + i);
    }

    assertThat(why(alice).lines()).hasSize(11).element(1).asString().contains("exactly this");
    assertThat(why(alice)).contains("number 19", "number 11").doesNotContain("number 10");
  }

  @Test
  @DisplayName("nothing at all")
  void nothing() {
    PubSubClient alice = service.connect(asUser("alice"));

    assertThat(why(alice))
        .isEqualTo(
            """
              nothing was sent since alice connected at +0.000 s, and nobody asked the service for anything else either
            """);
  }

  @Test
  @DisplayName("another client, which got exactly this")
  void elsewhere() {
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));
    service.sendToUser("bob", "hi");
    assertThat(bob).receivesText("hi");

    assertThat(why(alice))
        .isEqualTo(
            """
              elsewhere   bob received exactly this at +0.000 s
              at the service
                +0.000 s  sendToUser("bob")  from the test  ok, to 1 connection  text "hi"     <- exactly this, but alice is user "alice"
            """);
  }

  @Test
  @DisplayName("several clients that got exactly this, also one of the same name")
  void elsewhereTwice() {
    PubSubClient alice = service.connect(asUser("alice"));
    List<PubSubClient> others =
        Stream.of("alice", "b", "c", "d", "e")
            .map(user -> service.connect(asUser(user).groups("room")))
            .toList();
    service.sendToGroup("room", "hi");
    others.forEach(each -> assertThat(each).receivesText("hi"));

    assertThat(why(alice))
        .isEqualTo(
            """
              elsewhere   another client alice received exactly this at +0.000 s
                          b received exactly this at +0.000 s
                          c received exactly this at +0.000 s
                          so did 2 more clients
              at the service
                +0.000 s  sendToGroup("room")  from the test  ok, to 5 connections  text "hi"     <- exactly this, but alice is in no group
            """);
  }
}
