package io.github.webpubsubtestkit.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Role;
import org.java_websocket.framing.BinaryFrame;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the protocol engine, which takes one byte at a time. */
@Tag("sources") // in the shipped jar the engine has another name
@DisplayName("the mask of a frame")
class MaskTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 15, 125, 126, 127, 65_535, 65_536, 65_543})
  void isReadByTheProtocolEngine(int length) throws Exception {
    byte[] payload = payload(length);

    ByteBuffer masked = Mask.add(FrameWriter.unmasked(false, payload));

    var frames = FrameWriter.engine().translateFrame(masked.duplicate());
    assertThat(masked.get(1)).as("the bit that says so").isNegative();
    assertThat(frames).hasSize(1);
    assertThat(bytes(frames.get(0).getPayloadData())).isEqualTo(payload);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 15, 125, 126, 127, 65_535, 65_536, 65_543})
  void isTakenFromAFrameOfTheProtocolEngine(int length) {
    byte[] payload = payload(length);
    BinaryFrame frame = new BinaryFrame();
    frame.setPayload(ByteBuffer.wrap(payload));
    Draft_6455 client = new Draft_6455();
    client.setParseMode(Role.CLIENT);
    ByteBuffer masked = client.createBinaryFrame(frame);
    ByteBuffer behindOthers = ByteBuffer.allocate(masked.remaining() + 5).position(5);
    behindOthers.put(masked).position(5);

    ByteBuffer unmasked = Mask.remove(behindOthers);

    assertThat(unmasked).isEqualTo(FrameWriter.unmasked(false, payload));
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

  private static byte[] payload(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    return payload;
  }

  private static byte[] bytes(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return bytes;
  }
}
