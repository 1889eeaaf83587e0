package io.github.webpubsubtestkit.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition, which takes one byte at a time (RFC 6455, section 5.3). */
@DisplayName("the mask of a frame")
class MaskTest {

  private static final int MASK_BIT = 0x80;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 15, 125, 126, 127, 65_535, 65_536, 65_543})
  void isAddedToAFrame(int length) {
    ByteBuffer frame = FrameWriter.unmasked(false, payload(length));
    int header = frame.remaining() - length;

    ByteBuffer masked = Mask.add(frame.duplicate());

    byte[] key = new byte[4];
    masked.get(masked.position() + header, key);
    assertThat(bytes(masked)).isEqualTo(maskedByteByByte(bytes(frame), header, key));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 15, 125, 126, 127, 65_535, 65_536, 65_543})
  void isRemovedFromAFrame(int length) {
    ByteBuffer frame = FrameWriter.unmasked(false, payload(length));
    byte[] masked =
        maskedByteByByte(bytes(frame), frame.remaining() - length, new byte[] {1, -2, 3, -128});
    ByteBuffer behindOthers = ByteBuffer.allocate(masked.length + 5).position(5);
    behindOthers.put(masked).position(5);

    ByteBuffer unmasked = Mask.remove(behindOthers);

    assertThat(unmasked).isEqualTo(frame);
    assertThat(Arrays.copyOf(behindOthers.array(), 5)).as("what precedes it").containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 1000})
  void differsFromFrameToFrame(int length) {
    ByteBuffer frame = FrameWriter.unmasked(false, payload(length));

    assertThat(List.of(Mask.add(frame), Mask.add(frame), Mask.add(frame)))
        .as("at least two of them")
        .matches(masked -> masked.stream().distinct().count() > 1);
  }

  private static byte[] maskedByteByByte(byte[] frame, int header, byte[] key) {
    ByteBuffer masked = ByteBuffer.allocate(frame.length + key.length);
    masked.put(frame, 0, header).put(1, (byte) (frame[1] | MASK_BIT)).put(key);
    for (int i = header; i < frame.length; i++) {
      masked.put((byte) (frame[i] ^ key[(i - header) % key.length]));
    }
    return masked.array();
  }

  private static byte[] payload(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    return payload;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
