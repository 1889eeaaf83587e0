package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bundled server of the library lost about one reply in 200,000 under such a load. */
@DisplayName("Under load")
@Timeout(60)
class TransportStressTest {

  private static final int CONNECTIONS = 8;
  private static final int BURSTS = 60;
  private static final int BURST = 50;

  @Test
  @DisplayName("no reply is lost or out of order, whichever thread sends it")
  void requestAndReplyInBursts() throws Exception {
    ExecutorService replier = Executors.newSingleThreadExecutor();
    try (TestServer server =
            TestServer.webSockets(
                TestLimits.queue(1_000_000, 1L << 30), connection -> mixed(connection, replier));
        TestLoop clients = new TestLoop()) {
      List<CompletableFuture<Void>> done = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        BurstClient client = new BurstClient();
        // half of the clients share the loop of the server
        WebSocketDialer.connect(
            i % 2 == 0 ? server.loop : clients.loop,
            new ClientHandshake(
                WebSocketAddress.of(server.uri("/")), HttpHeaders.none(), List.of()),
            TransportLimits.ofClient(),
            client);
        done.add(client.done);
      }
      for (CompletableFuture<Void> each : done) {
        each.get(30, TimeUnit.SECONDS);
      }
    } finally {
      replier.shutdown();
      assertThat(replier.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Every connection answers either on the loop or on the other thread, as its first word says. */
  private static RecordingHandler mixed(WebSocketConnection connection, ExecutorService replier) {
    return new RecordingHandler(connection) {
      private final boolean onLoop = connection.hashCode() % 2 == 0;

      @Override
      public void onMessage(boolean text, byte[] payload) {
        if (onLoop) {
          connection.send(Frame.of(text, payload));
        } else {
          replier.execute(() -> connection.send(Frame.of(text, payload)));
        }
      }
    };
  }

  /** A second loop, for clients only. */
  private static final class TestLoop implements AutoCloseable {
    final TransportLoop loop =
        TransportLoop.start(
            "stress-clients", io.github.webpubsubtestkit.internal.time.LoopTimers.realTime());

    @Override
    public void close() {
      loop.close();
    }
  }

  /** Sends a burst, and the next one when all replies are there. */
  private static final class BurstClient implements ClientHandshakeHandler {
    final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public WebSocketHandler onOpen(WebSocketConnection connection, @Nullable String subprotocol) {
      RecordingHandler handler =
          new RecordingHandler(connection) {
            private int received;

            @Override
            public void onMessage(boolean text, byte[] payload) {
              String message = new String(payload, UTF_8);
              if (!message.startsWith(received + ":")) {
                done.completeExceptionally(
                    new AssertionError("expected number " + received + " but got " + message));
                return;
              }
              received++;
              if (received == BURSTS * BURST) {
                done.complete(null);
              } else if (received % BURST == 0) {
                sendBurst(connection, received);
              }
            }

            @Override
            public void onEnd(ConnectionEnd end) {
              done.completeExceptionally(new AssertionError("ended: " + end));
            }
          };
      sendBurst(connection, 0);
      return handler;
    }

    private static void sendBurst(WebSocketConnection connection, int from) {
      for (int i = from; i < from + BURST; i++) {
        connection.send(Frame.text(i + ":" + "x".repeat(i % 300)));
      }
    }

    @Override
    public void onRefused(HttpResponse response) {
      done.completeExceptionally(new AssertionError("refused: " + response.status()));
    }

    @Override
    public void onFailed(java.io.IOException failure) {
      done.completeExceptionally(failure);
    }
  }

  @Test
  @DisplayName("many threads may send on one connection, each in its own order")
  void manySenders() throws Exception {
    int threads = 4;
    int each = 2_000;
    try (TestServer server =
            TestServer.webSockets(TestLimits.queue(1_000_000, 1L << 30), RecordingHandler::new);
        RawPeer peer = server.peer().upgrade()) {
      WebSocketConnection connection = server.session().connection;
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        senders.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < each; i++) {
                    connection.send(Frame.text(thread + ":" + i));
                  }
                }));
      }
      int[] next = new int[threads];
      for (int i = 0; i < threads * each; i++) {
        String message = peer.readFrame().text();
        int thread = message.charAt(0) - '0';
        assertThat(message).isEqualTo(thread + ":" + next[thread]++);
      }
      for (CompletableFuture<Void> sender : senders) {
        sender.get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  @DisplayName("a fan-out reaches all, encoded once")
  void fanOut() throws Exception {
    try (TestServer server = TestServer.webSockets()) {
      List<TestClient> clients = new ArrayList<>();
      List<WebSocketConnection> receivers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        clients.add(server.client());
        receivers.add(server.session().connection);
      }
      for (int m = 0; m < 20; m++) {
        Frame frame = Frame.text("message " + m);
        receivers.forEach(receiver -> receiver.send(frame));
      }

      for (TestClient client : clients) {
        for (int m = 0; m < 20; m++) {
          assertThat(client.handler().nextEvent()).isEqualTo("text message " + m);
        }
      }
    }
  }
}
