package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.rival.BareTls;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
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

/** Bytes over TLS from a server to a client, in large messages. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TlsBytesBenchmark {

  private static final int MESSAGES = 16;
  private static final int BYTES = 512 * 1024;

  /** An operation is a MiB. */
  private static final int MEBIBYTES = MESSAGES * BYTES / (1024 * 1024);

  /** A fake with a client. */
  @State(Scope.Benchmark)
  public static class Kit {
    FakeWebPubSub service;
    SimpleClient client;
    final Content content = Content.binary(new byte[BYTES]);

    @Setup
    public void start() {
      service = FakeWebPubSub.builder().https().build();
      client = service.connectSimple(ConnectOptions.asUser("alice"));
    }

    @TearDown
    public void stop() {
      service.close();
    }
  }

  /** Two engines on sockets. */
  @State(Scope.Benchmark)
  public static class Bare {
    BareTls.Pair pair;
    final byte[] content = new byte[BYTES];

    @Setup
    public void start() throws Exception {
      try (FakeWebPubSub service = FakeWebPubSub.start()) {
        pair = new BareTls.Pair(service.sslContext());
      }
    }

    @TearDown
    public void stop() throws IOException {
      pair.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public void kit(Kit kit) {
    for (int i = 0; i < MESSAGES; i++) {
      kit.service.sendToAll(kit.content);
    }
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(kit.client).receivesMessage();
    }
  }

  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public void bare(Bare bare) throws Exception {
    CompletableFuture<Void> received =
        CompletableFuture.runAsync(
            () -> {
              try {
                bare.pair.client.receive(MESSAGES * BYTES);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < MESSAGES; i++) {
      bare.pair.server.send(ByteBuffer.wrap(bare.content));
    }
    received.get(30, TimeUnit.SECONDS);
  }
}
