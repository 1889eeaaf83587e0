package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.groupTextFrom;
import static io.github.webpubsubtestkit.client.Frames.groupTextWithMetadata;
import static io.github.webpubsubtestkit.client.Frames.serverBinary;
import static io.github.webpubsubtestkit.client.Frames.serverJson;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a message is")
class MessageAssertTest {

  private static final String OPEN =
      "  connection open since +0.000 s, groups [], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";
  private static final String FROM_BOB =
      """
        message   this one
          +0.000 s  group room, from bob  text  "hi"
      """
          .indent(2)
          .replace("    message", "  message")
          .replace("      +", "    +");

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  private MessageAssert receive(String frame) {
    service.deliver(alice, frame);
    return assertThat(alice).receivesMessage();
  }

  @Test
  @DisplayName("all that is right passes")
  void passes() {
    receive(groupTextFrom("bob", "room", "hi"))
        .isFromGroup("room")
        .isFromUser("bob")
        .hasText("hi")
        .hasDataType(DataType.TEXT)
        .hasNoMetadata()
        .extractingText()
        .startsWith("h");
    receive(serverJson("{\"id\":1}"))
        .isFromServer()
        .hasNoUserId()
        .hasJson("{\"id\":1.0}")
        .extractingJson()
        .isEqualTo("{\"id\":1}");
    receive(serverBinary("AQI=")).hasBinary(new byte[] {1, 2}).extractingBinary().hasSize(2);
    receive(groupTextWithMetadata("g", "x", "{\"k\":\"v\"}")).hasMetadata("k", "v");
  }

  @Test
  @DisplayName("origin: expected, actual, the message, the connection")
  void origin() {
    MessageAssert message = receive(groupTextFrom("bob", "room", "hi"));

    assertThat(failureOf(() -> message.isFromGroup("lobby")))
        .isEqualTo(
            """
            [alice] expected a message from group "lobby" but was "room"
            """
                + FROM_BOB
                + OPEN);
    assertThat(failureOf(message::isFromServer))
        .isEqualTo(
            """
            [alice] expected a message from the server but was group "room"
            """
                + FROM_BOB
                + OPEN);
    assertThat(failureOf(() -> message.isFromUser("carol")))
        .isEqualTo(
            """
            [alice] expected a message from user "carol" but was "bob"
            """
                + FROM_BOB
                + OPEN);
    assertThat(failureOf(message::hasNoUserId))
        .isEqualTo(
            """
            [alice] expected a message from no user but was "bob"
            """
                + FROM_BOB
                + OPEN);
    MessageAssert other = receive(serverText("x"));
    assertThat(failureOf(() -> other.isFromGroup("g")))
        .startsWith("[alice] expected a message from group \"g\" but was the server\n");
    assertThat(failureOf(() -> other.isFromUser("u")))
        .startsWith("[alice] expected a message from user \"u\" but was no user\n");
  }

  @Test
  @DisplayName("content: the first difference")
  void content() {
    MessageAssert text = receive(groupTextFrom("bob", "room", "hi"));
    assertThat(failureOf(() -> text.hasText("ho")))
        .isEqualTo(
            """
            [alice] expected a message with text "ho" but was text "hi"
            """
                + FROM_BOB
                + OPEN);
    assertThat(failureOf(() -> text.hasJson("{}")))
        .isEqualTo(
            """
            [alice] expected a message with JSON {} but was text "hi"
              namely    is text, not json
            """
                + FROM_BOB
                + OPEN);
    assertThat(failureOf(() -> text.hasBinary(new byte[] {1})))
        .isEqualTo(
            """
            [alice] expected a message with binary 1 byte 01 but was text "hi"
              namely    is text, not binary
            """
                + FROM_BOB
                + OPEN);
    assertThat(failureOf(() -> text.hasDataType(DataType.BINARY)))
        .isEqualTo(
            """
            [alice] expected a message of type binary but was text
            """
                + FROM_BOB
                + OPEN);
    MessageAssert json = receive(serverJson("{\"id\":1}"));
    assertThat(failureOf(() -> json.hasJson("{\"id\":2}")))
        .isEqualTo(
            """
            [alice] expected a message with JSON {"id":2} but was json {"id":1}
              namely    $.id: expected 2 but was 1
              message   this one
                +0.000 s  server  json  {"id":1}
            """
                + OPEN);
    assertThat(failureOf(() -> json.hasText("{\"id\":1}")))
        .contains("\n  namely    is json, not text\n");
    MessageAssert binary = receive(serverBinary("AQI="));
    assertThat(failureOf(() -> binary.hasBinary(new byte[] {1})))
        .startsWith(
            """
            [alice] expected a message with binary 1 byte 01 but was binary 2 bytes 01 02
              namely    byte 1: expected no further byte but was 02
            """);
  }

  @Test
  @DisplayName("metadata")
  void metadata() {
    MessageAssert message = receive(groupTextWithMetadata("g", "x", "{\"k\":\"v\"}"));

    assertThat(failureOf(() -> message.hasMetadata("k", "w")))
        .isEqualTo(
            """
            [alice] expected a message with metadata k=w but was {k=v}
              message   this one
                +0.000 s  group g  text  "x"  metadata {k=v}
            """
                + OPEN);
    assertThat(failureOf(message::hasNoMetadata))
        .startsWith("[alice] expected a message with no metadata but was {k=v}\n");
    assertThat(failureOf(() -> receive(serverText("x")).hasMetadata("k", "v")))
        .startsWith("[alice] expected a message with metadata k=v but was none\n");
  }

  @Test
  @DisplayName("what is extracted is of the right kind, and says whose message it was")
  void extracting() {
    MessageAssert text = receive(serverText("100 %s"));

    assertThat(failureOf(text::extractingJson))
        .contains("expected a message of type json but was text");
    assertThat(failureOf(text::extractingBinary))
        .contains("expected a message of type binary but was text");
    assertThat(failureOf(() -> text.extractingText().isEmpty()))
        .startsWith("[text of a message that alice received]")
        .contains("100 %s");
    assertThat(failureOf(() -> text.as("greeting %s", "%d").extractingText().isEmpty()))
        .startsWith("[greeting %d: text of a message that alice received]");
    MessageAssert json = receive(serverJson("1"));
    assertThat(failureOf(json::extractingText))
        .contains("expected a message of type text but was json");
  }

  @Test
  @DisplayName("a message alone: no client to name")
  void alone() {
    service.deliver(alice, serverText("x"));
    ReceivedMessage message = alice.messages().get(0);

    assertThat(message).hasText("x");
    assertThat(failureOf(() -> assertThat(message).hasText("y")))
        .isEqualTo(
            """
            [message] expected a message with text "y" but was text "x"
              message   this one
                +0.000 s  server  text  "x\"""");
    assertThat(message.toString()).matches("\\+\\d\\.\\d{3} s server text \"x\"");
  }

  @Test
  @DisplayName("a received message gives its content by kind, as copies")
  void accessors() {
    service.deliver(alice, serverText("x"), serverJson("{\"a\" :1.0}"), serverBinary("AQI="));
    ReceivedMessage text = alice.messages().get(0);
    ReceivedMessage json = alice.messages().get(1);
    ReceivedMessage binary = alice.messages().get(2);

    assertThat(text.text()).isEqualTo("x");
    assertThat(json.json()).isEqualTo("{\"a\" :1.0}");
    binary.binary()[0] = 9;
    assertThat(binary.binary()).containsExactly(1, 2);
    assertThat(text.isFromServer()).isTrue();
    assertThat(text.group()).isEmpty();
    assertThat(text.fromUserId()).isEmpty();
    assertThat(text.metadata()).isEmpty();
    assertThat(text.receivedAt()).isPositive();
    for (ThrowingCallable wrong :
        List.<ThrowingCallable>of(
            text::json, text::binary, json::text, json::binary, binary::text)) {
      assertThatIllegalStateException()
          .isThrownBy(wrong)
          .withMessageContaining("but this one is: +");
    }
  }

  @Test
  @DisplayName("a simple client's message cannot be asked where it came from")
  void simpleClient() {
    try (ScriptedService other = new ScriptedService()) {
      SimpleClient bob = other.simple(asUser("bob"));
      other.deliver(bob, "[1]");
      MessageAssert message = assertThat(bob).receivesMessage().hasText("[1]").hasJson("[1.0]");

      for (ThrowingCallable wrong :
          List.<ThrowingCallable>of(
              () -> message.isFromGroup("g"),
              message::isFromServer,
              () -> message.isFromUser("u"),
              message::hasNoUserId,
              () -> message.hasMetadata("k", "v"),
              message::hasNoMetadata)) {
        assertThatIllegalStateException()
            .isThrownBy(wrong)
            .withMessageEndingWith(
                " cannot be asked of a message that a SimpleClient received: it holds the bare"
                    + " content. Receive it with a PubSubClient instead");
      }
      assertThat(bob.messages().get(0).isFromServer()).isFalse();
    }
  }
}
