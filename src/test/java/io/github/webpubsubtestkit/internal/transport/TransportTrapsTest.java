package io.github.webpubsubtestkit.internal.transport;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.transport.RawPeer.Answer;
import io.github.webpubsubtestkit.internal.transport.RawPeer.RawFrame;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each trap that an earlier prototype or a library fell into, by name. */
@DisplayName("Trap:")
@Timeout(60)
class TransportTrapsTest {

  private static final String GET = " HTTP/1.1|Host: a||";

  @Test
  @DisplayName("a refused handshake is a whole answer, and the connection goes on or ends after it")
  void refusedHandshake() throws Exception {
    try (TestServer server =
            TestServer.start(
                (request, exchange) ->
                    exchange.respond(
                        HttpResponse.of(401, "text/plain", "who are you?".getBytes(UTF_8))));
        RawPeer peer = server.peer()) {
      peer.sendLines(RawPeer.UPGRADE);
      Answer first = peer.readAnswer();
      assertThat(first.status()).isEqualTo(401);
      assertThat(first.body()).isEqualTo("who are you?");

      peer.sendLines(RawPeer.UPGRADE.replace("keep-alive", "close"));
      assertThat(peer.readAnswer().closes()).isTrue();
      peer.expectEnd();
    }
  }

  @Test
  @DisplayName("half-close: unread requests are answered, then the connection ends")
  void halfCloseAnswersEverything() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /1" + GET + "GET /2" + GET + "GET /3" + GET);
      peer.shutdownOutput();

      for (int i = 1; i <= 3; i++) {
        assertThat(peer.readAnswer().body()).isEqualTo("GET /" + i + " ");
      }
      peer.expectEnd();
    }
  }

  @Test
  @DisplayName("half-close: a socket whose end has been read is not looked at again and again")
  void halfCloseDoesNotSpin() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /1" + GET);
      peer.shutdownOutput();
      HttpExchange exchange = exchanges.take();

      assertThat(turnsDuring(server, Duration.ofMillis(60)))
          .as("turns of the loop while nothing happens")
          .isLessThan(20);
      exchange.respond(HttpResponse.of(201));
      assertThat(peer.readAnswer().status()).isEqualTo(201);
      peer.expectEnd();
    }
  }

  @Test
  @DisplayName("half-close: an answer that comes late still arrives, and nothing spins meanwhile")
  void halfCloseWaitsForALateAnswerWithoutABusyLoop() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /1" + GET + "GET /2" + GET);
      peer.shutdownOutput();
      HttpExchange first = exchanges.take();

      assertThat(turnsDuring(server, Duration.ofMillis(60)))
          .as("turns of the loop while nothing happens")
          .isLessThan(20);
      first.respond(HttpResponse.of(201));
      exchanges.take().respond(HttpResponse.of(202));
      assertThat(peer.readAnswer().status()).isEqualTo(201);
      assertThat(peer.readAnswer().status()).isEqualTo(202);
      peer.expectEnd();
    }
  }

  @Test
  @DisplayName("half-close: a request that is cut short is answered 400")
  void halfCloseInsideARequest() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      peer.sendLines("POST /1 HTTP/1.1|Host: a|Content-Length: 5||abc");
      peer.shutdownOutput();

      assertThat(peer.readAnswer().status()).isEqualTo(400);
      peer.expectEnd();
    }
  }

  @Test
  @DisplayName("half-close: frames before the end are handed over and answered")
  void halfCloseOfAWebSocket() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TransportLimits.ofService(), RecordingHandler.Echo::new);
        RawPeer peer = server.peer().upgrade()) {
      peer.sendText("one").sendText("two");
      peer.shutdownOutput();

      assertThat(peer.readFrame().text()).isEqualTo("one");
      assertThat(peer.readFrame().text()).isEqualTo("two");
      peer.expectEnd();
      assertThat(server.session().end()).isEqualTo(new ConnectionEnd(EndCause.LOST, 1006, ""));
    }
  }

  /** How often the loop turns in some time in which nothing happens. */
  private static long turnsDuring(TestServer server, Duration time) throws Exception {
    CompletableFuture<Long> later = new CompletableFuture<>();
    long before =
        server.onLoop(
            () -> {
              server.loop.timers().schedule(time, () -> later.complete(server.loop.turns()));
              return server.loop.turns();
            });
    return later.get(10, TimeUnit.SECONDS) - before;
  }

  @Test
  @DisplayName("idle: a loop with open connections does not turn at all")
  void idleConnectionsCostNoTurns() throws Exception {
    try (TestServer server = TestServer.webSockets();
        RawPeer http = server.peer();
        RawPeer peer = server.peer().upgrade()) {
      http.sendLines("GET /1" + GET);
      assertThat(http.readAnswer().status()).isEqualTo(200);
      peer.sendText("hello");
      assertThat(server.session().nextEvent()).isEqualTo("text hello");

      assertThat(turnsDuring(server, Duration.ofMillis(60))).isLessThan(20);
    }
  }

  @Test
  @DisplayName("idle: a loop whose thread was interrupted sleeps as before")
  void interruptedLoopDoesNotSpin() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      server.onLoop(
          () -> {
            Thread.currentThread().interrupt();
            return null;
          });

      assertThat(turnsDuring(server, Duration.ofMillis(60))).isLessThan(20);
    }
  }

  @Test
  @DisplayName("a connection that served requests before is upgraded later")
  void keptAliveConnectionUpgradesLater() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TransportLimits.ofService(), RecordingHandler.Echo::new);
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /1" + GET);
      assertThat(peer.readAnswer().status()).isEqualTo(200);
      peer.sendLines("POST /2 HTTP/1.1|Host: a|Content-Length: 1||x");
      assertThat(peer.readAnswer().status()).isEqualTo(200);

      peer.upgrade().sendText("hello");
      assertThat(peer.readFrame().text()).isEqualTo("hello");
    }
  }

  @Test
  @DisplayName("pipelined: the answers before the 101 come first, the frames behind it come last")
  void upgradeBehindPipelinedRequests() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TransportLimits.ofService(), RecordingHandler.Echo::new);
        RawPeer peer = server.peer()) {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.writeBytes(RawPeer.lines("GET /1" + GET + "GET /2" + GET + RawPeer.UPGRADE));
      packet.writeBytes(RawPeer.maskedFrame(0x81, "hello".getBytes(UTF_8)));
      peer.send(packet.toByteArray());

      assertThat(peer.readAnswer().body()).isEqualTo("GET /1 ");
      assertThat(peer.readAnswer().body()).isEqualTo("GET /2 ");
      assertThat(peer.readHead().status()).isEqualTo(101);
      assertThat(peer.readFrame().text()).isEqualTo("hello");
    }
  }

  @Test
  @DisplayName("Upgrade: h2c is plain HTTP")
  void h2cIsNoUpgrade() throws Exception {
    try (TestServer server = TestServer.webSockets();
        RawPeer peer = server.peer()) {
      peer.sendLines(
          "GET /a HTTP/1.1|Host: a|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c"
              + "|HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA||");

      assertThat(peer.readAnswer().body()).isEqualTo("GET /a ");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "GET ~POST ",
        "HTTP/1.1~HTTP/1.0",
        "keep-alive, Upgrade~keep-alive",
        "Upgrade: websocket~Upgrade: web",
        "Version: 13~Version: 8",
        "Version: 13~Version: 13, 8",
        RawPeer.KEY + "~tooshort",
        RawPeer.KEY + "~dGhlIHNhbXBsZSBub25jZQ=!",
        RawPeer.KEY + "~dGhlIHNhbXBsZSBub25jZSEh",
        RawPeer.KEY + "~" + RawPeer.KEY + "|Sec-WebSocket-Key: " + RawPeer.KEY
      })
  @DisplayName("a request that only looks like an upgrade is plain HTTP")
  void almostAnUpgrade(String change) throws Exception {
    String[] fromTo = change.split("~", -1);
    try (TestServer server = TestServer.webSockets();
        RawPeer peer = server.peer()) {
      peer.sendLines(RawPeer.UPGRADE.replace(fromTo[0], fromTo[1]));

      assertThat(peer.readAnswer().status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("Connection and Upgrade are lists, in any case")
  void upgradeInOtherWords() throws Exception {
    try (TestServer server = TestServer.webSockets();
        RawPeer peer = server.peer()) {
      peer.sendLines(
          RawPeer.UPGRADE
              .replace("Connection: keep-alive, Upgrade", "connection: foo|CONNECTION: ,uPGRADE ,")
              .replace("Upgrade: websocket", "upgrade: h2c, WebSocket"));

      assertThat(peer.readHead().status()).isEqualTo(101);
    }
  }

  @Test
  @DisplayName("a head that comes byte by byte, and frames in the packet of its last byte")
  void headByteByByteAndFramesInTheSamePacket() throws Exception {
    try (TestServer server =
            TestServer.webSockets(TransportLimits.ofService(), RecordingHandler.Echo::new);
        RawPeer peer = server.peer()) {
      byte[] head = RawPeer.lines(RawPeer.UPGRADE);
      for (int i = 0; i < head.length - 1; i++) {
        peer.send(new byte[] {head[i]});
      }
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.write('\n');
      packet.writeBytes(RawPeer.maskedFrame(0x81, "early".getBytes(UTF_8)));
      packet.writeBytes(RawPeer.maskedFrame(0x82, new byte[] {7}));
      peer.send(packet.toByteArray());

      assertThat(peer.readHead().status()).isEqualTo(101);
      assertThat(peer.readFrame().text()).isEqualTo("early");
      assertThat(peer.readFrame().payload()).containsExactly(7);
    }
  }

  @Test
  @DisplayName("frames that come before a slow admission has answered are not lost")
  void framesBeforeALateUpgrade() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
        RawPeer peer = server.peer()) {
      peer.sendLines(RawPeer.UPGRADE).sendText("one").sendText("two");
      HttpExchange exchange = exchanges.take();
      peer.shutdownOutput();

      CompletableFuture<RecordingHandler> opened = new CompletableFuture<>();
      exchange.upgrade(
          null,
          connection -> {
            RecordingHandler handler = new RecordingHandler.Echo(connection);
            opened.complete(handler);
            return handler;
          });
      assertThat(peer.readHead().status()).isEqualTo(101);
      assertThat(peer.readFrame().text()).isEqualTo("one");
      assertThat(peer.readFrame().text()).isEqualTo("two");
      peer.expectEnd();
      assertThat(opened.get(10, TimeUnit.SECONDS).end().cause()).isEqualTo(EndCause.LOST);
    }
  }

  @Test
  @DisplayName(
      "what open sends follows the 101 directly, and nothing is on the wire before it ends")
  void nothingIsWrittenBeforeOpenHasReturned() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
        RawPeer peer = server.peer()) {
      peer.sendLines(RawPeer.UPGRADE);
      AtomicBoolean returned = new AtomicBoolean();
      CompletableFuture<Boolean> seen =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  assertThat(peer.readHead().status()).isEqualTo(101);
                  return returned.get();
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });

      exchanges
          .take()
          .upgrade(
              "chat",
              connection -> {
                connection.send(Frame.text("first"));
                connection.send(Frame.text("second"));
                assertThat(connection.queuedBytes()).isGreaterThan(14);
                returned.set(true);
                return new RecordingHandler(connection);
              });
      assertThat(seen.get(10, TimeUnit.SECONDS)).as("open had returned before the 101").isTrue();
      assertThat(peer.readFrame().text()).isEqualTo("first");
      assertThat(peer.readFrame().text()).isEqualTo("second");
    }
  }

  @Test
  @DisplayName("an open that fails becomes a 500, and what it sent is taken back")
  void failingOpen() throws Exception {
    try (TestServer server =
            TestServer.start(
                (request, exchange) -> {
                  if (exchange.isWebSocketUpgrade()) {
                    exchange.upgrade(
                        null,
                        connection -> {
                          connection.send(Frame.text("never"));
                          throw new IllegalStateException("cannot open");
                        });
                  } else {
                    exchange.respond(TestServer.echo(request));
                  }
                });
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /1" + GET + RawPeer.UPGRADE + "GET /2" + GET);

      assertThat(peer.readAnswer().body()).isEqualTo("GET /1 ");
      Answer failed = peer.readAnswer();
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).contains("cannot open");
      assertThat(peer.readAnswer().body()).isEqualTo("GET /2 ");
    }
  }

  @Test
  @DisplayName("an upgrade for a peer that has gone opens, and ends")
  void upgradeForAPeerThatHasGone() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange))) {
      HttpExchange exchange;
      try (RawPeer peer = server.peer()) {
        peer.sendLines(RawPeer.UPGRADE);
        exchange = exchanges.take();
        peer.reset();
      }
      eventually().atMost(10, TimeUnit.SECONDS).until(() -> server.connections() == 0);

      CompletableFuture<RecordingHandler> opened = new CompletableFuture<>();
      exchange.upgrade(
          null,
          connection -> {
            RecordingHandler handler = new RecordingHandler(connection);
            opened.complete(handler);
            return handler;
          });
      assertThat(opened.get(10, TimeUnit.SECONDS).end())
          .isEqualTo(new ConnectionEnd(EndCause.LOST, 1006, ""));
    }
  }

  @Test
  @DisplayName("a channel that another thread aborts is reset at once, though the loop sleeps")
  void abortFromAnotherThreadWakesTheLoop() throws Exception {
    try (TestServer server = TestServer.webSockets();
        RawPeer peer = server.peer().upgrade()) {
      RecordingHandler session = server.session();
      session.connection.abort();

      peer.expectReset();
      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.ABORTED, 1006, ""));
      assertThat(session.ends).hasValue(1);
    }
  }

  @Test
  @DisplayName("interest in reading and writing is changed by many threads, and nothing gets stuck")
  void interestChangedFromManyThreads() throws Exception {
    try (TestServer server =
            TestServer.webSockets(
                TestLimits.queue(1_000_000, 1L << 30), RecordingHandler.Echo::new);
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address).upgrade()) {
      WebSocketConnection connection = server.session().connection;
      byte[] kilobyte = new byte[1024];
      List<CompletableFuture<Void>> threads = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        threads.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < 1000; i++) {
                    connection.pauseReading();
                    connection.send(Frame.binary(kilobyte));
                    connection.resumeReading();
                  }
                }));
      }
      for (int i = 0; i < 4000; i++) {
        assertThat(peer.readFrame().payload()).hasSize(1024);
      }
      for (CompletableFuture<Void> thread : threads) {
        thread.get(10, TimeUnit.SECONDS);
      }
      peer.sendText("still reading");
      assertThat(peer.readFrame().text()).isEqualTo("still reading");
    }
  }

  @Test
  @DisplayName("sending, closing and aborting under the owner's lock never calls back under it")
  void callbacksNeverComeFromInsideAConnectionMethod() throws Exception {
    Object ownersLock = new Object();
    AtomicBoolean inside = new AtomicBoolean();
    AtomicBoolean calledInside = new AtomicBoolean();
    try (TestServer server =
        TestServer.webSockets(
            TestLimits.queue(2, 1000),
            connection ->
                new RecordingHandler(connection) {
                  @Override
                  public void onEnd(ConnectionEnd end) {
                    synchronized (ownersLock) {
                      calledInside.compareAndSet(false, inside.get());
                    }
                    super.onEnd(end);
                  }
                })) {
      for (int round = 0; round < 20; round++) {
        try (RawPeer peer = server.peer().upgrade()) {
          RecordingHandler session = server.session();
          Runnable work =
              () -> {
                synchronized (ownersLock) {
                  inside.set(true);
                  session.connection.send(Frame.binary(new byte[32 * 1024 * 1024]));
                  session.connection.close(1000, "");
                  session.connection.abort();
                  inside.set(false);
                }
              };
          if (round % 2 == 0) {
            work.run();
          } else {
            assertThat(server.loop.execute(work)).isTrue();
          }
          assertThat(session.end().cause()).isEqualTo(EndCause.OVERFLOW);
          assertThat(peer).isNotNull();
        }
      }
      assertThat(calledInside).isFalse();
    }
  }

  @Test
  @DisplayName("unfinished handshakes are counted, bounded and closed with the loop")
  void unfinishedHandshakesCount() throws Exception {
    TestServer server = TestServer.webSockets(TestLimits.maxConnections(2), RecordingHandler::new);
    try (RawPeer silent = server.peer();
        RawPeer halfHead = server.peer()) {
      halfHead.sendLines("GET /client");
      eventually().atMost(10, TimeUnit.SECONDS).until(() -> server.connections() == 2);

      try (RawPeer surplus = server.peer()) {
        surplus.expectEnd();
      }
      silent.hangUp();
      eventually().atMost(10, TimeUnit.SECONDS).until(() -> server.connections() == 1);
      try (RawPeer welcome = server.peer()) {
        welcome.upgrade();
        server.close();
        halfHead.expectEnd();
      }
    } finally {
      server.close();
    }
  }

  @Test
  @DisplayName("head and body of an answer are one buffer, so that Nagle has nothing to wait for")
  void oneBufferPerAnswer() {
    HttpResponse response = HttpResponse.of(200, "text/plain", "body".getBytes(UTF_8));

    java.nio.ByteBuffer bytes =
        ResponseWriter.write(
            response, false, ResponseWriter.Ending.PERSISTENT, java.time.Instant.EPOCH);

    assertThat(UTF_8.decode(bytes).toString())
        .isEqualTo(
            new String(
                RawPeer.lines(
                    "HTTP/1.1 200 OK|Content-Type: text/plain|Content-Length: 4"
                        + "|Date: Thu, 01 Jan 1970 00:00:00 GMT||body"),
                UTF_8));
  }

  @Test
  @DisplayName("the close texts of violations are the service's, not the library's")
  void violationsAreClosedInTheServicesWords() throws Exception {
    try (TestServer server =
            TestServer.webSockets(
                TestLimits.maxMessageBytes(10),
                connection ->
                    new RecordingHandler(connection) {
                      @Override
                      public void onViolation(int code, String detail) {
                        connection.close(
                            code,
                            code == 1009
                                ? "The client message is too large."
                                : "The client frame is invalid.");
                      }
                    });
        RawPeer large = server.peer().upgrade();
        RawPeer broken = server.peer().upgrade()) {
      large.send(RawPeer.header(0x81, 11, true));
      RawFrame tooLarge = large.readFrame();
      assertThat(tooLarge.closeCode()).isEqualTo(1009);
      assertThat(tooLarge.closeReason()).isEqualTo("The client message is too large.");

      broken.sendFrame(0x80, new byte[0]);
      RawFrame invalid = broken.readFrame();
      assertThat(invalid.closeCode()).isEqualTo(1002);
      assertThat(invalid.closeReason()).isEqualTo("The client frame is invalid.");
    }
  }

  @Test
  @DisplayName("the good frames before a bad one in the same packet are not lost")
  void goodFramesBeforeABadOne() throws Exception {
    try (TestServer server = TestServer.webSockets();
        RawPeer peer = server.peer().upgrade()) {
      ByteArrayOutputStream packet = new ByteArrayOutputStream();
      packet.writeBytes(RawPeer.maskedFrame(0x81, "good".getBytes(UTF_8)));
      packet.writeBytes(RawPeer.maskedFrame(0x83, new byte[0]));
      peer.send(packet.toByteArray());

      RecordingHandler session = server.session();
      assertThat(session.nextEvent()).isEqualTo("text good");
      assertThat(session.nextEvent()).isEqualTo("violation 1002");
    }
  }

  @Test
  @DisplayName("a close frame that lies unread when a write fails is still heard")
  void closeFrameBehindAFailedWrite() throws Exception {
    try (TestServer server = TestServer.webSockets();
        RawPeer peer = server.peer().upgrade()) {
      RecordingHandler session = server.session();
      session.connection.pauseReading();
      peer.sendClose(1000, "bye");
      peer.reset();
      eventually()
          .atMost(10, TimeUnit.SECONDS)
          .until(
              () -> {
                session.connection.send(Frame.text("anyone there?"));
                return session.ends.get() == 1;
              });

      assertThat(session.end()).isEqualTo(new ConnectionEnd(EndCause.CLOSED, 1000, "bye"));
      assertThat(session.nextEvent()).isEqualTo("close 1000 bye");
    }
  }
}
