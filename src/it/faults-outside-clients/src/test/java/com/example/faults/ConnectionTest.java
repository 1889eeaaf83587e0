package com.example.faults;

import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.service.ClientPattern.ofAnyone;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.RequestPattern.anyHandshake;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.ConnectionFault;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Faulty
@DisplayName("Faults of connections")
class ConnectionTest {

  private static final String PUBLISH =
      "{'type':'sendToGroup','group':'room','dataType':'text','data':'%s'}";

  @ParameterizedTest(name = "reset: {0} sees that its connection is lost")
  @EnumSource
  void reset(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = connected(kind, service, clients);

    service.faults().connection(ofUser("alice")).reset();

    alice.seesLoss();
  }

  @ParameterizedTest(name = "close after two messages: {0} gets two, and no third")
  @EnumSource
  void closeAfterTwo(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().connection(ofUser("alice")).afterMessages(2).close(1012);
    Socket alice = connected(kind, service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");
    service.sendToUser("alice", "3");

    alice.seesStarting("close 1012");
    assertThat(alice.messages("1")).isEqualTo(1);
    assertThat(alice.messages("2")).isEqualTo(1);
    assertThat(alice.messages("3")).isZero();
  }

  @ParameterizedTest(name = "close before a message: {0} gets the one before, and not this one")
  @EnumSource
  void closeBefore(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().connection(ofUser("alice")).before(text("2")).close(1000);
    Socket alice = connected(kind, service, clients);

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.sees("close 1000");
    assertThat(alice.messages("1")).isEqualTo(1);
    assertThat(alice.messages("2")).isZero();
  }

  @ParameterizedTest(name = "close after a message: {0} gets it, then the code and the reason")
  @EnumSource
  void closeAfter(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().connection(ofUser("alice")).after(text("bye")).close(4001, "later");
    Socket alice = connected(kind, service, clients);

    service.sendToUser("alice", "bye");

    alice.sees("close 4001 later");
    assertThat(alice.messages("bye")).isEqualTo(1);
  }

  @ParameterizedTest(name = "disconnected with a reason: {0} reads it, then is closed")
  @EnumSource
  void disconnect(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = connected(kind, service, clients);

    service.faults().connection(ofUser("alice")).disconnect("Service reload");

    alice.seesStarting("close 1001");
    assertThat(alice.soFarWith("\"event\":\"disconnected\""))
        .hasSize(1)
        .allMatch(line -> line.contains("Service reload"));
  }

  @ParameterizedTest(name = "silence: {0} is told nothing, until the network is back and resets it")
  @EnumSource
  void silence(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    Socket alice = connected(kind, service, clients);
    ConnectionFault silent = service.faults().connection(ofUser("alice")).silence();
    Faulty.Until.met(silent);

    alice.request(PUBLISH.formatted("from alice"));
    service.sendToAll("to all");

    bob.seesMessage("to all");
    assertThat(alice.soFar()).hasSize(2);
    service.faults().clear();
    alice.seesLoss();
    service.sendToUser("bob", "last");
    bob.seesMessage("last");
    assertThat(alice.messages("to all")).isZero();
    assertThat(bob.messages("from alice")).isZero();
  }

  @Test
  @DisplayName("silence: OkHttp notices by its own pings, and gives the connection up")
  void silenceForOkHttp(FakeWebPubSub service, OutsideClients clients) {
    Socket alice = clients.impatient(Outside.OKHTTP, service);
    alice.seesContaining("connectionId");

    service.faults().connection(ofUser("alice")).silence();

    assertThat(alice.seesStarting("error ")).contains("didn't receive pong");
  }

  @ParameterizedTest(name = "slow network: {0} gets the message when its time has come")
  @EnumSource
  void limit(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    Socket alice = connected(kind, service, clients);
    ConnectionFault slow = service.faults().connection(ofUser("alice")).limit(10);
    Faulty.Until.met(slow);
    String large = "x".repeat(10_000);

    service.sendToUser("alice", large);

    service.sendToUser("bob", "1");
    bob.seesMessage("1");
    service.sendToUser("bob", "2");
    bob.seesMessage("2");
    assertThat(alice.messages(large)).isZero();
    service.clock().advanceBy(ofSeconds(1_100));
    alice.seesMessage(large);
  }

  @ParameterizedTest(name = "stalled reader: what {0} sends comes when the service reads on")
  @EnumSource
  void stopReading(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    Socket alice = connected(kind, service, clients);
    ConnectionFault stalled = service.faults().connection(ofUser("alice")).stopReading();
    Faulty.Until.met(stalled);

    alice.request(PUBLISH.formatted("hi"));
    service.sendToAll("to all");

    alice.seesMessage("to all");
    bob.seesMessage("to all");
    service.sendToUser("bob", "later");
    bob.seesMessage("later");
    assertThat(bob.messages("hi")).isZero();
    service.faults().clear();
    bob.seesMessage("hi");
  }

  @Test
  @DisplayName(
      "reset: Microsoft's JavaScript client recovers, and gets what was sent meanwhile, once")
  void resetForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    service.faults().connection(ofUser("alice")).before(text("2")).reset();

    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");
    service.sendToUser("alice", "3");

    alice.sees("closed 1006");
    alice.sees("server: 3");
    assertThat(alice.soFarWith("server")).containsExactly("server: 1", "server: 2", "server: 3");
    assertThat(alice.soFarWith("connected")).hasSize(1);
  }

  @Test
  @DisplayName(
      "silent network: Microsoft's JavaScript client notices by its own pings, recovers when the"
          + " network is back, and gets what was sent meanwhile")
  void silenceForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice =
        clients.microsoft(
            service,
            Map.of(
                "keepAliveIntervalInMs", 50,
                "keepAliveTimeoutInMs", 300,
                "messageRetryOptions", Map.of("maxRetries", 0)));
    alice.connectionId();
    ConnectionFault silent = service.faults().connection(ofUser("alice")).silence();
    Faulty.Until.met(silent);

    service.sendToUser("alice", "meanwhile");

    // a call that is made before it has noticed waits in vain for its ack
    for (int call = 1; alice.soFarWith("The connection is not connected.").isEmpty(); call++) {
      assertThat(call).as("calls of %s", alice).isLessThan(50);
      alice.publishInVain("call " + call, "room", "hi", call);
      alice.seesStarting("call " + call + " failed");
    }
    assertThat(alice.soFarWith("server")).isEmpty();
    service.faults().clear();
    alice.sees("server: meanwhile");
    assertThat(alice.soFarWith("connected alice")).hasSize(1);
  }

  @Test
  @DisplayName(
      "rolling restart: Microsoft's JavaScript clients recover, and miss and repeat nothing")
  void restart(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient first = clients.microsoft(service);
    MicrosoftClient second = clients.microsoft(service);
    first.connectionId();
    second.connectionId();

    service.sendToAll("1");
    service.faults().connection(ofAnyone()).disconnect("Service reload").times(2);
    service.sendToAll("2");
    service.sendToAll("3");

    first.sees("closed 1001");
    first.sees("server: 3");
    second.sees("server: 3");
    assertThat(first.soFarWith("server")).containsExactly("server: 1", "server: 2", "server: 3");
    assertThat(second.soFarWith("server")).containsExactly("server: 1", "server: 2", "server: 3");
    assertThat(first.soFarWith("connected")).hasSize(1);
  }

  @Test
  @DisplayName(
      "disconnected with a reason: Microsoft's JavaScript client on the protocol without recovery"
          + " tells the reason, connects anew and joins its group again")
  void disconnectOnPlainProtocol(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoftOnPlainProtocol(service);
    alice.join("join", "room");
    alice.sees("join done");

    service.faults().connection(ofUser("alice")).disconnect("Service reload");

    alice.sees("disconnected Service reload");
    twoConnections(alice);
    service.sendToGroup("room", "hi");
    alice.sees("room: hi");
  }

  @Test
  @DisplayName("close with 1008: Microsoft's JavaScript client does not recover but connects anew")
  void closeForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    service.faults().connection(ofUser("alice")).close(1008, "policy");

    alice.sees("disconnected");
    twoConnections(alice);
  }

  @Test
  @DisplayName("close with 1012: Microsoft's JavaScript client recovers, and keeps its connection")
  void closeRecoverably(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    service.faults().connection(ofUser("alice")).afterMessages(1).close(1012, "restart");
    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    alice.sees("closed 1012");
    alice.sees("server: 2");
    assertThat(alice.soFarWith("server")).containsExactly("server: 1", "server: 2");
    assertThat(alice.soFarWith("connected")).hasSize(1);
  }

  @Test
  @DisplayName(
      "stalled reader: the call of Microsoft's JavaScript client ends when the service reads")
  void stopReadingForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    ConnectionFault stalled = service.faults().connection(ofUser("alice")).stopReading();
    Faulty.Until.met(stalled);

    alice.join("join", "room");
    service.sendToUser("alice", "still arrives");

    alice.sees("server: still arrives");
    service.sendToUser("alice", "this, too");
    alice.sees("server: this, too");
    assertThat(alice.soFarWith("join")).isEmpty();
    service.faults().clear();
    alice.sees("join done");
  }

  @Test
  @DisplayName(
      "slow consumer: Microsoft's JavaScript client is dropped when too much waits for it, and"
          + " connects anew, without what was lost")
  void slowConsumer(OutsideClients clients) {
    try (FakeWebPubSub service =
        FakeWebPubSub.builder().limits(limits -> limits.maxQueuedMessages(10)).build()) {
      MicrosoftClient alice = clients.microsoftOnPlainProtocol(service);
      alice.connectionId();
      ConnectionFault slow = service.faults().connection(ofUser("alice")).limit(10);
      Faulty.Until.met(slow);

      for (int message = 1; message <= 20; message++) {
        service.sendToUser("alice", "price " + message);
      }

      alice.sees("disconnected");
      twoConnections(alice);
      service.sendToUser("alice", "welcome back");
      alice.sees("server: welcome back");
      assertThat(alice.soFarWith("price")).hasSizeLessThan(20);
    }
  }

  @Test
  @DisplayName(
      "partial outage: Alice, on Microsoft's JavaScript client, cannot come back while Bob, on the"
          + " JDK's WebSocket, notices nothing; once it is over she gets all")
  void partialOutage(FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    var refused = service.faults().handshake(anyHandshake().fromUser("alice")).answer(503).always();
    service.faults().connection(ofUser("alice")).reset();
    Faulty.Until.met(refused);
    service.sendToAll("meanwhile");
    bob.seesMessage("meanwhile");
    assertThat(alice.soFarWith("server")).isEmpty();
    service.faults().clear();

    alice.sees("server: meanwhile");
    assertThat(bob.soFarWith("close")).isEmpty();
  }

  private static Socket connected(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    Socket alice = clients.pubSub(kind, service);
    alice.seesContaining("connectionId");
    return alice;
  }

  private static void twoConnections(MicrosoftClient client) {
    client.await(
        "a second connection",
        lines -> lines.stream().filter(line -> line.startsWith("connected ")).count() == 2);
  }
}
