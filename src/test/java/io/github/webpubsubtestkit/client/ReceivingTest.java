package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.groupText;
import static io.github.webpubsubtestkit.client.Frames.groupTextFrom;
import static io.github.webpubsubtestkit.client.Frames.groupTextWithMetadata;
import static io.github.webpubsubtestkit.client.Frames.serverBinary;
import static io.github.webpubsubtestkit.client.Frames.serverJson;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a client receives, and the whole text when it does not")
class ReceivingTest {

  private static final String OPEN =
      "  connection open since +0.000 s, groups [orders], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice").groups("orders"));

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @DisplayName("takes the first match and reads past what came before it")
  void takesTheFirstMatch() {
    service.deliver(alice, groupText("orders", "a"), groupText("orders", "b"), serverText("c"));

    assertThat(alice).receivesText("b").isFromGroup("orders");
    assertThat(alice).receivesMessage().hasText("c").isFromServer().hasNoUserId();
    assertThat(alice).receivesNoMessage();
  }

  @Test
  @DisplayName("waits for what comes later")
  void waitsForWhatComesLater() {
    service.answers(frame -> java.util.List.of(groupText("orders", "answer to " + frame)));
    alice.sendRaw("question");

    assertThat(alice).receivesMessageWithin(ofSeconds(5)).hasText("answer to question");
  }

  @Test
  @DisplayName("a missing text: all that came, the nearest marked")
  void missingText() {
    service.deliver(
        alice,
        groupText("orders", "order 42 packed"),
        serverJson("{\"id\":42,\"state\":\"paid\"}"),
        groupText("orders", "order 41 shipped"));

    assertThat(
            failureOf(
                () -> assertThat(alice).within(ofMillis(20)).receivesText("order 42 shipped")))
        .isEqualTo(
            """
            [alice] expected text "order 42 shipped" within 20 ms but the nearest of 3 messages is "order 41 shipped"
              received   3 messages
                +0.000 s  group orders  text  "order 42 packed"
                +0.000 s  server        json  {"id":42,"state":"paid"}
                +0.000 s  group orders  text  "order 41 shipped"     <- nearest
            """
                + OPEN);
  }

  @Test
  @DisplayName("a missing text is not taken for JSON of the same characters")
  void textIsNotJson() {
    service.deliver(alice, serverJson("42"));

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesText("42")))
        .isEqualTo(
            """
            [alice] expected text "42" to be there already but received JSON 42
              nearest    is json, not text
              received   1 message
                +0.000 s  server  json  42     <- nearest
            """
                + OPEN);
  }

  @Test
  @DisplayName("nothing came at all")
  void nothingCame() {
    assertThat(failureOf(() -> assertThat(alice).receivesMessageWithin(ofMillis(1))))
        .isEqualTo(
            """
            [alice] expected a message within 1 ms but received nothing
            """
                + OPEN);
  }

  @Test
  @DisplayName("what matched had come before the cursor")
  void hadComeBefore() {
    service.deliver(alice, groupText("orders", "a"), groupText("orders", "b"));
    assertThat(alice).receivesText("b");

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesText("a")))
        .isEqualTo(
            """
            [alice] expected text "a" to be there already but received nothing new (2 already read)
              received   nothing new, besides 2 already read
                +0.000 s  group orders  text  "a"     <- this matches, but an earlier assertion has read it or a later one
                +0.000 s  group orders  text  "b"     <- already read
            """
                + OPEN);
  }

  @Test
  @DisplayName("a wait ends as soon as the connection has ended, and says how it did")
  void connectionEnded() {
    service.deliver(alice, groupText("orders", "a"));
    service
        .newest()
        .send(
            io.github.webpubsubtestkit.internal.transport.Frame.text(Frames.disconnected("Bye.")));
    service.newest().close(1000, "done");

    assertThat(failureOf(() -> assertThat(alice).within(ofSeconds(100)).receivesText("b")))
        .isEqualTo(
            """
            [alice] expected text "b" within 100 s but the connection ended; received only "a"
              received   1 message
                +0.000 s  group orders  text  "a"     <- nearest
              connection closed by the service at +0.000 s with 1000 "done", after it said disconnected: "Bye.", groups [orders], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("what came before the end can still be received after it")
  void receivesAfterTheEnd() {
    service.deliver(alice, groupText("orders", "a"));
    service.newest().close(1000, "");
    assertThat(alice).isClosed();

    assertThat(alice).receivesText("a");
  }

  @Test
  @DisplayName("JSON is compared by value; the difference is named by its path")
  void json() {
    service.deliver(
        alice,
        serverJson("{\"id\":41,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}"),
        serverText("no JSON"),
        serverJson("{\"items\":[{\"sku\":\"a\"},{\"sku\":\"c\"}],\"id\":42}"));
    String wanted = "{\"id\":42.0,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}";

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesJson(wanted)))
        .isEqualTo(
            """
            [alice] expected JSON {"id":4… to be there already but the nearest of 3 messages differs: $.id: expected 42.0 but was 41
              expected   {"id":42.0,"items":[{"sku":"a"},{"sku":"b"}]}
              nearest    $.id: expected 42.0 but was 41
              received   3 messages
                +0.000 s  server  json  {"id":41,"items":[{"sku":"a"},{"sku":"b"}]}     <- nearest
                +0.000 s  server  text  "no JSON"
                +0.000 s  server  json  {"items":[{"sku":"a"},{"sku":"c"}],"id":42}
            """
                + OPEN);
    assertThat(alice).receivesJson("{\"items\":[{\"sku\":\"a\"},{\"sku\":\"c\"}],\"id\":42.0}");
  }

  @Test
  @DisplayName("JSON may be given as an object")
  void jsonObject() {
    service.deliver(alice, serverJson("{\"id\":42}"));

    assertThat(alice).receivesJson(Map.of("id", 42)).hasDataType(DataType.JSON);
  }

  @Test
  @DisplayName("a text that holds the wanted JSON is named as the nearest")
  void jsonInText() {
    service.deliver(alice, serverText("7"));

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesJson(7)))
        .isEqualTo(
            """
            [alice] expected JSON 7 to be there already but received text "7"
              nearest    is text, not json
              received   1 message
                +0.000 s  server  text  "7"     <- nearest
            """
                + OPEN);
  }

  @Test
  @DisplayName("bytes: the first byte that differs")
  void binary() {
    service.deliver(alice, serverBinary("AQID"), serverText("x"));

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesBinary(new byte[] {1, 2, 4})))
        .isEqualTo(
            """
            [alice] expected binary 3 bytes 01 02 04 to be there already but the nearest of 2 messages is binary 3 bytes 01 02 03
              nearest    byte 2: expected 04 but was 03
              received   2 messages
                +0.000 s  server  binary  3 bytes 01 02 03     <- nearest
                +0.000 s  server  text    "x"
            """
                + OPEN);
    assertThat(alice).receivesBinary(new byte[] {1, 2, 3});
  }

  @Test
  @DisplayName("parts of texts")
  void partsOfTexts() {
    service.deliver(alice, serverText("order 42 shipped"), serverText("order 43 shipped"));

    assertThat(alice).receivesTextContaining("42");
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesTextContaining("42")))
        .isEqualTo(
            """
            [alice] expected a text containing "42" to be there already but received "order 43 shipped"
              nearest    does not contain it
              received   1 message, besides 1 already read
                +0.000 s  server  text  "order 42 shipped"     <- this matches, but an earlier assertion has read it or a later one
                +0.000 s  server  text  "order 43 shipped"     <- nearest
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesTextMatching("order")))
        .isEqualTo(
            """
            [alice] expected a text matching order to be there already but received "order 43 shipped"
              nearest    matches it only in other case
              received   1 message, besides 1 already read
                +0.000 s  server  text  "order 42 shipped"     <- already read
                +0.000 s  server  text  "order 43 shipped"     <- nearest
            """
                + OPEN);
    assertThat(alice).receivesTextMatching("order \\d+ shipped").hasText("order 43 shipped");
  }

  @Test
  @DisplayName("a message from a group or from the server")
  void origin() {
    service.deliver(
        alice,
        serverText("s"),
        groupTextFrom("bob", "orders", "g"),
        groupTextWithMetadata("orders", "m", "{\"lang\":\"en\"}"));

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesMessageFromGroup("order")))
        .isEqualTo(
            """
            [alice] expected a message from group "order" to be there already but the nearest of 3 messages is one from group "orde…
              nearest    expected "order" but was "orders"
              received   3 messages
                +0.000 s  server                  text  "s"
                +0.000 s  group orders, from bob  text  "g"     <- nearest
                +0.000 s  group orders            text  "m"  metadata {lang=en}
            """
                + OPEN);
    assertThat(alice).receivesMessageFromGroup("orders").hasText("g").isFromUser("bob");
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesMessageFromServer()))
        .isEqualTo(
            """
            [alice] expected a message from the server to be there already but received one from group "orders"
              nearest    is from group "orders"
              received   1 message, besides 2 already read
                +0.000 s  server                  text  "s"     <- this matches, but an earlier assertion has read it or a later one
                +0.000 s  group orders, from bob  text  "g"     <- already read
                +0.000 s  group orders            text  "m"  metadata {lang=en}     <- nearest
            """
                + OPEN);
  }

  @Test
  @DisplayName("requirements: each message says what it does not meet")
  void requirements() {
    service.deliver(alice, serverText("one"), serverText("three"), serverText("four"));

    assertThat(alice)
        .receivesMessageSatisfying(message -> assertThat(message.text()).hasSize(5))
        .hasText("three");
    assertThat(
            failureOf(
                () ->
                    assertThat(alice)
                        .within(ZERO)
                        .receivesMessageSatisfying(
                            message -> {
                              throw new AssertionError("expected\n\n  another");
                            })))
        .isEqualTo(
            """
            [alice] expected a message that meets the given requirements to be there already but received "four"
              received   1 message, besides 2 already read
                +0.000 s  server  text  "one"     <- already read
                +0.000 s  server  text  "three"     <- already read
                +0.000 s  server  text  "four"     <- not met: expected another
            """
                + OPEN);
  }

  @Test
  @DisplayName("the very next texts, in order")
  void exactly() {
    service.deliver(alice, serverText("a"), serverText("b"), serverText("c"), serverText("d"));

    assertThat(alice).receivesExactly("a", "b");
    assertThat(failureOf(() -> assertThat(alice).within(ofSeconds(100)).receivesExactly("c", "e")))
        .isEqualTo(
            """
            [alice] expected exactly 2 texts next within 100 s but no. 2 was "d" instead of "e"
              received   2 messages, besides 2 already read
                +0.000 s  server  text  "a"     <- already read
                +0.000 s  server  text  "b"     <- already read
                +0.000 s  server  text  "c"     <- no. 1 as expected
                +0.000 s  server  text  "d"     <- no. 2 differs
            """
                + OPEN);
    assertThat(alice).receivesExactly("c").receivesExactly("d");
  }

  @Test
  @DisplayName("too few of the very next texts")
  void tooFew() {
    service.deliver(alice, serverJson("1"));

    assertThat(failureOf(() -> assertThat(alice).within(ofMillis(20)).receivesExactly("a")))
        .isEqualTo(
            """
            [alice] expected exactly 1 text next within 20 ms but no. 1 was JSON 1 instead of "a"
              but was    json 1: is json, not text
              received   1 message
                +0.000 s  server  json  1     <- no. 1 differs
            """
                + OPEN);
    assertThat(alice).receivesJson(1);
    service.deliver(alice, serverText("a"));
    alice.close();
    assertThat(failureOf(() -> assertThat(alice).within(ofSeconds(100)).receivesExactly("a", "b")))
        .isEqualTo(
            """
            [alice] expected exactly 2 texts next within 100 s, but the connection ended: no. 2, "b", did not come
              received   1 message, besides 1 already read
                +0.000 s  server  json  1     <- already read
                +0.000 s  server  text  "a"     <- no. 1 as expected
              connection ended by close() at +0.000 s, groups [orders], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("nonsense is refused where it is written")
  void nonsense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).receivesExactly(new String[0]))
        .withMessage(
            "receivesExactly needs at least one text; to expect none use receivesNoMessage()");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).within(ofSeconds(-1)))
        .withMessage("a time to wait must not be negative but is PT-1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).receivesMessageWithin(ofSeconds(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).receivesNoMessageWithin(ofSeconds(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).within(ofSeconds(-1)).isClosed());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).receivesJson("{"))
        .withMessageStartingWith("not JSON: { (");
  }

  @Test
  @DisplayName(
      "long payloads are cut, tokens masked, control characters escaped, percent signs kept")
  void payloadsForTheEye() {
    service.deliver(
        alice,
        serverText("x".repeat(1_000)),
        serverText("100 %s\\n%d access_token=secret&x"),
        serverText("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"));

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesText("x".repeat(600) + "y")))
        .isEqualTo(
            """
            [alice] expected text "%s…" to be there already but the nearest of 3 messages differs: expected "…%s…
              expected   "%s … (601 characters) … %sy"
              nearest    expected "…%sy" but was "…%s…"
              received   3 messages
                +0.000 s  server  text  "%s … (1,000 characters) … %s"     <- nearest
                +0.000 s  server  text  "100 %%s\\n%%d access_token=***&x"
                +0.000 s  server  text  "***"
            """
                    .formatted(x(15), x(8), x(100), x(99), x(12), x(36), x(100), x(100))
                + OPEN);
  }

  private static String x(int number) {
    return "x".repeat(number);
  }

  @Test
  @DisplayName("of many messages the first and the last are shown, and the nearest")
  void manyMessages() {
    for (int i = 0; i < 100; i++) {
      alice
          .connection
          .inbox()
          .add(
              ReceivedMessage.of(
                  io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data.fromServer(
                      io.github.webpubsubtestkit.internal.wire.Payload.text(
                          i == 50 ? "wanted!" : "m" + i)),
                  java.time.Duration.ZERO,
                  io.github.webpubsubtestkit.internal.json.ObjectMapping.ofClassPath()));
    }

    String failure = failureOf(() -> assertThat(alice).within(ZERO).receivesText("wanted"));

    assertThat(failure.lines().toList())
        .hasSize(2 + 25 + 1 + 1 + 1 + 25 + 2)
        .contains(
            "    +0.000 s  server  text  \"m24\"",
            "    … 25 more …",
            "    +0.000 s  server  text  \"wanted!\"     <- nearest",
            "    … 24 more …",
            "    +0.000 s  server  text  \"m75\"");
  }

  @Test
  @DisplayName("a simple client's text frames may be JSON, and origin cannot be asked for")
  void simpleClient() {
    try (ScriptedService other = new ScriptedService()) {
      SimpleClient bob = other.simple(asUser("bob"));
      other.deliver(bob, "{\"a\":1}", "plain");
      other.deliver(bob, new byte[] {1});

      assertThat(bob).receivesJson("{\"a\":1.0}").hasDataType(DataType.TEXT);
      assertThat(failureOf(() -> assertThat(bob).within(ZERO).receivesText("plane")))
          .isEqualTo(
              """
              [bob] expected text "plane" to be there already but the nearest of 2 messages is "plain"
                received   2 messages, besides 1 already read
                  +0.000 s  text    "{"a":1}"     <- already read
                  +0.000 s  text    "plain"     <- nearest
                  +0.000 s  binary  1 byte 01
                connection open since +0.000 s, groups [], hub "shop", protocol none (simple client)
                times are seconds since the service started; now it is +0.000 s""");
      assertThat(bob).receivesText("plain");
      assertThat(bob).receivesBinary(new byte[] {1});
      assertThatIllegalStateException()
          .isThrownBy(() -> assertThat(bob).receivesMessageFromGroup("g"))
          .withMessage(
              "[bob] receivesMessageFromGroup cannot be asked of a SimpleClient: its messages do not"
                  + " say where they come from. Connect a PubSubClient instead");
      assertThatIllegalStateException()
          .isThrownBy(() -> assertThat(bob).receivesMessageFromServer());
      assertThatIllegalStateException().isThrownBy(() -> assertThat(bob).receivesAck(1));
      assertThatIllegalStateException().isThrownBy(() -> assertThat(bob).receivesPong());
    }
  }
}
