package io.github.webpubsubtestkit.internal.transport;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.internal.transport.RawPeer.Answer;
import io.github.webpubsubtestkit.internal.transport.RawPeer.RawFrame;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** client-protocols C.2, C.3, I.3, D18 and RFC 6455, seen from a peer that knows only bytes. */
@DisplayName("A WebSocket of the listening side")
@Timeout(30)
class WebSocketServerTest {

  private static final int LIMIT = 100_000;

  private TestServer server;
  private RawPeer peer;
  private RecordingHandler session;

  @BeforeEach
  void open() throws Exception {
    server = TestServer.webSockets(TestLimits.maxMessageBytes(LIMIT), RecordingHandler::new);
    peer = server.peer().upgrade();
    session = server.session();
  }

  @AfterEach
  void close() throws Exception {
    peer.hangUp();
    server.close();
  }

  @Test
  void answersTheHandshakeWithoutExtensionsAndSubprotocol() throws Exception {
    try (RawPeer other = server.peer()) {
      other.sendLines(
          RawPeer.UPGRADE.replace(
              "||", "|Sec-WebSocket-Extensions: permessage-deflate|Sec-WebSocket-Protocol: a||"));

      Answer answer = other.readHead();
      assertThat(answer.head().getBytes(UTF_8))
          .isEqualTo(
              RawPeer.lines(
                  "HTTP/1.1 101 Switching Protocols|Upgrade: websocket|Connection: Upgrade"
                      + "|Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=||"));
    }
  }

  @Test
  void knowsItsPeer() {
    assertThat(session.connection.peer()).startsWith("127.0.0.1:");
  }

  @Nested
  @DisplayName("sends")
  class Sending {

    @ParameterizedTest(name = "{0} bytes as one unfragmented, unmasked frame")
    @CsvSource({
      "0, 8200",
      "125, 827d",
      "126, 827e007e",
      "65535, 827effff",
      "65536, 827f0000000000010000",
      "3000000, 827f00000000002dc6c0"
    })
    void oneFrame(int length, String header) throws Exception {
      session.connection.send(Frame.binary(new byte[length]));

      assertThat(peer.readHex(header.length() / 2)).isEqualTo(header);
      assertThat(peer.readBytes(length)).isEqualTo(new byte[length]);
    }

    @Test
    void textInOrder() throws Exception {
      session.connection.send(Frame.text("h\u00e9"));
      session.connection.send(Frame.text("x".getBytes(UTF_8)));

      assertThat(peer.readHex(5)).isEqualTo("810368c3a9");
      assertThat(peer.readHex(3)).isEqualTo("810178");
    }

    @Test
    void pingsAndHearsThePong() throws Exception {
      session.connection.ping("nonce".getBytes(UTF_8));
      assertThat(peer.readHex(7))
          .isEqualTo("8905" + HexFormat.of().formatHex("nonce".getBytes(UTF_8)));
      peer.sendFrame(0x8a, "nonce".getBytes(UTF_8));

      assertThat(session.nextEvent()).isEqualTo("pong nonce");
    }

    @Test
    void refusesAPingOfMoreThan125Bytes() {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> session.connection.ping(new byte[126]))
          .withMessage("a ping has at most 125 bytes but this one has 126");
    }
  }

  @Nested
  @DisplayName("receives")
  class Receiving {

    @ParameterizedTest(name = "a binary message of {0} bytes")
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, LIMIT})
    void binary(int length) throws Exception {
      peer.sendFrame(0x82, new byte[length]);

      assertThat(session.nextEvent()).isEqualTo("binary " + length);
    }

    @Test
    void anEmptyText() throws Exception {
      peer.sendText("");

      assertThat(session.nextEvent()).isEqualTo("text ");
    }

    @Test
    void framesByteByByte() throws Exception {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(RawPeer.maskedFrame(0x81, "\u20ac".getBytes(UTF_8)));
      bytes.writeBytes(RawPeer.maskedFrame(0x82, new byte[200]));
      bytes.writeBytes(RawPeer.maskedFrame(0x88, RawPeer.closePayload(3000, "r")));
      for (byte each : bytes.toByteArray()) {
        peer.send(new byte[] {each});
      }

      assertThat(session.nextEvent()).isEqualTo("text \u20ac");
      assertThat(session.nextEvent()).isEqualTo("binary 200");
      assertThat(session.nextEvent()).isEqualTo("close 3000 r");
    }

    @Test
    void fragmentsJoinedWithControlFramesBetweenThem() throws Exception {
      byte[] euro = "\u20ac".getBytes(UTF_8);
      peer.sendFrame(0x01, new byte[] {euro[0]});
      peer.sendFrame(0x89, "are you there".getBytes(UTF_8));
      peer.sendFrame(0x00, new byte[0]);
      peer.sendFrame(0x00, new byte[] {euro[1]});
      peer.sendFrame(0x8a, "unasked".getBytes(UTF_8));
      peer.sendFrame(0x80, new byte[] {euro[2]});
      peer.sendFrame(0x02, new byte[3]);
      peer.sendFrame(0x80, new byte[4]);

      RawFrame pong = peer.readFrame();
      assertThat(pong.first()).isEqualTo(0x8a);
      assertThat(pong.text()).isEqualTo("are you there");
      assertThat(session.nextEvent()).isEqualTo("pong unasked");
      assertThat(session.nextEvent()).isEqualTo("text \u20ac");
      assertThat(session.nextEvent()).isEqualTo("binary 7");
    }

    @Test
    void aMessageOfExactlyTheLimitInFragments() throws Exception {
      peer.sendFrame(0x02, new byte[LIMIT / 2]);
      peer.sendFrame(0x80, new byte[LIMIT / 2]);

      assertThat(session.nextEvent()).isEqualTo("binary " + LIMIT);
    }

    @Test
    void nothingWhilePausedAndAllAfterwards() throws Exception {
      session.connection.pauseReading();
      server.onLoop(() -> null);
      peer.sendText("held back");
      server.onLoop(() -> null);
      assertThat(session.events.poll(50, TimeUnit.MILLISECONDS)).isNull();

      session.connection.resumeReading();
      assertThat(session.nextEvent()).isEqualTo("text held back");
    }
  }

  @Nested
  @DisplayName("is violated by")
  class Violations {

    private void expect(int code) throws Exception {
      assertThat(session.nextEvent()).isEqualTo("violation " + code);
      RawFrame close = peer.readFrame();
      assertThat(close.first()).isEqualTo(0x88);
      assertThat(close.closeCode()).isEqualTo(code);
      assertThat(close.closeReason()).isNotEmpty();
    }

    @ParameterizedTest(name = "{1}: 1002")
    @CsvSource(
        textBlock =
            """
            80 80 00000000,          a continuation without a start
            81 00,                   a frame without a mask
            81 05 68656c6c6f,        a frame with payload but without a mask
            c1 80 00000000,          a reserved bit
            a1 80 00000000,          another reserved bit
            91 80 00000000,          the third reserved bit
            83 80,                   an unknown data opcode
            8b 80,                   an unknown control opcode
            09 80 00000000,          a fragmented ping
            08 80 00000000,          a fragmented close
            89 fe 007e,              a ping of 126 bytes
            88 ff 8000000000000000,  a close frame of endless length
            88 81 00000000 03,       a close frame of one byte
            88 82 00000000 03e7,     a close code of 999
            88 82 00000000 03ec,     the reserved close code 1004
            88 82 00000000 03ed,     the close code 1005
            88 82 00000000 03ee,     the close code 1006
            88 82 00000000 03f7,     the close code 1015
            88 82 00000000 07d0,     the unassigned close code 2000
            88 82 00000000 1388,     the close code 5000
            01 80 00000000 81 80,    a new message inside a fragmented one
            81 fe 0000,              a length of 0 in 16 bits
            81 fe 0005,              a length of 5 in 16 bits
            81 fe 007d,              a length of 125 in 16 bits
            81 ff 0000000000000005,  a length of 5 in 64 bits
            81 ff 000000000000ffff,  a length of 65535 in 64 bits
            """)
    void protocolErrors(String frames, String description) throws Exception {
      assertThat(description).isNotEmpty();
      peer.sendHex(frames);

      expect(1002);
      peer.expectEnd();
      peer.hangUp();
      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.LOST, 1006, ""));
    }

    @ParameterizedTest(name = "{1}, in whatever packets it comes: {2}")
    @CsvSource(
        textBlock =
            """
            83 ff 0000000000200000 61626364, an unknown opcode and 2 MiB,           1002
            c2 ff 0000000000200000 61626364, a reserved bit and 2 MiB,              1002
            80 ff 0000000000200000 61626364, a stray continuation of 2 MiB,         1002
            82 7f 0000000000200000 61626364, 2 MiB without a mask,                  1002
            89 ff 0000000000200000 61626364, a ping of 2 MiB,                       1002
            88 7f 0000000000200000 61626364, a close frame of 2 MiB without a mask, 1002
            82 ff 0000000000200000 61626364, a message of 2 MiB,                    1009
            """)
    void twoFaults(String frame, String description, int code) throws Exception {
      byte[] bytes = HexFormat.of().parseHex(frame.replace(" ", ""));
      for (int cut = 1; cut <= bytes.length; cut++) {
        try (RawPeer other = server.peer().upgrade()) {
          RecordingHandler inTwo = server.session();
          other.send(Arrays.copyOf(bytes, cut));
          server.onLoop(() -> null); // read by then
          other.send(Arrays.copyOfRange(bytes, cut, bytes.length));

          assertThat(inTwo.nextEvent()).as(description).isEqualTo("violation " + code);
        }
      }
    }

    @ParameterizedTest(name = "a text of the bytes {0}: 1007")
    @ValueSource(
        strings = {
          "ff",
          "c0af",
          "c3",
          "e282",
          "f09f98",
          "eda080",
          "f5808080",
          "c328",
          "e0809f",
          "f08080bf",
          "f4908080",
          "80",
          "e28228",
          "41c3"
        })
    void invalidText(String bytes) throws Exception {
      peer.sendFrame(0x81, HexFormat.of().parseHex(bytes));

      expect(1007);
    }

    @Test
    @DisplayName("a fragmented text that is no UTF-8: 1007")
    void invalidFragmentedText() throws Exception {
      peer.sendFrame(0x01, "ok".getBytes(UTF_8));
      peer.sendFrame(0x80, new byte[] {(byte) 0xc3});

      expect(1007);
    }

    @Test
    @DisplayName("a close reason that is no UTF-8: 1007")
    void invalidCloseReason() throws Exception {
      peer.sendHex("88 83 00000000 03e8ff");

      expect(1007);
      peer.expectEnd();
    }

    @ParameterizedTest(name = "a declared size of {0}: 1009, before a byte of it has come")
    @ValueSource(longs = {LIMIT + 1, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void declaredSize(long size) throws Exception {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      header.writeBytes(new byte[] {(byte) 0x82, (byte) 0xff});
      for (int shift = 56; shift >= 0; shift -= 8) {
        header.write((int) (size >> shift));
      }
      peer.send(header.toByteArray());

      expect(1009);
    }

    @Test
    @DisplayName("fragments that add up to too much: 1009, at the header of the last")
    void sumOfFragments() throws Exception {
      peer.sendFrame(0x02, new byte[LIMIT - 1]);
      peer.sendFrame(0x00, new byte[1]);
      peer.send(RawPeer.header(0x80, 1, true));

      expect(1009);
    }

    @Test
    @DisplayName("a large message whose sender sends first and reads later, which still reads 1009")
    void senderThatReadsLater() throws Exception {
      byte[] message = RawPeer.maskedFrame(0x82, new byte[4 * 1024 * 1024]);
      peer.send(message);
      peer.sendClose(1009, "seen");

      expect(1009);
      peer.expectEnd();
      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1009, "seen"));
      assertThat(session.events).isEmpty();
    }

    @Test
    @DisplayName(
        "an invalid text, after which no message is handed over but the close frame is heard")
    void nothingMoreAfterAViolation() throws Exception {
      peer.sendFrame(0x81, new byte[] {(byte) 0xff});
      peer.sendText("late");
      peer.sendFrame(0x89, new byte[0]);
      peer.sendClose(1000, "");

      expect(1007);
      peer.expectEnd();
      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1000, ""));
      assertThat(session.events).isEmpty();
    }
  }

  @Nested
  @DisplayName("closes")
  class Closing {

    @ParameterizedTest(name = "by an echo of code {0}, and TCP at once")
    @CsvSource({
      "1000, bye",
      "1000, ''",
      "1001, ''",
      "1007, ''",
      "1014, x",
      "3000, \u20ac",
      "4999, ''"
    })
    void echoes(int code, String reason) throws Exception {
      peer.sendClose(code, reason);

      RawFrame answer = peer.readFrame();
      assertThat(answer.first()).isEqualTo(0x88);
      assertThat(answer.masked()).isFalse();
      assertThat(answer.closeCode()).isEqualTo(code);
      assertThat(answer.closeReason()).isEqualTo(reason);
      peer.expectEnd();
      assertThat(session.nextEvent()).isEqualTo("close " + code + " " + reason);
      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, code, reason));
    }

    @Test
    void echoesACloseWithoutCode() throws Exception {
      peer.sendFrame(0x88, new byte[0]);

      assertThat(peer.readHex(2)).isEqualTo("8800");
      peer.expectEnd();
      assertThat(session.nextEvent()).isEqualTo("close 1005 ");
      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1005, ""));
    }

    @Test
    void ignoresWhatFollowsACloseFrame() throws Exception {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.writeBytes(RawPeer.maskedFrame(0x88, RawPeer.closePayload(1000, "")));
      packet.writeBytes(RawPeer.maskedFrame(0x81, "late".getBytes(UTF_8)));
      packet.write(0xff);
      peer.send(packet.toByteArray());

      assertThat(session.end().cause()).isEqualTo(EndCause.CLOSED);
      assertThat(session.events).containsExactly("close 1000 ");
    }

    @Test
    void sendsEverythingQueuedBeforeTheCloseFrameAndNothingAfterIt() throws Exception {
      session.connection.send(Frame.text("last words"));
      session.connection.close(1000, "done");
      session.connection.send(Frame.text("too late"));
      session.connection.ping(new byte[0]);
      session.connection.close(1001, "again");

      assertThat(peer.readFrame().text()).isEqualTo("last words");
      assertThat(peer.readFrame().closeReason()).isEqualTo("done");
      peer.sendClose(1000, "done");
      peer.expectEnd();
      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1000, "done"));
      assertThat(session.events).as("onPeerClose is for closes that the peer begins").isEmpty();
    }

    @Test
    void handsOverWhatThePeerSentBeforeItsAnswer() throws Exception {
      session.connection.close(1000, "");
      assertThat(peer.readFrame().closeCode()).isEqualTo(1000);
      peer.sendText("on its way").sendClose(1000, "");

      assertThat(session.nextEvent()).isEqualTo("text on its way");
      assertThat(session.end().cause()).isEqualTo(EndCause.CLOSED);
    }

    @Test
    void closesWithoutACode() throws Exception {
      session.connection.close(1005, "");

      assertThat(peer.readHex(2)).isEqualTo("8800");
    }

    @Test
    void isHeardByAPausedSide() throws Exception {
      session.connection.pauseReading();
      session.connection.close(1000, "");
      peer.sendClose(1000, "");

      assertThat(session.end().cause()).isEqualTo(EndCause.CLOSED);
    }

    @Test
    void isLostWhenThePeerEndsTcpInsteadOfAnAnswer() throws Exception {
      session.connection.close(1000, "");
      peer.hangUp();

      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.LOST, 1006, ""));
    }

    @ParameterizedTest(name = "never with code {0}")
    @ValueSource(ints = {999, 5000, 1006, 1015, 0, -1})
    void refusesCodes(int code) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> session.connection.close(code, ""))
          .withMessage("a close code must be 1000 to 4999, but not 1006 or 1015; this is " + code);
    }

    @Test
    void refusesAReasonThatDoesNotFit() {
      session.connection.send(Frame.text("still open"));

      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> session.connection.close(1000, "\u20ac".repeat(42)))
          .withMessage("a close reason must have at most 123 bytes but this has 126");
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> session.connection.close(1005, "why"))
          .withMessage("a close without a code has no reason, but here is one: why");
    }
  }

  @Nested
  @DisplayName("ends")
  class Ending {

    @Test
    void whenThePeerResets() throws Exception {
      peer.reset();

      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.LOST, 1006, ""));
      assertThat(session.ends).hasValue(1);
    }

    @Test
    void whenThePeerLeavesWithoutACloseFrame() throws Exception {
      peer.hangUp();

      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.LOST, 1006, ""));
    }

    @Test
    void withAResetWhenAborted() throws Exception {
      session.connection.send(Frame.text("x"));
      session.connection.abort();
      session.connection.abort();

      peer.expectReset();
      assertThat(session.end().cause()).isEqualTo(EndCause.ABORTED);
      assertThat(session.ends).hasValue(1);
    }

    @Test
    void withAnAbortWhenThePeerDoesNotAnswerTheCloseFrame() throws Exception {
      try (TestServer impatient =
              TestServer.webSockets(TestLimits.timeouts(30_000, 50), RecordingHandler::new);
          RawPeer silent = impatient.peer().upgrade()) {
        RecordingHandler other = impatient.session();
        other.connection.close(1000, "");

        assertThat(other.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSE_TIMEOUT, 1006, ""));
        silent.expectReset();
      }
    }

    @Test
    void withoutEffectOnWhatIsCalledLater() throws Exception {
      session.connection.abort();
      assertThat(session.end().cause()).isEqualTo(EndCause.ABORTED);

      session.connection.send(Frame.text("x"));
      session.connection.ping(new byte[0]);
      session.connection.close(1000, "");
      session.connection.pauseReading();
      session.connection.resumeReading();
      session.connection.abort();
      assertThat(session.connection.queuedBytes()).isZero();
      assertThat(session.connection.peer()).startsWith("127.0.0.1:");
      server.onLoop(() -> null);
      assertThat(session.ends).hasValue(1);
    }
  }

  @Nested
  @DisplayName("whose handler throws")
  class Throwing {

    private void expect1011(RecordingHandler handlerOf, RawPeer from) throws Exception {
      RawFrame close = from.readFrame();
      assertThat(close.closeCode()).isEqualTo(1011);
      assertThat(close.closeReason()).startsWith("java.lang.IllegalStateException: broken");
      from.sendClose(1011, "");
      from.expectEnd();
      assertThat(handlerOf.end().cause()).isEqualTo(EndCause.CLOSED);
    }

    @ParameterizedTest(name = "from a frame with the first byte {0}")
    @CsvSource({"129, 65", "138, 65", "136, 03e8"})
    void closesWith1011AndHarmsNoOther(int first, String payload) throws Exception {
      try (TestServer broken =
              TestServer.webSockets(
                  TransportLimits.ofService(),
                  connection ->
                      new RecordingHandler(connection) {
                        @Override
                        public void onMessage(boolean text, byte[] message) {
                          throw new IllegalStateException("broken".repeat(50));
                        }

                        @Override
                        public void onPong(byte[] message) {
                          throw new IllegalStateException("broken");
                        }

                        @Override
                        public void onPeerClose(int code, String reason) {
                          throw new IllegalStateException("broken");
                        }
                      });
          RawPeer victim = broken.peer().upgrade()) {
        RecordingHandler victimSession = broken.session();
        victim.sendFrame(first, HexFormat.of().parseHex(payload));

        if (first == 0x88) {
          assertThat(victim.readFrame().closeCode()).isEqualTo(1011);
          victim.expectEnd();
        } else {
          expect1011(victimSession, victim);
        }
        peer.sendText("unharmed");
        assertThat(session.nextEvent()).isEqualTo("text unharmed");
      }
    }
  }

  @Test
  void endsOfManyConnectionsLeaveNoSocket() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (RawPeer other = server.peer().upgrade()) {
        other.sendClose(1000, "");
        assertThat(other.readFrame().closeCode()).isEqualTo(1000);
      }
    }
    eventually().atMost(10, TimeUnit.SECONDS).until(() -> server.connections() == 1);
  }
}
