package com.example.faults;

import static com.example.faults.OutsideClients.RELIABLE;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static io.github.webpubsubtestkit.service.RequestPattern.recover;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.HandshakeFault;
import io.github.webpubsubtestkit.service.MessageFault;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Faulty
@DisplayName("Faults of recoveries")
class RecoveryTest {

  @ParameterizedTest(name = "recovery refused: {0} is closed with 1008")
  @EnumSource
  void refused(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(recover()).refuse();
    URI url = lose(kind, service, clients);

    Socket again = clients.open(kind, url, Optional.of(RELIABLE));

    again.seesStarting("close 1008");
    assertThat(again.soFarWith("text ")).isEmpty();
  }

  @ParameterizedTest(name = "recovery answered 503: {0} recovers at its next try")
  @EnumSource
  void answered(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(recover()).answer(503);
    URI url = lose(kind, service, clients);
    service.sendToUser("alice", "meanwhile");

    clients.open(kind, url, Optional.of(RELIABLE)).seesRefusal();

    clients.open(kind, url, Optional.of(RELIABLE)).seesMessage("meanwhile");
  }

  @ParameterizedTest(name = "slow recovery: {0} waits for it, and gets what was sent meanwhile")
  @EnumSource
  void slow(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    HandshakeFault slow = service.faults().handshake(recover()).delay(ofSeconds(5));
    URI url = lose(kind, service, clients);
    service.sendToUser("alice", "meanwhile");

    Socket again = clients.open(kind, url, Optional.of(RELIABLE));

    Faulty.Until.met(slow);
    assertThat(again.soFar()).isEmpty();
    service.clock().advanceBy(ofSeconds(5));
    again.seesMessage("meanwhile");
  }

  @ParameterizedTest(
      name = "replay with a gap: {0} misses the first, which another recovery brings")
  @EnumSource
  void gap(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(recover()).withGap(1);
    URI url = lose(kind, service, clients);
    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    Socket again = clients.open(kind, url, Optional.of(RELIABLE));

    again.seesMessage("2");
    assertThat(again.messages("1")).isZero();
    Socket third = clients.open(kind, url, Optional.of(RELIABLE));
    third.seesMessage("2");
    assertThat(third.messages("1")).isEqualTo(1);
  }

  @ParameterizedTest(name = "lost message: a recovery brings it to {0}")
  @EnumSource
  void bringsLostMessage(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    MessageFault lost = service.faults().message(toUser("alice")).lose();
    Socket alice = connected(kind, service, clients);
    service.sendToUser("alice", "1");
    Faulty.Until.met(lost);
    service.faults().connection(ofUser("alice")).reset();
    alice.seesLoss();
    assertThat(alice.messages("1")).isZero();

    clients.open(kind, recoveryUrl(alice, service), Optional.of(RELIABLE)).seesMessage("1");
  }

  @Test
  @DisplayName(
      "recovery refused: Microsoft's JavaScript client connects anew and joins its groups again")
  void refusedForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    String first = alice.connectionId();
    alice.join("join", "room");
    alice.sees("join done");
    service.faults().handshake(recover()).refuse();

    service.faults().connection(ofUser("alice")).reset();

    alice.sees("disconnected");
    alice.await(
        "another connection",
        lines ->
            lines.stream()
                .anyMatch(line -> line.startsWith("connected ") && !line.contains(first)));
    service.sendToGroup("room", "hi");
    alice.sees("room: hi");
  }

  @Test
  @DisplayName("recovery answered 503: Microsoft's JavaScript client recovers at its next try")
  void answeredToMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    HandshakeFault refused = service.faults().handshake(recover()).answer(503);

    service.faults().connection(ofUser("alice")).reset();
    Faulty.Until.met(refused);
    service.sendToUser("alice", "meanwhile");

    alice.sees("server: meanwhile");
    assertThat(alice.soFarWith("connected")).hasSize(1);
  }

  @Test
  @DisplayName("slow recovery: Microsoft's JavaScript client waits for it")
  void slowForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    HandshakeFault slow = service.faults().handshake(recover()).delay(ofSeconds(5));

    service.faults().connection(ofUser("alice")).reset();
    Faulty.Until.met(slow);
    service.sendToUser("alice", "meanwhile");

    assertThat(alice.soFarWith("server")).isEmpty();
    service.clock().advanceBy(ofSeconds(5));
    alice.sees("server: meanwhile");
    assertThat(alice.soFarWith("connected")).hasSize(1);
  }

  @Test
  @DisplayName("replay with a gap: Microsoft's JavaScript client goes on with the second message")
  void gapForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    HandshakeFault slow = service.faults().handshake(recover()).withGap(1).delay(ofSeconds(5));

    service.faults().connection(ofUser("alice")).reset();
    Faulty.Until.met(slow);
    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");
    service.clock().advanceBy(ofSeconds(5));

    alice.sees("server: 2");
    assertThat(alice.soFarWith("server")).containsExactly("server: 2");
  }

  @Test
  @DisplayName("lost message: the recovery of Microsoft's JavaScript client brings it")
  void lostMessageForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    MessageFault lost = service.faults().message(toUser("alice")).lose();

    service.sendToUser("alice", "1");
    Faulty.Until.met(lost);
    service.faults().connection(ofUser("alice")).reset();

    alice.sees("server: 1");
  }

  @Test
  @DisplayName(
      "token expired at the reconnect: Microsoft's JavaScript client with a fixed URL is refused,"
          + " and stops when it has tried enough")
  void tokenExpired(FakeWebPubSub service, OutsideClients clients) {
    URI url = service.clientUrl(asUser("alice").expiresIn(ofMinutes(5)));
    MicrosoftClient alice =
        clients.microsoft(
            false,
            Map.of("reconnectRetryOptions", Map.of("maxRetries", 2, "retryDelayInMs", 10)),
            List.of(url));
    alice.connectionId();
    service.clock().advanceBy(ofMinutes(10));

    service.faults().connection(ofUser("alice")).reset();

    alice.sees("disconnected");
    alice.sees("stopped");
    assertThat(alice.soFarWith("connected alice")).hasSize(1);
  }

  @Test
  @DisplayName(
      "token expired at the reconnect: Microsoft's JavaScript client that asks for a URL each time"
          + " connects again")
  void tokenRenewed(FakeWebPubSub service, OutsideClients clients) {
    URI first = service.clientUrl(asUser("alice").expiresIn(ofMinutes(5)));
    URI second = service.clientUrl(asUser("alice").expiresIn(ofMinutes(60)));
    MicrosoftClient alice = clients.microsoft(false, Map.of(), List.of(first, second));
    alice.connectionId();
    service.clock().advanceBy(ofMinutes(10));

    service.faults().connection(ofUser("alice")).reset();

    alice.await(
        "a second connection",
        lines -> lines.stream().filter(line -> line.startsWith("connected ")).count() == 2);
  }

  private static Socket connected(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = clients.reliable(kind, service);
    alice.seesContaining("connectionId");
    return alice;
  }

  /** Connects alice and takes the connection away. */
  private static URI lose(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = connected(kind, service, clients);
    service.faults().connection(ofUser("alice")).reset();
    alice.seesLoss();
    return recoveryUrl(alice, service);
  }

  private static URI recoveryUrl(Socket alice, FakeWebPubSub service) {
    String connected = alice.seesContaining("connectionId");
    return URI.create(
        service.clientUrl(asUser("alice"))
            + "&awps_connection_id="
            + connected.replaceAll(".*\"connectionId\":\"([^\"]*)\".*", "$1")
            + "&awps_reconnection_token="
            + connected.replaceAll(".*\"reconnectionToken\":\"([^\"]*)\".*", "$1"));
  }
}
