package io.github.webpubsubtestkit.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** client-protocols F.2. */
class ReplayBufferTest {

  private final ReplayBuffer buffer = new ReplayBuffer(1_000, 10_000);

  @Test
  void numbersFromOneAndFreesUpToTheAcknowledged() {
    add("a", "b", "c");

    buffer.acknowledge(2);
    add("d");

    assertThat(replayed()).containsExactly("3 c", "4 d");
    assertThat(buffer.size()).isEqualTo(2);
  }

  @Test
  void anIdThatWasNeverSentFreesEverythingAndNumbersGoOn() {
    add("a", "b");

    buffer.acknowledge(-1); // 2^64 - 1
    assertThat(replayed()).isEmpty();
    add("c");
    buffer.acknowledge(0);
    buffer.acknowledge(1);
    buffer.acknowledge(2);

    assertThat(replayed()).containsExactly("3 c");
  }

  @Test
  void holdsAsManyMessagesAsAllowed() {
    ReplayBuffer small = new ReplayBuffer(2, 10_000);
    small.add(message("a"), null);
    assertThat(small.hasRoomFor(message("b"))).isTrue();
    small.add(message("b"), null);
    assertThat(small.hasRoomFor(message("c"))).isFalse();
    small.acknowledge(1);
    assertThat(small.hasRoomFor(message("c"))).isTrue();
  }

  @Test
  void holdsAsManyBytesAsAllowed() {
    ReplayBuffer small = new ReplayBuffer(1_000, 10);
    small.add(message("123456"), null);
    assertThat(small.hasRoomFor(message("1234"))).isTrue();
    assertThat(small.hasRoomFor(message("12345"))).isFalse();
    small.acknowledge(1);
    assertThat(small.hasRoomFor(message("1234567890"))).isTrue();
  }

  @Test
  void dropsWhatHasExpiredAndKeepsTheOtherNumbers() {
    buffer.add(message("a"), Instant.ofEpochSecond(10));
    buffer.add(message("b"), null);
    buffer.add(message("c"), Instant.ofEpochSecond(11));
    buffer.add(message("d"), Instant.ofEpochSecond(10));

    assertThat(buffer.expire(Instant.ofEpochMilli(9_999))).isZero();
    assertThat(buffer.expire(Instant.ofEpochSecond(10))).isEqualTo(2);
    assertThat(buffer.expire(Instant.ofEpochSecond(10))).isZero();

    assertThat(buffer.size()).isEqualTo(2);
    assertThat(replayed()).containsExactly("2 b", "3 c");
    buffer.acknowledge(3);
    add("e");
    assertThat(replayed()).containsExactly("5 e");
  }

  @Test
  void behavesLikeAQueueWhateverTheOrderOfCalls() {
    Random random = new Random(4711);
    Deque<String> expected = new ArrayDeque<>();
    long last = 0;
    for (int round = 0; round < 20_000; round++) {
      if (random.nextInt(3) > 0 && buffer.hasRoomFor(message("m"))) {
        add("m");
        expected.add(++last + " m");
      } else {
        long id = last - expected.size() + random.nextInt(expected.size() + 2);
        buffer.acknowledge(id);
        while (!expected.isEmpty() && number(expected.element()) <= id) {
          expected.remove();
        }
      }
      assertThat(buffer.size()).isEqualTo(expected.size());
      if (round % 100 == 0) {
        assertThat(replayed()).containsExactlyElementsOf(expected);
      }
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  private void add(String... texts) {
    for (String text : texts) {
      buffer.add(message(text), never());
    }
  }

  private static @Nullable Instant never() {
    return null;
  }

  private List<String> replayed() {
    List<String> all = new ArrayList<>();
    buffer.replay(
        (message, id) -> all.add(id + " " + new String(message.bytes(), StandardCharsets.UTF_8)));
    return all;
  }

  private static EncodedMessage message(String text) {
    return new EncodedMessage(true, text.getBytes(StandardCharsets.UTF_8));
  }
}
