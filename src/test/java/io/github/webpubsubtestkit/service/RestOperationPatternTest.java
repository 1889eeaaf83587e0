package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.Permission.JOIN_LEAVE_GROUP;
import static io.github.webpubsubtestkit.service.Permission.SEND_TO_GROUP;
import static io.github.webpubsubtestkit.service.RequestPattern.addConnectionToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.addConnectionsToGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.addUserToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.checkPermission;
import static io.github.webpubsubtestkit.service.RequestPattern.closeAllConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.closeConnection;
import static io.github.webpubsubtestkit.service.RequestPattern.closeGroupConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.closeUserConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.connectionExists;
import static io.github.webpubsubtestkit.service.RequestPattern.generateClientToken;
import static io.github.webpubsubtestkit.service.RequestPattern.getServiceStatus;
import static io.github.webpubsubtestkit.service.RequestPattern.grantPermission;
import static io.github.webpubsubtestkit.service.RequestPattern.groupExists;
import static io.github.webpubsubtestkit.service.RequestPattern.listConnectionsInGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionFromAllGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionFromGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionsFromGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.removeUserFromAllGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.removeUserFromGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.revokePermission;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToConnection;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static io.github.webpubsubtestkit.service.RequestPattern.userExists;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.conformance.RestDriver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each operation of REST, called over HTTP, is found by its pattern and shows what it carried. */
class RestOperationPatternTest {

  private static final byte[] NOTHING = {};

  private final FakeWebPubSub service =
      FakeWebPubSub.builder().rest(rest -> rest.accessKeyGenerateToken(true)).build();
  private final RestDriver rest =
      new RestDriver(service.endpoint(), service.accessKey(), service.defaultHub());

  @AfterEach
  void close() {
    rest.close();
    service.close();
  }

  private void call(String method, String path, String query, int status) {
    assertThat(rest.call(method, path, query, null, NOTHING).status())
        .as("%s %s", method, path)
        .isEqualTo(status);
  }

  private void bulk(String path, String body) {
    assertThat(rest.call("POST", path, "", "application/json", body.getBytes(UTF_8)).status())
        .isEqualTo(200);
  }

  /** Each is found, in the order of the calls, and none is found by the pattern of another. */
  private void received(RequestPattern... patterns) {
    for (RequestPattern pattern : patterns) {
      assertThat(service).within(ZERO).receivesRequest(pattern);
      assertThat(service).hasReceivedRequests(1, pattern);
    }
  }

  @Test
  void sends() {
    String c = service.connect(asUser("u").groups("g")).connectionId();
    String query = "&excluded=x&filter=true&messageTtlSeconds=7";
    for (String path : List.of("", "/users/u", "/groups/g", "/connections/" + c)) {
      assertThat(
              rest.call(
                      "POST",
                      path + "/:send",
                      query,
                      "text/plain",
                      "hi".getBytes(UTF_8),
                      "X-WebPubSub-Metadata-A: b")
                  .status())
          .isEqualTo(202);
    }

    received(
        sendToAll()
            .withText("hi")
            .excluding("x")
            .withFilter("true")
            .withTimeToLive(ofSeconds(7))
            .withMetadata("a", "b")
            .withHeader("content-type", "text/plain")
            .fromServer(),
        sendToUser("u").withFilter("true"),
        sendToGroup("g").withFilter("true").excluding("x"),
        sendToConnection(c).withTimeToLive(ofSeconds(7)));
    assertThat(service).hasReceivedNoRequest(sendToAll().withFilter("false"));
    assertThat(service).hasReceivedNoRequest(sendToAll().withTimeToLive(ZERO));
    assertThat(service).hasReceivedNoRequest(sendToUser("v"));
  }

  @Test
  void existenceAndCloses() {
    String c = service.connect(asUser("u").groups("g")).connectionId();
    call("HEAD", "/connections/" + c, "", 200);
    call("HEAD", "/users/u", "", 200);
    call("HEAD", "/groups/g", "", 200);
    call("HEAD", "/groups/h", "", 404);
    call("DELETE", "/connections/" + c, "&reason=bye", 204);
    call("POST", "/:closeConnections", "&excluded=x&reason=all", 204);
    call("POST", "/groups/g/:closeConnections", "", 204);
    call("POST", "/users/u/:closeConnections", "", 204);

    received(
        connectionExists(c),
        userExists("u"),
        groupExists("g"),
        groupExists("h").refused(),
        closeConnection(c).withReason("bye"),
        closeAllConnections().withReason("all").excluding("x"),
        closeGroupConnections("g"),
        closeUserConnections("u"));
  }

  @Test
  void memberships() {
    String c = service.connect(asUser("u")).connectionId();
    call("PUT", "/groups/g/connections/" + c, "", 200);
    call("DELETE", "/groups/g/connections/" + c, "", 204);
    call("DELETE", "/connections/" + c + "/groups", "", 204);
    call("PUT", "/users/u/groups/g", "", 200);
    call("DELETE", "/users/u/groups/g", "", 204);
    call("DELETE", "/users/u/groups", "", 204);
    bulk("/:addToGroups", "{\"groups\":[\"a\",\"b\",\"a\"],\"filter\":\"userId eq 'u'\"}");
    bulk("/:removeFromGroups", "{\"groups\":[\"a\"],\"filter\":null}");
    call("GET", "/groups/b/connections", "&maxpagesize=1", 200);

    received(
        addConnectionToGroup(c, "g"),
        removeConnectionFromGroup(c, "g"),
        removeConnectionFromAllGroups(c),
        addUserToGroup("u", "g"),
        removeUserFromGroup("u", "g"),
        removeUserFromAllGroups("u"),
        addConnectionsToGroups("b", "a").withFilter("userId eq 'u'"),
        removeConnectionsFromGroups("a"),
        listConnectionsInGroup("b").withParameter("maxpagesize", "1"));
    assertThat(service).hasReceivedNoRequest(addConnectionsToGroups("a"));
    assertThat(service).hasReceivedNoRequest(removeConnectionsFromGroups("a").withFilter("true"));
  }

  @Test
  void permissionsTokensAndHealth() {
    String c = service.connect(asUser("u").withoutRoles()).connectionId();
    String path = "/permissions/SENDTOGROUP/connections/" + c;
    call("PUT", path, "&targetName=g", 200);
    call("HEAD", path, "&targetName=g", 200);
    call("HEAD", path, "&targetName=h", 404);
    call("DELETE", path, "&targetName=g", 204);
    call("POST", "/:generateToken", "&userId=u&minutesToExpire=5", 200);
    assertThat(rest.exchange("HEAD", "/api/health", "", NOTHING).status()).isEqualTo(200);

    received(
        grantPermission(SEND_TO_GROUP, c, "g"),
        checkPermission(SEND_TO_GROUP, c, "g"),
        checkPermission(SEND_TO_GROUP, c, "h").refused(),
        revokePermission(SEND_TO_GROUP, c, "g"),
        generateClientToken().withParameter("userId", "u"),
        getServiceStatus());
    assertThat(service).hasReceivedNoRequest(grantPermission(JOIN_LEAVE_GROUP, c, "g"));
    assertThat(service).hasReceivedNoRequest(grantPermission(SEND_TO_GROUP, c, "h"));
    assertThat(service).hasReceivedNoRequest(grantPermission(SEND_TO_GROUP, "d", "g"));
  }

  @Test
  void aRequestShowsAllThatWentOverTheWire() {
    assertThat(
            rest.call(
                    "POST",
                    "/groups/g/:send",
                    "&filter=userId%20eq",
                    "text/plain; charset=iso-8859-1",
                    new byte[] {(byte) 0xE9},
                    "X-Trace: 1",
                    "X-Trace: 2")
                .status())
        .isEqualTo(400);
    bulk("/:addToGroups", "{\"groups\":[\"a\"]}");

    RecordedRequest send = service.requests().get(0);
    assertThat(send.operation()).isEqualTo("sendToGroup");
    assertThat(send.isFromServer()).isTrue();
    assertThat(send.filter()).contains("userId eq");
    assertThat(send.header("x-trace")).contains("1");
    assertThat(send.headers()).contains(Map.entry("X-Trace", "1"), Map.entry("X-Trace", "2"));
    assertThat(send.header("Authorization")).contains("Bearer ***");
    assertThat(send.body()).containsExactly(0xE9);
    assertThat(send.status()).hasValue(400);
    assertThat(send.answer()).contains("\"code\":\"Error.BadRequest\"", "position 9");
    assertThat(send.outcome()).isEqualTo("400 Error.BadRequest");
    assertThat(send.request()).startsWith("POST /api/hubs/hub/groups/g/:send?api-version=");
    RecordedRequest bulk = service.requests().get(1);
    assertThat(bulk.groups()).containsExactly("a");
    assertThat(bulk.filter()).isEmpty();
    assertThat(bulk.permission()).isEmpty();
    assertThat(bulk.answer()).isEmpty();
    assertThat(bulk.body()).asString().isEqualTo("{\"groups\":[\"a\"]}");
    bulk.body()[0] = 0;
    assertThat(bulk.body()).asString().startsWith("{");
    assertThat(service)
        .receivesRequest(sendToGroup("g").refused())
        .hasFilter("userId eq")
        .hasHeader("X-Trace", "2")
        .hasStatus(400);
  }

  @Test
  void tokensAreMasked() {
    call("POST", "/:generateToken", "", 200);
    call("HEAD", "/users/eyJhbGciOiJIUzI1NiJ9.e30.x", "", 404);

    RecordedRequest made = service.requests().get(0);
    assertThat(made.answer()).isEqualTo("{\"token\":\"***\"}");
    assertThat(made.headers().toString()).doesNotContain("eyJ");
    assertThat(service.requests().get(1).request()).doesNotContain("eyJ").contains("/users/***");
  }

  @Test
  void aClientsRequestHasNothingOfHttp() {
    service.connect(asUser("u")).joinGroup("g");

    RecordedRequest join = service.requests().get(service.requests().size() - 1);
    assertThat(join.operation()).isEqualTo("joinGroup");
    assertThat(join.status()).isEmpty();
    assertThat(join.headers()).isEmpty();
    assertThat(join.body()).isEmpty();
    assertThat(join.answer()).isEmpty();
    assertThat(join.filter()).isEmpty();
    assertThat(join.groups()).isEmpty();
  }

  @Test
  void aNearMissSaysWhatIsDifferent() {
    String c = service.connect(asUser("u").withoutRoles()).connectionId();
    call("PUT", "/permissions/joinLeaveGroup/connections/" + c, "&targetName=g", 200);
    assertMiss(
        grantPermission(SEND_TO_GROUP, c, "h"),
        "expected   grantPermission(\"sendToGroup\", \"" + c + "\", \"h\")",
        "grantPermission(\"joinLeaveGroup\", \"" + c + "\", \"g\")  from the server",
        "nearest    permission is \"joinLeaveGroup\"\n             group is \"g\"");
    bulk("/:addToGroups", "{\"groups\":[\"a\",\"b\"],\"filter\":\"true\"}");
    assertMiss(
        addConnectionsToGroups("a").withFilter("false"),
        "expected addConnectionsToGroups(\"a\") with filter \"false\"",
        "addConnectionsToGroups(\"a\", \"b\")  ",
        "  from the server  hub \"hub\"  200, 1 connection  filter [true]",
        "nearest    groups are [a, b]\n             filter is \"true\"");
    rest.send("", "text/plain", "x".getBytes(UTF_8), "X-A: 1");
    assertMiss(
        sendToAll().withFilter("true").withTimeToLive(ofSeconds(1)).withHeader("X-A", "2"),
        "expected   sendToAll() with filter \"true\" with a time to live of 1 s with header X-A: 2",
        "nearest    has no filter\n             lives for ever\n             header X-A is 1");
  }

  private void assertMiss(RequestPattern pattern, String... texts) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).hasReceivedRequest(pattern))
        .satisfies(failed -> assertThat(failed).message().contains(texts));
  }

  @Test
  void aPatternWithoutGroupsIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> addConnectionsToGroups())
        .withMessage("groups must not be empty");
    assertThat(service).hasReceivedNoRequest(anyRequest());
  }
}
