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
import org.junit.jupiter.api.Test;

/** client-protocols F.2. */
class ReplayBufferTest {

  private final ReplayBuffer buffer = buffer(1_000, 10_000);

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
    ReplayBuffer small = buffer(2, 10_000);
    small.add(message("a"), null, 0);
    assertThat(small.hasRoomFor(message("b"))).isTrue();
    small.add(message("b"), null, 0);
    assertThat(small.hasRoomFor(message("c"))).isFalse();
    small.acknowledge(1);
    assertThat(small.hasRoomFor(message("c"))).isTrue();
  }

  @Test
  void holdsAsManyBytesAsAllowed() {
    ReplayBuffer small = buffer(1_000, 10);
    small.add(message("123456"), null, 0);
    assertThat(small.hasRoomFor(message("1234"))).isTrue();
    assertThat(small.hasRoomFor(message("12345"))).isFalse();
    small.acknowledge(1);
    assertThat(small.hasRoomFor(message("1234567890"))).isTrue();
  }

  @Test
  void dropsWhatHasExpiredAndKeepsTheOtherNumbers() {
    buffer.add(message("a"), Instant.ofEpochSecond(10), 0);
    buffer.add(message("b"), null, 0);
    buffer.add(message("c"), Instant.ofEpochSecond(11), 0);
    buffer.add(message("d"), Instant.ofEpochSecond(10), 0);

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
  void keepsWhatHasNoTimeToLiveHoweverManyExpire() {
    add("0");
    for (int i = 1; i <= 20; i++) { // more than the first ring takes
      buffer.add(message("" + i), Instant.ofEpochSecond(i), 0);
    }

    assertThat(buffer.expire(Instant.ofEpochSecond(17))).isEqualTo(17);

    assertThat(replayed()).containsExactly("1 0", "19 18", "20 19", "21 20");
    assertThat(buffer.freed()).isZero();
    buffer.acknowledge(1);
    assertThat(buffer.expire(Instant.ofEpochSecond(18))).isOne();
    assertThat(buffer.freed()).as("up to the oldest that is kept").isEqualTo(19);
  }

  @Test
  void behavesLikeAQueueWhateverTheOrderOfCalls() {
    Random random = new Random(4711);
    Deque<String> expected = new ArrayDeque<>();
    long last = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = "m" + last;
      if (random.nextInt(3) > 0 && buffer.hasRoomFor(message(text))) {
        add(text);
        expected.add(++last + " " + text);
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

  @Test
  void knowsHowOldTheMessageInTheMiddleIs() {
    assertThat(buffer.ageOfMedian(7)).isZero();
    long start = (1L << 31) - 2; // the ages are kept in 32 bits
    for (int i = 0; i < 5; i++) {
      buffer.add(message("m"), null, start + i);
    }

    assertThat(buffer.ageOfMedian(start + 10)).isEqualTo(8);
    buffer.acknowledge(3);
    assertThat(buffer.ageOfMedian(start + 10)).isEqualTo(6);
    assertThat(buffer.freed()).isEqualTo(3);
  }

  @Test
  void holdsMoreInABurst() {
    ReplayBuffer small = buffer(1, 10_000);
    for (int i = 0; i < 10; i++) {
      assertThat(small.hasRoomForBurst(message("m"))).isTrue();
      small.add(message("m"), null, 0);
      assertThat(small.isOverLimits()).isEqualTo(i > 0);
    }
    assertThat(small.hasRoomForBurst(message("m"))).isFalse();
  }

  @Test
  void holdsTwiceTheBytesInABurst() {
    ReplayBuffer small = buffer(1_000, 10);
    small.add(message("1234567890"), null, 0);
    assertThat(small.isOverLimits()).isFalse();
    assertThat(small.hasRoomForBurst(message("1234567890"))).isTrue();
    assertThat(small.hasRoomForBurst(message("12345678901"))).isFalse();
    small.add(message("1"), null, 0);
    assertThat(small.isOverLimits()).isTrue();
  }

  private static ReplayBuffer buffer(int maxMessages, long maxBytes) {
    return new ReplayBuffer(new BufferLimits(maxMessages, maxBytes));
  }

  private void add(String... texts) {
    for (String text : texts) {
      buffer.add(message(text), null, 0);
    }
  }

  private List<String> replayed() {
    List<String> all = new ArrayList<>();
    buffer.replay(
        0,
        (message, id) -> all.add(id + " " + new String(message.bytes(), StandardCharsets.UTF_8)));
    return all;
  }

  private static EncodedMessage message(String text) {
    return new EncodedMessage(true, text.getBytes(StandardCharsets.UTF_8));
  }
}
