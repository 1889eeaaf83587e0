package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.SecureClient;
import io.github.webpubsubtestkit.benchmark.rival.BareTls;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Large messages that a server sends back over TLS, one after the other: a fake whose stub replies
 * with what it gets, and an {@link javax.net.ssl.SSLEngine} on a socket. Both have the same
 * blocking client, on a thread of its own, so that only the servers differ, and both have to have a
 * whole message before they answer, as a stub does. What the fake does beyond TLS counts against
 * it: frames, masks, the event, and keeping it for the test.
 *
 * <p>A client of the kit shares one thread with its fake, where two threads work on the bare
 * connection. It is measured too, because tests use it, but its ratio tells of threads as much as
 * of TLS.
 *
 * <p>A fake keeps all events, and a client of the kit its messages, so each invocation has a fresh
 * one, which is not measured.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TlsBytesBenchmark {

  private static final int MESSAGES = 32;
  private static final int BYTES = 512 * 1024;

  /** An operation is a MiB, there and back. */
  private static final int MEBIBYTES = MESSAGES * BYTES / (1024 * 1024);

  /** A fake that replies. */
  @State(Scope.Benchmark)
  public static class Kit {
    final byte[] content = new byte[BYTES];
    FakeWebPubSub service;

    @Setup
    public void start() {
      service = FakeWebPubSub.builder().https().build();
    }

    @Setup(Level.Invocation)
    public void forget() {
      service.reset();
      service
          .eventHandler("hub")
          .onUserEvent("message", event -> EventAnswer.replyBinary(event.body()));
    }

    @TearDown
    public void stop() {
      service.close();
    }
  }

  /** The client that knows nothing of the kit. */
  @State(Scope.Benchmark)
  public static class OfOthers {
    SecureClient client;

    @Setup(Level.Invocation)
    public void connect(Kit kit) throws IOException {
      client =
          new SecureClient(
              kit.service.sslContext(),
              kit.service.clientUrl(ConnectOptions.asUser("alice")),
              BYTES);
    }

    @TearDown(Level.Invocation)
    public void disconnect() throws IOException {
      client.close();
    }
  }

  /** The kit's client. */
  @State(Scope.Benchmark)
  public static class OfKit {
    SimpleClient client;

    @Setup(Level.Invocation)
    public void connect(Kit kit) {
      client = kit.service.connectSimple(ConnectOptions.asUser("alice"));
    }
  }

  /** Two engines on sockets. */
  @State(Scope.Benchmark)
  public static class Bare {
    final byte[] content = new byte[BYTES];
    BareTls.Echo server;
    BareTls.End client;

    @Setup
    public void start() throws IOException {
      try (FakeWebPubSub service = FakeWebPubSub.start()) {
        server = new BareTls.Echo(service.sslContext(), BYTES);
        client = BareTls.connect(service.sslContext(), server.address());
      }
    }

    @TearDown
    public void stop() throws IOException {
      client.close();
      server.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public void kit(OfOthers others) throws IOException {
    for (int i = 0; i < MESSAGES; i++) {
      others.client.echo();
    }
  }

  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public void withClientOfKit(Kit kit, OfKit ofKit) {
    for (int i = 0; i < MESSAGES; i++) {
      ofKit.client.sendBinary(kit.content);
      assertThat(ofKit.client).receivesMessage();
    }
  }

  @Benchmark
  @OperationsPerInvocation(MEBIBYTES)
  public void bare(Bare bare) throws IOException {
    for (int i = 0; i < MESSAGES; i++) {
      bare.client.send(ByteBuffer.wrap(bare.content));
      bare.client.receive(BYTES);
    }
  }
}
