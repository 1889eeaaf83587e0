package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the application is told of a client that wants to connect, and when (event-handlers 5). */
class ConnectRequestConformanceTest {

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

  // event-handlers 5.1 body

  @Test
  @DisplayName("E069 the body has five properties")
  void properties() {
    fixture.raw();

    ReceivedRequest connect = upstream.awaitPost("connect");
    assertThat(connect.mediaType()).isEqualTo("application/json");
    assertThat(connect.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "claims", "query", "headers", "subprotocols", "clientCertificates");
  }

  @Test
  @DisplayName("E070 all parameters of the URL but the token are in query, in order")
  void query() {
    fixture.fixture().open(fixture.fixture().request(fixture.alice(), "&room=a&room=b&x="));

    assertThat(body().get("query")).isEqualTo(tree(json("{'room':['a','b'],'x':['']}")));
  }

  @Test
  @DisplayName("E071 the token is not in query, however its name is written")
  void queryWithoutToken() {
    fixture
        .fixture()
        .open(
            UpgradeRequest.to(
                "/client/hubs/chat?ACCESS_TOKEN=" + fixture.fixture().signed(fixture.alice())));

    assertThat(body().get("query")).isEmpty();
    assertThat(upstream.awaitPost("connect").text()).doesNotContainIgnoringCase("access_token");
  }

  @Test
  @DisplayName("E072 the headers of the handshake are there, but not Authorization")
  void headers() {
    fixture
        .fixture()
        .open(
            UpgradeRequest.to("/client/hubs/chat")
                .header("Authorization", "Bearer " + fixture.fixture().signed(fixture.alice()))
                .header("X-ASRS-Internal-Probe", "1")
                .header("Cookie", "a=1")
                .header("User-Agent", "x")
                .header("X-Twice", "1")
                .header("X-Twice", "2"));

    JsonNode headers = body().get("headers");
    assertThat(headers.fieldNames())
        .toIterable()
        .noneMatch(name -> name.equalsIgnoreCase("Authorization"))
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-asrs-internal-"));
    assertThat(headers.get("Cookie")).isEqualTo(tree(json("['a=1']")));
    assertThat(headers.get("User-Agent")).isEqualTo(tree(json("['x']")));
    assertThat(headers.get("X-Twice")).isEqualTo(tree(json("['1','2']")));
    assertThat(headers.get("Host")).isEqualTo(tree("[\"" + fixture.fixture().authority() + "\"]"));
  }

  @Test
  @DisplayName("E073 the claims of the token are there, each as an array of strings")
  void claims() {
    fixture
        .fixture()
        .raw(fixture.alice().roles("r1", "r2").claim("t", "v").claim("exp", 4_000_000_000L));

    JsonNode claims = body().get("claims");
    assertThat(claims.get("role")).isEqualTo(tree(json("['r1','r2']")));
    assertThat(claims.get("t")).isEqualTo(tree(json("['v']")));
    assertThat(claims.get("sub")).isEqualTo(tree(json("['alice']")));
    assertThat(claims.get("exp")).isEqualTo(tree(json("['4000000000']")));
  }

  @Test
  @DisplayName("E074 subprotocols stand as they were offered")
  void subprotocols() {
    fixture.fixture().open(fixture.request().offering("custom.v1", FakeFixture.JSON));

    assertThat(body().get("subprotocols"))
        .isEqualTo(tree(json("['custom.v1','json.webpubsub.azure.v1']")));
  }

  @Test
  @DisplayName("E075 what there is none of is an empty array")
  void nothingOffered() {
    fixture.raw();

    assertThat(body().get("subprotocols")).isEqualTo(tree("[]"));
    assertThat(body().get("clientCertificates")).isEqualTo(tree("[]"));
  }

  @Test
  @DisplayName("C064 the handler sees the query without the token")
  void handlerSeesQuery() {
    fixture.fixture().open(fixture.fixture().request(fixture.alice(), "&x=1"));

    assertThat(body().get("query")).isEqualTo(tree(json("{'x':['1']}")));
  }

  // event-handlers 5.2 when

  @Test
  @DisplayName("E108 who has no good token does not come to the application's knowledge")
  void invalidToken() {
    HttpAnswer answer =
        fixture
            .fixture()
            .refused(FakeFixture.requestWith(fixture.alice().signedBy(FakeFixture.OTHER_KEY)));

    assertThat(answer.status()).isEqualTo(401);
    fixture.fake().awaitIdle();
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  @DisplayName("E109 nor who asks for an unknown mode")
  void invalidMode() {
    HttpAnswer answer =
        fixture
            .fixture()
            .refused(fixture.fixture().request(fixture.alice(), "&webpubsub_mode=foo"));

    assertThat(answer.status()).isEqualTo(400);
    fixture.fake().awaitIdle();
    assertThat(upstream.posts()).isEmpty();
  }

  @Test
  @DisplayName("E110 while the application is asked there is no connection yet")
  void notYetThere() {
    Gate gate = upstream.gate();
    upstream.on("connect", gate, noContent());
    WireSocket socket = fixture.fixture().socket();
    UpgradeRequest request = fixture.request();
    socket.send(request.bytes(fixture.fixture().endpoint()));
    String connectionId = String.valueOf(upstream.awaitPost("connect").header("ce-connectionId"));
    RestDriver rest = fixture.fixture().rest();

    assertThat(rest.exists(connection(connectionId))).isFalse();
    gate.open();
    WireClient.upgraded(socket, request).expectOpen();

    assertThat(rest.exists(connection(connectionId))).isTrue();
  }

  @Test
  @DisplayName("E111 a recovery asks nobody")
  void recovery() {
    WireJsonClient client = fixture.reliable();
    upstream.awaitPost("connected");
    fixture.fixture().detach(client);

    WireJsonClient recovered = fixture.fixture().recover(client);

    recovered.expectOpen();
    leave(recovered.wire(), "");
    fixture.awaitIdle();
    assertThat(upstream.events()).containsExactlyInAnyOrder("connect", "connected", "disconnected");
  }

  @Test
  @DisplayName("C209 a recovery brings neither a second connect nor a second connected")
  void recoveryIsNoNewConnection() {
    WireJsonClient client = fixture.reliable();
    upstream.awaitPost("connected");
    fixture.fixture().detach(client);
    WireJsonClient recovered = fixture.fixture().recover(client);

    fixture.fixture().rest().sendText(connection(client.connectionId()), "hi");
    assertThat(recovered.next()).contains("\"hi\"");
    succeeds(recovered, "ev", 1);
    leave(recovered.wire(), "");
    upstream.awaitPost("disconnected");

    assertThat(upstream.events()).isEqualTo(List.of("connect", "connected", "ev", "disconnected"));
  }

  @Test
  @DisplayName(
      "event-handlers 5.2: a client that goes away while the application is asked leaves no trace")
  void goesAwayMeanwhile() {
    Gate gate = upstream.gate();
    upstream.on("connect", gate, noContent());
    WireSocket socket = fixture.fixture().socket();
    socket.send(fixture.request().bytes(fixture.fixture().endpoint()));
    upstream.awaitPost("connect");

    socket.reset();
    fixture.fake().clock().advanceBy(Duration.ZERO);
    fixture.fake().clock().advanceBy(Duration.ZERO);
    gate.open();
    upstream.on("connect", noContent());
    leave(fixture.raw(), "");
    fixture.fake().awaitIdle();

    assertThat(upstream.events())
        .startsWith("connect", "connect") // the two notifications may overlap (event-handlers 9)
        .containsExactlyInAnyOrder("connect", "connect", "connected", "disconnected");
    assertThat(upstream.posts().get(2).header("ce-connectionId"))
        .isEqualTo(upstream.posts().get(1).header("ce-connectionId"));
    assertThat(fixture.fake().connections()).isEmpty();
  }

  private JsonNode body() {
    return upstream.awaitPost("connect").json();
  }
}
