package io.github.webpubsubtestkit.internal.transport;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.transport.RawPeer.RawFrame;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The loop")
@Timeout(60)
class TransportLoopTest {

  private static final String GET = " HTTP/1.1|Host: a||";

  @Test
  void tellsTheCallerThatAPortIsTaken() throws Exception {
    try (TestServer first = TestServer.webSockets();
        TransportLoop second = TransportLoop.start("second", LoopTimers.realTime())) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(
              () ->
                  HttpListener.listen(
                      second,
                      first.address,
                      TransportLimits.ofService(),
                      (request, exchange) -> exchange.respond(HttpResponse.of(200))))
          .withMessageStartingWith("127.0.0.1:" + first.address.getPort() + ": ");
    }
  }

  @Test
  void tellsTheCallerThatAHostIsUnknown() {
    try (TransportLoop loop = TransportLoop.start("unknown", LoopTimers.realTime())) {
      assertThatExceptionOfType(BindException.class)
          .isThrownBy(
              () ->
                  HttpListener.listen(
                      loop,
                      InetSocketAddress.createUnresolved("host.invalid", 0),
                      TransportLimits.ofService(),
                      (request, exchange) -> exchange.respond(HttpResponse.of(200))))
          .withMessage("host.invalid is not a known host");
    }
  }

  @Test
  void runsTasksInOrderOnItsThread() throws Exception {
    try (TransportLoop loop = TransportLoop.start("the-loop", LoopTimers.realTime())) {
      BlockingQueue<String> ran = new LinkedBlockingQueue<>();
      for (int i = 0; i < 100; i++) {
        String name = "task " + i;
        assertThat(loop.execute(() -> ran.add(name + Thread.currentThread().getName()))).isTrue();
      }

      for (int i = 0; i < 100; i++) {
        assertThat(ran.poll(10, TimeUnit.SECONDS)).isEqualTo("task " + i + "the-loop");
      }
      assertThat(loop.inLoop()).isFalse();
      CompletableFuture<Boolean> inside = new CompletableFuture<>();
      assertThat(loop.execute(() -> inside.complete(loop.inLoop()))).isTrue();
      assertThat(inside.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void isADaemonThatSurvivesExceptionsOfTasksAndTimersAndAnInterrupt() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      BlockingQueue<String> reported = new LinkedBlockingQueue<>();
      Thread thread =
          server.onLoop(
              () -> {
                Thread current = Thread.currentThread();
                current.setUncaughtExceptionHandler(
                    (where, failure) -> reported.add(String.valueOf(failure.getMessage())));
                return current;
              });
      server.loop.execute(() -> throwing("task"));
      server.loop.timers().schedule(Duration.ZERO, () -> throwing("timer"));
      thread.interrupt();

      assertThat(List.of(next(reported), next(reported)))
          .containsExactlyInAnyOrder("task", "timer");
      assertThat(thread.isDaemon()).isTrue();
      try (RawPeer peer = server.peer()) {
        peer.sendLines("GET /" + GET);
        assertThat(peer.readAnswer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void survivesHandlersOfUncaughtExceptionsThatThrow() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      server.onLoop(
          () -> {
            Thread.currentThread()
                .setUncaughtExceptionHandler(
                    (where, failure) -> {
                      told.add(String.valueOf(failure.getMessage()));
                      throw new IllegalStateException("a handler of the user's that fails");
                    });
            return null;
          });
      server.loop.execute(() -> throwing("task"));
      server.loop.timers().schedule(Duration.ZERO, () -> throwing("timer"));

      assertThat(List.of(next(told), next(told))).containsExactlyInAnyOrder("task", "timer");
      try (RawPeer peer = server.peer()) {
        peer.sendLines("GET /" + GET);
        assertThat(peer.readAnswer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void tellsOfAFailureLaterIfThereIsNoMemoryToTellOfIt() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      AtomicInteger calls = new AtomicInteger();
      server.onLoop(
          () -> {
            Thread.currentThread()
                .setUncaughtExceptionHandler(
                    (where, failure) -> {
                      if (calls.incrementAndGet() < 3) {
                        throw new OutOfMemoryError("on purpose");
                      }
                      told.add(String.valueOf(failure.getMessage()));
                    });
            return null;
          });
      server.loop.execute(() -> throwing("task"));

      assertThat(next(told)).isEqualTo("task");
      assertThat(calls).hasValue(3);
    }
  }

  @Test
  void endsOnlyTheConnectionWhoseHandlerFindsNoMemory() throws Exception {
    try (TestServer server =
        TestServer.start(
            (request, exchange) -> {
              if (request.rawPath().equals("/bad")) {
                throw new OutOfMemoryError("on purpose");
              }
              exchange.respond(HttpResponse.of(200));
            })) {
      try (RawPeer good = server.peer();
          RawPeer bad = server.peer()) {
        bad.sendLines("GET /bad" + GET);
        assertThat(bad.readAnswer().status()).isEqualTo(500);
        good.sendLines("GET /" + GET);
        assertThat(good.readAnswer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void goesOnWhenHandlersInterruptItsThread() throws Exception {
    try (TestServer server =
        TestServer.start(
            (request, exchange) -> {
              exchange.respond(HttpResponse.of(200));
              Thread.currentThread().interrupt(); // would close the next channel that is used
            })) {
      try (RawPeer first = server.peer()) {
        for (int i = 0; i < 20; i++) {
          first.sendLines("GET /" + GET);
          try (RawPeer other = server.peer()) {
            other.sendLines("GET /" + GET);
            assertThat(first.readAnswer().status()).isEqualTo(200);
            assertThat(other.readAnswer().status()).isEqualTo(200);
          }
        }
      }
    }
  }

  @Test
  void namesTheFailureThatEndedItToEveryoneAndClosesItsPort() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
    TestClient opening = TestClient.begin(server.loop, server.uri("/"), List.of());
    HttpExchange unanswered = exchanges.take();
    assertThat(unanswered.isAbandoned()).isFalse();
    BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
    server.onLoop(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((where, why) -> reported.add(why));
          return null;
        });

    FailedLoop.closeSelector(server.loop);

    String text =
        "the thread transport-test has ended, and with it the fake:"
            + " java.nio.channels.ClosedSelectorException";
    assertThat(opening.outcome()).isEqualTo("failed " + text);
    assertThat(reported.poll(10, TimeUnit.SECONDS)).isInstanceOf(ClosedSelectorException.class);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(server::close)
        .withMessage(text)
        .withCauseInstanceOf(ClosedSelectorException.class);
    assertThat(server.loop.failure()).contains(text);
    assertThat(server.loop.execute(() -> {})).isFalse();
    assertThatExceptionOfType(ConnectException.class).isThrownBy(server::peer);
    assertThat(TestClient.begin(server.loop, server.uri("/"), List.of()).outcome())
        .isEqualTo("failed " + text);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                HttpListener.listen(
                    server.loop,
                    TestServer.loopback(0),
                    TransportLimits.ofService(),
                    (request, exchange) -> exchange.respond(HttpResponse.of(200))))
        .withMessage(text);
  }

  private static void throwing(String message) {
    throw new IllegalStateException(message);
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return String.valueOf(queue.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void runsTimersThatOtherThreadsScheduleWhileItSleeps() throws Exception {
    try (TransportLoop loop = TransportLoop.start("timers", LoopTimers.realTime())) {
      BlockingQueue<String> ran = new LinkedBlockingQueue<>();
      loop.timers().schedule(Duration.ofHours(1), () -> ran.add("in an hour"));
      loop.timers().schedule(Duration.ofMillis(30), () -> ran.add("second"));
      loop.timers().schedule(Duration.ofMillis(5), () -> ran.add("first"));

      assertThat(next(ran)).isEqualTo("first");
      assertThat(next(ran)).isEqualTo("second");
      assertThat(ran).isEmpty();
    }
  }

  @Test
  void stopsWithACloseFrame1001ToEachWebSocketOfTheListeningPort() throws Exception {
    TestServer server = TestServer.webSockets();
    try (RawPeer http = server.peer();
        RawPeer peer = server.peer().upgrade()) {
      RecordingHandler session = server.session();
      TestClient client = server.client();
      RecordingHandler clientSession = server.session();
      session.connection.send(Frame.text("before"));
      server.close();

      assertThat(peer.readFrame().text()).isEqualTo("before");
      RawFrame close = peer.readFrame();
      assertThat(close.closeCode()).isEqualTo(1001);
      assertThat(close.closeReason()).isEmpty();
      peer.expectEnd();
      http.expectEnd();
      ConnectionEnd stopped = new ConnectionEnd(EndCause.STOPPED, 1006, "");
      assertThat(session.end()).isEqualTo(stopped);
      assertThat(clientSession.end()).isEqualTo(stopped);
      assertThat(client.handler().end()).isEqualTo(stopped);
      assertThat(session.ends).hasValue(1);
    } finally {
      server.close();
    }
  }

  @Test
  void failsPendingHandshakesWhenItStops() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
    TestClient client = TestClient.begin(server.loop, server.uri("/"), List.of());
    HttpExchange pending = exchanges.take();
    server.close();

    assertThat(client.outcome()).isEqualTo("failed the loop was stopped");
    CompletableFuture<RecordingHandler> opened = new CompletableFuture<>();
    pending.upgrade(
        null,
        connection -> {
          RecordingHandler handler = new RecordingHandler(connection);
          opened.complete(handler);
          return handler;
        });
    assertThat(opened.get(10, TimeUnit.SECONDS).end().cause()).isEqualTo(EndCause.LOST);
  }

  @Test
  void refusesEverythingOnceItIsStopped() throws Exception {
    TransportLoop loop = TransportLoop.start("stopped", LoopTimers.realTime());
    loop.close();
    loop.close();

    assertThat(loop.execute(() -> {})).isFalse();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                HttpListener.listen(
                    loop,
                    TestServer.loopback(0),
                    TransportLimits.ofService(),
                    (request, exchange) -> exchange.respond(HttpResponse.of(200))))
        .withMessage("the loop was stopped");
    TestClient client = TestClient.begin(loop, java.net.URI.create("ws://127.0.0.1:1/"), List.of());
    assertThat(client.outcome()).isEqualTo("failed the loop was stopped");
  }

  @Test
  void runsAllTasksThatItAccepted() throws Exception {
    for (int round = 0; round < 50; round++) {
      TransportLoop loop = TransportLoop.start("accepting", LoopTimers.realTime());
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      CountDownLatch started = new CountDownLatch(1);
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                while (loop.execute(ran::incrementAndGet)) {
                  accepted.incrementAndGet();
                  started.countDown();
                }
              });
      assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
      loop.close();
      other.get(10, TimeUnit.SECONDS);

      assertThat(ran.get()).isEqualTo(accepted.get());
    }
  }

  @Test
  void canBeStoppedByItsOwnHandlers() throws Exception {
    CompletableFuture<Thread> stopper = new CompletableFuture<>();
    BlockingQueue<String> loops = new LinkedBlockingQueue<>();
    TestServer[] self = new TestServer[1];
    TestServer server =
        TestServer.webSockets(
            TransportLimits.ofService(),
            connection ->
                new RecordingHandler(connection) {
                  @Override
                  public void onMessage(boolean text, byte[] payload) {
                    self[0].close();
                    loops.add("closed");
                    stopper.complete(Thread.currentThread());
                  }
                });
    self[0] = server;
    try (RawPeer peer = server.peer().upgrade();
        RawPeer other = server.peer().upgrade()) {
      RecordingHandler session = server.session();
      peer.sendText("stop").sendText("and this is never handed over");
      assertThat(peer.readFrame().closeCode()).isEqualTo(1001);
      assertThat(other.readFrame().closeCode()).isEqualTo(1001);

      assertThat(session.end().cause()).isEqualTo(EndCause.STOPPED);
      Thread thread = stopper.get(10, TimeUnit.SECONDS);
      eventually().atMost(10, TimeUnit.SECONDS).until(() -> !thread.isAlive());
      assertThat(loops).hasSize(1);
      server.close();
    }
  }

  @Test
  void canBeStoppedByManyAtOnceAndByAnInterruptedThread() throws Exception {
    TransportLoop loop = TransportLoop.start("popular", LoopTimers.realTime());
    List<CompletableFuture<Boolean>> closers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      closers.add(
          CompletableFuture.supplyAsync(
              () -> {
                Thread.currentThread().interrupt();
                loop.close();
                return Thread.interrupted();
              }));
    }

    for (CompletableFuture<Boolean> closer : closers) {
      assertThat(closer.get(10, TimeUnit.SECONDS)).as("the interrupt is kept").isTrue();
    }
    assertThat(loop.execute(() -> {})).isFalse();
  }

  @Test
  void namesTheThreadThatDoesNotEnd() throws Exception {
    TransportLoop loop = TransportLoop.start("stuck-loop", LoopTimers.realTime());
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    loop.execute(
        () -> {
          entered.countDown();
          boolean released = awaitQuietly(release);
          assertThat(released).isTrue();
        });
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(loop::close)
        .withMessageContaining("the thread stuck-loop did not end within 5000 ms; it is at ");
    release.countDown();
    loop.close();
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void leavesNoThreadAndNoSocketAfterAThousandLives() throws Exception {
    int warmUp = 20;
    for (int i = 0; i < warmUp; i++) {
      oneLife();
    }
    long filesBefore = openFiles();
    for (int i = 0; i < 1_000; i++) {
      oneLife();
    }

    eventually()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(
            () -> {
              assertThat(Thread.getAllStackTraces().keySet())
                  .extracting(Thread::getName)
                  .doesNotContain("one-of-a-thousand");
              assertThat(openFiles()).isLessThan(filesBefore + 50);
            });
  }

  /** A server, a client with a message, a raw peer with half a head, and the stop. */
  private static void oneLife() throws Exception {
    TransportLoop loop = TransportLoop.start("one-of-a-thousand", LoopTimers.realTime());
    BlockingQueue<RecordingHandler> sessions = new LinkedBlockingQueue<>();
    InetSocketAddress address =
        HttpListener.listen(
            loop,
            TestServer.loopback(0),
            TransportLimits.ofService(),
            (request, exchange) ->
                exchange.upgrade(
                    null,
                    connection -> {
                      RecordingHandler handler = new RecordingHandler(connection);
                      sessions.add(handler);
                      return handler;
                    }));
    try (RawPeer peer = RawPeer.connect(address)) {
      peer.sendLines("GET /");
      TestClient client =
          TestClient.connect(
              loop, java.net.URI.create("ws://127.0.0.1:" + address.getPort()), List.of());
      client.send("hi");
      assertThat(sessions.take().nextEvent()).isEqualTo("text hi");
      loop.close();
    }
  }

  /** Zero where the platform does not tell. */
  private static long openFiles() throws IOException {
    Path files = Path.of("/proc/self/fd");
    if (!Files.isDirectory(files)) {
      return 0;
    }
    try (Stream<Path> each = Files.list(files)) {
      return each.count();
    }
  }
}
