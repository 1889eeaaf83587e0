package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.Receivers;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.service.ConnectionInfo;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/**
 * The server's heap per message of 200 bytes that a reliable client leaves unacknowledged, in
 * bytes: the JSON around the text and the place in the buffer are in it. Each message goes to one
 * connection only, so none shares its bytes with another; the clients are in another process, read
 * everything and acknowledge nothing.
 *
 * <p>The timeline, at its default, holds on to the bytes of the newest 10,000 entries. To count the
 * buffers and nothing else, it is filled before both measurements with messages to somebody else,
 * which no buffer keeps: it weighs the same in both and shares nothing with the buffers.
 *
 * <p>600 messages for each are less than the 1,000 that a client may leave unacknowledged, and have
 * room for 424 more in the buffer that has grown in powers of two; that room is in the figure.
 */
@BenchmarkMode(Mode.SingleShotTime)
public class BufferedHeapBenchmark {

  private static final int CONNECTIONS = 100;
  private static final int MESSAGES = 600;
  private static final String TEXT = "x".repeat(200);

  /** More than the timeline keeps, in parts that may wait for a client which does not read. */
  private static final int PARTS = 25;

  private static final int PART = 500;

  @Benchmark
  public void kit(Figure figure) throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.start();
        Receivers other = other(service);
        ChildJvm clients = clients(service)) {
      clients.awaitLine("connected");
      List<String> ids = ids(service);
      fillTimeline(service, other);
      long before = UsedHeap.bytes();
      for (int i = 0; i < MESSAGES; i++) {
        ids.forEach(id -> service.sendToConnection(id, TEXT));
      }
      clients.awaitLine("received");
      fillTimeline(service, other);
      figure.is((double) (UsedHeap.bytes() - before) / CONNECTIONS / MESSAGES);
    }
  }

  private static Receivers other(FakeWebPubSub service) throws Exception {
    return Receivers.open(
        1, service.clientUrl(ConnectOptions.asUser("other")), Protocol.JSON.subprotocol());
  }

  private static ChildJvm clients(FakeWebPubSub service) throws Exception {
    return ChildJvm.start(
        IdleClients.class,
        service.clientUrl(ConnectOptions.asUser("alice")).toString(),
        String.valueOf(CONNECTIONS),
        Protocol.JSON_RELIABLE.subprotocol(),
        String.valueOf(CONNECTIONS * (1 + MESSAGES))); // the connected messages, too
  }

  private static List<String> ids(FakeWebPubSub service) {
    List<String> ids =
        service.connections().stream()
            .filter(connection -> connection.userId().equals(Optional.of("alice")))
            .map(ConnectionInfo::connectionId)
            .toList();
    if (ids.size() != CONNECTIONS) {
      throw new IllegalStateException(ids.size() + " clients are connected");
    }
    return ids;
  }

  private static void fillTimeline(FakeWebPubSub service, Receivers other) throws Exception {
    for (int part = 0; part < PARTS; part++) {
      long frames = other.frames();
      for (int i = 0; i < PART; i++) {
        service.sendToUser("other", TEXT);
      }
      other.awaitFrames(frames + PART);
    }
  }
}
