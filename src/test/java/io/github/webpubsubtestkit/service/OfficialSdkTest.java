package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.addConnectionToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.addUserToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.closeAllConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.closeConnection;
import static io.github.webpubsubtestkit.service.RequestPattern.connectionExists;
import static io.github.webpubsubtestkit.service.RequestPattern.groupExists;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionFromAllGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionFromGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.removeUserFromAllGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.removeUserFromGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToConnection;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static io.github.webpubsubtestkit.service.RequestPattern.userExists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.client.PubSubClient;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The official server SDK against the fake, unmodified, seen through the service's assertions. */
class OfficialSdkTest {

  private static final RequestOptions NO_OPTIONS = new RequestOptions();

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final WebPubSubServiceClient azure = client(service.connectionString());

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void triesAgainAfterALostConnectionAndWaitsForALateAnswer() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.faults().request(sendToAll()).drop();
    service.faults().request(sendToAll()).delay(Duration.ofMillis(20));

    azure.sendToAll("1", WebPubSubContentType.TEXT_PLAIN);

    assertThat(alice).receivesText("1");
    assertThat(service).hasReceivedRequest(sendToAll().withOutcome("dropped"));
    assertThat(service.requests().get(2).reachedConnections()).isOne();
    assertThat(service.timeline()).doesNotContain("fault not met");
  }

  @Test
  void sendsThreeDaysLaterThoughItKnowsTheRealTimeOnly() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.clock().advanceBy(Duration.ofDays(3));

    azure.sendToUser("alice", "still here?", WebPubSubContentType.TEXT_PLAIN);

    assertThat(alice).receivesText("still here?");
  }

  @Test
  void sendsArriveAndAreRecorded() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    String id = alice.connectionId();

    azure.sendToAll("1", WebPubSubContentType.TEXT_PLAIN);
    azure.sendToUser("alice", "{\"n\":2}", WebPubSubContentType.APPLICATION_JSON);
    azure.sendToGroupWithResponse(
        "room",
        BinaryData.fromBytes(new byte[] {3}),
        new RequestOptions()
            .setHeader(HttpHeaderName.CONTENT_TYPE, "application/octet-stream")
            .addQueryParam("excluded", "somebody"));
    azure.sendToConnection(id, "4", WebPubSubContentType.TEXT_PLAIN);

    assertThat(service).receivesRequest(sendToAll().withText("1")).isFromServer();
    assertThat(service).receivesRequest(sendToUser("alice").withJson("{\"n\":2.0}"));
    assertThat(service)
        .receivesRequest(
            sendToGroup("room").withBinary(new byte[] {3}).excluding("somebody").fromServer());
    assertThat(service).receivesRequest(sendToConnection(id).withText("4")).hasOutcome("202");
    assertThat(alice).receivesText("1");
    assertThat(alice).receivesJson("{\"n\":2}");
    assertThat(alice).receivesBinary(new byte[] {3});
    assertThat(alice).receivesText("4");
  }

  @Test
  void membershipsAreRecordedAndSeen() {
    PubSubClient alice = service.connect(asUser("alice"));
    String id = alice.connectionId();

    azure.addUserToGroupWithResponse("a room with ü", "alice", NO_OPTIONS);
    assertThat(service).hasGroupMember("a room with ü", "alice");
    azure.removeUserFromGroupWithResponse("a room with ü", "alice", NO_OPTIONS);
    assertThat(service).hasNoGroupMember("a room with ü", "alice");
    azure.addConnectionToGroupWithResponse("b", id, NO_OPTIONS);
    azure.removeConnectionFromGroupWithResponse("b", id, NO_OPTIONS);
    azure.removeConnectionFromAllGroupsWithResponse(id, NO_OPTIONS);
    azure.removeUserFromAllGroupsWithResponse("alice", NO_OPTIONS);

    assertThat(service).receivesRequest(addUserToGroup("alice", "a room with ü"));
    assertThat(service).receivesRequest(removeUserFromGroup("alice", "a room with ü"));
    assertThat(service).receivesRequest(addConnectionToGroup(id, "b"));
    assertThat(service).receivesRequest(removeConnectionFromGroup(id, "b"));
    assertThat(service).receivesRequest(removeConnectionFromAllGroups(id));
    assertThat(service).receivesRequest(removeUserFromAllGroups("alice"));
  }

  @Test
  void questionsAreRecordedWithTheirAnswers() {
    service.connect(asUser("alice").groups("room"));

    assertThat(azure.userExistsWithResponse("alice", NO_OPTIONS).getValue()).isTrue();
    assertThat(azure.groupExistsWithResponse("room", NO_OPTIONS).getValue()).isTrue();
    assertThat(azure.connectionExistsWithResponse("nobody", NO_OPTIONS).getValue()).isFalse();

    assertThat(service).receivesRequest(userExists("alice"));
    assertThat(service).receivesRequest(groupExists("room"));
    assertThat(service).receivesRequest(connectionExists("nobody").withOutcome("404"));
  }

  @Test
  void closesAreRecordedWithTheirReason() {
    PubSubClient alice = service.connect(asUser("alice"));
    PubSubClient bob = service.connect(asUser("bob"));

    azure.closeConnectionWithResponse(
        alice.connectionId(), new RequestOptions().addQueryParam("reason", "bye alice"));
    azure.closeAllConnectionsWithResponse(new RequestOptions().addQueryParam("excluded", "x"));

    assertThat(service)
        .receivesRequest(closeConnection(alice.connectionId()).withReason("bye alice"));
    assertThat(service).receivesRequest(closeAllConnections().excluding("x"));
    assertThat(alice).isClosed().hasCode(1000);
    assertThat(bob).isClosed().hasCode(1000);
    assertThat(service).within(Duration.ofSeconds(5)).hasNoConnections();
  }

  @Test
  void aRefusedCallIsShownWithItsRefusal() {
    assertThatExceptionOfType(HttpResponseException.class)
        .isThrownBy(() -> azure.addUserToGroupWithResponse("room", "nobody", NO_OPTIONS));

    assertThat(service).receivesRequest(addUserToGroup("nobody", "room").withOutcome("404"));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).hasReceivedRequest(addUserToGroup("nobody", "room")))
        .withMessageContaining("nearest    refused with 404 Warning.User.NotExisted");
  }

  @Test
  void aCallWithAWrongKeyIsShownAsRefused() {
    try (FakeWebPubSub other = FakeWebPubSub.start()) {
      WebPubSubServiceClient wrong =
          client(service.connectionString().replace(service.accessKey(), other.accessKey()));
      assertThatExceptionOfType(HttpResponseException.class)
          .isThrownBy(() -> wrong.sendToAll("1", WebPubSubContentType.TEXT_PLAIN))
          .satisfies(refusal -> assertThat(refusal.getResponse().getStatusCode()).isEqualTo(401));
    }

    assertThat(service).receivesRequest(sendToAll().withOutcome("401"));
    assertThat(service).hasReceivedNoRequest(sendToAll());
  }

  @Test
  void aUrlOfTheSdkConnects() {
    URI url =
        URI.create(
            azure
                .getClientAccessToken(
                    new GetClientAccessTokenOptions().setUserId("alice").addGroup("room"))
                .getUrl());

    assertThat(service.connect(url)).isNotNull();
    assertThat(service).hasGroupMember("room", "alice");
  }

  private static WebPubSubServiceClient client(String connectionString) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub("hub")
        .buildClient();
  }
}
