package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.JettyServer;
import io.github.webpubsubtestkit.benchmark.rival.MockServer;
import io.github.webpubsubtestkit.benchmark.rival.NettyServer;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.benchmark.rival.Rival;
import io.github.webpubsubtestkit.benchmark.rival.UndertowServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.TimeUnit;
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
 * One message from a client to itself. With the kit: a {@code sendToGroup} without an ack id, by a
 * member of the group, awaited by an assertion; with the others: an echo, taken from a queue.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RoundTripBenchmark {

  /** Brings its sender, a member of the group, the text "hi". */
  static final String REQUEST =
      """
      {"type":"sendToGroup","group":"room","dataType":"text","data":"hi"}""";

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private PubSubClient client;

    /** For each iteration a new one: a client remembers all that it has received. */
    @Setup(Level.Iteration)
    public void start() {
      service = FakeWebPubSub.start();
      client = service.connect(ConnectOptions.asUser("alice").groups("room"));
    }

    @TearDown(Level.Iteration)
    public void stop() {
      service.close();
    }
  }

  /** A server and one client of it. */
  @State(Scope.Benchmark)
  public abstract static class Echo {
    private Rival server;
    private RawClient client;

    abstract Rival begin() throws Exception;

    @Setup
    public void start() throws Exception {
      server = begin();
      client = RawClient.open(server.uri());
    }

    @TearDown
    public void stop() throws Exception {
      client.end();
      server.close();
    }

    void trip() throws InterruptedException {
      client.deliver("hi", client);
    }
  }

  public static class Raw extends Echo {
    @Override
    Rival begin() throws Exception {
      return RawServer.begin();
    }
  }

  public static class Netty extends Echo {
    @Override
    Rival begin() {
      return NettyServer.begin();
    }
  }

  public static class Jetty extends Echo {
    @Override
    Rival begin() throws Exception {
      return JettyServer.begin();
    }
  }

  public static class Undertow extends Echo {
    @Override
    Rival begin() {
      return UndertowServer.begin();
    }
  }

  public static class Mock extends Echo {
    @Override
    Rival begin() throws Exception {
      return MockServer.begin();
    }
  }

  @Benchmark
  public void kit(Kit kit) {
    kit.client.sendRaw(REQUEST);
    assertThat(kit.client).receivesText("hi");
  }

  @Benchmark
  public void raw(Raw echo) throws Exception {
    echo.trip();
  }

  @Benchmark
  public void netty(Netty echo) throws Exception {
    echo.trip();
  }

  @Benchmark
  public void jetty(Jetty echo) throws Exception {
    echo.trip();
  }

  @Benchmark
  public void undertow(Undertow echo) throws Exception {
    echo.trip();
  }

  @Benchmark
  public void mockWebServer(Mock echo) throws Exception {
    echo.trip();
  }
}
