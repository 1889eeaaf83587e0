package io.github.webpubsubtestkit.docs;

// tag::recipes-imports[]
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.service.ClientPattern.ofAnyone;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.recover;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

// end::recipes-imports[]

@WebPubSubTest
class FaultRecipesPageTest {

  // tag::lost-ack[]
  @Test
  void anAckIsLost(
      FakeWebPubSub service,
      @Connected(userId = "alice") PubSubClient alice,
      @Connected(userId = "bob", groups = "room") PubSubClient bob) {
    service.faults().ack(sendToGroup("room").fromUser("alice")).lose();

    alice.sendRaw(
        """
        {"type":"sendToGroup","group":"room","dataType":"text","data":"pay 10","ackId":1}""");
    alice.sendRaw(
        """
        {"type":"sendToGroup","group":"room","dataType":"text","data":"pay 10","ackId":1}""");

    assertThat(bob).receivesExactly("pay 10"); // the second was answered Duplicate
  }

  // end::lost-ack[]

  // tag::silent-network[]
  @Test
  void theNetworkIsSilent(
      FakeWebPubSub service,
      @Connected(userId = "alice", protocol = JSON_RELIABLE) PubSubClient alice) {
    service.faults().connection(ofUser("alice")).silence();

    service.sendToUser("alice", "missed");
    assertThat(alice).isConnected(); // nobody has told it

    alice.dropConnection(); // what an application does when it has heard nothing for too long
    alice.recover();
    assertThat(alice).receivesText("missed");
  }

  // end::silent-network[]

  // tag::rolling-restart[]
  @Test
  void theServiceIsRestarted(
      FakeWebPubSub service,
      @Connected(userId = "alice", protocol = JSON_RELIABLE) PubSubClient alice,
      @Connected(userId = "bob", protocol = JSON_RELIABLE) PubSubClient bob) {
    service.faults().connection(ofAnyone()).disconnect("Service reload").times(2);

    assertThat(alice).isClosed().hasCode(1001);
    assertThat(bob).isClosed().hasDisconnectedMessage("Service reload");
    alice.recover();
    bob.recover();
    service.sendToAll("back");
    assertThat(alice).receivesText("back");
    assertThat(bob).receivesText("back");
  }

  // end::rolling-restart[]

  // tag::token-expired[]
  @Test
  void theTokenHasExpiredWhenTheClientConnectsAgain(FakeWebPubSub service) {
    service.faults().handshake(connect().fromUser("alice")).answer(401);

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(asUser("alice")));
    assertThat(service.connect(asUser("alice"))).isConnected(); // with a new token
  }

  // end::token-expired[]

  // tag::throttled[]
  @Test
  void sendsAreThrottled(FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    service.faults().request(sendToUser("alice")).answer(429).retryAfter(ofMillis(10)).times(2);

    webPubSub(service.connectionString())
        .sendToUser("alice", "hi", WebPubSubContentType.TEXT_PLAIN);

    assertThat(alice).receivesExactly("hi");
  }

  // end::throttled[]

  // tag::slow-consumer[]
  @Test
  void aClientIsTooSlow(FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    service.clock().freeze();
    service.faults().connection(ofUser("alice")).limit(10);

    for (int i = 0; i < 1_100; i++) {
      service.sendToUser("alice", "tick " + i);
    }

    assertThat(alice).isClosed().wasDropped();
  }

  // end::slow-consumer[]

  // tag::webhook-down[]
  @Test
  void theWebhookIsDown(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    EventHandlerStub shop = service.eventHandler("hub").onUserEvent(event -> acknowledge());
    service.faults().event("order").drop().times(2);

    alice.sendEvent("order", "42"); // the service tries again

    assertThat(shop).receivesEvents("order");
  }

  // end::webhook-down[]

  // tag::webhook-slow[]
  @Test
  void theWebhookIsSlow(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    EventHandlerStub shop = service.eventHandler("hub").onUserEvent(event -> acknowledge());
    service.clock().freeze();
    service.faults().event("order", ofUser("alice")).delay(ofSeconds(10));

    CompletableFuture<Void> sent = runAsync(() -> alice.sendEvent("order", "42"));
    assertThat(shop).receivesEvents("order");
    assertThat(sent).isNotDone(); // its ack waits for the answer
    service.clock().advanceBy(ofSeconds(10));

    assertThat(sent).succeedsWithin(ofSeconds(5));
  }

  // end::webhook-slow[]

  // tag::duplicate[]
  @Test
  void aMessageComesTwice(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    service.faults().message(toUser("alice").withText("pay 10")).repeat();

    service.sendToUser("alice", "pay 10");

    assertThat(alice).receivesExactly("pay 10", "pay 10");
  }

  // end::duplicate[]

  // tag::partial-outage[]
  @Test
  void oneUserIsCutOff(
      FakeWebPubSub service,
      @Connected(userId = "alice", protocol = JSON_RELIABLE) PubSubClient alice,
      @Connected(userId = "bob") PubSubClient bob) {
    service.faults().connection(ofUser("alice")).reset();
    service.faults().handshake(recover().fromUser("alice")).answer(503).times(2);
    assertThat(alice).isClosed().wasDropped();
    service.sendToAll("hi");
    assertThat(bob).receivesText("hi");

    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(HandshakeRejectedException.class).isThrownBy(alice::recover);
    }
    alice.recover();
    assertThat(alice).receivesText("hi");
  }

  // end::partial-outage[]

  private static WebPubSubServiceClient webPubSub(String connectionString) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub("hub")
        .buildClient();
  }
}
