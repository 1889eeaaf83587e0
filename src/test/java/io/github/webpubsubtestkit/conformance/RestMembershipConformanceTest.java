package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rest-api 15, membership (rest-api 8.5), as far as no reliable client takes part. */
class RestMembershipConformanceTest {

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void call(String method, String path, int status) {
    HttpAnswer answer = fixture.call(method, path);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  @DisplayName("R135 a connection that is added twice receives once")
  void addedTwice() {
    WireClient client = fixture.raw("u");
    String path = "/groups/g/connections/" + fixture.connectionOf("u");

    call("PUT", path, 200);
    call("PUT", path, 200);

    fixture.assertReaches(client, "/groups/g");
    client.expectOpen();
  }

  @Test
  @DisplayName("R136 a raw client without roles can be added")
  void addRawClient() {
    WireClient client = fixture.raw("u");

    call("PUT", "/groups/g/connections/" + fixture.connectionOf("u"), 200);

    fixture.assertReaches(client, "/groups/g");
  }

  @Test
  @DisplayName("R137 adding an unknown connection is 404 with the whole error")
  void addUnknownConnection() {
    HttpAnswer answer = fixture.call("PUT", "/groups/g/connections/x");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-ms-error-code")).contains("Error.Connection.NotExisted");
    JsonNode error = WireJsonClient.tree(answer.text());
    assertThat(error.path("code").asText()).isEqualTo("Error.Connection.NotExisted");
    assertThat(error.path("message").asText()).isEqualTo("Connection `x` is not found.");
    assertThat(error.path("target").asText()).isEqualTo("Connection");
  }

  @Test
  @DisplayName("R138 removing a member, another connection or an unknown one is 204")
  void remove() {
    WireClient member = fixture.raw("1", "g");
    fixture.raw("2");

    call("DELETE", "/groups/g/connections/" + fixture.connectionOf("1"), 204);
    call("DELETE", "/groups/g/connections/" + fixture.connectionOf("2"), 204);
    call("DELETE", "/groups/g/connections/unknown", 204);

    fixture.assertMisses(member, "/groups/g");
  }

  @Test
  @DisplayName("R139 a connection can be removed from all its groups and stays open")
  void removeFromAll() {
    WireClient client = fixture.raw("u", "g1", "g2");

    call("DELETE", "/connections/" + fixture.connectionOf("u") + "/groups", 204);

    fixture.assertMisses(client, "/groups/g1");
    fixture.assertMisses(client, "/groups/g2");
  }

  @Test
  @DisplayName("R140 adding a user adds the connections of this moment")
  void addUser() {
    WireClient first = fixture.raw("u");
    WireClient second = fixture.raw("u");

    call("PUT", "/users/u/groups/g", 200);
    WireClient third = fixture.raw("u");

    fixture.assertReaches(first, "/groups/g");
    second.expectText("reaches");
    third.expectOpen();
  }

  @Test
  @DisplayName(
      "R141 adding an offline user is 404, or 200 with acceptOfflineUsers; both do nothing")
  void addOfflineUser() {
    HttpAnswer answer = fixture.call("PUT", "/users/x/groups/g");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(WireJsonClient.tree(answer.text()).path("message").asText())
        .isEqualTo("User `x` is not found.");
    fixture.assertMisses(fixture.raw("x"), "/groups/g");
    try (RestFixture lenient =
        RestFixture.of(FakeWebPubSub.builder().rest(rest -> rest.acceptOfflineUsers(true)))) {
      assertThat(lenient.call("PUT", "/users/x/groups/g").status()).isEqualTo(200);
      lenient.assertMisses(lenient.raw("x"), "/groups/g");
    }
  }

  @Test
  @DisplayName("R142 removing a user leaves other users in the group")
  void removeUser() {
    WireClient removed = fixture.raw("u", "g");
    WireClient other = fixture.raw("v", "g");

    call("DELETE", "/users/u/groups/g", 204);

    fixture.assertReaches(other, "/groups/g");
    removed.expectOpen();
  }

  @Test
  @DisplayName("R143 a user can be removed from all groups")
  void removeUserFromAll() {
    WireClient client = fixture.raw("u", "g1", "g2");

    call("DELETE", "/users/u/groups", 204);

    fixture.assertMisses(client, "/groups/g1");
    fixture.assertMisses(client, "/groups/g2");
  }

  @Test
  @DisplayName("R144 removing an unknown user is 204")
  void removeUnknownUser() {
    call("DELETE", "/users/x/groups/g", 204);
  }

  @Test
  @DisplayName("R145 removing a client does not take its role: it may join again")
  void joinAgain() {
    FakeFixture base = fixture.fixture();
    WireJsonClient client = base.json(base.token().roles(RJ).groups("g"));

    call("DELETE", "/groups/g/connections/" + client.connectionId(), 204);
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    client.expectAck(1);
    assertThat(fixture.call("HEAD", "/groups/g").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("R241 a connected handler may add its user to a group at once")
  void addInConnectedHandler() throws Exception {
    FakeFixture base = fixture.fixture();
    CompletableFuture<Integer> status = new CompletableFuture<>();
    base.fake()
        .eventHandler(FakeFixture.HUB)
        .onConnected(
            connected -> {
              try (RestDriver application =
                  new RestDriver(base.endpoint(), base.fake().accessKey(), FakeFixture.HUB)) {
                HttpAnswer answer =
                    application.call("PUT", "/users/alice/groups/g", "", null, new byte[0]);
                status.complete(answer.status());
              }
            });

    WireClient alice = fixture.raw("alice");

    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    fixture.assertReaches(alice, "/groups/g");
  }
}
