package com.example.faults;

import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Faulty
@DisplayName("Faults of keep-alives")
class KeepAliveTest {

  private final FakeWebPubSub service =
      FakeWebPubSub.builder().clients(clients -> clients.keepAliveInterval(ofSeconds(20))).build();

  @AfterEach
  void close() {
    service.close();
  }

  @ParameterizedTest(name = "lost ping: {0} sees one less")
  @EnumSource(names = {"WS", "JDK"})
  void lostPing(Outside kind, OutsideClients clients) {
    service.faults().keepAlive(ofUser("alice")).losePings();
    Socket alice = connected(kind, clients);

    service.clock().advanceBy(ofSeconds(20));
    service.sendToUser("alice", "between");
    alice.seesMessage("between");
    assertThat(alice.soFarWith("ping")).isEmpty();
    service.clock().advanceBy(ofSeconds(20));

    alice.sees("ping");
  }

  @ParameterizedTest(name = "ignored pong: {0}, which has sent it, loses its connection")
  @EnumSource
  void ignoredPong(Outside kind, OutsideClients clients) {
    service.faults().keepAlive(ofUser("alice")).losePongs();
    Socket bob = clients.bob(service);
    Socket alice = connected(kind, clients);

    service.clock().advanceBy(ofSeconds(60));

    alice.seesLoss();
    service.sendToUser("bob", "still there?");
    bob.seesMessage("still there?");
  }

  @Test
  @DisplayName("ignored pong: Microsoft's JavaScript client recovers, and gets what was sent")
  void ignoredPongOfMicrosoft(OutsideClients clients) {
    service.faults().keepAlive(ofUser("alice")).losePongs();
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    service.clock().advanceBy(ofSeconds(40));
    service.sendToUser("alice", "meanwhile");

    alice.sees("closed 1006");
    alice.sees("server: meanwhile");
    service.assertNoFailures();
  }

  private Socket connected(Outside kind, OutsideClients clients) {
    Socket alice = clients.reliable(kind, service);
    alice.seesContaining("connectionId");
    return alice;
  }
}
