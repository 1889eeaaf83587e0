package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.Bench.RJ;
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

  private RestBench bench;

  @BeforeEach
  void start() {
    bench = RestBench.start();
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private void call(String method, String path, int status) {
    HttpAnswer answer = bench.call(method, path);
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  @DisplayName("R135 a connection that is added twice receives once")
  void addedTwice() {
    WireClient client = bench.raw("u");
    String path = "/groups/g/connections/" + bench.connectionOf("u");

    call("PUT", path, 200);
    call("PUT", path, 200);

    bench.assertReaches(client, "/groups/g");
    client.expectOpen();
  }

  @Test
  @DisplayName("R136 a raw client without roles can be added")
  void addRawClient() {
    WireClient client = bench.raw("u");

    call("PUT", "/groups/g/connections/" + bench.connectionOf("u"), 200);

    bench.assertReaches(client, "/groups/g");
  }

  @Test
  @DisplayName("R137 adding an unknown connection is 404 with the whole error")
  void addUnknownConnection() {
    HttpAnswer answer = bench.call("PUT", "/groups/g/connections/x");

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
    WireClient member = bench.raw("1", "g");
    bench.raw("2");

    call("DELETE", "/groups/g/connections/" + bench.connectionOf("1"), 204);
    call("DELETE", "/groups/g/connections/" + bench.connectionOf("2"), 204);
    call("DELETE", "/groups/g/connections/unknown", 204);

    bench.assertMisses(member, "/groups/g");
  }

  @Test
  @DisplayName("R139 a connection can be removed from all its groups and stays open")
  void removeFromAll() {
    WireClient client = bench.raw("u", "g1", "g2");

    call("DELETE", "/connections/" + bench.connectionOf("u") + "/groups", 204);

    bench.assertMisses(client, "/groups/g1");
    bench.assertMisses(client, "/groups/g2");
  }

  @Test
  @DisplayName("R140 adding a user adds the connections of this moment")
  void addUser() {
    WireClient first = bench.raw("u");
    WireClient second = bench.raw("u");

    call("PUT", "/users/u/groups/g", 200);
    WireClient third = bench.raw("u");

    bench.assertReaches(first, "/groups/g");
    second.expectText("reaches");
    third.expectOpen();
  }

  @Test
  @DisplayName(
      "R141 adding an offline user is 404, or 200 with acceptOfflineUsers; both do nothing")
  void addOfflineUser() {
    HttpAnswer answer = bench.call("PUT", "/users/x/groups/g");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(WireJsonClient.tree(answer.text()).path("message").asText())
        .isEqualTo("User `x` is not found.");
    bench.assertMisses(bench.raw("x"), "/groups/g");
    try (RestBench lenient =
        RestBench.of(FakeWebPubSub.builder().rest(rest -> rest.acceptOfflineUsers(true)))) {
      assertThat(lenient.call("PUT", "/users/x/groups/g").status()).isEqualTo(200);
      lenient.assertMisses(lenient.raw("x"), "/groups/g");
    }
  }

  @Test
  @DisplayName("R142 removing a user leaves other users in the group")
  void removeUser() {
    WireClient removed = bench.raw("u", "g");
    WireClient other = bench.raw("v", "g");

    call("DELETE", "/users/u/groups/g", 204);

    bench.assertReaches(other, "/groups/g");
    removed.expectOpen();
  }

  @Test
  @DisplayName("R143 a user can be removed from all groups")
  void removeUserFromAll() {
    WireClient client = bench.raw("u", "g1", "g2");

    call("DELETE", "/users/u/groups", 204);

    bench.assertMisses(client, "/groups/g1");
    bench.assertMisses(client, "/groups/g2");
  }

  @Test
  @DisplayName("R144 removing an unknown user is 204")
  void removeUnknownUser() {
    call("DELETE", "/users/x/groups/g", 204);
  }

  @Test
  @DisplayName("R145 removing a client does not take its role: it may join again")
  void joinAgain() {
    Bench base = bench.bench();
    WireJsonClient client = base.json(base.token().roles(RJ).groups("g"));

    call("DELETE", "/groups/g/connections/" + client.connectionId(), 204);
    client.send(json("{'type':'joinGroup','group':'g','ackId':1}"));

    client.expectAck(1);
    assertThat(bench.call("HEAD", "/groups/g").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("R241 a connected handler may add its user to a group at once")
  void addInConnectedHandler() throws Exception {
    Bench base = bench.bench();
    CompletableFuture<Integer> status = new CompletableFuture<>();
    base.fake()
        .eventHandler(Bench.HUB)
        .onConnected(
            connected -> {
              try (RestDriver application =
                  new RestDriver(base.endpoint(), base.fake().accessKey(), Bench.HUB)) {
                HttpAnswer answer =
                    application.call("PUT", "/users/alice/groups/g", "", null, new byte[0]);
                status.complete(answer.status());
              }
            });

    WireClient alice = bench.raw("alice");

    assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    bench.assertReaches(alice, "/groups/g");
  }
}
