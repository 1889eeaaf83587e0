package io.github.webpubsubtestkit.soak;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.soak.JvmResources.loops;
import static io.github.webpubsubtestkit.soak.JvmResources.openFiles;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Much of everything at once on a busy machine: requests and replies with clients that come and go,
 * fan-out and events on fakes that come and go. The build does a little of it, {@code mvn -B verify
 * -Psoak} a lot.
 */
@Isolated("takes all processors, and counts threads and files of the whole JVM")
@Tag("slow")
class SoakTest {

  private static final int PAIRS = Integer.getInteger("webpubsub.soak.pairs", 20_000);
  private static final int WORKERS = 8;

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong answeredEvents = new AtomicLong();
  private final Queue<WeakReference<FakeWebPubSub>> fakes = new ConcurrentLinkedQueue<>();

  @Test
  void nothingIsStuckOrLostOrOutOfOrderAndNothingIsLeft() throws Exception {
    Set<Thread> threads = loops();
    long files = openFiles();

    long deliveries = run();

    assertThat(loops()).as("threads of closed fakes").isSubsetOf(threads);
    assertThat(openFiles()).as("open files, a few of the JVM itself aside").isLessThan(files + 100);
    int closed = fakes.size();
    eventually()
        .alias("closed fakes are garbage")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return fakes.stream().allMatch(fake -> fake.refersTo(null));
            });
    System.out.println(
        "soak: %,d request/reply pairs, %,d deliveries by fan-out, %,d answered events, %,d fakes; nothing is left"
            .formatted(PAIRS, deliveries, answeredEvents.get(), closed));
  }

  /** Returns how many messages the fan-out has delivered. */
  private long run() throws Exception {
    ExecutorService load = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    ExecutorService work = Executors.newCachedThreadPool();
    try (FakeWebPubSub service = fake()) {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        load.execute(this::burn);
      }
      Future<Long> fanOut = work.submit(this::fanOut);
      Future<?> events = work.submit(this::events);
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        RequestLoop requests =
            i % 2 == 0 ? new KitRequests(service, i) : new JdkRequests(service, i);
        workers.add(work.submit(() -> requests.exchange(PAIRS / WORKERS)));
      }
      for (Future<?> worker : workers) {
        worker.get(9, TimeUnit.MINUTES);
      }
      done.set(true);
      events.get(3, TimeUnit.MINUTES);
      return fanOut.get(1, TimeUnit.MINUTES);
    } finally {
      done.set(true);
      load.shutdown();
      work.shutdown();
      assertThat(load.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(work.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** What the rest of a build does on the same machine. */
  private void burn() {
    long x = 1;
    while (!done.get()) {
      for (int i = 0; i < 1_000_000; i++) {
        x = x * 6364136223846793005L + 1442695040888963407L;
      }
      if (x == 0) {
        throw new IllegalStateException(
            "never: an odd factor keeps it from 0 and the JIT from cleverness");
      }
    }
  }

  /** At least one fake, and new ones as long as requests go on. */
  private long fanOut() {
    long deliveries = 0;
    do {
      try (FakeWebPubSub service = fake()) {
        deliveries += FanOut.run(service);
      }
    } while (!done.get());
    return deliveries;
  }

  /** Likewise. */
  private @Nullable Void events() throws IOException {
    do {
      FakeWebPubSub service =
          FakeWebPubSub.builder()
              .events(events -> events.handlerDeadline(Duration.ofMinutes(1)))
              .build();
      fakes.add(new WeakReference<>(service));
      try (service) {
        answeredEvents.addAndGet(Events.run(service));
      }
    } while (!done.get());
    return null;
  }

  private FakeWebPubSub fake() {
    FakeWebPubSub service = FakeWebPubSub.start();
    fakes.add(new WeakReference<>(service));
    return service;
  }
}
