package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.serverBinary;
import static io.github.webpubsubtestkit.client.Frames.serverJson;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.internal.secrets.Pieces;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayName("Texts that did not come as a sequence: which one, and what came in its place")
class SequenceFailureTest {

  private static final String OPEN =
      "  connection open since +0.000 s, groups [], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  private String failure(String... texts) {
    return failureOf(() -> assertThat(alice).within(ofSeconds(100)).receivesExactly(texts));
  }

  @Test
  @DisplayName("a text that comes a second time")
  void again() {
    service.deliver(alice, serverText("day 1"), serverText("day 2"), serverText("day 2"));

    assertThat(failure("day 1", "day 2", "day 3"))
        .isEqualTo(
            """
            [alice] expected exactly 3 texts next within 100 s but no. 3 was "day 2" instead of "day 3"
              but was    text "day 2" again, which came as no. 2 already: it came twice
              received   3 messages
                +0.000 s  server  text  "day 1"     <- no. 1 as expected
                +0.000 s  server  text  "day 2"     <- no. 2 as expected
                +0.000 s  server  text  "day 2"     <- no. 3 differs
            """
                + OPEN);
  }

  @Test
  @DisplayName("a text that is expected later")
  void swapped() {
    service.deliver(alice, serverText("shipped"), serverText("packed"));

    assertThat(failure("packed", "shipped"))
        .isEqualTo(
            """
            [alice] expected exactly 2 texts next within 100 s but no. 1 was "shipped" instead of "packed"
              but was    text "shipped", which is the expected no. 2: the order differs
              received   2 messages
                +0.000 s  server  text  "shipped"     <- no. 1 differs
                +0.000 s  server  text  "packed"     <- no. 2
            """
                + OPEN);
  }

  @Test
  @DisplayName("a text that is left out")
  void leftOut() {
    service.deliver(alice, serverText("a"), serverText("c"));

    assertThat(failure("a", "b", "c"))
        .isEqualTo(
            """
            [alice] expected exactly 3 texts next within 100 s but no. 2 was "c" instead of "b"
              but was    text "c", which is the expected no. 3: no. 2 has not come
              received   2 messages
                +0.000 s  server  text  "a"     <- no. 1 as expected
                +0.000 s  server  text  "c"     <- no. 2 differs
            """
                + OPEN);
  }

  @Test
  @DisplayName("a text in other case, or with a blank too many")
  void nearlyTheSame() {
    service.deliver(alice, serverText("Packed"), serverText("packed "));

    assertThat(failure("packed"))
        .isEqualTo(
            """
            [alice] expected exactly 1 text next within 100 s but no. 1 was "Packed" instead of "packed"
              but was    text "Packed": differs only in upper and lower case: expected "packed" but was "Packed"
              received   2 messages
                +0.000 s  server  text  "Packed"     <- no. 1 differs
                +0.000 s  server  text  "packed "
            """
                + OPEN);
    assertThat(alice).receivesText("Packed");
    assertThat(failure("packed").lines().limit(2))
        .containsExactly(
            "[alice] expected exactly 1 text next within 100 s but no. 1 was \"packed \" instead of"
                + " \"packed\"",
            "  but was    text \"packed \": differs only in white space at its end: expected \"packed\""
                + " but was \"packed \"");
  }

  @Test
  @DisplayName("another type of data")
  void otherType() {
    service.deliver(alice, serverJson("{\"id\":1}"), serverBinary("AQ=="));

    assertThat(failure("a"))
        .isEqualTo(
            """
            [alice] expected exactly 1 text next within 100 s but no. 1 was JSON {"id":1} instead of "a"
              but was    json {"id":1}: is json, not text
              received   2 messages
                +0.000 s  server  json    {"id":1}     <- no. 1 differs
                +0.000 s  server  binary  1 byte 01
            """
                + OPEN);
    assertThat(alice).receivesJson("{\"id\":1}");
    assertThat(failure("a").lines().limit(2))
        .containsExactly(
            "[alice] expected exactly 1 text next within 100 s but no. 1 was binary 1 byte 01 instead"
                + " of \"a\"",
            "  but was    binary 1 byte 01: is binary, not text");
  }

  @Test
  @DisplayName("a text that does not come, while others have")
  void missing() {
    service.deliver(alice, serverText("a"), serverText("b"), serverText("c"));
    assertThat(alice).receivesText("a");

    assertThat(
            failureOf(
                () -> assertThat(alice).within(ofMillis(10)).receivesExactly("b", "c", "d", "e")))
        .isEqualTo(
            """
            [alice] expected exactly 4 texts next within 10 ms but no. 3, "d", did not come
              received   2 messages, besides 1 already read
                +0.000 s  server  text  "a"     <- already read
                +0.000 s  server  text  "b"     <- no. 1 as expected
                +0.000 s  server  text  "c"     <- no. 2 as expected
            """
                + OPEN);
  }

  @Test
  @DisplayName("a text that an earlier assertion has read")
  void alreadyRead() {
    service.deliver(alice, serverText("a"));
    assertThat(alice).receivesText("a");

    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesExactly("a")))
        .isEqualTo(
            """
            [alice] expected exactly 1 text next to be there already but no. 1, "a", did not come
              received   nothing new, besides 1 already read
                +0.000 s  server  text  "a"     <- this matches, but an earlier assertion has read it or a later one
            """
                + OPEN);
  }

  @Test
  @DisplayName("nothing at all")
  void nothing() {
    assertThat(failureOf(() -> assertThat(alice).within(ofMillis(10)).receivesExactly("a", "b")))
        .isEqualTo(
            """
            [alice] expected exactly 2 texts next within 10 ms but no. 1, "a", did not come
              received   nothing
            """
                + OPEN);
  }

  @Test
  @DisplayName("the connection ends before the last text")
  void ended() {
    service.deliver(alice, serverText("a"));
    service.newest().close(1001, "maintenance");

    assertThat(failure("a", "b"))
        .isEqualTo(
            """
            [alice] expected exactly 2 texts next within 100 s, but the connection ended: no. 2, "b", did not come
              received   1 message
                +0.000 s  server  text  "a"     <- no. 1 as expected
              connection closed by the service at +0.000 s with 1001 "maintenance", groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("long texts: the first line has 120 characters, and the place that differs is shown")
  void longTexts() {
    String same = "the quick brown fox jumps over the lazy dog and comes back again; ".repeat(6);
    service.deliver(alice, serverText(same + "at noon"));

    String failure = failure(same + "at night");

    assertThat(failure.lines().findFirst().orElseThrow()).hasSizeLessThanOrEqualTo(120);
    assertThat(failure)
        .isEqualTo(
            """
            [alice] expected exactly 1 text next within 100 s but no. 1 was "…back again; at noon" instead of "…ack again; at night"
            """
                + """
              expected   no. 1 "%s … (404 characters) … %sat night"
              but was    text "%s … (403 characters) … %sat noon"
              differs    expected "… again; at night" but was "… again; at noon"
              received   1 message
                +0.000 s  server  text  "%s … (403 characters) … %sat noon"     <- no. 1 differs
            """
                    .formatted(
                        same.substring(0, 100),
                        same.substring(same.length() - 92),
                        same.substring(0, 100),
                        same.substring(same.length() - 93),
                        same.substring(0, 100),
                        same.substring(same.length() - 93))
                + OPEN);
  }

  @Test
  @DisplayName("one of 40: those around it, and the first and last two")
  void oneOfMany() {
    String[] texts = IntStream.range(0, 40).mapToObj(i -> "tick " + i).toArray(String[]::new);
    service.deliver(
        alice,
        IntStream.range(0, 40)
            .mapToObj(i -> serverText(i == 20 ? "tock" : "tick " + i))
            .toArray(String[]::new));

    assertThat(failure(texts))
        .isEqualTo(
            """
            [alice] expected exactly 40 texts next within 100 s but no. 21 was "tock" instead of "tick 20"
              received   40 messages
                +0.000 s  server  text  "tick 0"     <- no. 1 as expected
                +0.000 s  server  text  "tick 1"     <- no. 2 as expected
                … 15 more …
                +0.000 s  server  text  "tick 17"     <- no. 18 as expected
                +0.000 s  server  text  "tick 18"     <- no. 19 as expected
                +0.000 s  server  text  "tick 19"     <- no. 20 as expected
                +0.000 s  server  text  "tock"     <- no. 21 differs
                +0.000 s  server  text  "tick 21"     <- no. 22
                +0.000 s  server  text  "tick 22"     <- no. 23
                +0.000 s  server  text  "tick 23"     <- no. 24
                … 14 more …
                +0.000 s  server  text  "tick 38"     <- no. 39
                +0.000 s  server  text  "tick 39"     <- no. 40
            """
                + OPEN);
  }

  @Test
  @DisplayName("more than all: each that is too much, and a text that is missing from all")
  void all() {
    service.deliver(alice, serverText("a"), serverText("b"));

    assertThat(failureOf(() -> assertThat(alice).hasReceivedExactly("a", "b", "c")))
        .isEqualTo(
            """
            [alice] expected exactly 3 texts to have been received but no. 3, "c", did not come
              received   2 messages
                +0.000 s  server  text  "a"     <- no. 1 as expected
                +0.000 s  server  text  "b"     <- no. 2 as expected
            """
                + OPEN);
  }

  @Test
  @DisplayName("the two values for the tools that compare them")
  void values() {
    service.deliver(alice, serverText("a"), serverText("x"));

    AssertionFailedError failure =
        catchThrowableOfType(
            AssertionFailedError.class,
            () -> assertThat(alice).within(ofSeconds(100)).receivesExactly("a", "b"));

    assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("b");
    assertThat(failure.getActual().getStringRepresentation()).isEqualTo("x");
  }

  @Test
  @DisplayName("no token, in the text nor in the values")
  void secrets() {
    String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlLW9mLXRoaXM";
    service.deliver(alice, serverText("x " + token));

    AssertionFailedError failure =
        catchThrowableOfType(
            AssertionFailedError.class,
            () -> assertThat(alice).within(ofSeconds(100)).receivesExactly("y " + token));

    assertThat(failure.getExpected().getStringRepresentation()).isEqualTo("y ***");
    assertThat(failure.getActual().getStringRepresentation()).isEqualTo("x ***");
    assertThat(Pieces.shownBy(failure)).satisfies(Pieces.noneOf(token));
  }
}
