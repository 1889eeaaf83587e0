package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.KeptAliveCaller;
import io.github.webpubsubtestkit.benchmark.client.Receivers;
import io.github.webpubsubtestkit.benchmark.rival.NettyHttpServer;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
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
 * The REST operation {@code :send} to one connection over kept-alive HTTP, its signed token checked
 * and the message delivered, against the same request that Netty answers with 202 unread.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RestSendBenchmark {

  @State(Scope.Benchmark)
  public static class Kit {
    private FakeWebPubSub service;
    private Receivers receiver;
    private KeptAliveCaller caller;

    @Setup
    public void start() throws Exception {
      service = FakeWebPubSub.start();
      receiver =
          Receivers.open(
              1, service.clientUrl(ConnectOptions.asUser("alice")), Protocol.JSON.subprotocol());
      String id = service.connections().get(0).connectionId();
      caller =
          new KeptAliveCaller(
              service.endpoint().getPort(),
              request(service.endpoint().toString(), id, service.accessKey()));
    }

    @TearDown
    public void stop() throws Exception {
      caller.close();
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
              request(
                  "http://127.0.0.1:" + server.port(),
                  "0123456789abcdef0123456789abcdef",
                  "0123456789abcdef0123456789abcdef0123456789ab"));
    }

    @TearDown
    public void stop() throws Exception {
      caller.close();
      server.close();
    }
  }

  private static String request(String endpoint, String connectionId, String accessKey) {
    String path = "/api/hubs/hub/connections/" + connectionId + "/:send";
    String token =
        new TokenMinter(AccessKeys.of(accessKey, null), InstantSource.system())
            .serverToken(endpoint + path, Duration.ofHours(1));
    String body = "x".repeat(100);
    return "POST "
        + path
        + "?api-version=2024-12-01 HTTP/1.1\r\nHost: "
        + endpoint.substring("http://".length())
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: text/plain\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Benchmark
  public void kit(Kit kit) throws IOException {
    kit.caller.call();
  }

  @Benchmark
  public void netty(Netty netty) throws IOException {
    netty.caller.call();
  }
}
