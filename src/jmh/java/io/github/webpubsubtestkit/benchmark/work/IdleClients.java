package io.github.webpubsubtestkit.benchmark.work;

import io.github.webpubsubtestkit.benchmark.client.Receivers;
import java.net.URI;

/** A process whose clients do nothing until its standard input ends. */
final class IdleClients {

  private IdleClients() {}

  public static void main(String[] args) throws Exception {
    String subprotocol = args.length > 2 ? args[2] : "";
    try (Receivers receivers =
        Receivers.open(Integer.parseInt(args[1]), URI.create(args[0]), subprotocol)) {
      System.out.println("connected");
      System.in.transferTo(System.err);
    }
  }
}
