package io.github.webpubsubtestkit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.webpubsubtestkit.internal.engine.PublishedHost.Interface;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The host that a fake publishes")
class PublishedHostTest {

  private static final Interface LOOPBACK = up("lo", "127.0.0.1", "::1");

  private static Interface up(String name, String... addresses) {
    return new Interface(name, name, true, false, addresses(addresses));
  }

  private static List<InetAddress> addresses(String... texts) {
    return Stream.of(texts)
        .map(
            text -> {
              try {
                return InetAddress.getByName(text);
              } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
              }
            })
        .toList();
  }

  private static PublishedHost printed(String host, Interface... interfaces) {
    return PublishedHost.of(host, () -> List.of(interfaces));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "192.0.2.7", "no-such-host.invalid"})
  @DisplayName("is the one to listen on, and nobody asks for interfaces")
  void isTheGivenOne(String host) {
    assertThat(PublishedHost.of(host, () -> fail("asked for interfaces")))
        .isEqualTo(new PublishedHost(host, host, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "0", "::", "[::]", "0:0:0:0:0:0:0:0"})
  @DisplayName("is an address of a network for a host that stands for all of them")
  void isAnAddressOfANetwork(String host) {
    PublishedHost printed = printed(host, LOOPBACK, up("eth0", "192.0.2.7"));

    assertThat(printed.name()).isEqualTo("192.0.2.7");
    assertThat(printed.nearest())
        .isEqualTo(host.startsWith("0") && !host.contains(":") ? "127.0.0.1" : "::1");
    assertThat(printed.note()).contains("each of these", "192.0.2.7, ");
  }

  @Test
  @DisplayName("is of the first interface that is up, has IPv4 and leads to other machines")
  void isOfARealInterface() {
    PublishedHost printed =
        printed(
            "0.0.0.0",
            LOOPBACK,
            up("docker0", "172.17.0.1"),
            up("br-0f3a", "172.18.0.1"),
            new Interface("tun5", "tun5", true, true, addresses("10.8.0.2")),
            new Interface(
                "eth7", "Hyper-V Virtual Ethernet Adapter", true, false, addresses("172.20.0.1")),
            new Interface("eth0", "eth0", false, false, addresses("198.51.100.1")),
            up("eth1", "169.254.7.7", "fe80::1"),
            up("eth2", "2001:db8::1", "192.0.2.7"),
            up("eth3", "192.0.2.8"));

    assertThat(printed.name()).isEqualTo("192.0.2.7");
    assertThat(printed.note())
        .isEqualTo(
            "Listening on all addresses; each of these may stand in place of the one printed:"
                + " 192.0.2.7, 192.0.2.8, 172.17.0.1, 172.18.0.1, 10.8.0.2, 172.20.0.1,"
                + " 127.0.0.1.");
  }

  @Test
  @DisplayName("is of a guest network rather than none")
  void isOfAGuestNetwork() {
    assertThat(printed("0.0.0.0", LOOPBACK, up("docker0", "172.17.0.1")).name())
        .isEqualTo("172.17.0.1");
  }

  @Test
  @DisplayName("is IPv6 only where that is listened on and there is no IPv4")
  void isIpv6() {
    Interface both = up("eth0", "fe80::1", "2001:db8::7", "192.0.2.7");
    Interface six = up("eth1", "fe80::1", "2001:db8::7");

    assertThat(printed("::", LOOPBACK, both).name()).isEqualTo("192.0.2.7");
    assertThat(printed("::", LOOPBACK, both).note())
        .endsWith(": 192.0.2.7, 2001:db8:0:0:0:0:0:7, ::1.");
    assertThat(printed("::", LOOPBACK, six).name()).isEqualTo("2001:db8:0:0:0:0:0:7");
    assertThat(printed("0.0.0.0", LOOPBACK, six).name()).isEqualTo("127.0.0.1");
  }

  @Test
  @DisplayName("is the loopback address where there is no other, and that is said")
  void isLoopback() {
    PublishedHost printed = printed("0.0.0.0", LOOPBACK, up("eth0", "169.254.7.7"));

    assertThat(printed.name()).isEqualTo("127.0.0.1");
    assertThat(printed.note())
        .isEqualTo(
            "Listening on all addresses, but this machine has none that another one could use:"
                + " what is printed is good on this machine only.");
    assertThat(printed("::").name()).isEqualTo("::1");
  }
}
