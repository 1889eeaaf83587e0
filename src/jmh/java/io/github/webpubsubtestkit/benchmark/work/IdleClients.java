package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.Receivers;
import java.net.URI;

/**
 * A process whose clients do nothing until its standard input ends. Told how many frames come to
 * all of them, it says when they have come.
 */
final class IdleClients {

  private IdleClients() {}

  public static void main(String[] args) throws Exception {
    String subprotocol = args.length > 2 ? args[2] : "";
    try (Receivers receivers =
        Receivers.open(Integer.parseInt(args[1]), URI.create(args[0]), subprotocol)) {
      System.out.println("connected");
      if (args.length > 3) {
        receivers.awaitFrames(Long.parseLong(args[3]));
        System.out.println("received");
      }
      System.in.transferTo(System.err);
    }
  }
}
