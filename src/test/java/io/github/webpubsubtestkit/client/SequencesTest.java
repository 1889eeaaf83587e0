package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ClientsAssert.assertThatClients;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.binary;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.client.Content.jsonContaining;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.serverBinary;
import static io.github.webpubsubtestkit.client.Frames.serverJson;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Several messages: in any order, by number, up to the last, and of several clients")
class SequencesTest {

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @DisplayName("in any order: each content has a message of its own, others are skipped")
  void anyOrder() {
    service.deliver(
        alice,
        serverText("b"),
        serverText("x"),
        serverJson("{\"id\":1}"),
        serverText("a"),
        serverText("c"));

    assertThat(alice)
        .receivesInAnyOrder(text("a"), jsonContaining("{}"), text("b"))
        .receivesExactly("c");
  }

  @Test
  @DisplayName("in any order: a general content leaves the special message to the special content")
  void pairing() {
    service.deliver(alice, serverJson("{\"id\":1,\"n\":2}"), serverJson("{\"id\":1}"));

    assertThat(alice).receivesInAnyOrder(jsonContaining("{\"id\":1}"), jsonContaining("{\"n\":2}"));
  }

  @Test
  @DisplayName("in any order: what is missing is named, with the nearest of the rest")
  void anyOrderMissing() {
    service.deliver(alice, serverText("b"), serverText("A"));

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesInAnyOrder("a", "b")))
        .isEqualTo(
            """
            [alice] expected 2 messages in any order to be there already but text "a" did not come
              nearest    differs only in upper and lower case: expected "a" but was "A"
              received   2 messages
                +0.000 s  server  text  "b"     <- as expected
                +0.000 s  server  text  "A"     <- nearest
              connection open since +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesInAnyOrder("b", "b", "c")))
        .isEqualTo(
            """
            [alice] expected 3 messages in any order to be there already but 2 messages did not come, first text "b"
              missing    "b"
                         "c"
              nearest    expected "b" but was "A"
              received   2 messages
                +0.000 s  server  text  "b"     <- as expected
                +0.000 s  server  text  "A"     <- nearest
              connection open since +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("in any order: many that overlap are found quickly, each compared once")
  void manyOverlap() {
    String[] json = new String[1_000];
    List<Content> wanted = new ArrayList<>();
    for (int i = 0; i < json.length; i++) {
      json[i] = serverJson("{\"a\":1,\"i\":" + i + "}");
      wanted.add(
          jsonContaining(
              i < json.length / 2 ? "{\"a\":1}" : "{\"i\":" + (i - json.length / 2) + "}"));
    }
    service.deliver(alice, json);

    assertThat(alice).receivesInAnyOrder(wanted.toArray(Content[]::new)).receivesNoMessage();
  }

  @Test
  @DisplayName("in any order: an interruption ends the search")
  void interrupted() {
    service.deliver(alice, serverText("a"), serverText("b"));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> assertThat(alice).receivesInAnyOrder("b", "a"))
          .isInstanceOf(InterruptedWaitException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(alice).receivesInAnyOrder("b", "a");
  }

  @Test
  @DisplayName("exactly these contents of all types, in order")
  void exactly() {
    service.deliver(
        alice, serverText("a"), serverJson("[1]"), serverBinary("AQI="), serverText("z"));

    assertThat(alice).receivesExactly(text("a"), json("[1.0]"), binary(new byte[] {1, 2}));
    assertThat(
            failureOf(() -> assertThat(alice).within(ZERO).receivesExactly(json("1"), text("z"))))
        .isEqualTo(
            """
            [alice] expected exactly 2 messages next to be there already but no. 1 was "z" instead of JSON 1
              but was    text "z", which is the expected no. 2: no. 1 has not come
              received   1 message, besides 3 already read
                +0.000 s  server  text    "a"     <- already read
                +0.000 s  server  json    [1]     <- already read
                +0.000 s  server  binary  2 bytes 01 02     <- already read
                +0.000 s  server  text    "z"     <- no. 1 differs
              connection open since +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("so many messages, as a list in their order")
  void number() {
    service.deliver(alice, serverText("a"), serverText("b"), serverText("c"));

    assertThat(alice)
        .receivesMessages(2)
        .extracting(ReceivedMessage::text)
        .containsExactly("a", "b");
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesMessages(2)))
        .isEqualTo(
            """
            [alice] expected 2 messages to be there already but received only 1
              received   1 message, besides 2 already read
                +0.000 s  server  text  "a"     <- already read
                +0.000 s  server  text  "b"     <- already read
                +0.000 s  server  text  "c"
              connection open since +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
    assertThat(alice).receivesMessage().hasText("c");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).receivesMessages(0))
        .withMessage("receivesMessages needs at least one; to expect none use receivesNoMessage()");
  }

  @Test
  @DisplayName("all messages up to the last")
  void until() {
    service.deliver(alice, serverText("a"), serverText("b"), serverText("end"), serverText("c"));

    assertThat(alice)
        .receivesMessagesUntil(text("end"))
        .extracting(ReceivedMessage::text)
        .containsExactly("a", "b", "end");
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesMessagesUntil(text("end"))))
        .isEqualTo(
            """
            [alice] expected text "end" to be there already but received "c"
              received   1 message, besides 3 already read
                +0.000 s  server  text  "a"     <- already read
                +0.000 s  server  text  "b"     <- already read
                +0.000 s  server  text  "end"     <- this matches, but an earlier assertion has read it or a later one
                +0.000 s  server  text  "c"     <- nearest
              connection open since +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("messages as values")
  void values() {
    service.deliver(alice, serverText("a"), serverText("b"), serverText("c"));

    assertThat(alice.awaitMessage().text()).isEqualTo("a");
    assertThat(alice.awaitMessages(2)).extracting(ReceivedMessage::text).containsExactly("b", "c");
  }

  @Test
  @DisplayName("several clients: all are asked, and one failure names all that failed")
  void clients() {
    service.deliver(alice, serverText("a"));
    PubSubClient bob = service.pubSub(asUser("bob"));
    service.deliver(bob, serverText("b"));
    assertThatClients(alice, bob).allSatisfy(ClientAssert::receivesMessage);
    service.deliver(bob, serverText("a"));
    PubSubClient carol = service.pubSub(asUser("carol"));

    assertThat(
            failureOf(
                () ->
                    assertThatClients(alice, bob, carol)
                        .within(ZERO)
                        .allSatisfy(each -> each.receivesText("a"))))
        .isEqualTo(
            """
            [clients] expected all 3 clients but 2 failed: alice, carol
              [alice] expected text "a" to be there already but received nothing new (1 already read)
                received   nothing new, besides 1 already read
                  +0.000 s  server  text  "a"     <- this matches, but an earlier assertion has read it or a later one
                connection open since +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
                times are seconds since the service started; now it is +0.000 s
              [carol] expected text "a" to be there already but received nothing
                connection open since +0.000 s, groups [], hub "shop", protocol json.webpubsub.azure.v1
                times are seconds since the service started; now it is +0.000 s""");
    assertThatIllegalArgumentException().isThrownBy(() -> assertThatClients());
  }
}
