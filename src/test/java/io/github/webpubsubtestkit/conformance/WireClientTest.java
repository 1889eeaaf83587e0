package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.ScriptedPeer.readHead;
import static io.github.webpubsubtestkit.conformance.ScriptedPeer.write;
import static io.github.webpubsubtestkit.conformance.WireFrame.BINARY;
import static io.github.webpubsubtestkit.conformance.WireFrame.CLOSE;
import static io.github.webpubsubtestkit.conformance.WireFrame.CONTINUATION;
import static io.github.webpubsubtestkit.conformance.WireFrame.PING;
import static io.github.webpubsubtestkit.conformance.WireFrame.PONG;
import static io.github.webpubsubtestkit.conformance.WireFrame.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The driver against a server of the JDK's sockets, so that its verdicts on the fake can be
 * believed.
 */
class WireClientTest {

  private static final UpgradeRequest REQUEST = UpgradeRequest.to("/x");

  @Test
  @DisplayName(
      "the head has the request target, the endpoint's host, a key, and the lines that were added")
  void sendsHead() {
    UpgradeRequest request =
        UpgradeRequest.to("/client/hubs/chat?access_token=T")
            .offering("a", "b")
            .header("Sec-WebSocket-Protocol", "c")
            .without("Sec-WebSocket-Version");
    String[] head = {""};
    try (ScriptedPeer peer =
        ScriptedPeer.running(
            (socket, in, out) -> {
              head[0] = readHead(in);
              write(out, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nX-A: 1\r\n\r\nno");
            })) {
      HttpAnswer answer = WireClient.refused(peer.endpoint(), request);

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("x-a")).contains("1");
      assertThat(answer.text()).isEqualTo("no");
      assertThat(head[0].split("\r\n", -1))
          .satisfiesExactly(
              line -> assertThat(line).isEqualTo("GET /client/hubs/chat?access_token=T HTTP/1.1"),
              line -> assertThat(line).matches("Host: 127\\.0\\.0\\.1:\\d+"),
              line -> assertThat(line).isEqualTo("Upgrade: websocket"),
              line -> assertThat(line).isEqualTo("Connection: Upgrade"),
              line -> assertThat(line).matches("Sec-WebSocket-Key: [A-Za-z0-9+/]{22}=="),
              line -> assertThat(line).isEqualTo("Sec-WebSocket-Protocol: a, b"),
              line -> assertThat(line).isEqualTo("Sec-WebSocket-Protocol: c"),
              line -> assertThat(line).isEmpty(),
              line -> assertThat(line).isEmpty());
    }
  }

  @ParameterizedTest(name = "a body with \"{0}\" is read")
  @CsvSource({
    "Content-Length: 5, hello",
    "Transfer-Encoding: chunked, '2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n'",
    "X: y, hello"
  })
  void readsBodies(String header, String body) {
    try (ScriptedPeer peer =
            ScriptedPeer.running(
                (socket, in, out) ->
                    write(out, "HTTP/1.1 400 Bad Request\r\n" + header + "\r\n\r\n" + body));
        WireSocket socket = WireSocket.connect(peer.endpoint())) {
      assertThat(HttpAnswer.read(socket, "GET").text()).isEqualTo("hello");
    }
  }

  @Test
  @DisplayName("a refusal without Content-Length, and one cut short, are errors of the service")
  void refusesIncompleteRefusals() {
    for (String answer :
        List.of(
            "HTTP/1.1 400 Bad Request\r\n\r\n",
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 9\r\n\r\nab")) {
      try (ScriptedPeer peer =
          ScriptedPeer.running(
              (socket, in, out) -> {
                readHead(in);
                write(out, answer);
              })) {
        assertThatExceptionOfType(AssertionError.class)
            .isThrownBy(() -> WireClient.refused(peer.endpoint(), REQUEST));
      }
    }
  }

  @Test
  @DisplayName("a 101 whose Sec-WebSocket-Accept does not fit the key is refused")
  void checksAccept() {
    try (ScriptedPeer peer =
        ScriptedPeer.running(
            (socket, in, out) -> {
              readHead(in);
              write(out, head101("AAAA"));
            })) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> WireClient.open(peer.endpoint(), REQUEST))
          .withMessageContaining("AAAA");
    }
  }

  @ParameterizedTest(name = "a message of {0} bytes travels both ways")
  @ValueSource(ints = {0, 1, 125, 126, 65535, 65536, 1_048_577})
  void carriesAllLengths(int length) {
    String text = "x".repeat(length);
    try (ScriptedPeer peer = ScriptedPeer.running(this::echo);
        WireClient client = WireClient.open(peer.endpoint(), REQUEST)) {
      client.sendText(text);

      client.expectText(text);

      client.sendClose(1000, "done");
      client.expectCloseFrame(1000, "done");
      assertThat(client.expectEnd()).isEqualTo(WireSocket.End.END_OF_STREAM);
    }
  }

  @Test
  @DisplayName("frames are shown one by one, as they are on the wire")
  void showsSingleFrames() {
    try (ScriptedPeer peer = ScriptedPeer.running(this::echo);
        WireClient client = WireClient.open(peer.endpoint(), REQUEST)) {
      client.sendTextInFragments("a", "b", "c");
      client.send(List.of(WireFrame.binary((byte) 1), new WireFrame(true, PING, new byte[] {2})));

      assertThat(client.next()).hasToString("text (no FIN) \"a\"");
      assertThat(client.next()).hasToString("continuation (no FIN) 62");
      assertThat(client.next()).hasToString("continuation 63");
      client.expectBinary((byte) 1);
      assertThat(client.next().opcode()).isEqualTo(PONG);
      client.expectOpen();

      client.sendClose();
      WireFrame close = client.next();
      assertThat(close.opcode()).isEqualTo(CLOSE);
      assertThat(close.payload()).isEmpty();
      assertThat(close.closeCode()).isEqualTo(1005);
    }
  }

  @Test
  @DisplayName(
      "a frame in the packet of the head is sent, and one in the packet of the 101 is read")
  void handlesFramesBesideHeads() {
    try (ScriptedPeer peer =
            ScriptedPeer.running(
                (socket, in, out) -> {
                  String answer = head101(accept(readHead(in)));
                  byte[] frame = readFrame(in).unmasked();
                  write(out, answer + new String(frame, ISO_8859_1));
                });
        WireSocket socket = WireSocket.connect(peer.endpoint())) {
      byte[] head = REQUEST.bytes(peer.endpoint());
      byte[] frame = WireFrame.text("early").masked();
      byte[] both = Arrays.copyOf(head, head.length + frame.length);
      System.arraycopy(frame, 0, both, head.length, frame.length);

      socket.send(both);

      try (WireClient client = WireClient.upgraded(socket, REQUEST)) {
        client.expectText("early");
        client.expectEnd();
      }
    }
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource({
    "818174, masked",
    "C10174, reserved bits",
    "8300, opcode",
    "8B00, opcode",
    "0900, control frame",
    "817E000174, shortest form",
    "817F000000000000000174, shortest form",
    "817F7FFFFFFFFFFFFFFF, longer"
  })
  void seesBrokenFrames(String hex, String complaint) {
    try (ScriptedPeer peer =
            ScriptedPeer.running(
                (socket, in, out) -> {
                  write(out, head101(accept(readHead(in))));
                  out.write(HexFormat.of().parseHex(hex));
                });
        WireClient client = WireClient.open(peer.endpoint(), REQUEST)) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(client::next)
          .withMessageContaining(complaint);
    }
  }

  @Test
  @DisplayName("text that is not UTF-8 is an error of the service")
  void seesMalformedText() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> new WireFrame(true, TEXT, new byte[] {(byte) 0xff}).text())
        .withMessageContaining("UTF-8");
  }

  @Test
  @DisplayName("abort and orderly end are told apart")
  void tellsResetFromEnd() {
    try (ScriptedPeer peer =
            ScriptedPeer.running(
                (socket, in, out) -> {
                  write(out, head101(accept(readHead(in))));
                  socket.setSoLinger(true, 0);
                });
        WireClient client = WireClient.open(peer.endpoint(), REQUEST)) {
      assertThat(client.expectEnd()).isEqualTo(WireSocket.End.RESET);
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(client::next)
          .withMessageContaining("RESET");
    }
  }

  @Test
  @DisplayName("dropping the connection reaches the peer as a reset")
  void dropsByReset() {
    boolean[] reset = {false};
    try (ScriptedPeer peer =
            ScriptedPeer.running(
                (socket, in, out) -> {
                  write(out, head101(accept(readHead(in))));
                  try {
                    assertThat(in.read()).isNegative();
                  } catch (IOException e) {
                    reset[0] = true;
                  }
                });
        WireClient client = WireClient.open(peer.endpoint(), REQUEST)) {
      client.drop();
    }
    assertThat(reset[0]).isTrue();
  }

  @Test
  @DisplayName("a frame where the end was expected is named")
  void namesUnexpectedFrame() {
    try (ScriptedPeer peer = ScriptedPeer.running(this::echo);
        WireClient client = WireClient.open(peer.endpoint(), REQUEST)) {
      client.sendText("hi");

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(client::expectEnd)
          .withMessage("expected the end of the connection but got text \"hi\"");
      client.sendClose(1000, "");
    }
  }

  @Test
  @DisplayName("silence ends in an error that says how long was waited")
  void readingIsBounded() {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedPeer peer = ScriptedPeer.running((socket, in, out) -> await(over));
        WireSocket socket = WireSocket.connect(peer.endpoint()).timeout(Duration.ofMillis(20))) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(socket::read)
          .withMessage("nothing arrived within PT0.02S; connection open");
      over.countDown();
    }
  }

  @Test
  @DisplayName("a peer that reads nothing ends in an error that says what is unsent")
  void writingIsBounded() {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedPeer peer = ScriptedPeer.running((socket, in, out) -> await(over));
        WireSocket socket = WireSocket.connect(peer.endpoint()).timeout(Duration.ofMillis(20))) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> socket.send(new byte[32 * 1024 * 1024]))
          .withMessageMatching(
              "the peer read nothing for PT0.02S; \\d+ of 33554432 bytes are unsent");
      over.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void echo(Socket socket, InputStream in, OutputStream out) throws IOException {
    write(out, head101(accept(readHead(in))));
    WireFrame frame;
    do {
      frame = readFrame(in);
      int opcode = frame.opcode() == PING ? PONG : frame.opcode();
      out.write(new WireFrame(frame.fin(), opcode, frame.payload()).unmasked());
    } while (frame.opcode() != CLOSE);
  }

  private static WireFrame readFrame(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int first = data.readUnsignedByte();
    int second = data.readUnsignedByte();
    assertThat(second & 0x80).as("mask bit").isEqualTo(0x80);
    int length = second & 0x7f;
    if (length == 126) {
      length = data.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(data.readLong());
    }
    byte[] mask = data.readNBytes(4);
    byte[] payload = data.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    assertThat(first & 0x0f).isIn(CONTINUATION, TEXT, BINARY, CLOSE, PING);
    return new WireFrame((first & 0x80) != 0, first & 0x0f, payload);
  }

  private static String head101(String accept) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: "
        + accept
        + "\r\n\r\n";
  }

  /** The accept value for the key in this head, worked out apart from the driver. */
  private static String accept(String head) {
    Matcher key = Pattern.compile("Sec-WebSocket-Key: (\\S+)").matcher(head);
    assertThat(key.find()).isTrue();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
