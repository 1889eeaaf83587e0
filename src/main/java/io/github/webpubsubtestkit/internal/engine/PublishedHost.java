package io.github.webpubsubtestkit.internal.engine;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host in the endpoint and in URLs. It is the one to listen on, unless that means all addresses
 * of the machine, to which no client could connect.
 *
 * @param name the host in URLs, but without brackets
 * @param nearest the host by which this machine itself reaches the fake, even without a network
 * @param note a note on the name; null for none
 */
record PublishedHost(String name, String nearest, @Nullable String note) {

  /**
   * A network interface.
   *
   * @param name the system's name
   * @param displayName the readable name; on Windows only this one identifies its kind
   * @param up true if it is up
   * @param nearby true if it does not lead to a network of other machines: a tunnel or a
   *     subinterface
   * @param addresses its addresses, in its own order
   */
  record Interface(
      String name, String displayName, boolean up, boolean nearby, List<InetAddress> addresses) {

    /** Names of interfaces that lead to guests and containers of this machine, or into a tunnel. */
    private static final Pattern GUESTS =
        Pattern.compile(
            "(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|cali|podman|lxc|lxd|tun|tap|utun|wg|zt"
                + "|tailscale).*|.*(virtual|vmware|hyper-v|vethernet|wsl|docker).*",
            Pattern.CASE_INSENSITIVE);

    boolean isSecondChoice() {
      return nearby || GUESTS.matcher(name).matches() || GUESTS.matcher(displayName).matches();
    }
  }

  /**
   * The host to publish.
   *
   * @param host the host to listen on
   * @param interfaces the interfaces of the machine; queried only if needed
   */
  static PublishedHost of(String host, Supplier<List<Interface>> interfaces) {
    InetAddress bound = wildcard(host);
    if (bound == null) {
      return new PublishedHost(host, host, null);
    }
    boolean ipv6 = bound instanceof Inet6Address; // such a socket takes IPv4, too
    String loopback = ipv6 ? "::1" : "127.0.0.1";
    List<String> usable =
        usableElsewhere(interfaces.get(), ipv6).stream().map(PublishedHost::text).toList();
    if (usable.isEmpty()) {
      return new PublishedHost(
          loopback,
          loopback,
          "Listening on all addresses, but this machine has none that another one could use: what"
              + " is printed is good on this machine only.");
    }
    String all =
        Stream.concat(usable.stream(), Stream.of(loopback)).collect(Collectors.joining(", "));
    return new PublishedHost(
        usable.get(0),
        loopback,
        "Listening on all addresses; each of these may stand in place of the one printed: "
            + all
            + ".");
  }

  /** The address, if it stands for all of the machine. */
  private static @Nullable InetAddress wildcard(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress() ? address : null;
    } catch (UnknownHostException e) {
      return null; // that is told when it is listened on
    }
  }

  /** The best address first: of a real network before others, and of each IPv4 before IPv6. */
  static List<InetAddress> usableElsewhere(List<Interface> interfaces, boolean ipv6) {
    return interfaces.stream()
        .filter(Interface::up)
        .sorted(Comparator.comparing(Interface::isSecondChoice))
        .flatMap(
            each ->
                each.addresses().stream()
                    .filter(address -> ipv6 || address instanceof Inet4Address)
                    .filter(PublishedHost::isUsableElsewhere)
                    .sorted(Comparator.comparing(Inet6Address.class::isInstance)))
        .toList();
  }

  private static boolean isUsableElsewhere(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress();
  }

  /** The text of an address without its scope, which is specific to this machine. */
  private static String text(InetAddress address) {
    return address.getHostAddress().split("%", 2)[0];
  }

  /** The interfaces of this machine; none if the system does not list them. */
  static List<Interface> interfacesOfThisMachine() {
    List<Interface> interfaces = new ArrayList<>();
    try {
      List<NetworkInterface> all =
          NetworkInterface.networkInterfaces()
              .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
              .toList();
      for (NetworkInterface each : all) {
        interfaces.add(
            new Interface(
                each.getName(),
                String.valueOf(each.getDisplayName()),
                each.isUp(),
                each.isVirtual() || each.isPointToPoint(),
                each.inetAddresses().toList()));
      }
    } catch (SocketException e) {
      return List.of(); // they are unknown, but listening works without them
    }
    return interfaces;
  }
}
