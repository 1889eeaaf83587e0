package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.tree;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the application says to a client that wants to connect: yes (event-handlers 5.3). */
class ConnectAnswerConformanceTest {

  private EventFixture fixture;
  private RecordingUpstream upstream;

  @BeforeEach
  void start() {
    fixture = EventFixture.start();
    upstream = fixture.upstream();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  // nothing to add

  @Test
  @DisplayName("E076 204 lets the client in as its token says")
  void noContentAccepts() {
    acceptedAsAlice(noContent());
  }

  @Test
  @DisplayName("E077 200 without a body does")
  void emptyAccepts() {
    acceptedAsAlice(status(200));
  }

  @Test
  @DisplayName("E078 200 with null does")
  void nullAccepts() {
    acceptedAsAlice(UpstreamAnswer.json("null"));
  }

  @Test
  @DisplayName("E079 200 with an empty object does, with groups and roles of the token")
  void emptyObjectAccepts() {
    upstream.on("connect", UpstreamAnswer.json("{}"));
    WireJsonClient client =
        fixture.fixture().json(fixture.alice().roles(FakeFixture.RJ).groups("g1"));

    assertThat(tree(client.connected()).path("userId").asText()).isEqualTo("alice");
    fixture.fixture().rest().sendText(group("g1"), "hi");
    assertThat(client.next()).contains("\"hi\"");
    joins(client);
  }

  @Test
  @DisplayName("E180 201 counts like 200")
  void created() {
    upstream.on("connect", status(201).body("application/json", json("{'userId':'bob'}")));

    assertThat(tree(fixture.json().connected()).path("userId").asText()).isEqualTo("bob");
    assertThat(fixture.fixture().rest().exists(user("bob"))).isTrue();
  }

  @Test
  @DisplayName("E093 the type of the answer does not matter")
  void anyContentType() {
    upstream.on("connect", status(200).body("text/html", json("{'userId':'bob'}")));

    assertThat(tree(fixture.json().connected()).path("userId").asText()).isEqualTo("bob");
  }

  @Test
  @DisplayName("C055 204 lets alice in")
  void letsAliceIn() {
    acceptedAsAlice(noContent());
  }

  @Test
  @DisplayName("C063 JSON is read whatever its Content-Type says")
  void textPlain() {
    upstream.on("connect", status(200).body("text/plain", json("{'userId':'bob'}")));

    assertThat(tree(fixture.json().connected()).path("userId").asText()).isEqualTo("bob");
  }

  // userId

  @Test
  @DisplayName("E080 the application's user id replaces the token's")
  void otherUser() {
    upstream.on("connect", UpstreamAnswer.json("{'userId':'bob'}"));
    WireJsonClient client = fixture.json();

    assertThat(tree(client.connected()).path("userId").asText()).isEqualTo("bob");
    assertThat(fixture.fixture().rest().exists(user("bob"))).isTrue();
    assertThat(fixture.fixture().rest().exists(user("alice"))).isFalse();
    succeeds(client, "ev", 1);
    assertThat(upstream.awaitPost("connect").header("ce-userId")).isEqualTo("alice");
    assertThat(upstream.awaitPost("connected").header("ce-userId")).isEqualTo("bob");
    assertThat(upstream.awaitPost("ev").header("ce-userId")).isEqualTo("bob");
  }

  @Test
  @DisplayName("C056 bob it is who is connected")
  void bob() {
    upstream.on("connect", UpstreamAnswer.json("{'userId':'bob'}"));

    assertThat(fixture.json().connected()).contains(json("'userId':'bob'"));
  }

  @Test
  @DisplayName("E081 null is no word about the user")
  void nullUser() {
    acceptedAsAlice(UpstreamAnswer.json("{'userId':null}"));
  }

  @Test
  @DisplayName("E082 an empty user id is none, and is shown to the client as it is")
  void emptyUser() {
    upstream.on("connect", UpstreamAnswer.json("{'userId':''}"));
    WireJsonClient client = fixture.json();

    assertThat(client.connected()).contains(json("'userId':''"));
    assertThat(fixture.fixture().rest().exists(user("alice"))).isFalse();
    succeeds(client, "ev", 1);
    leave(client.wire(), "");
    upstream.awaitPost("disconnected");
    for (String event : List.of("connected", "ev", "disconnected")) {
      assertThat(upstream.awaitPost(event).headerNames()).as(event).doesNotContain("ce-userid");
    }
  }

  @Test
  @DisplayName("C300 with an empty user id alice is nobody")
  void noLongerAlice() {
    upstream.on("connect", UpstreamAnswer.json("{'userId':''}"));

    assertThat(fixture.json().connected()).contains(json("'userId':''"));
    assertThat(fixture.fixture().rest().call("HEAD", user("alice"), "", null, new byte[0]).status())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("E083 a client without any user id is let in")
  void noUser() {
    WireJsonClient client = fixture.fixture().json(fixture.fixture().token());

    assertThat(client.connected()).contains(json("'userId':null"));
    succeeds(client, "ev", 1);
    leave(client.wire(), "");
    assertThat(upstream.awaitEvents("connect", "connected", "ev", "disconnected"))
        .allSatisfy(post -> assertThat(post.headerNames()).doesNotContain("ce-userid"));
  }

  // roles

  @Test
  @DisplayName("E084 roles of the application count")
  void roles() {
    upstream.on("connect", UpstreamAnswer.json("{'roles':['webpubsub.joinLeaveGroup']}"));

    joins(fixture.json());
  }

  @Test
  @DisplayName("C058 they do without roles in the token")
  void rolesOfTheHandler() {
    upstream.on("connect", UpstreamAnswer.json("{'roles':['webpubsub.joinLeaveGroup']}"));

    joins(fixture.fixture().json(fixture.fixture().token()));
  }

  @Test
  @DisplayName("E085 no roles are no roles, whatever the token has")
  void emptyRoles() {
    upstream.on("connect", UpstreamAnswer.json("{'roles':[]}"));

    mayNotJoin(fixture.fixture().json(fixture.alice().roles(FakeFixture.RJ)));
  }

  @Test
  @DisplayName("C057 an empty array takes the token's roles away")
  void rolesTakenAway() {
    upstream.on("connect", UpstreamAnswer.json("{'roles':[]}"));

    mayNotJoin(fixture.fixture().json(fixture.fixture().token().roles(FakeFixture.RJ)));
  }

  @Test
  @DisplayName("E086 null is no word about roles")
  void nullRoles() {
    upstream.on("connect", UpstreamAnswer.json("{'roles':null}"));

    joins(fixture.fixture().json(fixture.alice().roles(FakeFixture.RJ)));
  }

  @Test
  @DisplayName("event-handlers 5.3: roles of the application replace those of the token")
  void otherRoles() {
    upstream.on("connect", UpstreamAnswer.json("{'roles':['webpubsub.sendToGroup']}"));

    mayNotJoin(fixture.fixture().json(fixture.alice().roles(FakeFixture.RJ)));
  }

  // groups

  @Test
  @DisplayName("E087 groups of the application replace those of the token")
  void groups() {
    upstream.on("connect", UpstreamAnswer.json("{'groups':['g2']}"));

    onlyReached(fixture.fixture().raw(fixture.alice().groups("g1")), "g2", "g1");
  }

  @Test
  @DisplayName("C059 the client is in the handler's group only")
  void groupsOfTheHandler() {
    upstream.on("connect", UpstreamAnswer.json("{'groups':['g']}"));

    onlyReached(fixture.fixture().raw(fixture.fixture().token().groups("h")), "g", "h");
  }

  @Test
  @DisplayName("E088 no groups are no word about groups")
  void emptyGroups() {
    upstream.on("connect", UpstreamAnswer.json("{'groups':[]}"));
    WireClient client = fixture.fixture().raw(fixture.alice().groups("g1"));

    fixture.fixture().rest().sendText(group("g1"), "hi");

    client.expectText("hi");
  }

  @Test
  @DisplayName("C060 an empty array keeps the token's groups")
  void groupsKept() {
    upstream.on("connect", UpstreamAnswer.json("{'groups':[]}"));
    WireClient client = fixture.fixture().raw(fixture.fixture().token().groups("h"));

    fixture.fixture().rest().sendText(group("h"), "hi");

    client.expectText("hi");
  }

  // subprotocol

  @Test
  @DisplayName("E094 names of properties are read in any case, and the custom subprotocol is taken")
  void propertiesInAnyCase() {
    upstream.on("connect", UpstreamAnswer.json("{'SubProtocol':'custom.v1','USERID':'x'}"));
    upstream.on("message", UpstreamAnswer.text("yo"));
    WireClient client = fixture.fixture().open(fixture.request().offering("custom.v1"));

    assertThat(client.subprotocol()).contains("custom.v1");
    assertThat(fixture.fixture().rest().exists(user("x"))).isTrue();
    client.sendText("hi");
    client.expectText("yo");
  }

  @Test
  @DisplayName(
      "C050 a custom subprotocol that the handler selects has the frames of a simple client")
  void custom() {
    upstream.on("connect", UpstreamAnswer.json("{'subprotocol':'custom'}"));
    WireClient client = fixture.fixture().open(fixture.request().offering("custom"));

    assertThat(client.subprotocol()).contains("custom");
    fixture.fixture().rest().sendText(user("alice"), "hi");
    client.expectText("hi");
  }

  @Test
  @DisplayName("rest-api 10.2: a filter knows the custom subprotocol that the handler selects")
  void customInAFilter() {
    upstream.on("connect", UpstreamAnswer.json("{'subprotocol':'custom'}"));
    WireClient custom = fixture.fixture().open(fixture.request().offering("custom"));

    sendWhere("protocol eq null", "not this");
    sendWhere("protocol eq 'custom'", "this");

    custom.expectText("this");
  }

  private void sendWhere(String filter, String text) {
    HttpAnswer answer =
        fixture
            .fixture()
            .rest()
            .call(
                "POST",
                "/:send",
                "&filter=" + RestDriver.encoded(filter),
                "text/plain",
                text.getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  @DisplayName("C051 of two offered ones the handler selects")
  void selected() {
    upstream.on("connect", UpstreamAnswer.json("{'subprotocol':'json.webpubsub.azure.v1'}"));
    WireClient client =
        fixture.fixture().open(fixture.request().offering(FakeFixture.RELIABLE, FakeFixture.JSON));

    assertThat(client.subprotocol()).contains(FakeFixture.JSON);
    assertThat(WireJsonClient.on(client).connected()).doesNotContain("reconnectionToken");
  }

  @Test
  @DisplayName("E095 a custom subprotocol that nobody selects is not selected")
  void notSelected() {
    WireClient client = fixture.fixture().open(fixture.request().offering("custom.v1"));

    assertThat(client.subprotocol()).isEmpty();
  }

  @Test
  @DisplayName("E096 the default choice is the first of the service's own")
  void defaultChoice() {
    WireClient client = fixture.fixture().open(fixture.request().offering("a", FakeFixture.JSON));

    assertThat(client.subprotocol()).contains(FakeFixture.JSON);
    WireJsonClient.on(client).expectOpen();
  }

  // ce-connectionState

  @Test
  @DisplayName("E106 the state comes back with later events")
  void state() {
    upstream.on("connect", noContent().state("abc"));

    succeeds(fixture.json(), "ev", 1);

    assertThat(upstream.awaitPost("ev").header("ce-connectionState")).isEqualTo("abc");
    assertThat(upstream.awaitPost("connected").header("ce-connectionState")).isEqualTo("abc");
    assertThat(upstream.awaitPost("connect").header("ce-connectionState")).isNull();
  }

  @Test
  @DisplayName("E107 an empty state is a state")
  void emptyState() {
    upstream.on("connect", noContent().state(""));

    succeeds(fixture.json(), "ev", 1);

    assertThat(upstream.awaitPost("ev").all("ce-connectionState")).containsExactly("");
  }

  @Test
  @DisplayName("E179 of several states the last one counts")
  void lastState() {
    upstream.on("connect", noContent().state("a").state("b"));

    succeeds(fixture.json(), "ev", 1);

    assertThat(upstream.awaitPost("ev").all("ce-connectionState")).containsExactly("b");
  }

  private void acceptedAsAlice(UpstreamAnswer answer) {
    upstream.on("connect", answer);

    WireJsonClient client = fixture.json();

    assertThat(tree(client.connected()).path("userId").asText()).isEqualTo("alice");
    assertThat(fixture.fixture().rest().exists(user("alice"))).isTrue();
  }

  private static void joins(WireJsonClient client) {
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expectAck(1);
  }

  private static void mayNotJoin(WireJsonClient client) {
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));
    client.expectForbidden(1, "join", "g");
  }

  private void onlyReached(WireClient client, String reached, String missed) {
    RestDriver rest = fixture.fixture().rest();
    rest.sendText(group(missed), "missed");
    rest.sendText(group(reached), "reached");

    client.expectText("reached");
    client.expectOpen();
  }
}
