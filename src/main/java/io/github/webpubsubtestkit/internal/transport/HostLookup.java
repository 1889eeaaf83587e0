package io.github.webpubsubtestkit.internal.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Resolves hosts, for a loop that must not wait. Literal addresses are parsed and {@code localhost}
 * is known (RFC 6761), IPv4 first, so the result is nearly always available immediately. For any
 * other name a daemon thread queries the system; concurrent queries for the same name share it. The
 * JVM caches the result. Loop thread only.
 */
final class HostLookup {

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final TransportLoop loop;
  private final Map<String, List<Consumer<List<InetAddress>>>> waiting = new HashMap<>();

  HostLookup(TransportLoop loop) {
    this.loop = loop;
  }

  /**
   * Finds the addresses of a host.
   *
   * @param then called with an empty list if the host is unknown; on the loop, or in its place if
   *     it has ended
   */
  void find(String host, Consumer<List<InetAddress>> then) {
    if (host.equalsIgnoreCase("localhost")) {
      then.accept(localhost());
    } else if (host.startsWith("[") || IPV4.matcher(host).matches()) {
      then.accept(ask(host));
    } else {
      List<Consumer<List<InetAddress>>> others = waiting.get(host);
      if (others != null) {
        others.add(then);
        return;
      }
      List<Consumer<List<InetAddress>>> first = new ArrayList<>();
      first.add(then);
      waiting.put(host, first);
      Thread asking = new Thread(() -> askFor(host, first), "webpubsub-lookup-" + host);
      asking.setDaemon(true);
      asking.start();
    }
  }

  private void askFor(String host, List<Consumer<List<InetAddress>>> asked) {
    List<InetAddress> found = ask(host);
    boolean told =
        loop.execute(
            () -> {
              waiting.remove(host);
              asked.forEach(each -> each.accept(found));
            });
    if (!told) { // the list is not modified any more
      asked.forEach(each -> each.accept(found));
    }
  }

  private static List<InetAddress> ask(String host) {
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return List.of();
    }
  }

  private static List<InetAddress> localhost() {
    try {
      return List.of(
          InetAddress.getByAddress("localhost", LOOPBACK_4),
          InetAddress.getByAddress("localhost", LOOPBACK_6));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("addresses of 4 and 16 bytes are addresses", e);
    }
  }
}
