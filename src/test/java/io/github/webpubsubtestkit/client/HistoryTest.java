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
            [alice] expected text "ac" to have been received but the nearest of 2 messages is "ab"
              received   2 messages
                +0.000 s  group g  text  "ab"     <- nearest
                +0.000 s  server   json  1
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedJson(2)))
        .isEqualTo(
            """
            [alice] expected JSON 2 to have been received but the nearest of 2 messages is text "ab"
              nearest    is text, not json
              received   2 messages
                +0.000 s  group g  text  "ab"     <- nearest
                +0.000 s  server   json  1
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedBinary(new byte[0])))
        .isEqualTo(
            """
            [alice] expected binary 0 bytes to have been received but the nearest of 2 messages is text "ab"
              nearest    is text, not binary
              received   2 messages
                +0.000 s  group g  text  "ab"     <- nearest
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
            [alice] expected no text "b" to have been received but received it once
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
            [alice] expected exactly 1 text to have been received but 1 more came: "b"
              received   2 messages
                +0.000 s  server  text  "a"     <- no. 1 as expected
                +0.000 s  server  text  "b"     <- not expected
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedExactly()))
        .isEqualTo(
            """
            [alice] expected exactly no message to have been received but 2 more came, the first is "a"
              received   2 messages
                +0.000 s  server  text  "a"     <- not expected
                +0.000 s  server  text  "b"     <- not expected
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedExactly("b", "a", "c")))
        .isEqualTo(
            """
            [alice] expected exactly 3 texts to have been received but no. 1 was "a" instead of "b"
              but was    text "a", which is the expected no. 2: the order differs
              received   2 messages
                +0.000 s  server  text  "a"     <- no. 1 differs
                +0.000 s  server  text  "b"     <- no. 2
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
            [alice] expected no message to have been received so far but received "a"
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
            [alice] expected an open connection but it was ended by close() at +0.000 s
              connection ended by close() at +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("the user id")
  void userId() {
    assertThat(failureOf(() -> assertThat(alice).hasUserId("bob")))
        .isEqualTo(
            """
            [alice] expected user id "bob" but was "alice"
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).hasNoUserId()))
        .isEqualTo(
            """
            [alice] expected user id none but was "alice"
            """
                + OPEN);
    service.greeting(ScriptedService.CONNECTED.replace("\"alice\"", "null"));
    assertThat(service.pubSub(ConnectOptions.anonymous())).hasNoUserId();
  }
}
