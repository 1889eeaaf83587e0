package io.github.webpubsubtestkit.benchmark.work;

import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.webpubsubtestkit.benchmark.client.MaskedFrames;
import io.github.webpubsubtestkit.benchmark.client.Receivers;
import io.github.webpubsubtestkit.benchmark.rival.NettyHttpServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * A message of a client to itself, while 1,000 other connections of its hub wait for the answer to
 * an event: from a stub that takes a second by the fake's clock, which stands still, and from an
 * HTTP server that does not answer. The figure is how many times as long it takes as with 1,000
 * connections that wait for nothing.
 *
 * <p>Fails if what waits has threads of its own.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class PendingEventsBenchmark {

  private static final int CONNECTIONS = 1_000;
  private static final int WARM_UPS = 25;
  private static final int PAIRS = 15;
  private static final int MOST_THREADS = 80; // the stubs' 64 and a few of the kit and the server

  private static final String EVENT =
      """
      {"type":"event","event":"slow","dataType":"text","data":"hi"}""";

  @Benchmark
  public void stub(Figure figure) throws Exception {
    figure.is(Alternating.ratio(WARM_UPS, PAIRS, Stub::new, None::new));
  }

  @Benchmark
  public void http(Figure figure) throws Exception {
    figure.is(Alternating.ratio(WARM_UPS, PAIRS, Http::new, None::new));
  }

  /** A fake, a client, and 1,000 other connections. */
  private abstract static class Kit implements Alternating.Work {
    private final int threadsBefore = Thread.activeCount();
    final FakeWebPubSub service = FakeWebPubSub.start();
    private Receivers others;
    private PubSubClient client;

    /** The last step, when the handler is there. */
    void connect() throws Exception {
      service.clock().freeze();
      others =
          Receivers.open(
              CONNECTIONS,
              service.clientUrl(ConnectOptions.asUser("bob")),
              Protocol.JSON.subprotocol());
      others.awaitFrames(CONNECTIONS); // their "connected"
      client = service.connect(ConnectOptions.asUser("alice").groups("room"));
    }

    void raiseEvents(IntSupplier pending) throws IOException {
      others.sendFromEach(MaskedFrames.of(EVENT, 1));
      await("events are pending")
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofMinutes(1))
          .until(() -> pending.getAsInt() == CONNECTIONS);
      int more = Thread.activeCount() - threadsBefore;
      if (more > MOST_THREADS) {
        throw new IllegalStateException(more + " threads for " + CONNECTIONS + " pending events");
      }
    }

    @Override
    public void once() {
      client.sendRaw(RoundTripBenchmark.REQUEST);
      assertThat(client).receivesText("hi");
    }

    @Override
    public void close() throws Exception {
      others.close();
      service.close();
    }
  }

  private static final class None extends Kit {

    None() throws Exception {
      connect();
    }
  }

  private static final class Stub extends Kit {

    Stub() throws Exception {
      AtomicInteger asked = new AtomicInteger();
      service
          .eventHandler("hub")
          .onUserEvent(
              "slow",
              event -> {
                asked.incrementAndGet();
                return acknowledge().after(Duration.ofSeconds(1));
              });
      connect();
      raiseEvents(asked::get);
    }
  }

  private static final class Http extends Kit {
    private final NettyHttpServer application = NettyHttpServer.hanging();

    Http() throws Exception {
      service.eventHandler("hub").add(application.userEventHandler());
      connect();
      raiseEvents(application::requests);
    }

    @Override
    public void close() throws Exception {
      super.close();
      application.close();
    }
  }
}
