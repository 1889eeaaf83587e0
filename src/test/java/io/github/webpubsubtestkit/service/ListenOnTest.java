package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenOnTest {

  private static final URI PUBLISHED = URI.create("http://192.0.2.7:8080");

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void onAllAddressesTheFakeNamesItselfByOneAndItsOwnClientsComeIn(String all) throws IOException {
    assumeThat(all.equals("::") && !hasIpv6()).as("this machine has no IPv6").isFalse();
    try (FakeWebPubSub service = FakeWebPubSub.builder().listenOn(all).build()) {
      URI endpoint = service.endpoint();
      assertThat(InetAddress.getByName(endpoint.getHost()))
          .matches(address -> !address.isAnyLocalAddress(), "can be connected to");
      assertThat(service.connectionString()).startsWith("Endpoint=" + endpoint + ";");
      URI url = service.clientUrl(asUser("bob").groups("room"));
      assertThat(url.getRawAuthority()).isEqualTo(endpoint.getRawAuthority());

      PubSubClient alice =
          service.connect(asUser("alice").groups("room").protocol(Protocol.JSON_RELIABLE));
      PubSubClient bob = service.connect(url);
      SimpleClient carol = service.connectSimple(anonymous().groups("room"));
      alice.dropConnection();
      alice.recover();
      service.sendToGroup("room", "hi");

      assertThat(alice).receivesText("hi");
      assertThat(bob).receivesText("hi");
      assertThat(carol).receivesText("hi");
      service.awaitIdle();
    }
  }

  @Test
  void onOneAddressAllNamesAreThatAddress() throws IOException {
    assumeThat(hasIpv6()).as("this machine has IPv6").isTrue();
    try (FakeWebPubSub service = FakeWebPubSub.builder().listenOn("::1").build()) {
      assertThat(service.endpoint().toString()).matches("http://\\[::1]:\\d+");
      assertThat(service.clientUrl(anonymous()).getHost()).isEqualTo("[::1]");

      PubSubClient alice = service.connect(asUser("alice"));
      service.sendToUser("alice", "hi");

      assertThat(alice).receivesText("hi");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNotATakenPort() {
    // TEST-NET-1, which no machine has
    FakeWebPubSubBuilder builder = FakeWebPubSub.builder().listenOn("192.0.2.1").port(8080);

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(builder::build)
        .withMessageStartingWith("the fake could not start: 192.0.2.1:8080: ");
  }

  @Test
  void aHostThatDoesNotExistIsNamed() {
    FakeWebPubSubBuilder builder = FakeWebPubSub.builder().listenOn("no-such-host.invalid");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(builder::build)
        .withMessageStartingWith("the fake could not start: no-such-host.invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "ws://192.0.2.7:8080/client/hubs/h?a=//192.0.2.7:8080, ws://127.0.0.1:8080/client/hubs/h?a=//192.0.2.7:8080",
    "ws://me:pw@192.0.2.7:8080/client/hubs/h, ws://me:pw@127.0.0.1:8080/client/hubs/h",
    "ws://localhost:8080/client/hubs/h, ws://localhost:8080/client/hubs/h",
    "ws://192.0.2.7:81/client/hubs/h, ws://192.0.2.7:81/client/hubs/h",
    "ws://192.0.2.8:8080/client/hubs/h, ws://192.0.2.8:8080/client/hubs/h"
  })
  void theKitsClientsTakeTheShortestWayToTheirOwnFakeOnly(URI given, URI connected) {
    ClientUrls urls =
        new ClientUrls(
            PUBLISHED,
            "127.0.0.1:8080",
            new TokenMinter(AccessKeys.random(), InstantSource.system()),
            "hub");

    assertThat(urls.nearest(given).url()).isEqualTo(connected.toString());
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(Inet6Address.class::isInstance);
  }
}
