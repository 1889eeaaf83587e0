package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Frames")
class FramesTest {

  private static final class Received implements FrameReader.Sink {
    private final List<String> all = new ArrayList<>();

    @Override
    public void onMessage(boolean text, byte[] payload) {
      all.add((text ? "text " : "binary ") + new String(payload, UTF_8));
    }

    @Override
    public void onPing(byte[] payload) {
      all.add("ping " + new String(payload, UTF_8));
    }

    @Override
    public void onPong(byte[] payload) {
      all.add("pong " + new String(payload, UTF_8));
    }

    @Override
    public void onClose(int code, String reason) {
      all.add("close " + code + " " + reason);
    }
  }

  @Test
  @DisplayName("of the RFC's examples are written as there")
  void areWrittenAsInTheRfc() {
    assertThat(hex(FrameWriter.unmasked(true, "Hello".getBytes(UTF_8))))
        .isEqualTo("810548656c6c6f");
    assertThat(hex(FrameWriter.fragments(false, true, "Hello".getBytes(UTF_8), 3)))
        .isEqualTo("010348656c80026c6f");
    assertThat(hex(FrameWriter.ping(false, "Hello".getBytes(UTF_8)))).isEqualTo("890548656c6c6f");
    assertThat(hex(FrameWriter.unmasked(false, new byte[256]))).startsWith("827e010000");
    assertThat(hex(FrameWriter.unmasked(false, new byte[65536])))
        .startsWith("827f000000000001000000");
    assertThat(hex(FrameWriter.close(false, 1001, "bye"))).isEqualTo("880503e9627965");
    assertThat(hex(FrameWriter.close(false, CloseCodes.NONE, ""))).isEqualTo("8800");
  }

  @Test
  @DisplayName("with a mask, of the RFC's example, are read")
  void masked() throws Exception {
    Received received = new Received();

    new FrameReader(true, 100).read(bytes("818537fa213d7f9f4d5158"), received);

    assertThat(received.all).containsExactly("text Hello");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("are read as they were written, in one piece or byte by byte")
  void areReadAsWritten(boolean client) throws Exception {
    for (int length : List.of(0, 1, 5, 125, 126, 65535, 65536)) {
      byte[] payload = "x".repeat(length).getBytes(UTF_8);
      byte[] small = "y".repeat(Math.min(125, length)).getBytes(UTF_8);
      ByteBuffer all = ByteBuffer.allocate(10 * length + 200);
      all.put(client ? FrameWriter.masked(true, payload) : FrameWriter.unmasked(true, payload));
      all.put(client ? FrameWriter.masked(false, payload) : FrameWriter.unmasked(false, payload));
      all.put(FrameWriter.fragments(client, true, payload, 1 + length / 3));
      all.put(FrameWriter.ping(client, small));
      all.put(FrameWriter.pong(client, small));
      all.put(FrameWriter.close(client, 4001, "over"));
      all.flip();
      List<String> expected = new ArrayList<>(List.of("text ", "binary "));
      expected.replaceAll(each -> each + new String(payload, UTF_8));
      if (length > 0) {
        expected.add(expected.get(0));
      }
      expected.add("ping " + new String(small, UTF_8));
      expected.add("pong " + new String(small, UTF_8));
      expected.add("close 4001 over");

      Received atOnce = new Received();
      new FrameReader(client, 1 << 20).read(all.duplicate(), atOnce);
      assertThat(atOnce.all).isEqualTo(expected);

      Received byBytes = new Received();
      FrameReader reader = new FrameReader(client, 1 << 20);
      while (all.hasRemaining()) {
        reader.read(ByteBuffer.wrap(new byte[] {all.get()}), byBytes);
      }
      assertThat(byBytes.all).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("may cut a character, but a wrong one is refused with the first frame")
  void aCharacterMayBeCut() throws Exception {
    Received received = new Received();
    new FrameReader(false, 100).read(bytes("0102e282" + "8001ac"), received);
    assertThat(received.all).containsExactly("text \u20ac");

    assertThatThrownBy(() -> new FrameReader(false, 100).read(bytes("0102e228"), received))
        .isInstanceOf(FrameViolation.class)
        .hasMessage("a text message that is no UTF-8");
    assertThatThrownBy(() -> new FrameReader(false, 100).read(bytes("8102e282"), received))
        .isInstanceOf(FrameViolation.class)
        .hasMessage("a text message that is no UTF-8");
  }

  private static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
