package com.example.sdk;

import static io.github.webpubsubtestkit.service.RequestPattern.addConnectionsToGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.closeAllConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.listConnectionsInGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionsFromGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.Permission;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The numbers are those of the cases that Microsoft's JavaScript SDK stands for. */
@DisplayName("server.js on @azure/web-pubsub")
@WebPubSubTest
@Timeout(90)
class JsServerSdkTest {

  private static final String TEXT = "{\"contentType\":\"text/plain\"}";

  private static Path folder;

  private NodeProcess node;
  private int answers;

  @BeforeAll
  @Timeout(360)
  static void install() throws Exception {
    folder = NodeProject.install();
  }

  @BeforeEach
  void start(FakeWebPubSub service) throws Exception {
    node = NodeProcess.start(folder, "server.js", service.connectionString(), "hub");
    node.prints("ready");
    answers = node.printed().size();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  /** Makes a call and gives the line that answers it. */
  private String answer(String call) throws Exception {
    node.type(call);
    answers++;
    return node.line(answers);
  }

  private void ok(String method, String... arguments) throws Exception {
    assertThat(answer(hubCall(method, arguments))).as(method).isIn("ok null", "ok {}");
  }

  private void okInGroup(String group, String method, String... arguments) throws Exception {
    assertThat(answer(groupCall(group, method, arguments))).as(method).isIn("ok null", "ok {}");
  }

  private boolean yes(String method, String... arguments) throws Exception {
    String answer = answer(hubCall(method, arguments));
    assertThat(answer).as(method).isIn("ok true", "ok false");
    return answer.equals("ok true");
  }

  private static String hubCall(String method, String... arguments) {
    return "{\"method\":\"" + method + "\",\"args\":[" + String.join(",", arguments) + "]}";
  }

  private static String groupCall(String group, String method, String... arguments) {
    return hubCall(method, arguments).replaceFirst("\\{", "{\"group\":\"" + group + "\",");
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  @Test
  @DisplayName("works over TLS, when it trusts the certificate of the fake")
  void overTls(@TempDir Path certificates) throws Exception {
    try (FakeWebPubSub service = FakeWebPubSub.builder().https().build()) {
      Path certificate = service.writeCertificate(certificates.resolve("fake.pem"));
      SimpleClient alice = service.connectSimple(ConnectOptions.asUser("alice"));
      try (NodeProcess secure =
          NodeProcess.start(
              folder,
              Map.of("NODE_EXTRA_CA_CERTS", certificate.toString()),
              "server.js",
              service.connectionString(),
              "hub")) {
        secure.prints("ready");
        secure.type(hubCall("sendToAll", quoted("hi"), TEXT));

        assertThat(alice).receivesText("hi");
      }
    }
  }

  @Test
  @DisplayName("R219 a text is JSON, or a text if it is said so")
  void textAndJson(@Connected SimpleClient client) throws Exception {
    ok("sendToAll", quoted("hi"));
    ok("sendToAll", quoted("hi"), TEXT);

    assertThat(client).receivesText("\"hi\"");
    assertThat(client).receivesText("hi");
  }

  @Test
  @DisplayName("R220 listing follows the links from page to page")
  void pages(
      FakeWebPubSub service,
      @Connected(userId = "a", groups = "g") PubSubClient a,
      @Connected(userId = "b", groups = "g") PubSubClient b,
      @Connected(groups = "g") PubSubClient c)
      throws Exception {
    String answer = answer(groupCall("g", "listConnections", "{\"maxPageSize\":1}"));

    assertThat(answer)
        .startsWith("ok [")
        .contains(a.connectionId(), b.connectionId(), c.connectionId(), "\"userId\":\"a\"");
    assertThat(service).hasReceivedRequests(3, listConnectionsInGroup("g"));
  }

  @Test
  @DisplayName("R221 429 without Retry-After is not tried again")
  void throttled(FakeWebPubSub service) throws Exception {
    service.faults().request(sendToAll()).answer(429);

    assertThat(answer(hubCall("sendToAll", quoted("x")))).startsWith("failed 429 ");

    assertThat(service).hasReceivedRequests(1, sendToAll().withOutcome("429"));
    assertThat(service).hasReceivedNoRequest(sendToAll());
  }

  @Test
  @DisplayName("R221 429 with Retry-After: 0 is tried again")
  void throttledForAMoment(FakeWebPubSub service, @Connected SimpleClient client) throws Exception {
    service.faults().request(sendToAll()).answer(429).retryAfter(ZERO);

    ok("sendToAll", quoted("x"), TEXT);

    assertThat(client).receivesText("x");
    assertThat(service).hasReceivedRequests(1, sendToAll().withOutcome("429"));
    assertThat(service).hasReceivedRequests(1, sendToAll());
  }

  @Test
  @DisplayName("R222 a permission without a target is refused with 400")
  void permissionWithoutTarget(@Connected PubSubClient client) throws Exception {
    assertThat(
            answer(
                hubCall("grantPermission", quoted(client.connectionId()), quoted("sendToGroup"))))
        .startsWith("failed 400 ");
  }

  @Test
  void aWrongFilterIsAProblemDocument() throws Exception {
    String filter = "{\"contentType\":\"text/plain\",\"filter\":\"invalid filter\"}";

    assertThat(answer(hubCall("sendToAll", quoted("x"), filter)))
        .isEqualTo(
            "failed 400 problem Invalid syntax for 'invalid filter': Syntax error at position 14 in"
                + " 'invalid filter'. (Parameter 'filter')");
  }

  @Test
  void sends(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "g") PubSubClient alice,
      @Connected(userId = "bob", groups = "g") PubSubClient bob)
      throws Exception {
    String id = quoted(alice.connectionId());
    ok("sendToAll", "{\"n\":1}", "{\"filter\":\"userId eq 'alice'\",\"messageTtlSeconds\":5}");
    ok("sendToAll", "{\"bytes\":\"0002ff\"}", "{\"excludedConnections\":[" + id + "]}");
    ok("sendToAll", "{\"stream\":\"0003ff\"}");
    ok("sendToUser", quoted("alice"), quoted("4"), TEXT);
    ok("sendToUser", quoted("alice"), "[5]", "{\"filter\":\"'g' in groups\"}");
    ok("sendToConnection", id, quoted("6"), TEXT);
    okInGroup("g", "sendToAll", quoted("7"), TEXT);
    okInGroup("g", "sendToAll", "8", "{\"excludedConnections\":[" + id + "]}");

    assertThat(alice).receivesJson("{\"n\":1}").isFromServer();
    assertThat(alice).receivesBinary(new byte[] {0, 3, (byte) 0xff});
    assertThat(alice).receivesText("4");
    assertThat(alice).receivesJson("[5]");
    assertThat(alice).receivesText("6");
    assertThat(alice).receivesText("7").isFromGroup("g");
    assertThat(alice).receivesNoMessage();
    assertThat(bob).receivesBinary(new byte[] {0, 2, (byte) 0xff});
    assertThat(bob).receivesBinary(new byte[] {0, 3, (byte) 0xff});
    assertThat(bob).receivesText("7");
    assertThat(bob).receivesJson("8");
    assertThat(bob).receivesNoMessage();
    assertThat(service).hasReceivedRequest(sendToAll().withFilter("userId eq 'alice'"));
    assertThat(service).hasReceivedRequest(sendToAll().withHeader("Transfer-Encoding", "chunked"));
    assertThat(service).hasReceivedRequest(sendToUser("alice").withFilter("'g' in groups"));
  }

  @Test
  void groups(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice)
      throws Exception {
    String id = quoted(alice.connectionId());
    okInGroup("a", "addConnection", id);
    okInGroup("b", "addUser", quoted("alice"));
    ok("addConnectionsToGroups", "[\"c\",\"d\"]", quoted("userId eq 'alice'"));
    assertThat(service)
        .hasGroupMember("a", "alice")
        .hasGroupMember("b", "alice")
        .hasGroupMember("c", "alice");
    assertThat(yes("groupExists", quoted("d"))).isTrue();
    assertThat(yes("groupExists", quoted("e"))).isFalse();

    okInGroup("a", "removeConnection", id);
    okInGroup("b", "removeUser", quoted("alice"));
    ok("removeConnectionsFromGroups", "[\"c\"]", quoted("'d' in groups"));
    assertThat(service.connections())
        .allSatisfy(each -> assertThat(each.groups()).containsOnly("d"));
    ok("removeConnectionFromAllGroups", id);
    assertThat(service.groupExists("d")).isFalse();
    okInGroup("a", "addUser", quoted("alice"));
    ok("removeUserFromAllGroups", quoted("alice"));
    assertThat(service.groupExists("a")).isFalse();
    assertThat(answer(groupCall("a", "addConnection", quoted("x"))))
        .startsWith("failed 404 ")
        .contains("Connection `x` is not found.");
    assertThat(answer(groupCall("a", "addUser", quoted("x")))).startsWith("failed 404 ");

    assertThat(service)
        .hasReceivedRequest(addConnectionsToGroups("c", "d").withFilter("userId eq 'alice'"))
        .hasReceivedRequest(removeConnectionsFromGroups("c").withFilter("'d' in groups"));
  }

  @Test
  void permissions(
      FakeWebPubSub service,
      @Connected(
              userId = "alice",
              roles = {})
          PubSubClient alice)
      throws Exception {
    String id = quoted(alice.connectionId());
    String target = "{\"targetName\":\"g\"}";

    ok("grantPermission", id, quoted("sendToGroup"), target);
    assertThat(yes("hasPermission", id, quoted("sendToGroup"), target)).isTrue();
    assertThat(yes("hasPermission", id, quoted("joinLeaveGroup"), target)).isFalse();
    alice.sendToGroup("g", "allowed");
    ok("revokePermission", id, quoted("sendToGroup"), target);

    assertThat(service.checkPermission(Permission.SEND_TO_GROUP, alice.connectionId(), "g"))
        .isFalse();
  }

  @Test
  void existenceAndCloses(
      FakeWebPubSub service,
      @Connected(userId = "alice") PubSubClient alice,
      @Connected(userId = "bob") PubSubClient bob,
      @Connected(userId = "carol", groups = "g") PubSubClient carol,
      @Connected(userId = "dave") PubSubClient dave)
      throws Exception {
    assertThat(yes("connectionExists", quoted(alice.connectionId()))).isTrue();
    assertThat(yes("connectionExists", quoted("x"))).isFalse();
    assertThat(yes("userExists", quoted("bob"))).isTrue();
    assertThat(yes("userExists", quoted("x"))).isFalse();

    ok("closeConnection", quoted(alice.connectionId()), "{\"reason\":\"bye, all\"}");
    ok("closeUserConnections", quoted("bob"), "{\"reason\":\"bye\"}");
    okInGroup("g", "closeAllConnections");
    ok("closeAllConnections", "{\"excluded\":[" + quoted(dave.connectionId()) + "]}");

    assertThat(alice)
        .isClosed()
        .hasDisconnectedMessage("Application server closed the connection. Reason: bye, all");
    assertThat(bob).isClosed();
    assertThat(carol).isClosed();
    assertThat(service).hasReceivedRequest(closeAllConnections().excluding(dave.connectionId()));
    assertThat(dave).isConnected();
  }

  @Test
  void clientUrls(FakeWebPubSub service) throws Exception {
    String answer =
        answer(
            hubCall(
                "getClientAccessToken",
                "{\"userId\":\"nora\",\"roles\":[\"webpubsub.joinLeaveGroup.a\"],\"groups\":[\"g\"]}"));
    String url = answer.replaceFirst(".*\"url\":\"([^\"]+)\".*", "$1");

    PubSubClient nora = service.connect(URI.create(url));
    nora.joinGroup("a");

    assertThat(service).hasGroupMember("a", "nora").hasGroupMember("g", "nora");
    assertThat(List.copyOf(service.users())).containsExactly("nora");
  }

  @Test
  void aWrongKeyIsRefused(FakeWebPubSub service) throws Exception {
    String stranger =
        service.connectionString().replaceFirst("AccessKey=[^;]+", "AccessKey=" + "k".repeat(32));
    try (NodeProcess other = NodeProcess.start(folder, "server.js", stranger, "hub")) {
      other.prints("ready");
      other.type(hubCall("sendToAll", quoted("x")));
      other.printsLineStarting("failed 401 ");
    }
  }
}
