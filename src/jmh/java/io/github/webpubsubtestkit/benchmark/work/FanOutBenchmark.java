package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.rival.JettyServer;
import io.github.webpubsubtestkit.benchmark.rival.NettyServer;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.benchmark.rival.Rival;
import io.github.webpubsubtestkit.benchmark.rival.UndertowServer;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Deliveries per second to 1,000 receivers, the timeline on; a member sends bursts of messages. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(FanOutBenchmark.RECEIVERS * FanOutBenchmark.MESSAGES)
public class FanOutBenchmark {

  static final int RECEIVERS = 1_000;
  static final int MESSAGES = 50;

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private GroupOfReceivers group;

    Protocol protocol() {
      return Protocol.JSON;
    }

    @Setup
    public void start() throws Exception {
      service = FakeWebPubSub.start();
      group = GroupOfReceivers.of(service, protocol(), RECEIVERS, MESSAGES);
    }

    @TearDown
    public void stop() throws Exception {
      group.close();
      service.close();
    }
  }

  public static class KitProtobuf extends Kit {
    @Override
    Protocol protocol() {
      return Protocol.PROTOBUF;
    }
  }

  /** A server with its receivers. */
  @State(Scope.Benchmark)
  public abstract static class Other {
    private Rival server;
    GroupOfReceivers group;

    abstract Rival begin() throws Exception;

    @Setup
    public void start() throws Exception {
      server = begin();
      group = GroupOfReceivers.of(server, RECEIVERS, MESSAGES);
    }

    @TearDown
    public void stop() throws Exception {
      group.close();
      server.close();
    }
  }

  public static class Raw extends Other {
    @Override
    Rival begin() throws Exception {
      return RawServer.begin();
    }
  }

  public static class Netty extends Other {
    @Override
    Rival begin() {
      return NettyServer.begin();
    }
  }

  public static class Jetty extends Other {
    @Override
    Rival begin() throws Exception {
      return JettyServer.begin();
    }
  }

  public static class Undertow extends Other {
    @Override
    Rival begin() {
      return UndertowServer.begin();
    }
  }

  @Benchmark
  public void kit(Kit kit) throws Exception {
    kit.group.burst();
  }

  @Benchmark
  public void protobuf(KitProtobuf kit) throws Exception {
    ((Kit) kit).group.burst();
  }

  @Benchmark
  public void raw(Raw raw) throws Exception {
    raw.group.burst();
  }

  @Benchmark
  public void netty(Netty netty) throws Exception {
    netty.group.burst();
  }

  @Benchmark
  public void jetty(Jetty jetty) throws Exception {
    jetty.group.burst();
  }

  @Benchmark
  public void undertow(Undertow undertow) throws Exception {
    undertow.group.burst();
  }
}
