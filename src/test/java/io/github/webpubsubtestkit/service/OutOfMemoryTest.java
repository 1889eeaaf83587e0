package io.github.webpubsubtestkit.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  private static String inSmallJvm(String scenario, Path directory) throws Exception {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Dslf4j.internal.verbosity=ERROR",
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

      if (arguments[0].equals("leak")) {
        leak(fake.endpoint().getPort());
      } else {
        declare(fake.endpoint().getPort());
      }

      fake.sendToAll("after");
      old.assertThat().receivesText("after");
      PubSubClient fresh = fake.connect(ConnectOptions.asUser("fresh").groups("g"));
      old.sendToGroup("g", "to both");
      fresh.assertThat().receivesText("to both");
      fake.awaitIdle();
      assertThat(fake.connections()).extracting(ConnectionInfo::userId).hasSize(2);
      fake.close();
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
