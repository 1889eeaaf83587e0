package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The values of the transport:")
class TransportValuesTest {

  @Test
  @DisplayName("a frame is encoded once for all receivers, each with a position of its own")
  void frameIsEncodedOnce() {
    Frame frame = Frame.text("hello");
    ByteBuffer first = frame.encode(false, Integer.MAX_VALUE);
    ByteBuffer second = frame.encode(false, Integer.MAX_VALUE);

    first.position(3);
    assertThat(second.position()).isZero();
    assertThat(second.remaining()).isEqualTo(7);
    first.position(0);
    first.put(2, (byte) 'j');
    assertThat(second.get(2)).as("the same bytes").isEqualTo((byte) 'j');
  }

  @Test
  @DisplayName("a client's frame is masked anew each time and leaves the payload as it is")
  void clientFrameIsMasked() {
    Frame frame = Frame.binary("payload".getBytes(UTF_8));

    assertThat(frame.encode(true, Integer.MAX_VALUE))
        .isNotEqualTo(frame.encode(true, Integer.MAX_VALUE));
    assertThat(frame.payload()).isEqualTo("payload".getBytes(UTF_8));
  }

  @Test
  void framesKnowTheirKind() {
    assertThat(Frame.text("a").text()).isTrue();
    assertThat(Frame.text(new byte[1]).text()).isTrue();
    assertThat(Frame.binary(new byte[1]).text()).isFalse();
    assertThat(Frame.of(false, new byte[3])).hasToString("binary frame of 3 bytes");
    assertThat(Frame.text("\u00e9")).hasToString("text frame of 2 bytes");
  }

  @Test
  void headersAreFoundInAnyCaseAndInOrder() {
    HttpHeaders headers = HttpHeaders.of("A", "1, 2", "b", "x", "a", " ,3,, 4 ").with("B", "X");

    assertThat(headers.first("a")).contains("1, 2");
    assertThat(headers.first("c")).isEmpty();
    assertThat(headers.all("a")).containsExactly("1, 2", " ,3,, 4 ");
    assertThat(headers.all("c")).isEmpty();
    assertThat(headers.listed("a")).containsExactly("1", "2", "3", "4");
    assertThat(headers.lists("B", "x")).isTrue();
    assertThat(headers.lists("B", "y")).isFalse();
    assertThat(headers.fields()).hasSize(4);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> HttpHeaders.of("A"))
        .withMessage("names and values must come in pairs but are 1");
  }

  @ParameterizedTest(name = "{0} is written {1}")
  @CsvSource({
    "1970-01-01T00:00:00Z, 'Thu, 01 Jan 1970 00:00:00 GMT'",
    "1994-11-06T08:49:37Z, 'Sun, 06 Nov 1994 08:49:37 GMT'",
    "2026-12-31T23:59:59.9Z, 'Thu, 31 Dec 2026 23:59:59 GMT'"
  })
  void datesAreWrittenAsHttpWantsThem(Instant instant, String text) {
    assertThat(HttpDate.of(instant)).isEqualTo(text);
  }

  @Test
  @DisplayName("the accept key is that of RFC 6455, section 1.3")
  void acceptKey() {
    assertThat(AcceptKey.accept(RawPeer.KEY)).isEqualTo(RawPeer.ACCEPT);
    assertThat(AcceptKey.isKey(AcceptKey.newKey())).isTrue();
    assertThat(AcceptKey.newKey()).isNotEqualTo(AcceptKey.newKey());
  }

  @Test
  @DisplayName("UTF-8 is judged as the platform's decoder does")
  void utf8() {
    Random random = new Random(42);
    int valid = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = randomUtf8(random);
      boolean expected = decodes(bytes);
      valid += expected ? 1 : 0;
      if (Utf8.isValid(bytes, 0, bytes.length) != expected) {
        assertThat(bytes).as("judged wrongly").isNull();
      }
    }
    assertThat(valid).as("a mix of both").isBetween(10_000, 90_000);
  }

  /** Mostly right, sometimes with a wrong byte or without its end. */
  private static byte[] randomUtf8(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int[] tops = {0x80, 0x800, 0x10000, 0x110000};
      text.appendCodePoint(random.nextInt(tops[random.nextInt(4)]));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (random.nextBoolean()) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))
        : bytes;
  }

  private static boolean decodes(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  @DisplayName("a text that is too long for a close frame is cut between characters")
  void fittingReason() {
    assertThat(CloseCodes.fitting("short")).isEqualTo("short");
    assertThat(CloseCodes.fitting("x".repeat(200))).hasSize(123);
    assertThat(CloseCodes.fitting("\u20ac".repeat(100)).getBytes(UTF_8)).hasSize(123);
  }
}
