package io.github.webpubsubtestkit.docs;

// tag::clients-imports[]
import static io.github.webpubsubtestkit.client.ClientsAssert.assertThatClients;
import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static io.github.webpubsubtestkit.client.Protocol.PROTOBUF;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.google.protobuf.StringValue;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.RecoveryRefusedException;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

// end::clients-imports[]

@WebPubSubTest
class ClientsPageTest {

  // tag::injected-clients[]
  @Test
  void bothReceiveTheMessage(
      @Connected(userId = "speaker") PubSubClient speaker,
      @Connected(userId = "alice", groups = "room") PubSubClient alice,
      @Connected(
              userId = "bob",
              groups = {"room", "staff"})
          PubSubClient bob) {
    speaker.sendToGroup("room", "hi");

    assertThat(alice).receivesText("hi");
    assertThat(bob).receivesText("hi");
  }

  // end::injected-clients[]

  // tag::connect-by-code[]
  @Test
  void allMembersReceiveTheMessage(FakeWebPubSub service) {
    PubSubClient speaker = service.connect(asUser("speaker"));
    List<PubSubClient> audience =
        List.of(
            service.connect(asUser("alice").groups("room")),
            service.connect(asUser("bob").groups("room")),
            service.connect(anonymous().groups("room")));

    speaker.sendToGroup("room", "hi");

    assertThatClients(audience).allSatisfy(client -> client.receivesText("hi"));
  }

  // end::connect-by-code[]

  // tag::negotiate[]
  @Test
  void theNegotiateEndpointReturnsAValidUrl(FakeWebPubSub service) {
    NegotiateEndpoint endpoint = new NegotiateEndpoint(service.connectionString());

    PubSubClient alice = service.connect(URI.create(endpoint.urlFor("alice")));

    assertThat(alice).hasUserId("alice");
    alice.joinGroup("room");
    assertThat(service).hasGroupMember("room", "alice");
  }

  // end::negotiate[]

  // tag::negotiate-endpoint[]
  record NegotiateEndpoint(String connectionString) {
    String urlFor(String userId) {
      return new WebPubSubServiceClientBuilder()
          .connectionString(connectionString)
          .hub("hub")
          .buildClient()
          .getClientAccessToken(
              new GetClientAccessTokenOptions()
                  .setUserId(userId)
                  .setRoles(List.of("webpubsub.joinLeaveGroup")))
          .getUrl();
    }
  }

  // end::negotiate-endpoint[]

  // tag::negative[]
  @Test
  void invalidTokensAreRejected(FakeWebPubSub service) {
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(asUser("alice").expiresIn(ofMinutes(-10))))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(asUser("alice").signedWith("k".repeat(32))));
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(anonymous().withoutToken()));

    assertThat(service).hasNoConnections();
  }

  // end::negative[]

  // tag::roles[]
  @Test
  void guestsMayReceiveButNotSend(
      @Connected(
              roles = {},
              groups = "room")
          PubSubClient guest) {
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> guest.sendToGroup("room", "hi"))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("Forbidden"));
  }

  @Test
  void theAckOfARawFrameSaysWhy(
      @Connected(
              roles = {},
              groups = "room")
          PubSubClient guest) {
    guest.sendRaw(
        """
        {"type": "sendToGroup", "group": "room", "dataType": "text", "data": "hi", "ackId": 1}""");

    assertThat(guest).receivesAck(1).failedWith("Forbidden");
  }

  // end::roles[]

  // tag::reliable[]
  @Test
  void nothingIsLostInATunnel(
      @Connected(userId = "alice", groups = "news", protocol = JSON_RELIABLE) PubSubClient alice,
      @Connected PubSubClient editor) {
    editor.sendToGroup("news", "before the tunnel");
    assertThat(alice).receivesText("before the tunnel");

    alice.dropConnection(); // the service keeps her connection for 30 seconds
    editor.sendToGroup("news", "in the tunnel");
    alice.recover();

    assertThat(alice).receivesExactly("in the tunnel");
    assertThat(alice).receivesNoMessage().hasReceivedNoGap().hasReceivedNoDuplicate();
  }

  @Test
  void afterTheRecoveryWindowRecoveryIsRefused(
      FakeWebPubSub service, @Connected(protocol = JSON_RELIABLE) PubSubClient alice) {
    alice.dropConnection();
    service.awaitIdle(); // until the service has noticed

    service.clock().advanceBy(ofSeconds(31));

    assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(alice::recover);
    assertThat(alice).isClosed().hasCode(1008);
  }

  // end::reliable[]

  // tag::raw-client[]
  @Test
  void sensorsSendWithoutASubprotocol(
      FakeWebPubSub service, @Connected(groups = "readings") PubSubClient dashboard) {
    SimpleClient sensor = service.connectSimple(asUser("sensor").rawSendToGroup("readings"));

    sensor.sendText("21.5");

    assertThat(dashboard).receivesMessage().isFromGroup("readings").hasText("21.5");
    assertThat(service).hasReceivedRequest(sendToGroup("readings").fromUser("sensor"));
  }

  // end::raw-client[]

  // tag::protobuf[]
  @Test
  void ordersAreSentAsProtobufMessages(
      @Connected(userId = "alice", protocol = PROTOBUF) PubSubClient alice,
      @Connected(groups = "room", protocol = PROTOBUF) PubSubClient bob,
      @Connected(groups = "room") PubSubClient carol) {

    alice.sendProtobufToGroup("room", StringValue.of("order 42"));

    assertThat(bob).receivesProtobuf(StringValue.of("order 42")).isFromGroup("room");
    assertThat(carol).receivesProtobuf(StringValue.of("order 42")).isFromUser("alice");
  }

  // end::protobuf[]
}
