package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.webpubsubtestkit.benchmark.client.ForeignClients;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.hub.Selection;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Send;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * From a message's arrival in the inbox to the return of the assertion that waited for it: the
 * median in microseconds. Each message is sent when the assertion has gone to sleep.
 *
 * <p>On the engine, because the clock by which a message says when it came is not public.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class ArrivalBenchmark {

  private interface Wait {
    void forMessages(PubSubClient client, int count);
  }

  @Benchmark
  public void kit(Figure figure) throws Exception {
    figure.is(
        median(
            10_000,
            1_000,
            (client, count) ->
                assertThat(client).receivesMessageWithin(Duration.ofSeconds(10)).hasText("hi")));
  }

  /** Somebody who asks the same client by Awaitility as it is out of the box. */
  @Benchmark
  public void awaitility(Figure figure) throws Exception {
    figure.is(
        median(1, 15, (client, count) -> await().until(() -> client.messages().size() == count)));
  }

  private static double median(int warmUps, int samples, Wait wait) throws Exception {
    ExecutorService sender = Executors.newSingleThreadExecutor();
    Thread waiting = Thread.currentThread();
    try (Engine engine = Engine.start(EngineConfig.builder().build());
        PubSubClient client = connect(engine)) {
      Send send = new Send("hub", Target.all(), Payload.text("hi"), 0, Selection.EVERYONE);
      double[] micros = new double[samples];
      for (int i = -warmUps; i < samples; i++) {
        sender.execute(
            () -> {
              while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              engine.dataPlane().execute(send);
            });
        wait.forMessages(client, i + warmUps + 1);
        Duration returned = engine.timeline().now();
        if (i >= 0) {
          List<ReceivedMessage> all = client.messages();
          Duration arrived = all.get(all.size() - 1).receivedAt();
          micros[i] = returned.minus(arrived).toNanos() / 1_000.0;
        }
      }
      Arrays.sort(micros);
      return micros[samples / 2];
    } finally {
      sender.shutdownNow();
    }
  }

  private static PubSubClient connect(Engine engine) {
    return ForeignClients.connect(engine, ConnectOptions.anonymous().withoutToken());
  }
}
