package io.github.webpubsubtestkit.internal.transport;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** client-protocols C.2 and D10: bounded queues, and nobody waits for somebody else. */
@DisplayName("A slow or greedy peer")
@Timeout(30)
class BackpressureTest {

  private static final String GET = " HTTP/1.1|Host: a||";

  @ParameterizedTest(name = "on the loop: {0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("that does not read is aborted when more frames wait than the limit allows")
  void tooManyFrames(boolean onLoop) throws Exception {
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(1_000, 1L << 30), RecordingHandler::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      RecordingHandler session = server.session();
      fillSocket(session.connection, 64 * 1024);
      Frame frame = Frame.text("x".repeat(1000));
      while (session.ends.get() == 0) {
        if (onLoop) {
          server.onLoop(() -> sendAndCount(session.connection, frame));
        } else {
          sendAndCount(session.connection, frame);
        }
      }

      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.OVERFLOW, 1006, ""));
      assertThat(session.connection.queuedBytes()).isZero();
      peer.expectReset();
    }
  }

  /** A hundred at a time; how many may wait is the limit's business. */
  private static long sendAndCount(WebSocketConnection connection, Frame frame) {
    for (int i = 0; i < 100; i++) {
      connection.send(frame);
      assertThat(connection.queuedBytes()).isLessThan(1_002 * 1_010 + 64 * 1024);
    }
    return connection.queuedBytes();
  }

  @Test
  @DisplayName("that does not read is aborted when more bytes wait than the limit allows")
  void tooManyBytes() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(1_000_000, 1_000_000), RecordingHandler::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      RecordingHandler session = server.session();
      Frame frame = Frame.binary(new byte[10_000]);
      while (session.ends.get() == 0) {
        session.connection.send(frame);
        assertThat(session.connection.queuedBytes()).isLessThanOrEqualTo(1_000_000);
      }

      assertThat(session.end().cause()).isEqualTo(EndCause.OVERFLOW);
      peer.expectReset();
    }
  }

  /** Sends until the socket takes no more; the peer does not read. */
  private static void fillSocket(WebSocketConnection connection, int frameBytes) {
    Frame frame = Frame.binary(new byte[frameBytes]);
    int sent = 0;
    while (connection.queuedBytes() == 0) {
      connection.send(frame);
      assertThat(++sent).as("frames that the socket took").isLessThan(1_000_000);
    }
  }

  @Test
  @DisplayName("that reads survives a burst far over the limit within one turn of the loop")
  void burstWithinOneTurn() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(10, 10_000), RecordingHandler::new);
        RawPeer peer = server.peer().upgrade()) {
      RecordingHandler session = server.session();
      server.onLoop(
          () -> {
            for (int i = 0; i < 5_000; i++) {
              session.connection.send(Frame.text("message " + i));
            }
            return null;
          });

      for (int i = 0; i < 5_000; i++) {
        assertThat(peer.readFrame().text()).isEqualTo("message " + i);
      }
      assertThat(session.ends).hasValue(0);
    }
  }

  @Test
  @DisplayName("that reads late gets everything in order, and the queue is empty afterwards")
  void lateReader() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(100_000, 1L << 30), RecordingHandler::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      WebSocketConnection connection = server.session().connection;
      connection.send(Frame.binary(new byte[15 * 1024 * 1024]));
      for (int i = 0; i < 3_000; i++) {
        connection.send(Frame.text("message " + i));
      }
      assertThat(connection.queuedBytes()).isGreaterThan(3_000 * 10);

      RawPeer.RawFrame frame = peer.readFrame();
      while (frame.first() == 0x82) {
        frame = peer.readFrame();
      }
      for (int i = 0; i < 3_000; i++) {
        assertThat(frame.text()).isEqualTo("message " + i);
        frame = i == 2_999 ? frame : peer.readFrame();
      }
      eventually().atMost(10, TimeUnit.SECONDS).until(() -> connection.queuedBytes() == 0);
    }
  }

  @Test
  @DisplayName("that does not take the close frame is aborted after the close timeout")
  void closeToASlowReader() throws Exception {
    TransportLimits limits = TestLimits.timeouts(30_000, 100);
    try (TestServer server = TestServer.webSockets(limits, RecordingHandler::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      RecordingHandler session = server.session();
      session.connection.send(Frame.binary(new byte[15 * 1024 * 1024]));
      peer.sendClose(1000, "");

      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSE_TIMEOUT, 1000, ""));
    }
  }

  @Test
  @DisplayName("that shut its output but still reads gets what was queued")
  void halfClosedSlowReader() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(1_000, 1L << 30), RecordingHandler::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      RecordingHandler session = server.session();
      fillSocket(session.connection, 64 * 1024);
      session.connection.send(Frame.text("the end"));
      peer.shutdownOutput();

      RawPeer.RawFrame frame = peer.readFrame();
      while (frame.first() == 0x82) {
        frame = peer.readFrame();
      }
      assertThat(frame.text()).isEqualTo("the end");
      peer.expectEnd();
      assertThat(session.end().cause()).isEqualTo(EndCause.LOST);
    }
  }

  @Test
  @DisplayName("that pings without reading the pongs is aborted, too")
  void pingFlood() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(100, 1L << 30), RecordingHandler::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      RecordingHandler session = server.session();
      byte[] ping = RawPeer.maskedFrame(0x89, new byte[125]);
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (session.ends.get() == 0) {
                    peer.send(ping);
                  }
                } catch (java.io.IOException e) {
                  assertThat(e).isNotNull(); // reset, as it should be
                }
              });

      assertThat(session.end().cause()).isEqualTo(EndCause.OVERFLOW);
      flood.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  @DisplayName("delays nobody: stuck heads, half-open peers, full sockets and floods beside a chat")
  void delaysNobody() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (TestServer server =
            TestServer.webSockets(
                TestLimits.queue(1_000_000, 1L << 30), RecordingHandler.Echo::new);
        RawPeer slowHead = server.peer();
        RawPeer halfOpen = server.peer();
        RawPeer slowReader = RawPeer.connectWithSmallBuffer(server.address).upgrade();
        RawPeer frameFlood = server.peer().upgrade();
        RawPeer requestFlood = server.peer();
        RawPeer chat = server.peer()) {
      fillSocket(server.session().connection, 64 * 1024);
      slowHead.sendLines("GET /slow HT");
      halfOpen.sendLines("GET /half HTTP/1.1|Host: a|X");
      halfOpen.shutdownOutput();
      CompletableFuture<Void> frames =
          flood(stop, frameFlood, RawPeer.maskedFrame(0x8a, new byte[0]));
      CompletableFuture<Void> requests = flood(stop, requestFlood, RawPeer.lines("HEAD /" + GET));
      CompletableFuture<Void> answers =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (!stop.get()) {
                    requestFlood.readHead();
                  }
                } catch (java.io.IOException e) {
                  assertThat(stop).isTrue();
                }
              });

      chat.upgrade();
      for (int i = 0; i < 100; i++) {
        chat.sendText("round " + i);
        assertThat(chat.readFrame().text()).isEqualTo("round " + i);
      }
      stop.set(true);
      frameFlood.hangUp();
      requestFlood.hangUp();
      frames.get(10, TimeUnit.SECONDS);
      requests.get(10, TimeUnit.SECONDS);
      answers.get(10, TimeUnit.SECONDS);
      assertThat(slowReader).isNotNull();
    }
  }

  private static CompletableFuture<Void> flood(AtomicBoolean stop, RawPeer peer, byte[] piece) {
    byte[] many = new byte[piece.length * 200];
    for (int i = 0; i < many.length; i++) {
      many[i] = piece[i % piece.length];
    }
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (!stop.get()) {
              peer.send(many);
            }
          } catch (java.io.IOException e) {
            assertThat(stop).isTrue();
          }
        });
  }

  @Test
  @DisplayName("is a client of the kit that pauses: the service aborts it, as Azure does")
  void pausedClient() throws Exception {
    try (TestServer server =
        TestServer.webSockets(TestLimits.queue(1_000, 1_000_000), RecordingHandler::new)) {
      TestClient client = server.client();
      RecordingHandler session = server.session();
      client.handler().connection.pauseReading();
      server.onLoop(() -> null);
      Frame frame = Frame.binary(new byte[100_000]);
      while (session.ends.get() == 0) {
        session.connection.send(frame);
      }

      assertThat(session.end().cause()).isEqualTo(EndCause.OVERFLOW);
      client.handler().connection.resumeReading();
      assertThat(client.handler().end().cause()).isEqualTo(EndCause.LOST);
    }
  }

  @Test
  @DisplayName("of a large message gets it whole, whatever the socket takes at a time")
  void largeMessageInPieces() throws Exception {
    byte[] payload = new byte[20 * 1024 * 1024];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) ((i * 31) >> 8);
    }
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(1_000, 1L << 30), RecordingHandler::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      WebSocketConnection connection = server.session().connection;
      connection.send(Frame.binary(payload));
      connection.send(Frame.text("after".getBytes(UTF_8)));

      assertThat(peer.readFrame().payload()).isEqualTo(payload);
      assertThat(peer.readFrame().text()).isEqualTo("after");
    }
  }
}
