package io.github.webpubsubtestkit.conformance;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.APPLICATION_JSON;
import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static com.azure.messaging.webpubsub.models.WebPubSubPermission.JOIN_LEAVE_GROUP;
import static com.azure.messaging.webpubsub.models.WebPubSubPermission.SEND_TO_GROUP;
import static io.github.webpubsubtestkit.conformance.FakeFixture.HUB;
import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.FakeFixture.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import io.github.webpubsubtestkit.conformance.JavaSdk.Transport;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rest-api 15, the official Java SDK, synchronous and asynchronous, on each of its HTTP transports.
 */
class JavaSdkInteropTest {

  private static final BinaryData HI = BinaryData.fromString("hi");

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private JavaSdk sdk(Transport transport) {
    return transport.sdk(fixture.fixture().fake().connectionString());
  }

  private static RequestOptions text() {
    return new RequestOptions().setHeader(HttpHeaderName.CONTENT_TYPE, "text/plain");
  }

  private static RequestOptions with(String name, String value) {
    return new RequestOptions().addQueryParam(name, value);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R208 sendToAll with text arrives as text")
  void sendText(Transport transport) {
    WireClient client = fixture.raw();

    sdk(transport).run(c -> c.sendToAll("hi", TEXT_PLAIN), c -> c.sendToAll("hi", TEXT_PLAIN));

    client.expectText("hi");
    client.expectText("hi");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R209 sendToAllWithResponse without a content type arrives as binary")
  void sendWithoutContentType(Transport transport) {
    WireClient client = fixture.raw();

    sdk(transport)
        .expect(
            202, c -> c.sendToAllWithResponse(HI, null), c -> c.sendToAllWithResponse(HI, null));

    client.expectBinary((byte) 'h', (byte) 'i');
    client.expectBinary((byte) 'h', (byte) 'i');
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R210 existence of what is missing is false, not an exception")
  void missing(Transport transport) {
    JavaSdk sdk = sdk(transport);

    sdk.expectAnswer(
        false,
        c -> c.connectionExistsWithResponse("x", null),
        c -> c.connectionExistsWithResponse("x", null));
    sdk.expectAnswer(
        false, c -> c.userExistsWithResponse("x", null), c -> c.userExistsWithResponse("x", null));
    sdk.expectAnswer(
        false,
        c -> c.groupExistsWithResponse("x", null),
        c -> c.groupExistsWithResponse("x", null));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R211 adding an unknown connection throws ResourceNotFoundException")
  void addUnknownConnection(Transport transport) {
    JavaSdk sdk = sdk(transport);

    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> sdk.sync().addConnectionToGroupWithResponse("g", "x", null))
        .withMessageContaining("Connection `x` is not found.");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(
            () -> JavaSdk.await(sdk.async().addConnectionToGroupWithResponse("g", "x", null)));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R212 checkPermission is true for what is held and false for what is not")
  void checkPermission(Transport transport) {
    String id = fixture.json("u").connectionId();
    JavaSdk sdk = sdk(transport);
    sdk.sync().grantPermissionWithResponse(SEND_TO_GROUP, id, with("targetName", "g"));

    sdk.expectAnswer(
        true,
        c -> c.checkPermissionWithResponse(SEND_TO_GROUP, id, with("targetName", "g")),
        c -> c.checkPermissionWithResponse(SEND_TO_GROUP, id, with("targetName", "g")));
    sdk.expectAnswer(
        false,
        c -> c.checkPermissionWithResponse(SEND_TO_GROUP, id, with("targetName", "h")),
        c -> c.checkPermissionWithResponse(SEND_TO_GROUP, id, with("targetName", "h")));
    sdk.expectAnswer(
        false,
        c -> c.checkPermissionWithResponse(JOIN_LEAVE_GROUP, "x", with("targetName", "g")),
        c -> c.checkPermissionWithResponse(JOIN_LEAVE_GROUP, "x", with("targetName", "g")));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R213 a wrong key throws ClientAuthenticationException")
  void wrongKey(Transport transport) {
    JavaSdk stranger =
        transport.sdk(
            "Endpoint=" + fixture.endpoint() + ";AccessKey=" + OTHER_KEY + ";Version=1.0;");

    assertThatExceptionOfType(ClientAuthenticationException.class)
        .isThrownBy(() -> stranger.sync().sendToAll("hi", TEXT_PLAIN));
    assertThatExceptionOfType(ClientAuthenticationException.class)
        .isThrownBy(
            () -> JavaSdk.await(stranger.async().sendToAllWithResponse(HI, new RequestOptions())));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R218 the URL of getClientAccessToken connects with user, roles and groups")
  void clientAccessUrl(Transport transport) {
    JavaSdk sdk = sdk(transport);
    GetClientAccessTokenOptions options =
        new GetClientAccessTokenOptions()
            .setUserId("alice")
            .setRoles(List.of("webpubsub.joinLeaveGroup.a"))
            .setGroups(List.of("g"));

    for (String made :
        List.of(
            sdk.sync().getClientAccessToken(options).getUrl(),
            JavaSdk.await(sdk.async().getClientAccessToken(options)).getUrl())) {
      URI url = URI.create(made);
      WireJsonClient client =
          fixture
              .fixture()
              .openJson(
                  UpgradeRequest.to(url.getRawPath() + "?" + url.getRawQuery()).offering(JSON));
      assertThat(client.connected()).contains(json("'userId':'alice'"));
      client.send(json("{'type':'joinGroup','group':'a','ackId':1}"));
      client.expectAck(1);
      client.send(json("{'type':'joinGroup','group':'b','ackId':2}"));
      client.expectForbidden(2, "join", "b");
    }
    assertThat(fixture.fixture().fake().connections(HUB))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.groups()).containsExactlyInAnyOrder("g", "a"));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R245 every operation of the client has the status that the SDK insists on: sends")
  void sends(Transport transport) {
    WireClient client = fixture.raw("u", "g");
    String id = fixture.connectionOf("u");
    JavaSdk sdk = sdk(transport);

    sdk.run(c -> c.sendToUser("u", "user", TEXT_PLAIN), c -> c.sendToUser("u", "user", TEXT_PLAIN));
    sdk.run(
        c -> c.sendToGroup("g", "group", TEXT_PLAIN), c -> c.sendToGroup("g", "group", TEXT_PLAIN));
    sdk.run(
        c -> c.sendToConnection(id, "one", TEXT_PLAIN),
        c -> c.sendToConnection(id, "one", TEXT_PLAIN));
    sdk.run(
        c -> c.sendToAll("{\"a\":1}", APPLICATION_JSON),
        c -> c.sendToAll("{\"a\":1}", APPLICATION_JSON));
    sdk.expect(
        202,
        c -> c.sendToAllWithResponse(HI, text().addQueryParam("filter", "'g' in groups")),
        c -> c.sendToAllWithResponse(HI, text().addQueryParam("filter", "'g' in groups")));
    sdk.expect(
        202,
        c -> c.sendToUserWithResponse("u", HI, text()),
        c -> c.sendToUserWithResponse("u", HI, text()));
    sdk.expect(
        202,
        c -> c.sendToGroupWithResponse("g", HI, text()),
        c -> c.sendToGroupWithResponse("g", HI, text()));
    sdk.expect(
        202,
        c -> c.sendToConnectionWithResponse(id, HI, text()),
        c -> c.sendToConnectionWithResponse(id, HI, text()));
    sdk.expect(
        202,
        c -> c.sendToAllWithResponse(HI, TEXT_PLAIN, 2, null),
        c -> c.sendToAllWithResponse(HI, TEXT_PLAIN, 2, null));
    sdk.expect(
        202,
        c -> c.sendToUserWithResponse("u", HI, TEXT_PLAIN, 2, null),
        c -> c.sendToUserWithResponse("u", HI, TEXT_PLAIN, 2, null));
    sdk.expect(
        202,
        c -> c.sendToGroupWithResponse("g", HI, TEXT_PLAIN, 2, null),
        c -> c.sendToGroupWithResponse("g", HI, TEXT_PLAIN, 2, null));
    sdk.expect(
        202,
        c -> c.sendToConnectionWithResponse(id, HI, TEXT_PLAIN, 2, null),
        c -> c.sendToConnectionWithResponse(id, HI, TEXT_PLAIN, 2, null));
    sdk.expect(
        202,
        c -> c.sendToAllWithResponse(HI, text().addQueryParam("filter", "userId eq 'v w'")),
        c -> c.sendToAllWithResponse(HI, text().addQueryParam("excluded", id)));

    for (String expected : List.of("user", "group", "one", "{\"a\":1}")) {
      client.expectText(expected);
      client.expectText(expected);
    }
    for (int i = 0; i < 16; i++) {
      client.expectText("hi");
    }
    client.expectOpen();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R245 every operation of the client has the status that the SDK insists on: groups")
  void groups(Transport transport) {
    String id = fixture.json("u").connectionId();
    JavaSdk sdk = sdk(transport);

    sdk.expect(
        200,
        c -> c.addConnectionToGroupWithResponse("g", id, null),
        c -> c.addConnectionToGroupWithResponse("g", id, null));
    sdk.expect(
        200,
        c -> c.addUserToGroupWithResponse("h", "u", null),
        c -> c.addUserToGroupWithResponse("h", "u", null));
    sdk.run(
        c -> c.addConnectionsToGroups(List.of("i"), "userId eq 'u'"),
        c -> c.addConnectionsToGroups(List.of("j", "k"), null));
    assertThat(fixture.fixture().fake().connections(HUB).get(0).groups())
        .containsExactlyInAnyOrder("g", "h", "i", "j", "k");
    for (String group : List.of("g", "h", "i", "j", "k")) {
      sdk.expectAnswer(
          true,
          c -> c.groupExistsWithResponse(group, null),
          c -> c.groupExistsWithResponse(group, null));
    }
    sdk.expect(
        204,
        c -> c.removeConnectionFromGroupWithResponse("g", id, null),
        c -> c.removeConnectionFromGroupWithResponse("g", id, null));
    sdk.expect(
        204,
        c -> c.removeUserFromGroupWithResponse("h", "u", null),
        c -> c.removeUserFromGroupWithResponse("h", "u", null));
    assertThat(fixture.fixture().fake().connections(HUB).get(0).groups())
        .containsExactlyInAnyOrder("i", "j", "k");
    sdk.expect(
        204,
        c -> c.removeConnectionFromAllGroupsWithResponse(id, null),
        c -> c.removeConnectionFromAllGroupsWithResponse(id, null));
    sdk.expect(
        204,
        c -> c.removeUserFromAllGroupsWithResponse("u", null),
        c -> c.removeUserFromAllGroupsWithResponse("u", null));
    assertThat(fixture.fixture().fake().connections(HUB).get(0).groups()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R245 every operation of the client has the status that the SDK insists on: closes")
  void permissionsAndCloses(Transport transport) {
    WireJsonClient client = fixture.json("u");
    String id = client.connectionId();
    JavaSdk sdk = sdk(transport);

    sdk.expectAnswer(
        true,
        c -> c.connectionExistsWithResponse(id, null),
        c -> c.connectionExistsWithResponse(id, null));
    sdk.expectAnswer(
        true, c -> c.userExistsWithResponse("u", null), c -> c.userExistsWithResponse("u", null));
    sdk.expect(
        200,
        c -> c.grantPermissionWithResponse(JOIN_LEAVE_GROUP, id, with("targetName", "g")),
        c -> c.grantPermissionWithResponse(JOIN_LEAVE_GROUP, id, with("targetName", "g")));
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expectAck(1);
    sdk.expect(
        204,
        c -> c.revokePermissionWithResponse(JOIN_LEAVE_GROUP, id, with("targetName", "g")),
        c -> c.revokePermissionWithResponse(JOIN_LEAVE_GROUP, id, with("targetName", "g")));
    client.send(json("{'type':'leaveGroup','group':'g','ackId':2}"));
    client.expectForbidden(2, "leave", "g");
    sdk.expect(
        204,
        c -> c.closeAllConnectionsWithResponse(with("excluded", id)),
        c -> c.closeAllConnectionsWithResponse(with("excluded", id)));
    client.expectOpen();
    sdk.expect(
        204,
        c -> c.closeConnectionWithResponse(id, with("reason", "by e")),
        c -> c.closeConnectionWithResponse(id, null));
    client.expectClosedByApplication("Application server closed the connection. Reason: by e");
    sdk.expect(
        204,
        c -> c.closeGroupConnectionsWithResponse("g", null),
        c -> c.closeGroupConnectionsWithResponse("g", null));
    sdk.expect(
        204,
        c -> c.closeUserConnectionsWithResponse("u", null),
        c -> c.closeUserConnectionsWithResponse("u", null));
  }

  /**
   * The SDK's own check of lengths fails for such a body before anything is sent, see below. Told a
   * length until that check has passed, the transport sends what it would send without the check.
   */
  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("R248 a stream of unknown length arrives whole, in one frame")
  void unknownLength(Transport transport) {
    WireClient client = fixture.raw();
    byte[] bytes = new byte[60_000];
    Arrays.fill(bytes, (byte) 7);
    JavaSdk sdk =
        transport.sdk(
            fixture.fixture().fake().connectionString(),
            (context, next) -> {
              HttpRequest request = context.getHttpRequest();
              request.setBody(BinaryData.fromStream(request.getBodyAsBinaryData().toStream()));
              request.getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
              return next.process();
            });
    RequestOptions told =
        new RequestOptions().setHeader(HttpHeaderName.CONTENT_LENGTH, String.valueOf(bytes.length));

    sdk.expect(
        202,
        c -> c.sendToAllWithResponse(stream(bytes), told),
        c -> c.sendToAllWithResponse(stream(bytes), told));

    client.expectBinary(bytes);
    client.expectBinary(bytes);
    assertThat(fixture.fixture().fake().requests())
        .filteredOn(request -> request.operation().equals("sendToAll"))
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.header("Transfer-Encoding")).hasValue("chunked"))
        .allSatisfy(request -> assertThat(request.header("Content-Length")).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("without that detour the SDK fails for rest-api R248 before it sends anything")
  void unknownLengthFailsInTheSdk(Transport transport) {
    JavaSdk sdk = sdk(transport);
    BinaryData body = stream(new byte[10]);

    assertThatExceptionOfType(NumberFormatException.class)
        .isThrownBy(() -> sdk.sync().sendToAllWithResponse(body, null));
    assertThatExceptionOfType(NumberFormatException.class)
        .isThrownBy(() -> JavaSdk.await(sdk.async().sendToAllWithResponse(body, null)));

    assertThat(fixture.fixture().fake().requests()).isEmpty();
  }

  private static BinaryData stream(byte[] bytes) {
    return BinaryData.fromStream(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  @DisplayName("rest-api 6.2: names that the SDK escapes are found")
  void escapedNames(Transport transport) {
    WireClient client = fixture.raw("a b+d%ü", "room 1+2 %ü");

    WebPubSubServiceClient sdk = sdk(transport).sync();
    sdk.sendToUser("a b+d%ü", "user", TEXT_PLAIN);
    sdk.sendToGroup("room 1+2 %ü", "group", TEXT_PLAIN);
    // escapes that are decoded and one that is not, in one path: must not be a 401
    sdk.sendToGroup("a b/c", "nobody", TEXT_PLAIN);

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
