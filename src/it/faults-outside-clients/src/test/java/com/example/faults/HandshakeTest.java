package com.example.faults;

import static com.example.faults.OutsideClients.JSON;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.HandshakeFault;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Faulty
@DisplayName("Faults of handshakes")
class HandshakeTest {

  @ParameterizedTest(name = "handshake answered 503: {0} does not open, and opens at its next try")
  @EnumSource
  void answered(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).answer(503);

    String why = clients.pubSub(kind, service).seesRefusal();

    if (kind != Outside.BROWSER) { // which does not tell its pages
      assertThat(why).contains("503");
    }
    clients.pubSub(kind, service).sees("open " + JSON);
  }

  @ParameterizedTest(name = "handshake delayed: {0} opens later")
  @EnumSource
  void delayed(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    HandshakeFault slow = service.faults().handshake(connect()).delay(ofSeconds(30));

    Socket alice = clients.pubSub(kind, service);

    Faulty.Until.met(slow);
    assertThat(alice.soFar()).isEmpty();
    service.clock().advanceBy(ofSeconds(30));
    alice.sees("open " + JSON);
  }

  @ParameterizedTest(name = "handshake dropped: {0} does not open, and opens at its next try")
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"JDK", "TYRUS"})
  void dropped(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).drop();

    clients.pubSub(kind, service).seesRefusal();

    clients.pubSub(kind, service).sees("open " + JSON);
  }

  @Test
  @DisplayName("handshake dropped: the JDK's WebSocket tries again by itself")
  void droppedForTheJdk(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).drop();

    clients.pubSub(Outside.JDK, service).sees("open " + JSON);
  }

  @Test
  @DisplayName("handshake dropped: Tyrus waits until its time-out, and opens at its next try")
  void droppedForTyrus(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).drop();

    clients.impatient(Outside.TYRUS, service).seesRefusal();

    clients.pubSub(Outside.TYRUS, service).sees("open " + JSON);
  }

  @ParameterizedTest(name = "handshake hangs: {0} gives up after its own time-out")
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BROWSER")
  void hangs(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).hang();

    clients.impatient(kind, service).seesRefusal();

    clients.impatient(kind, service).sees("open " + JSON);
  }

  @Test
  @DisplayName("handshake hangs: the browser's WebSocket waits, until the fault is taken back")
  void hangsForTheBrowser(FakeWebPubSub service, OutsideClients clients) {
    HandshakeFault hanging = service.faults().handshake(connect()).hang();

    Socket alice = clients.pubSub(Outside.BROWSER, service);

    Faulty.Until.met(hanging);
    assertThat(alice.soFar()).isEmpty();
    service.faults().clear();
    alice.seesRefusal();
  }

  @ParameterizedTest(name = "wrong subprotocol: {0} does not open")
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OKHTTP", "TYRUS"})
  void wrongSubprotocol(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withSubprotocol("soap");

    clients.pubSub(kind, service).seesRefusal();
  }

  @ParameterizedTest(name = "wrong subprotocol: {0} opens and says which")
  @EnumSource(names = {"OKHTTP", "TYRUS"})
  void wrongSubprotocolAccepted(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withSubprotocol("soap");

    clients.pubSub(kind, service).sees("open soap");
  }

  @ParameterizedTest(name = "no subprotocol: {0} does not open")
  @EnumSource(names = {"WS", "BROWSER"})
  void noSubprotocol(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withoutSubprotocol();

    clients.pubSub(kind, service).seesRefusal();
  }

  @ParameterizedTest(name = "no subprotocol: {0} opens without, and is served all the same")
  @EnumSource(names = {"JDK", "OKHTTP", "TYRUS"})
  void noSubprotocolAccepted(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withoutSubprotocol();

    Socket alice = clients.pubSub(kind, service);

    alice.sees("open");
    alice.seesContaining("\"event\":\"connected\"");
  }

  @ParameterizedTest(name = "no connected message: {0} gets a message first")
  @EnumSource
  void noConnected(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withoutConnected();

    Socket alice = clients.pubSub(kind, service);

    alice.sees("open " + JSON);
    service.sendToUser("alice", "hi");
    alice.seesMessage("hi");
    assertThat(alice.soFarWith("text ")).hasSize(1);
  }

  @ParameterizedTest(name = "closed right after the handshake: {0} is told why")
  @EnumSource
  void closedAfterwards(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).closeAfterwards(1011);

    Socket alice = clients.pubSub(kind, service);

    alice.seesStarting("close 1011");
    assertThat(alice.soFar().get(0)).isEqualTo("open " + JSON);
    assertThat(alice.soFarWith("\"event\":\"connected\"")).hasSize(1);
  }

  @Test
  @DisplayName("handshake answered 503: Microsoft's JavaScript client does not start, and says why")
  void answeredToMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).answer(503);

    clients.microsoft(service).sees("not started: Unexpected server response: 503");
  }

  @Test
  @DisplayName(
      "handshake answered 503 twice: Microsoft's JavaScript client, once started, tries on")
  void answeredToReconnect(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoftOnPlainProtocol(service);
    alice.connectionId();
    service.faults().handshake(connect()).answer(503).times(2);

    service.faults().connection(ofUser("alice")).reset();

    alice.sees("disconnected");
    alice.await(
        "another connection",
        lines -> lines.stream().filter(line -> line.startsWith("connected ")).count() == 2);
  }

  @Test
  @DisplayName("handshake dropped: Microsoft's JavaScript client does not start")
  void droppedForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).drop();

    clients.microsoft(service).seesStarting("not started: ");
  }

  @Test
  @DisplayName("handshake delayed: Microsoft's JavaScript client starts later")
  void delayedForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    HandshakeFault slow = service.faults().handshake(connect()).delay(ofSeconds(30));

    MicrosoftClient alice = clients.microsoft(service);

    Faulty.Until.met(slow);
    assertThat(alice.soFar()).isEmpty();
    service.clock().advanceBy(ofSeconds(30));
    alice.sees("started");
  }

  @Test
  @DisplayName(
      "handshake hangs: Microsoft's JavaScript client waits, until the fault is taken back")
  void hangsForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    HandshakeFault hanging = service.faults().handshake(connect()).hang();

    MicrosoftClient alice = clients.microsoft(service);

    Faulty.Until.met(hanging);
    assertThat(alice.soFar()).isEmpty();
    service.faults().clear();
    alice.seesStarting("not started: ");
  }

  @Test
  @DisplayName("wrong subprotocol: Microsoft's JavaScript client does not start, and says why")
  void wrongSubprotocolForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withSubprotocol("soap");

    clients.microsoft(service).sees("not started: Server sent an invalid subprotocol");
  }

  @Test
  @DisplayName("no subprotocol: Microsoft's JavaScript client does not start, and says why")
  void noSubprotocolForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withoutSubprotocol();

    clients.microsoft(service).sees("not started: Server sent no subprotocol");
  }

  @Test
  @DisplayName("no connected message: Microsoft's JavaScript client starts, but is never connected")
  void noConnectedForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).withoutConnected();

    MicrosoftClient alice = clients.microsoft(service);

    alice.sees("started");
    service.sendToUser("alice", "hi");
    alice.sees("server: hi");
    assertThat(alice.soFarWith("connected")).isEmpty();
  }

  @Test
  @DisplayName(
      "closed right after the handshake, twice: Microsoft's JavaScript client connects anew")
  void closedAfterwardsForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().handshake(connect()).closeAfterwards(1011).times(2);

    MicrosoftClient alice = clients.microsoft(service, Map.of("autoRejoinGroups", false));

    alice.await(
        "a third connection",
        lines -> lines.stream().filter(line -> line.startsWith("connected ")).count() == 3);
    service.sendToUser("alice", "hi");
    alice.sees("server: hi");
  }
}
