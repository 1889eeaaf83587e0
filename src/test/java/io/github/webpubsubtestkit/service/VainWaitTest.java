package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.PublishOptions;
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
                +0.000 s  sendToAll()  from the test  ok, to nobody  text "hi"  filter [userId eq 'bob']     <- exactly this, but the filter selects no connection
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
                +0.000 s  sendToAll()  from the test  ok, to nobody  text "hi"  excluded [ID]     <- exactly this, but it excludes connections
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
                +0.000 s  sendToGroup("g")  from user "alice"  Forbidden: The client does not have permission to send to group 'g'.  text "hi"     <- exactly this, but its roles are []
            """);
  }

  @Test
  @DisplayName("nothing at all")
  void nothing() {
    PubSubClient alice = service.connect(asUser("alice"));

    assertThat(why(alice))
        .isEqualTo(
            """
              nothing was sent since alice connected at +0.000 s
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
