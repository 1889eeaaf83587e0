package io.github.webpubsubtestkit.benchmark.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.MockServer;
import io.github.webpubsubtestkit.benchmark.rival.NettyServer;
import io.github.webpubsubtestkit.benchmark.rival.RawServer;
import io.github.webpubsubtestkit.benchmark.rival.Rival;

/** A JVM of its own: a server, two clients, one message, which is compared. */
public final class FirstOfRival {

  private FirstOfRival() {}

  /**
   * Runs.
   *
   * @param args {@code raw}, {@code netty} or {@code mockwebserver}; then {@code assertj}, if that
   *     compares the message
   */
  public static void main(String[] args) throws Exception {
    try (Rival server = begin(args[0])) {
      RawClient alice = RawClient.open(server.uri());
      RawClient bob = RawClient.open(server.uri());
      server.arrivals().await(2);
      if (args.length > 1) {
        assertThat(alice.exchange("hi", bob)).isEqualTo("hi");
      } else {
        alice.deliver("hi", bob);
      }
      System.out.println(ChildJvm.DONE);
      alice.end();
      bob.end();
    }
  }

  private static Rival begin(String name) throws Exception {
    return switch (name) {
      case "raw" -> RawServer.begin();
      case "netty" -> NettyServer.begin();
      case "mockwebserver" -> MockServer.begin();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
