package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.KeptAliveCaller;
import io.github.webpubsubtestkit.benchmark.client.Receivers;
import io.github.webpubsubtestkit.benchmark.client.SendRequest;
import io.github.webpubsubtestkit.benchmark.rival.NettyHttpServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The REST operation {@code :send} over kept-alive HTTP, its signed token checked, against the same
 * request that Netty answers with 202 unread: to a hub where nobody is connected, and to one
 * connection, which gets the message. The second is more work than Netty's: one more write, and a
 * third thread that reads it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RestSendBenchmark {

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private Receivers receiver;
    private KeptAliveCaller toNobody;
    private KeptAliveCaller toOne;

    @Setup
    public void start() throws Exception {
      service = FakeWebPubSub.start();
      toNobody = caller("/api/hubs/empty/:send");
      receiver =
          Receivers.open(
              1, service.clientUrl(ConnectOptions.asUser("alice")), Protocol.JSON.subprotocol());
      String id = service.connections().get(0).connectionId();
      toOne = caller("/api/hubs/hub/connections/" + id + "/:send");
    }

    private KeptAliveCaller caller(String path) throws IOException {
      return new KeptAliveCaller(
          service.endpoint().getPort(),
          SendRequest.of(service.endpoint().toString(), path, service.accessKey()));
    }

    @TearDown
    public void stop() throws Exception {
      toNobody.close();
      toOne.close();
      receiver.close();
      service.close();
    }
  }

  @State(Scope.Benchmark)
  public static class Netty {
    private NettyHttpServer server;
    private KeptAliveCaller caller;

    @Setup
    public void start() throws Exception {
      server = NettyHttpServer.begin();
      caller =
          new KeptAliveCaller(
              server.port(),
              SendRequest.of(
                  "http://127.0.0.1:" + server.port(),
                  "/api/hubs/hub/connections/0123456789abcdef0123456789abcdef/:send",
                  "0123456789abcdef0123456789abcdef0123456789ab"));
    }

    @TearDown
    public void stop() throws Exception {
      caller.close();
      server.close();
    }
  }

  @Benchmark
  public void toNobody(Kit kit) throws IOException {
    kit.toNobody.call();
  }

  @Benchmark
  public void toOne(Kit kit) throws IOException {
    kit.toOne.call();
  }

  @Benchmark
  public void netty(Netty netty) throws IOException {
    netty.caller.call();
  }
}
