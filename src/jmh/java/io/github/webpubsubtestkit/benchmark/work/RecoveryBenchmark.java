package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * From the connect until an assertion has seen the last of 1,000 messages, in microseconds, the
 * median of many times in a warm JVM. A message is the same number of characters in both.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class RecoveryBenchmark {

  private static final int MESSAGES = 1_000;
  private static final String LAST = "the last one of them";
  private static final String TEXT = "x".repeat(LAST.length());
  private static final int WARM_UPS = 300;
  private static final int SAMPLES = 101;

  private interface Trial {
    /** Returns the nanoseconds that count. */
    long run(FakeWebPubSub service);
  }

  /** A recovery: the messages were sent before, while the client was away. */
  @Benchmark
  public void kit(Figure figure) {
    ConnectOptions reliable = ConnectOptions.asUser("alice").protocol(Protocol.JSON_RELIABLE);
    figure.is(
        median(
            service -> {
              try (PubSubClient client = service.connect(reliable)) {
                client.dropConnection();
                send(service, client.connectionId());
                long start = System.nanoTime();
                client.recover();
                assertThat(client).receivesText(LAST);
                return System.nanoTime() - start;
              }
            }));
  }

  /** A plain client connects and is sent as many messages, as fast as the test can. */
  @Benchmark
  public void plain(Figure figure) {
    ConnectOptions plain = ConnectOptions.asUser("alice");
    figure.is(
        median(
            service -> {
              long start = System.nanoTime();
              try (PubSubClient client = service.connect(plain)) {
                send(service, client.connectionId());
                assertThat(client).receivesText(LAST);
                return System.nanoTime() - start;
              }
            }));
  }

  private static void send(FakeWebPubSub service, String connectionId) {
    for (int i = 1; i < MESSAGES; i++) {
      service.sendToConnection(connectionId, TEXT);
    }
    service.sendToConnection(connectionId, LAST);
  }

  private static double median(Trial trial) {
    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      double[] micros = new double[SAMPLES];
      for (int i = -WARM_UPS; i < SAMPLES; i++) {
        double taken = trial.run(service) / 1_000.0;
        if (i >= 0) {
          micros[i] = taken;
        }
      }
      Arrays.sort(micros);
      return micros[SAMPLES / 2];
    }
  }
}
