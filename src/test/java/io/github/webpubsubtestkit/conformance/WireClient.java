package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.WireFrame.BINARY;
import static io.github.webpubsubtestkit.conformance.WireFrame.CLOSE;
import static io.github.webpubsubtestkit.conformance.WireFrame.CONTINUATION;
import static io.github.webpubsubtestkit.conformance.WireFrame.PING;
import static io.github.webpubsubtestkit.conformance.WireFrame.PONG;
import static io.github.webpubsubtestkit.conformance.WireFrame.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client that shows the wire as it is: it joins no fragments, answers nothing by itself
 * and checks every frame the service sends against RFC 6455.
 *
 * <p>Used by one thread; every wait is bounded. That nothing arrives is shown by {@link
 * #expectOpen()}, never by waiting.
 */
public final class WireClient implements AutoCloseable {

  private static final int LONGEST_PAYLOAD = 32 * 1024 * 1024;

  private final WireSocket socket;
  private final HttpAnswer handshake;
  private int pings;

  private WireClient(WireSocket socket, HttpAnswer handshake) {
    this.socket = socket;
    this.handshake = handshake;
  }

  /** Connects and upgrades; anything but a correct 101 is an {@link AssertionError}. */
  public static WireClient open(URI endpoint, UpgradeRequest request) {
    WireSocket socket = WireSocket.connect(endpoint);
    socket.send(request.bytes(endpoint));
    return upgraded(socket, request);
  }

  /** Takes over a socket on which the upgrade has been sent. */
  public static WireClient upgraded(WireSocket socket, UpgradeRequest request) {
    try {
      HttpAnswer answer = HttpAnswer.read(socket, "GET");
      assertThat(answer.status()).as("status of %s", answer).isEqualTo(101);
      assertThat(answer.header("Upgrade").orElse("")).isEqualToIgnoringCase("websocket");
      assertThat(answer.header("Connection").orElse("")).isEqualToIgnoringCase("Upgrade");
      assertThat(answer.header("Sec-WebSocket-Accept")).contains(request.expectedAccept());
      return new WireClient(socket, answer);
    } catch (AssertionError e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks for an upgrade that is expected to be refused.
   *
   * <p>The refusal must be complete: its length said, its body all there (client-protocols A.3).
   */
  public static HttpAnswer refused(URI endpoint, UpgradeRequest request) {
    try (WireSocket socket = WireSocket.connect(endpoint)) {
      socket.send(request.bytes(endpoint));
      HttpAnswer answer = HttpAnswer.read(socket, "GET");
      assertThat(answer.status()).as("status of %s", answer).isNotEqualTo(101);
      assertThat(answer.header("Content-Length")).as("Content-Length of %s", answer).isPresent();
      return answer;
    }
  }

  /** The 101 answer. */
  public HttpAnswer handshake() {
    return handshake;
  }

  /** The subprotocol the service selected. */
  public Optional<String> subprotocol() {
    return handshake.header("Sec-WebSocket-Protocol");
  }

  /** The connection below, for what this class has no word for. */
  public WireSocket socket() {
    return socket;
  }

  /** Sends a frame, masked. */
  public void send(WireFrame frame) {
    socket.send(frame.masked());
  }

  /** Sends several frames in one write. */
  public void send(List<WireFrame> frames) {
    List<byte[]> parts = frames.stream().map(WireFrame::masked).toList();
    ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
    parts.forEach(all::put);
    socket.send(all.array());
  }

  /** Sends a whole text message. */
  public void sendText(String text) {
    send(WireFrame.text(text));
  }

  /** Sends a whole binary message. */
  public void sendBinary(byte... payload) {
    send(WireFrame.binary(payload));
  }

  /** Sends a text message, each part in a frame of its own. */
  public void sendTextInFragments(String... parts) {
    for (int i = 0; i < parts.length; i++) {
      send(
          new WireFrame(
              i == parts.length - 1, i == 0 ? TEXT : CONTINUATION, parts[i].getBytes(UTF_8)));
    }
  }

  /** Sends a close frame with this payload, which may be empty or malformed. */
  public void sendClose(byte... payload) {
    send(new WireFrame(true, CLOSE, payload));
  }

  /** Sends a close frame. */
  public void sendClose(int code, String reason) {
    send(WireFrame.close(code, reason));
  }

  /**
   * The next frame.
   *
   * @throws AssertionError if the connection ends, breaks RFC 6455 or stays silent
   */
  public WireFrame next() {
    WireFrame frame = nextOrEnd();
    if (frame == null) {
      throw new AssertionError("expected a frame; " + socket);
    }
    return frame;
  }

  /** The next frame is this whole text message. */
  public void expectText(String expected) {
    assertThat(nextText()).isEqualTo(expected);
  }

  /** The next frame is a whole text message, whatever it says. */
  public String nextText() {
    WireFrame frame = next();
    assertThat(frame.opcode()).as("opcode of %s", frame).isEqualTo(TEXT);
    assertThat(frame.fin()).as("FIN of %s", frame).isTrue();
    return frame.text();
  }

  /** The next frame is this whole binary message. */
  public void expectBinary(byte... expected) {
    WireFrame frame = next();
    assertThat(frame.opcode()).as("opcode of %s", frame).isEqualTo(BINARY);
    assertThat(frame.fin()).as("FIN of %s", frame).isTrue();
    assertThat(frame.payload()).isEqualTo(expected);
  }

  /**
   * The connection is open and nothing has arrived: a WebSocket ping is answered, and its pong is
   * the next frame.
   */
  public void expectOpen() {
    byte[] nonce = ("ping-" + pings++).getBytes(UTF_8);
    send(new WireFrame(true, PING, nonce));
    WireFrame frame = next();
    assertThat(frame.opcode()).as("opcode of %s", frame).isEqualTo(PONG);
    assertThat(frame.payload()).isEqualTo(nonce);
  }

  /** The service closes with this code and reason: close frame, our answer, end of TCP. */
  public void expectClose(int code, String reason) {
    expectCloseFrame(code, reason);
    sendClose(code, "");
    expectEnd();
  }

  /** The service closes with this code, whatever its reason. */
  public void expectClose(int code) {
    WireFrame frame = nextClose();
    assertThat(frame.closeCode()).as("code of %s", frame).isEqualTo(code);
    sendClose(code, "");
    expectEnd();
  }

  /** The next frame is this close frame. */
  public void expectCloseFrame(int code, String reason) {
    WireFrame frame = nextClose();
    assertThat(frame.closeCode()).as("code of %s", frame).isEqualTo(code);
    assertThat(frame.closeReason()).as("reason of %s", frame).isEqualTo(reason);
  }

  /** The connection ends and no further frame comes before. */
  public WireSocket.End expectEnd() {
    WireFrame frame = nextOrEnd();
    if (frame != null) {
      throw new AssertionError("expected the end of the connection but got " + frame);
    }
    return requireNonNull(socket.end());
  }

  /** All whole frames up to the end of the connection. */
  public List<WireFrame> readToEnd() {
    List<WireFrame> frames = new ArrayList<>();
    for (WireFrame frame = nextOrEnd(); frame != null; frame = nextOrEnd()) {
      frames.add(frame);
    }
    return frames;
  }

  /** Aborts with a TCP reset. */
  public void drop() {
    socket.reset();
  }

  @Override
  public void close() {
    socket.close();
  }

  private WireFrame nextClose() {
    WireFrame frame = next();
    assertThat(frame.opcode()).as("opcode of %s", frame).isEqualTo(CLOSE);
    assertThat(frame.payload().length).as("payload of %s", frame).isNotEqualTo(1);
    return frame;
  }

  private @Nullable WireFrame nextOrEnd() {
    int first = socket.read();
    int second = first < 0 ? -1 : socket.read();
    if (second < 0) {
      return null;
    }
    int opcode = first & 0x0f;
    boolean fin = (first & 0x80) != 0;
    violates((first & 0x70) != 0, "reserved bits are set", first);
    violates((second & 0x80) != 0, "a frame of the service is masked", second);
    violates(opcode > PONG || (opcode > BINARY && opcode < CLOSE), "unknown opcode", opcode);
    violates(opcode >= CLOSE && (!fin || second > 125), "control frame fragmented or long", first);
    long length = second;
    if (second >= 126) {
      byte @Nullable [] bytes = socket.read(second == 126 ? 2 : 8);
      if (bytes == null) {
        return null;
      }
      length =
          second == 126
              ? ByteBuffer.wrap(bytes).getShort() & 0xffff
              : ByteBuffer.wrap(bytes).getLong();
      violates(
          length < (second == 126 ? 126 : 65536), "length is not in its shortest form", length);
      violates(length > LONGEST_PAYLOAD, "a frame longer than any test wants", length);
    }
    byte @Nullable [] payload = socket.read((int) length);
    return payload == null ? null : new WireFrame(fin, opcode, payload);
  }

  private static void violates(boolean violated, String rule, long value) {
    if (violated) {
      throw new AssertionError("the service breaks RFC 6455: %s (%#x)".formatted(rule, value));
    }
  }
}
