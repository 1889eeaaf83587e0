package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.groupText;
import static io.github.webpubsubtestkit.client.Frames.serverBinary;
import static io.github.webpubsubtestkit.client.Frames.serverJson;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a client has received and is: never waits, never takes")
class HistoryTest {

  private static final String OPEN =
      "  connection open since +0.000 s, groups [], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @DisplayName("finds what was read and what was not, and leaves both")
  void findsAll() {
    service.deliver(alice, serverText("a"), serverJson("{\"id\":1}"), serverBinary("AQ=="));
    assertThat(alice).receivesText("a");

    assertThat(alice)
        .hasReceivedText("a")
        .hasReceivedJson("{\"id\":1.0}")
        .hasReceivedBinary(new byte[] {1})
        .hasReceivedNoText("b")
        .isConnected()
        .hasUserId("alice");
    assertThat(alice.messages()).hasSize(3);
    assertThat(alice).receivesJson("{\"id\":1}");
  }

  @Test
  @DisplayName("a text that is not there: all that came, without marks of what was read")
  void missing() {
    service.deliver(alice, groupText("g", "ab"), serverJson("1"));
    assertThat(alice).receivesText("ab");

    assertThat(failureOf(() -> assertThat(alice).hasReceivedText("ac")))
        .isEqualTo(
            """
            [alice] expected a text message to have been received
              expected   "ac"
              received   2 other messages
                +0.000 s  group g  text  "ab"     <- closest: differs from character 1 on
                +0.000 s  server   json  1
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedJson(2)))
        .isEqualTo(
            """
            [alice] expected a json message to have been received
              expected   2
              received   2 other messages
                +0.000 s  group g  text  "ab"
                +0.000 s  server   json  1
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedBinary(new byte[0])))
        .isEqualTo(
            """
            [alice] expected a binary message to have been received
              expected   0 bytes
              received   2 other messages
                +0.000 s  group g  text  "ab"
                +0.000 s  server   json  1
            """
                + OPEN);
  }

  @Test
  @DisplayName("a text that must not be there is marked")
  void unwanted() {
    service.deliver(alice, serverText("a"), serverText("b"));

    assertThat(failureOf(() -> assertThat(alice).hasReceivedNoText("b")))
        .isEqualTo(
            """
            [alice] expected no such text message to have been received
              expected   "b"
              received   2 messages
                +0.000 s  server  text  "a"
                +0.000 s  server  text  "b"     <- this one
            """
                + OPEN);
  }

  @Test
  @DisplayName("exactly these texts")
  void exactly() {
    assertThat(alice).hasReceivedExactly();
    service.deliver(alice, serverText("a"), serverText("b"));

    assertThat(alice).hasReceivedExactly("a", "b").hasReceivedExactly("a", "b");
    assertThat(failureOf(() -> assertThat(alice).hasReceivedExactly("a")))
        .isEqualTo(
            """
            [alice] expected exactly these messages to have been received
              expected   1. "a"
              received   2 messages
                +0.000 s  server  text  "a"     <- 1. as expected
                +0.000 s  server  text  "b"     <- not expected
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedExactly()))
        .isEqualTo(
            """
            [alice] expected exactly these messages to have been received
              expected   no message
              received   2 messages
                +0.000 s  server  text  "a"     <- not expected
                +0.000 s  server  text  "b"     <- not expected
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedExactly("b", "a", "c")))
        .isEqualTo(
            """
            [alice] expected exactly these messages to have been received
              expected   1. "b"
                         2. "a"
                         3. "c"
              received   2 messages
                +0.000 s  server  text  "a"     <- 1. differs from character 0 on
                +0.000 s  server  text  "b"     <- 2. differs from character 0 on
            """
                + OPEN);
  }

  @Test
  @DisplayName("nothing so far")
  void nothing() {
    assertThat(alice).hasReceivedNoMessage();
    service.deliver(alice, serverText("a"));
    assertThat(alice).receivesText("a");

    assertThat(failureOf(() -> assertThat(alice).hasReceivedNoMessage()))
        .isEqualTo(
            """
            [alice] expected no message to have been received so far
              received   1 message
                +0.000 s  server  text  "a"
            """
                + OPEN);
  }

  @Test
  @DisplayName("an open connection")
  void connected() {
    alice.close();

    assertThat(failureOf(() -> assertThat(alice).isConnected()))
        .isEqualTo(
            """
            [alice] expected an open connection
              connection ended by close() at +0.000 s, groups [], hub shop, protocol json.webpubsub.azure.v1""");
  }

  @Test
  @DisplayName("the user id")
  void userId() {
    assertThat(failureOf(() -> assertThat(alice).hasUserId("bob")))
        .isEqualTo(
            """
            [alice] expected this user id
              expected   "bob"
              but was    "alice"
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasNoUserId()))
        .isEqualTo(
            """
            [alice] expected no user id
              expected   none
              but was    "alice"
            """
                + OPEN);
    service.greeting(ScriptedService.CONNECTED.replace("\"alice\"", "null"));
    assertThat(service.pubSub(ConnectOptions.anonymous())).hasNoUserId();
  }
}
