package io.github.webpubsubtestkit.benchmark.work;

import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.MaskedFrames;
import io.github.webpubsubtestkit.benchmark.client.Receivers;
import io.github.webpubsubtestkit.benchmark.rival.NettyHttpServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A message of a client to itself, while 1,000 other connections of its hub wait for the answer to
 * an event: from a stub that takes a second by the fake's clock, which stands still, and from an
 * HTTP server that does not answer. Against the same with 1,000 connections that wait for nothing.
 *
 * <p>Fails if what waits has threads of its own.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PendingEventsBenchmark {

  private static final int CONNECTIONS = 1_000;
  private static final int MOST_THREADS = 80; // the stubs' 64 and a few of the kit and the server

  private static final String EVENT =
      """
      {"type":"event","event":"slow","dataType":"text","data":"hi"}""";
  private static final String MESSAGE =
      """
      {"type":"sendToGroup","group":"room","dataType":"text","data":"hi"}""";

  @State(Scope.Benchmark)
  public abstract static class Kit {
    private FakeWebPubSub service;
    private Receivers others;
    private PubSubClient client;

    @Setup(Level.Iteration)
    public void start() throws Exception {
      int threads = Thread.activeCount();
      service = FakeWebPubSub.start();
      service.clock().freeze();
      IntSupplier pending = handle(service);
      others =
          Receivers.open(
              CONNECTIONS,
              service.clientUrl(ConnectOptions.asUser("bob")),
              Protocol.JSON.subprotocol());
      others.awaitFrames(CONNECTIONS); // their "connected"
      if (pending != null) {
        others.sendFromEach(MaskedFrames.of(EVENT, 1));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (pending.getAsInt() < CONNECTIONS) {
          if (System.nanoTime() > end) {
            throw new IllegalStateException("only " + pending.getAsInt() + " events are pending");
          }
          Thread.onSpinWait();
        }
      }
      int more = Thread.activeCount() - threads;
      if (more > MOST_THREADS) {
        throw new IllegalStateException(more + " threads for " + CONNECTIONS + " pending events");
      }
      client = service.connect(ConnectOptions.asUser("alice").groups("room"));
    }

    @TearDown(Level.Iteration)
    public void stop() throws Exception {
      others.close();
      service.close();
    }

    /** Returns how many events are pending; null if there are to be none. */
    abstract IntSupplier handle(FakeWebPubSub service);

    void trip() {
      client.sendRaw(MESSAGE);
      assertThat(client).receivesText("hi");
    }
  }

  public static class None extends Kit {
    @Override
    IntSupplier handle(FakeWebPubSub service) {
      return null;
    }
  }

  public static class Stub extends Kit {
    @Override
    IntSupplier handle(FakeWebPubSub service) {
      EventHandlerStub stub =
          service
              .eventHandler("hub")
              .onUserEvent("slow", event -> acknowledge().after(Duration.ofSeconds(1)));
      return () -> (int) stub.events().stream().filter(e -> e.name().equals("slow")).count();
    }
  }

  public static class Http extends Kit {
    private NettyHttpServer application;

    @Override
    IntSupplier handle(FakeWebPubSub service) {
      application = NettyHttpServer.hanging();
      String url = "http://127.0.0.1:" + application.port() + "/eventhandler";
      service.eventHandler("hub").add(EventHandler.url(url).systemEvents());
      return application::requests;
    }

    @Override
    public void stop() throws Exception {
      super.stop();
      application.close();
    }
  }

  @Benchmark
  public void none(None kit) {
    kit.trip();
  }

  @Benchmark
  public void stub(Stub kit) {
    kit.trip();
  }

  @Benchmark
  public void http(Http kit) {
    kit.trip();
  }
}
