package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.Bench.HUB;
import static io.github.webpubsubtestkit.conformance.Bench.JSON;
import static io.github.webpubsubtestkit.conformance.Bench.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rest-api 15, the official Java SDK against the operations that are there. */
class JavaSdkInteropTest {

  private RestBench bench;
  private WebPubSubServiceClient sdk;

  @BeforeEach
  void start() {
    bench = RestBench.start();
    sdk = sdk(bench.bench().fake().connectionString());
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private static WebPubSubServiceClient sdk(String connectionString) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub(HUB)
        .buildClient();
  }

  private boolean connectionExists(String id) {
    return sdk.connectionExistsWithResponse(id, null).getValue();
  }

  private boolean userExists(String userId) {
    return sdk.userExistsWithResponse(userId, null).getValue();
  }

  private boolean groupExists(String group) {
    return sdk.groupExistsWithResponse(group, null).getValue();
  }

  @Test
  @DisplayName("R208 sendToAll with text arrives as text")
  void sendText() {
    WireClient client = bench.raw();

    sdk.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);

    client.expectText("hi");
  }

  @Test
  @DisplayName("R209 sendToAllWithResponse without a content type arrives as binary")
  void sendWithoutContentType() {
    WireClient client = bench.raw();

    Response<Void> response = sdk.sendToAllWithResponse(BinaryData.fromString("hi"), null);

    assertThat(response.getStatusCode()).isEqualTo(202);
    client.expectBinary((byte) 'h', (byte) 'i');
  }

  @Test
  @DisplayName("R210 existence of what is missing is false, not an exception")
  void missing() {
    assertThat(connectionExists("x")).isFalse();
    assertThat(userExists("x")).isFalse();
    assertThat(groupExists("x")).isFalse();
  }

  @Test
  @DisplayName("R211 adding an unknown connection throws ResourceNotFoundException")
  void addUnknownConnection() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> sdk.addConnectionToGroupWithResponse("g", "x", null))
        .withMessageContaining("Connection `x` is not found.");
  }

  @Test
  @DisplayName("R213 a wrong key throws ClientAuthenticationException")
  void wrongKey() {
    WebPubSubServiceClient stranger =
        sdk("Endpoint=" + bench.endpoint() + ";AccessKey=" + OTHER_KEY + ";Version=1.0;");

    assertThatExceptionOfType(ClientAuthenticationException.class)
        .isThrownBy(() -> stranger.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN));
  }

  @Test
  @DisplayName("R218 the URL of getClientAccessToken connects with user, roles and groups")
  void clientAccessUrl() {
    GetClientAccessTokenOptions options =
        new GetClientAccessTokenOptions()
            .setUserId("alice")
            .setRoles(List.of("webpubsub.joinLeaveGroup.a"))
            .setGroups(List.of("g"));
    URI url = URI.create(sdk.getClientAccessToken(options).getUrl());

    WireJsonClient client =
        bench
            .bench()
            .openJson(UpgradeRequest.to(url.getRawPath() + "?" + url.getRawQuery()).offering(JSON));

    assertThat(client.connected()).contains(json("'userId':'alice'"));
    assertThat(userExists("alice")).isTrue();
    assertThat(groupExists("g")).isTrue();
    client.send(json("{'type':'joinGroup','group':'a','ackId':1}"));
    client.expectAck(1);
  }

  @Test
  @DisplayName("every operation that is there has the status the SDK insists on (R245 in part)")
  void statuses() {
    WireJsonClient client = bench.json("u");
    String id = client.connectionId();
    RequestOptions none = new RequestOptions();
    RequestOptions text = new RequestOptions().setHeader(HttpHeaderName.CONTENT_TYPE, "text/plain");
    BinaryData hi = BinaryData.fromString("hi");

    assertThat(sdk.addConnectionToGroupWithResponse("g", id, none).getStatusCode()).isEqualTo(200);
    assertThat(sdk.addUserToGroupWithResponse("h", "u", none).getStatusCode()).isEqualTo(200);
    assertThat(connectionExists(id)).isTrue();
    assertThat(userExists("u")).isTrue();
    assertThat(groupExists("g")).isTrue();
    assertThat(groupExists("h")).isTrue();
    assertThat(sdk.sendToAllWithResponse(hi, text).getStatusCode()).isEqualTo(202);
    assertThat(sdk.sendToGroupWithResponse("g", hi, text).getStatusCode()).isEqualTo(202);
    assertThat(sdk.sendToUserWithResponse("u", hi, text).getStatusCode()).isEqualTo(202);
    assertThat(sdk.sendToConnectionWithResponse(id, hi, text).getStatusCode()).isEqualTo(202);
    assertThat(sdk.removeConnectionFromGroupWithResponse("g", id, none).getStatusCode())
        .isEqualTo(204);
    assertThat(sdk.removeUserFromGroupWithResponse("h", "u", none).getStatusCode()).isEqualTo(204);
    assertThat(sdk.removeConnectionFromAllGroupsWithResponse(id, none).getStatusCode())
        .isEqualTo(204);
    assertThat(sdk.removeUserFromAllGroupsWithResponse("u", none).getStatusCode()).isEqualTo(204);
    assertThat(groupExists("g")).isFalse();
    assertThat(sdk.closeGroupConnectionsWithResponse("g", none).getStatusCode()).isEqualTo(204);
    assertThat(sdk.closeConnectionWithResponse(id, none).getStatusCode()).isEqualTo(204);
    assertThat(sdk.closeUserConnectionsWithResponse("u", none).getStatusCode()).isEqualTo(204);
    assertThat(sdk.closeAllConnectionsWithResponse(none).getStatusCode()).isEqualTo(204);

    String server = json("{'type':'message','from':'server','dataType':'text','data':'hi'}");
    client.expect(server);
    client.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
    client.expect(server);
    client.expect(server);
    client.expectClosedByApplication("Application server closed the connection.");
  }

  @Test
  @DisplayName("rest-api 6.2: names that the SDK escapes are found")
  void escapedNames() {
    WireClient client = bench.raw("a b+d%ü", "room 1+2 %ü");

    sdk.sendToUser("a b+d%ü", "user", WebPubSubContentType.TEXT_PLAIN);
    sdk.sendToGroup("room 1+2 %ü", "group", WebPubSubContentType.TEXT_PLAIN);
    // escapes that are decoded and one that is not, in one path: must not be a 401
    sdk.sendToGroup("a b/c", "nobody", WebPubSubContentType.TEXT_PLAIN);

    client.expectText("user");
    client.expectText("group");
    client.expectOpen();
  }

  @Test
  @DisplayName("R247 a key of 31 bytes is refused when the fake is built")
  void shortKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FakeWebPubSub.builder().accessKey("k".repeat(31)))
        .withMessageContaining("at least 32")
        .withMessageContaining("SDKs send no token");
  }
}
