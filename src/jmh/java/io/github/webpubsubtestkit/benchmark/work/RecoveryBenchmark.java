package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.ForeignClients;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.hub.Selection;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Send;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.io.IOException;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * From the start of the connect until an assertion has seen the last of 1,000 messages, in
 * microseconds, the median of many times in a warm JVM. Both clients are of the kit and get the
 * same messages.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class RecoveryBenchmark {

  private static final int MESSAGES = 1_000;
  private static final String LAST = "last".repeat(10);
  private static final Payload TEXT = Payload.text("text".repeat(10));
  private static final int WARM_UPS = 400;
  private static final int SAMPLES = 51;

  /** Returns the nanoseconds that count. */
  private interface Trial {
    long run(Engine engine);
  }

  /** The messages were sent before, while the client was away. */
  @Benchmark
  public void kit(Figure figure) throws IOException {
    figure.is(median(RecoveryBenchmark::recover));
  }

  /**
   * A plain client connects and is sent the messages, all in one turn of the fake's loop: no sender
   * is faster, so nothing but the delivery is in the figure.
   */
  @Benchmark
  public void plain(Figure figure) throws IOException {
    figure.is(median(RecoveryBenchmark::connectAndReceive));
  }

  private static long recover(Engine engine) {
    try (PubSubClient client = connect(engine, Protocol.JSON_RELIABLE)) {
      client.dropConnection();
      send(engine, client);
      long start = System.nanoTime();
      client.recover();
      assertThat(client).receivesText(LAST);
      return System.nanoTime() - start;
    }
  }

  private static long connectAndReceive(Engine engine) {
    long start = System.nanoTime();
    try (PubSubClient client = connect(engine, Protocol.JSON)) {
      engine.loop().execute(() -> send(engine, client));
      assertThat(client).receivesText(LAST);
      return System.nanoTime() - start;
    }
  }

  private static void send(Engine engine, PubSubClient client) {
    Target target = Target.connection(client.connectionId());
    for (int i = 1; i < MESSAGES; i++) {
      send(engine, target, TEXT);
    }
    send(engine, target, Payload.text(LAST));
  }

  private static void send(Engine engine, Target target, Payload payload) {
    engine.dataPlane().execute(new Send("hub", target, payload, 0, Selection.EVERYONE));
  }

  private static PubSubClient connect(Engine engine, Protocol protocol) {
    return ForeignClients.connect(
        engine, ConnectOptions.anonymous().withoutToken().protocol(protocol));
  }

  private static double median(Trial trial) throws IOException {
    try (Engine engine = Engine.start(EngineConfig.builder().build())) {
      double[] micros = new double[SAMPLES];
      for (int i = -WARM_UPS; i < SAMPLES; i++) {
        double taken = trial.run(engine) / 1_000.0;
        if (i >= 0) {
          micros[i] = taken;
        }
      }
      Arrays.sort(micros);
      return micros[SAMPLES / 2];
    }
  }
}
