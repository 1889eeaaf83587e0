package io.github.webpubsubtestkit.internal.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
      timeline.record("alice", Direction.IN, "", true, new byte[1_000]);
    }

    assertThat(timeline.entries()).hasSize(9);
    assertThat(timeline.dropped()).isEqualTo(91);
  }

  @Test
  void cutsALongPayloadInItsMiddleAndSaysItsLength() {
    Timeline timeline = new Timeline();

    timeline.record(
        "alice", Direction.IN, "", true, "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));

    assertThat(timeline.entries().get(0).text())
        .startsWith("xxx")
        .contains(" … (1,000,000 characters) … ")
        .endsWith("xxx")
        .hasSizeLessThan(Timeline.MAX_PAYLOAD + 100);
  }

  @Test
  void showsBinaryPayloadsAsHexadecimalDigits() {
    Timeline timeline = new Timeline();

    timeline.record("alice", Direction.OUT, "binary", false, new byte[] {1, 2, (byte) 0xff});

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

    timeline.record("alice", Direction.OUT, "", true, new byte[0]);

    assertThat(timeline.entries().get(0).text()).isEqualTo("(empty)");
  }
}
