package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.RawClient;
import io.github.webpubsubtestkit.benchmark.rival.NettyServer;
import io.github.webpubsubtestkit.benchmark.rival.Rival;

/** A JVM of its own: a server, two clients, one message. */
final class ColdNetty {

  private ColdNetty() {}

  public static void main(String[] args) throws Exception {
    try (Rival server = NettyServer.begin()) {
      RawClient alice = RawClient.open(server.uri());
      RawClient bob = RawClient.open(server.uri());
      server.arrivals().await(2);
      alice.deliver("hi", bob);
      System.out.println("arrived");
      alice.end();
      bob.end();
    }
  }
}
