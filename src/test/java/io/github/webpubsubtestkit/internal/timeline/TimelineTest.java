package io.github.webpubsubtestkit.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.secrets.Display;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimelineTest {

  @Test
  void keepsTheNewestEntriesAndCountsTheRest() {
    Timeline timeline = new Timeline(2, 1_000_000);

    timeline.record("alice", Direction.IN, "one");
    timeline.record("alice", Direction.IN, "two");
    timeline.record("bob", Direction.OUT, "three");

    assertThat(timeline.entries()).extracting(Entry::text).containsExactly("two", "three");
    assertThat(timeline.dropped()).isEqualTo(1);
    assertThat(timeline.print().replaceAll("\\+\\d+\\.\\d{3}", "+T").lines())
        .containsExactly(
            "1 earlier entries dropped", "+T s  alice  ->  two", "+T s  bob    <-  three");
  }

  @Test
  void keepsNoMoreBytesThanAllowed() {
    Timeline timeline = new Timeline(1_000, 10_000);

    for (int i = 0; i < 100; i++) {
      timeline.record(Kind.MESSAGE, "alice", Direction.IN, "", true, new byte[1_000]);
    }

    assertThat(timeline.entries()).hasSize(9);
    assertThat(timeline.dropped()).isEqualTo(91);
  }

  @Test
  void cutsALongPayloadInItsMiddleAndSaysItsLength() {
    Timeline timeline = new Timeline();

    timeline.record(
        Kind.MESSAGE,
        "alice",
        Direction.IN,
        "",
        true,
        "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));

    assertThat(timeline.entries().get(0).text())
        .startsWith("xxx")
        .contains(" … (1,000,000 characters) … ")
        .endsWith("xxx")
        .hasSizeLessThan(Timeline.MAX_PAYLOAD + 100);
  }

  @Test
  void showsBinaryPayloadsAsHexadecimalDigits() {
    Timeline timeline = new Timeline();

    timeline.record(
        Kind.MESSAGE, "alice", Direction.OUT, "binary", false, new byte[] {1, 2, (byte) 0xff});

    assertThat(timeline.entries().get(0).text()).isEqualTo("binary  3 bytes 01 02 ff");
  }

  @Test
  void masksTokensAndKeys() {
    String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
    Timeline timeline = new Timeline();

    timeline.record("a", Direction.IN, "GET /client/hubs/chat?access_token=" + jwt + "&x=1");
    timeline.record("a", Direction.IN, "Authorization: Bearer " + jwt);
    timeline.record("a", Direction.IN, "Endpoint=http://h;AccessKey=secret;Version=1.0;");
    timeline.record("a", Direction.OUT, "{\"reconnectionToken\":\"abc\"}");

    assertThat(timeline.entries())
        .extracting(Entry::text)
        .containsExactly(
            "GET /client/hubs/chat?access_token=***&x=1",
            "Authorization: Bearer ***",
            "Endpoint=http://h;AccessKey=***;Version=1.0;",
            "{\"reconnectionToken\":\"***\"}");
  }

  @Test
  void saysThatAPayloadIsEmpty() {
    Timeline timeline = new Timeline();

    timeline.record(Kind.MESSAGE, "alice", Direction.OUT, "", true, new byte[0]);

    assertThat(timeline.entries().get(0).text()).isEqualTo("(empty)");
  }

  @Test
  void showsEachEntryOnOneLine() {
    Timeline timeline = new Timeline();

    timeline.record(
        Kind.MESSAGE,
        "alice",
        Direction.IN,
        "",
        true,
        bytes("{\n  \"a\": \"b\\n\",\r\n  \"c\": 1\n}"));
    timeline.record(Kind.MESSAGE, "alice", Direction.IN, "text", true, bytes("one\n\ttwo"));

    assertThat(timeline.entries())
        .extracting(Entry::text)
        .containsExactly("{ \"a\": \"b\\n\", \"c\": 1 }", "text  one\\n\\ttwo");
  }

  @Test
  void showsTheOutcomeOfARequestBehindItsPayloadAndBeforeItsConsequences() {
    Timeline timeline = new Timeline();

    Timeline.Call call = timeline.begin("REST", "sendToAll", "POST /x", true, bytes("hi"));
    timeline.record("hub", Direction.NOTE, "something comes of it");
    assertThat(timeline.entries().get(0).outcome()).isNull();
    call.ended("202, to nobody");

    assertThat(timeline.entries())
        .extracting(Entry::text)
        .containsExactly("POST /x  hi  => 202, to nobody", "something comes of it");
    assertThat(timeline.entries().get(0).operation()).isEqualTo("sendToAll");
  }

  @Test
  void callsAConnectionAlsoByTheNameOfItsClientFromTheFirstLineOn() {
    Timeline timeline = new Timeline();
    Party anonymous = Party.connection("anonymous#1", "c1", null);
    Party alice = Party.connection("alice#2", "c2", null);

    timeline.note(anonymous, "connected");
    timeline.note(alice, "connected");
    anonymous.client("buyer");
    alice.client("alice");

    assertThat(timeline.entries())
        .extracting(Entry::party)
        .containsExactly("anonymous#1 (buyer)", "alice#2");
    assertThat(timeline.entries()).extracting(Entry::connectionId).containsExactly("c1", "c2");
  }

  @Test
  void showsPayloadsAsTheDisplayReturnsThem() {
    Timeline timeline = new Timeline();
    timeline.displayBy(
        Display.by(
            text -> {
              if (text.equals("fail")) {
                throw new IllegalStateException("no");
              }
              return text.replace("4111", "<card>");
            }));

    timeline.record(Kind.MESSAGE, "alice", Direction.IN, "", true, bytes("4111"));
    timeline.record(Kind.MESSAGE, "alice", Direction.IN, "", true, bytes("fail"));

    assertThat(timeline.entries())
        .extracting(Entry::text)
        .containsExactly(
            "<card>", "(not shown: display threw java.lang.IllegalStateException: no)");
  }

  @Test
  void aFailureIsSaidOnceAndTheBeginOfAWaitStandsInItsPlace() {
    Timeline timeline = new Timeline();
    Duration began = timeline.now();

    timeline.record("alice", Direction.IN, "late");
    timeline.noteAt(began, Timeline.TEST, "begins to wait");
    timeline.record(Timeline.TEST, Direction.FAILURE, "gave up: [alice] expected text");
    timeline.failed("[alice] expected text\nand more");
    timeline.failed("another");

    assertThat(timeline.print().replaceAll("\\+\\d+\\.\\d{3}", "+T").lines())
        .containsExactly(
            "+T s  test   --  begins to wait",
            "+T s  alice  ->  late",
            "+T s  test   !!  gave up: [alice] expected text",
            "+T s  test   !!  failed: another");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
