package io.github.webpubsubtestkit.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each scenario runs in a JVM of its own with 64 MiB of heap, where nothing else is harmed. */
@DisplayName("A fake whose JVM runs out of memory")
@Timeout(120)
class OutOfMemoryTest {

  private static final String BODY = "x".repeat(200_000);

  @Test
  void goesOnWhenThereIsMemoryAgain(@TempDir Path directory) throws Exception {
    assertThat(inSmallJvm("leak", directory)).endsWith("all is well" + System.lineSeparator());
  }

  @Test
  void allocatesNoBodyThatItsPeerHasOnlyDeclared(@TempDir Path directory) throws Exception {
    assertThat(inSmallJvm("declared", directory)).isEqualTo("all is well" + System.lineSeparator());
  }

  @Test
  void goesOnThoughMemoryIsShortWhileClientsConnect(@TempDir Path directory) throws Exception {
    assertThat(inSmallJvm("connecting", directory))
        .endsWith("all is well" + System.lineSeparator());
  }

  @Test
  void answersForACallbackThatHasTakenAllMemory(@TempDir Path directory) throws Exception {
    assertThat(inSmallJvm("callback", directory)).endsWith("all is well" + System.lineSeparator());
  }

  private static String inSmallJvm(String scenario, Path directory) throws Exception {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Scenarios.class.getName(),
                scenario)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, UTF_8);
  }

  /** What the small JVM runs. */
  static final class Scenarios {

    private Scenarios() {}

    public static void main(String[] arguments) throws Exception {
      FakeWebPubSub fake = FakeWebPubSub.start();
      PubSubClient old = fake.connect(ConnectOptions.asUser("old").groups("g"));
      old.sendToGroup("g", "before");
      old.assertThat().receivesText("before");

      // what closes a client is loaded while there is memory: nobody can promise more
      fake.connect(ConnectOptions.asUser("early")).close();
      assertThatExceptionOfType(AssertionError.class) // likewise what waits and explains
          .isThrownBy(() -> old.assertThat().within(Duration.ofMillis(1)).receivesText("never"));

      switch (arguments[0]) {
        case "leak" -> leak(fake.endpoint().getPort());
        case "declared" -> declare(fake.endpoint().getPort());
        case "connecting" -> connect(fake);
        case "callback" -> callback(fake);
        default -> throw new IllegalArgumentException(arguments[0]);
      }

      fake.sendToAll("after");
      old.assertThat().receivesText("after");
      PubSubClient fresh = fake.connect(ConnectOptions.asUser("fresh").groups("g"));
      old.sendToGroup("g", "to both");
      fresh.assertThat().receivesText("to both");
      fake.awaitIdle();
      assertThat(fake.users()).contains("old", "fresh");
      int port = fake.endpoint().getPort();
      fake.close();
      assertThatExceptionOfType(ConnectException.class)
          .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
      System.out.println("all is well");
      System.exit(0);
    }

    /** Requests come while the test's own leak has taken all the memory there is. */
    private static void leak(int port) throws IOException {
      byte[] request =
          ("POST /api/hubs/hub/:send?api-version=2024-12-01 HTTP/1.1\r\nHost: x\r\n"
                  + "Content-Type: text/plain\r\nContent-Length: 200000\r\n\r\n"
                  + BODY)
              .getBytes(UTF_8);
      Socket[] sockets = new Socket[5];
      OutputStream[] streams = new OutputStream[sockets.length];
      for (int i = 0; i < sockets.length; i++) {
        sockets[i] = new Socket(InetAddress.getLoopbackAddress(), port);
        streams[i] = sockets[i].getOutputStream();
      }
      long outage = TimeUnit.SECONDS.toNanos(2);
      LockSupport.parkNanos(1); // loads what is needed while nothing can be loaded
      Object[] hold = new Object[1 << 20];
      int held = 0;
      for (int size = 1 << 20; size >= 16; size >>= 1) {
        try {
          while (true) {
            hold[held] = new byte[size];
            held++;
          }
        } catch (OutOfMemoryError e) {
          // smaller pieces may still find room
        }
      }
      for (int i = 0; i < streams.length; i++) { // an iterator would need memory
        try {
          streams[i].write(request);
        } catch (OutOfMemoryError | IOException e) {
          // there is no memory to read it either
        }
      }
      LockSupport.parkNanos(outage);
      hold[0] = null; // up to here all of it is reachable
      hold = null;
      for (Socket socket : sockets) {
        socket.close();
      }
    }

    /** Clients come and go while the test's own leak takes all memory, again and again. */
    private static void connect(FakeWebPubSub fake) throws InterruptedException {
      AtomicBoolean over = new AtomicBoolean();
      Thread clients =
          new Thread(
              () -> {
                while (!over.get()) {
                  try (PubSubClient one = fake.connect(ConnectOptions.asUser("x").groups("x"))) {
                    one.sendToGroup("x", "m".repeat(3_000));
                  } catch (Throwable e) {
                    // without memory nothing else is to be expected
                  }
                }
              });
      clients.start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
      for (int i = 1; System.nanoTime() < end; i++) {
        try {
          fillHeap(2_000 * (i % 10 + 1));
        } catch (OutOfMemoryError e) {
          hold = i % 2 == 0 ? null : hold;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      hold = null;
      over.set(true);
      clients.join(20_000);
      if (clients.isAlive()) {
        throw new AssertionError("a client still waits");
      }
    }

    private static volatile @Nullable Object hold;

    private static void fillHeap(int size) {
      while (true) {
        hold = new Object[] {hold, new byte[size]};
      }
    }

    /** A callback takes all memory and throws; two seconds later it is free again. */
    private static void callback(FakeWebPubSub fake) {
      long outage = TimeUnit.SECONDS.toNanos(2);
      AtomicBoolean leaked = new AtomicBoolean();
      fake.eventHandler("hub")
          .onUserEvent(
              event -> {
                if (leaked.compareAndSet(false, true)) { // the fake asks again after a 500
                  fillHeap(1_000);
                }
                return EventAnswer.fail(400);
              });
      PubSubClient client = fake.connect(ConnectOptions.asUser("leaking"));
      LockSupport.parkNanos(1); // loads what is needed while nothing can be loaded
      client.sendRaw(
          "{\"type\":\"event\",\"event\":\"leak\",\"dataType\":\"text\",\"data\":\"x\",\"ackId\":7}");
      LockSupport.parkNanos(outage);
      hold = null;

      try {
        client
            .assertThat()
            .within(Duration.ofSeconds(20))
            .receivesAck(7)
            .failedWith("InternalServerError");
      } catch (AssertionError e) { // the next attempt may find no memory: that ends the connection
        assertThat(client.isConnected()).as(e.getMessage()).isFalse();
      }
      assertThat(fake.timeline()).contains("threw java.lang.OutOfMemoryError");
      client.close();
    }

    /** One byte each of bodies that would take 120 MB. */
    private static void declare(int port) throws IOException {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket
            .getOutputStream()
            .write(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\nx".getBytes(UTF_8));
        sockets.add(socket);
      }
      FakeWebPubSub.start().close(); // the first one has had time to read them
      assertThat(sockets).allMatch(Socket::isConnected);
    }
  }
}
