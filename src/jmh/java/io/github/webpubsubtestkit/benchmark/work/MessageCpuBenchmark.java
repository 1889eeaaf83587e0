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
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * CPU time of the fake's thread per message from somebody's socket to one client of the kit, in
 * nanoseconds. That thread serves both ends of the client's socket, so what the service does and
 * what the client does is in it: the request read and decoded, the message encoded, written, read,
 * decoded and put into the inbox; for a reliable client also its sequence id, its place in the
 * replay buffer, the client's look at the id, and an acknowledgement with every hundredth message,
 * which is encoded, sent, decoded and frees them. What an assertion does on the test's thread is
 * not.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class MessageCpuBenchmark {

  private static final int BURST = 100;
  private static final int BURSTS_PER_CLIENT = 200; // a client remembers all that it has received
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
      ByteBuffer burst = burst();
      LoopCpu cpu = new LoopCpu();
      long used = 0;
      for (int i = -CLIENTS; i < CLIENTS; i++) {
        long nanos = nanosOfClient(service, protocol, sender, burst, cpu);
        used += i < 0 ? 0 : nanos;
      }
      return (double) used / CLIENTS / BURSTS_PER_CLIENT / BURST;
    }
  }

  private static long nanosOfClient(
      FakeWebPubSub service, Protocol protocol, Receivers sender, ByteBuffer burst, LoopCpu cpu)
      throws Exception {
    try (PubSubClient client =
        service.connect(ConnectOptions.asUser("alice").groups("room").protocol(protocol))) {
      long before = cpu.nanos();
      for (int i = 0; i < BURSTS_PER_CLIENT; i++) {
        sender.send(burst);
        assertThat(client).receivesText(LAST);
      }
      return cpu.nanos() - before;
    }
  }

  private static URI sender(FakeWebPubSub service) {
    return service.clientUrl(ConnectOptions.asUser("bob").roles("webpubsub.sendToGroup.room"));
  }

  private static ByteBuffer burst() {
    ByteBuffer others = MaskedFrames.of(request("x".repeat(100)), BURST - 1);
    ByteBuffer last = MaskedFrames.of(request(LAST), 1);
    return ByteBuffer.allocateDirect(others.remaining() + last.remaining())
        .put(others)
        .put(last)
        .flip();
  }

  private static String request(String data) {
    return """
        {"type":"sendToGroup","group":"room","dataType":"text","data":"%s"}"""
        .formatted(data);
  }
}
