package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.event;
import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.webpubsubtestkit.handler.EventHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code connected} and {@code disconnected} (event-handlers 6 and 9). */
class NotificationsConformanceTest {

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

  // connected

  @Test
  @DisplayName("E112 connected has an empty object as body")
  void connectedBody() {
    fixture.raw();

    ReceivedRequest connected = upstream.awaitPost("connected");
    assertThat(connected.text()).isEqualTo("{}");
    assertThat(connected.mediaType()).isEqualTo("application/json");
    assertThat(connected.header("ce-type")).isEqualTo("azure.webpubsub.sys.connected");
  }

  @Test
  @DisplayName("E113 a connected that fails is repeated, and the client does not notice")
  void connectedFails() {
    upstream.on("connected", status(500));
    WireJsonClient client = fixture.json();
    List<ReceivedRequest> posts = upstream.awaitPosts("connected", 4);

    client.expectOpen();
    succeeds(client, "ev", 1);

    assertThat(posts).extracting(ReceivedRequest::id).containsOnly(1);
    upstream.awaitPost("ev");
    assertThat(upstream.posts("connected")).hasSize(4);
  }

  @Test
  @DisplayName("E114 nobody waits for the answer to connected")
  void connectedIsSlow() {
    upstream.on("connected", upstream.gate(), noContent());
    WireJsonClient client = fixture.json();
    upstream.awaitPost("connected");

    succeeds(client, "ev", 1);
  }

  @Test
  @DisplayName("E115 an answer to connected does not change the state")
  void connectedHasNoState() {
    upstream.on("connect", noContent().state("a"));
    upstream.on("connected", noContent().state("z"));
    WireJsonClient client = fixture.json();
    upstream.awaitPost("connected");
    fixture.turn();

    succeeds(client, "ev", 1);

    assertThat(upstream.awaitPost("ev").header("ce-connectionState")).isEqualTo("a");
  }

  @Test
  @DisplayName("E181 when the application hears of the connection, REST knows it")
  void restWhileConnected() {
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    upstream.on(
        "connected",
        request -> {
          try (RestDriver rest =
              new RestDriver(fixture.fixture().endpoint(), EventFixture.KEY, FakeFixture.HUB)) {
            String connectionId = String.valueOf(request.header("ce-connectionId"));
            statuses.add(statusOf(rest, "PUT", user("alice") + "/groups/g"));
            statuses.add(statusOf(rest, "HEAD", connection(connectionId)));
            return noContent();
          }
        });
    WireClient client = fixture.raw();
    upstream.awaitPost("connected");
    upstream.awaitAllAnswered();

    fixture.fixture().rest().sendText(RestDriver.group("g"), "member");

    client.expectText("member");
    assertThat(statuses).containsExactly(200, 200);
  }

  private static int statusOf(RestDriver rest, String method, String path) {
    return rest.call(method, path, "", null, new byte[0]).status();
  }

  // disconnected: reasons

  @Test
  @DisplayName("E116 disconnected has the text of the client's close")
  void textOfTheClient() {
    WireClient client = fixture.raw();

    leave(client, "done");

    ReceivedRequest disconnected = upstream.awaitPost("disconnected");
    assertThat(disconnected.json()).isEqualTo(tree(json("{'reason':'done'}")));
    assertThat(disconnected.mediaType()).isEqualTo("application/json");
    assertThat(disconnected.header("ce-type")).isEqualTo("azure.webpubsub.sys.disconnected");
    assertOnlyOneDisconnected();
  }

  @Test
  @DisplayName("E117 disconnected has the reason of the REST call")
  void reasonOfTheApplication() {
    WireJsonClient client = fixture.json();

    fixture.fixture().rest().closeConnection(client.connectionId(), "bye");

    assertThat(reason()).isEqualTo("Application server closed the connection. Reason: bye");
  }

  @Test
  @DisplayName("E118 disconnected after a REST call without a reason")
  void noReasonOfTheApplication() {
    WireJsonClient client = fixture.json();

    fixture.fixture().rest().closeConnection(client.connectionId(), "");

    assertThat(reason()).isEqualTo("Application server closed the connection.");
  }

  @Test
  @DisplayName("E119 a connection that breaks has one disconnected with some reason")
  void dropped() {
    WireJsonClient client = fixture.json();

    client.wire().drop();

    assertSomeReason(upstream.awaitPost("disconnected"));
    assertOnlyOneDisconnected();
  }

  @Test
  @DisplayName("E184 a close with another code has one disconnected with some reason")
  void closedWithOtherCode() {
    WireJsonClient client = fixture.json();

    client.wire().sendClose(4000, "bye");

    assertSomeReason(upstream.awaitPost("disconnected"));
    assertOnlyOneDisconnected();
  }

  // disconnected: when

  @Test
  @DisplayName("E120 a reliable client that comes back in time has not been away")
  void recovered() {
    WireJsonClient client = fixture.reliable();
    succeeds(client, "one", 1);
    upstream.awaitPost("connected");
    fixture.fixture().detach(client);

    WireJsonClient recovered = fixture.fixture().recover(client);
    succeeds(recovered, "two", 2);
    assertThat(upstream.posts("disconnected")).isEmpty();
    leave(recovered.wire(), "");
    fixture.awaitIdle();

    assertThat(upstream.events())
        .containsExactlyInAnyOrder("connect", "connected", "one", "two", "disconnected");
    assertThat(upstream.awaitPost("one").id()).isEqualTo(2);
    assertThat(upstream.awaitPost("two").id()).isEqualTo(3);
    assertThat(upstream.awaitPost("disconnected").id()).isEqualTo(4);
  }

  @Test
  @DisplayName("E121 a reliable client that does not come back is gone when its time is over")
  void notRecovered() {
    WireJsonClient client = fixture.reliable();
    upstream.awaitPost("connected");
    fixture.fixture().detach(client);
    assertThat(upstream.posts("disconnected")).isEmpty();

    fixture.fake().clock().advanceBy(Duration.ofSeconds(31));

    assertSomeReason(upstream.awaitPost("disconnected"));
    assertOnlyOneDisconnected();
  }

  @Test
  @DisplayName("E183 a reliable client that closes without a status code is gone at once")
  void closedWithoutStatus() {
    fixture.fake().clock().freeze();
    WireJsonClient client = fixture.reliable();

    client.wire().sendClose();

    assertSomeReason(upstream.awaitPost("disconnected"));
  }

  @Test
  @DisplayName("E122 a client that was refused has neither event")
  void refused() {
    upstream.on("connect", status(403), noContent());
    fixture.refused(403);

    WireClient other = fixture.raw();
    leave(other, "");
    upstream.awaitEvents("connect", "connect", "connected", "disconnected");
    fixture.awaitIdle();

    assertThat(upstream.posts()).hasSize(4);
  }

  @Test
  @DisplayName("E123 who asked for disconnected only gets that")
  void onlyDisconnected() {
    try (EventFixture other =
        EventFixture.handler(
            application ->
                EventHandler.url(application.template())
                    .userEvents("")
                    .systemEvents("disconnected"))) {
      leave(other.raw(), "done");

      other.upstream().awaitPost("disconnected");
      other.awaitIdle();
      assertThat(other.upstream().posts()).hasSize(1);
    }
  }

  @Test
  @DisplayName("E124 disconnected has the state")
  void stateAtTheEnd() {
    upstream.on("connect", noContent().state("s"));

    leave(fixture.raw(), "");

    assertThat(upstream.awaitPost("disconnected").header("ce-connectionState")).isEqualTo("s");
  }

  @Test
  @DisplayName("E125 a disconnected that fails is repeated, and that is all")
  void disconnectedFails() {
    upstream.on("disconnected", status(500));

    leave(fixture.raw(), "");
    upstream.awaitPosts("disconnected", 4);
    fixture.awaitIdle();

    assertThat(upstream.posts("disconnected"))
        .hasSize(4)
        .extracting(ReceivedRequest::id)
        .containsOnly(2);
    assertThat(upstream.events()).hasSize(6);
    fixture.raw().expectOpen();
  }

  @Test
  @DisplayName("E182 disconnected comes after the event that was under way when the client went")
  void afterTheRunningEvent() {
    Gate gate = upstream.gate();
    upstream.on("ev", gate, noContent());
    WireJsonClient client = fixture.json();
    upstream.awaitPost("connected");
    client.send(event("ev", "hi"));
    upstream.awaitPost("ev");

    client.wire().drop();
    fixture.fake().clock().advanceBy(Duration.ZERO);
    fixture.fake().clock().advanceBy(Duration.ZERO);
    assertThat(upstream.posts("disconnected")).isEmpty();
    gate.open();

    ReceivedRequest disconnected = upstream.awaitPost("disconnected");
    assertThat(disconnected.id()).isEqualTo(3);
    fixture.awaitIdle();
    assertThat(upstream.posts("disconnected")).hasSize(1);
    assertThat(upstream.posts()).extracting(ReceivedRequest::id).allMatch(id -> id <= 3);
    assertThat(upstream.posts().get(upstream.posts().size() - 1)).isEqualTo(disconnected);
  }

  @Test
  @DisplayName(
      "event-handlers 6: stopping the fake is no end of a connection that the application hears of")
  void stopped() {
    try (EventFixture other = EventFixture.start()) {
      other.raw();
      other.upstream().awaitPost("connected");

      other.fake().close();

      assertThat(other.upstream().events()).containsExactlyInAnyOrder("connect", "connected");
    }
  }

  private String reason() {
    JsonNode body = upstream.awaitPost("disconnected").json();
    assertThat(body.size()).isEqualTo(1);
    return body.path("reason").asText();
  }

  private static void assertSomeReason(ReceivedRequest disconnected) {
    assertThat(disconnected.json().isObject()).as("%s", disconnected).isTrue();
    assertThat(disconnected.json().fieldNames()).toIterable().containsExactly("reason");
    assertThat(disconnected.json().get("reason").isTextual()).as("%s", disconnected).isTrue();
  }

  private void assertOnlyOneDisconnected() {
    fixture.awaitIdle();
    assertThat(upstream.posts("disconnected")).hasSize(1);
  }
}
