package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.MaskedFrames;
import io.github.webpubsubtestkit.benchmark.client.Receivers;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * CPU time of the fake's thread per message from somebody's socket to one client of the kit, in
 * nanoseconds, the median of 15 clients in a warm JVM. That thread serves both ends of the client's
 * socket, so what the service does and what the client does is in it: the request read and decoded,
 * the message encoded, written, read, decoded and put into the inbox; for a reliable client also
 * its sequence id, its place in the replay buffer, the client's look at the id, and an
 * acknowledgement with every hundredth message, which is encoded, sent, decoded and frees them.
 *
 * <p>What an assertion does is not in it, nor what it takes to wake somebody up for each message:
 * the test waits for the answer to a ping that the sender sends behind each burst.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class MessageCpuBenchmark {

  private static final int BURST = 100;
  private static final int BURSTS_PER_CLIENT = 100; // a client remembers all that it has received
  private static final int WARM_UPS = 40;
  private static final int CLIENTS = 15;
  private static final String LAST = "y".repeat(100);

  @Benchmark
  public void reliable(Figure figure) throws Exception {
    figure.is(nanosPerMessage(Protocol.JSON_RELIABLE));
  }

  @Benchmark
  public void plain(Figure figure) throws Exception {
    figure.is(nanosPerMessage(Protocol.JSON));
  }

  private static double nanosPerMessage(Protocol protocol) throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.start();
        Receivers sender = Receivers.open(1, sender(service), Protocol.JSON.subprotocol())) {
      sender.awaitFrames(1); // the connected message
      ByteBuffer burst = burst();
      LoopCpu cpu = new LoopCpu();
      double[] nanos = new double[CLIENTS];
      for (int i = -WARM_UPS; i < CLIENTS; i++) {
        long taken = nanosOfClient(service, protocol, sender, burst, cpu);
        if (i >= 0) {
          nanos[i] = (double) taken / BURSTS_PER_CLIENT / BURST;
        }
      }
      Arrays.sort(nanos);
      return nanos[CLIENTS / 2];
    }
  }

  private static long nanosOfClient(
      FakeWebPubSub service, Protocol protocol, Receivers sender, ByteBuffer burst, LoopCpu cpu)
      throws Exception {
    try (PubSubClient client =
        service.connect(ConnectOptions.asUser("alice").groups("room").protocol(protocol))) {
      long before = cpu.nanos();
      for (int i = 0; i < BURSTS_PER_CLIENT; i++) {
        long frames = sender.frames();
        sender.send(burst);
        sender.awaitFrames(frames + 1); // the pong
        assertThat(client).receivesText(LAST);
      }
      return cpu.nanos() - before;
    }
  }

  private static URI sender(FakeWebPubSub service) {
    return service.clientUrl(ConnectOptions.asUser("bob").roles("webpubsub.sendToGroup.room"));
  }

  /** The messages, and a ping. */
  private static ByteBuffer burst() {
    ByteBuffer others = MaskedFrames.of(request("x".repeat(100)), BURST - 1);
    ByteBuffer last = MaskedFrames.of(request(LAST), 1);
    ByteBuffer ping = MaskedFrames.of("{\"type\":\"ping\"}", 1);
    return ByteBuffer.allocateDirect(others.remaining() + last.remaining() + ping.remaining())
        .put(others)
        .put(last)
        .put(ping)
        .flip();
  }

  private static String request(String data) {
    return """
        {"type":"sendToGroup","group":"room","dataType":"text","data":"%s"}"""
        .formatted(data);
  }
}
