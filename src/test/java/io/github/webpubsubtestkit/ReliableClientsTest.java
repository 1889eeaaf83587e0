package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Reliable clients as parameters and fields. */
class ReliableClientsTest {

  @Test
  void areInjectedAndCanBeRecovered() {
    TestRun.of(Injected.class).passes(2);
  }

  @WebPubSubTest
  static class Injected {

    @Connected(userId = "carol", protocol = JSON_RELIABLE)
    PubSubClient carol;

    @BeforeEach
    void prepare(@Connected(userId = "alice", protocol = JSON_RELIABLE) PubSubClient alice) {
      alice.joinGroup("room");
    }

    @Test
    void recovers(
        FakeWebPubSub service,
        @Connected(userId = "alice", protocol = JSON_RELIABLE) PubSubClient alice) {
      alice.dropConnection();
      service.sendToGroup("room", "hi");
      alice.recover();

      assertThat(alice).receivesText("hi");
      assertThat(alice).hasReceivedNoGap().hasReceivedNoDuplicate();
      assertThat(alice.protocol()).isEqualTo(Protocol.JSON_RELIABLE);
    }

    @Test
    void inAField() {
      carol.dropConnection();
      carol.recover();
      assertThat(carol).isConnected();
    }
  }

  @Test
  void leaveNothingBehindInASharedService() {
    TestRun.of(Shared.class).passes(2);
  }

  @WebPubSubTest
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class Shared {

    @BeforeAll
    static void share(FakeWebPubSub service) {
      assertThat(service).hasNoConnections();
    }

    @Test
    void firstLosesItsConnection(
        FakeWebPubSub service, @Connected(protocol = JSON_RELIABLE) PubSubClient client) {
      client.dropConnection();
      service.awaitIdle();
      assertThat(service).hasConnections(1); // it can be recovered
    }

    @Test
    void secondFindsNothing(FakeWebPubSub service) {
      assertThat(service).hasNoConnections();
    }
  }
}
