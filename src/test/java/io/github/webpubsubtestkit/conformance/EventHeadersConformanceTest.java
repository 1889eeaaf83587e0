package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.KEY;
import static io.github.webpubsubtestkit.conformance.EventFixture.SECONDARY_KEY;
import static io.github.webpubsubtestkit.conformance.EventFixture.fails;
import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.signature;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.json;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.handler.EventHandler;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The header lines of an event (event-handlers 4.1 to 4.4). */
class EventHeadersConformanceTest {

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

  @Test
  @DisplayName("E047 version, type, name and hub stand there once each")
  void fixedHeaders() {
    fixture.json();

    ReceivedRequest connect = upstream.awaitPost("connect");
    Map.of(
            "ce-specversion", "1.0",
            "ce-awpsversion", "1.0",
            "ce-type", "azure.webpubsub.sys.connect",
            "ce-eventName", "connect",
            "ce-hub", "chat")
        .forEach((name, value) -> assertThat(connect.all(name)).as(name).containsExactly(value));
    assertThat(connect.header("Host")).isEqualTo(upstream.authority());
    assertThat(connect.header("Content-Length")).isEqualTo("" + connect.body().length);
  }

  @Test
  @DisplayName("E048 ce-source names hub and connection")
  void source() {
    WireJsonClient client = fixture.json();

    ReceivedRequest connect = upstream.awaitPost("connect");
    assertThat(connect.header("ce-connectionId")).isEqualTo(client.connectionId());
    assertThat(connect.header("ce-source")).isEqualTo("/hubs/chat/client/" + client.connectionId());
  }

  // event-handlers 4.3 ce-signature

  @Test
  @DisplayName("E049 the signature is the HMAC of the connection id; the sheet's vector included")
  void signed() {
    assertThat(signature(KEY, "conn-1"))
        .isEqualTo("sha256=22443a4a780ed8da0454b679b1c769d9ac8cd4a2d4c897ed8b1affdc71137381");

    WireJsonClient client = fixture.json();

    assertThat(upstream.awaitPost("connect").header("ce-signature"))
        .isEqualTo(signature(KEY, client.connectionId()));
  }

  @Test
  @DisplayName("E050 with two keys there are two signatures, the primary key's first")
  void signedByBoth() {
    try (EventFixture two = EventFixture.with(fake -> fake.secondaryAccessKey(SECONDARY_KEY))) {
      WireJsonClient client = two.json();

      assertThat(two.upstream().awaitPost("connect").header("ce-signature"))
          .isEqualTo(
              signature(KEY, client.connectionId())
                  + ","
                  + signature(SECONDARY_KEY, client.connectionId()));
    }
  }

  @Test
  @DisplayName("E051 the signature is the same on all events of a connection")
  void sameSignature() {
    succeeds(fixture.json(), "ev", 1);
    upstream.awaitPost("connected");

    assertThat(upstream.posts())
        .hasSize(3)
        .extracting(post -> post.header("ce-signature"))
        .containsOnly(upstream.awaitPost("connect").header("ce-signature"));
  }

  @Test
  @DisplayName("E052 the time is UTC in whole seconds, by the clock of the service")
  void time() {
    Instant before = fixture.fake().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    fixture.json();
    Instant after = fixture.fake().clock().instant();

    String time = requireNonNull(upstream.awaitPost("connect").header("ce-time"));
    assertThat(time).matches("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$");
    assertThat(Instant.parse(time)).isBetween(before, after);
  }

  // event-handlers 4.2 ce-id

  @Test
  @DisplayName("E053 the events of a connection are counted from 0")
  void counted() {
    WireJsonClient client = fixture.json();
    succeeds(client, "one", 1);
    succeeds(client, "two", 2);
    leave(client.wire(), "");
    upstream.awaitPost("disconnected");
    upstream.awaitPost("connected");

    assertThat(Stream.of("connect", "connected", "one", "two", "disconnected"))
        .extracting(event -> upstream.awaitPost(event).header("ce-id"))
        .containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  @DisplayName("E054 numbers of events that nobody wants are used up all the same")
  void countedWithoutSystemEvents() {
    try (EventFixture other = withUserEvents("*")) {
      succeeds(other.json(), "ev", 1);

      assertThat(other.upstream().awaitPost("ev").header("ce-id")).isEqualTo("2");
    }
  }

  @Test
  @DisplayName("E055 a user event that nobody wants uses up its number")
  void countedWithoutMatch() {
    try (EventFixture other = withUserEvents("a")) {
      WireJsonClient client = other.json();

      fails(client, "b", 1);
      succeeds(client, "a", 2);

      assertThat(other.upstream().awaitPost("a").header("ce-id")).isEqualTo("3");
    }
  }

  @Test
  @DisplayName("E056 another attempt is the same request")
  void sameOnRetry() {
    upstream.on("ev", status(503), status(503), noContent());

    succeeds(fixture.json(), "ev", 1);

    List<ReceivedRequest> posts = upstream.awaitPosts("ev", 3);
    for (ReceivedRequest post : posts) {
      assertThat(post.lines()).isEqualTo(posts.get(0).lines());
      assertThat(post.body()).isEqualTo(posts.get(0).body());
    }
  }

  @Test
  @DisplayName("E057 each event has a request id of its own")
  void requestIds() {
    WireJsonClient client = fixture.json();
    succeeds(client, "one", 1);
    succeeds(client, "two", 2);

    assertThat(Stream.of("one", "two"))
        .extracting(event -> upstream.awaitPost(event).header("x-ms-client-request-id"))
        .allSatisfy(
            id -> assertThat(id).matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"))
        .doesNotHaveDuplicates();
  }

  // user id, subprotocol, state

  @Test
  @DisplayName("E058 without a user there is no ce-userId")
  void noUser() {
    fixture.fixture().json(fixture.fixture().token());

    assertThat(upstream.awaitPost("connect").headerNames()).doesNotContain("ce-userid");
  }

  @Test
  @DisplayName("E059 ce-userId is UTF-8")
  void userInUtf8() {
    succeeds(fixture.fixture().json(fixture.fixture().token().user("Zoë 你")), "ev", 1);

    for (String event : List.of("connect", "ev")) {
      String raw = requireNonNull(upstream.awaitPost(event).header("ce-userId"));
      assertThat(raw.getBytes(ISO_8859_1)).isEqualTo("Zoë 你".getBytes(UTF_8));
    }
  }

  @Test
  @DisplayName("E060 the subprotocol stands on all events after connect")
  void subprotocol() {
    succeeds(fixture.json(), "ev", 1);
    upstream.awaitPost("connected");

    assertThat(upstream.awaitPost("connect").header("ce-subprotocol")).isNull();
    assertThat(upstream.awaitPost("connected").header("ce-subprotocol"))
        .isEqualTo(FakeFixture.JSON);
    assertThat(upstream.awaitPost("ev").header("ce-subprotocol")).isEqualTo(FakeFixture.JSON);
  }

  @Test
  @DisplayName("E061 a simple client has no ce-subprotocol")
  void noSubprotocol() {
    fixture.raw().sendText("hi");

    assertThat(upstream.awaitPost("message").header("ce-subprotocol")).isNull();
  }

  @Test
  @DisplayName("E177 a subprotocol of the application's choice stands on all events after connect")
  void customSubprotocol() {
    upstream.on("connect", json("{'subprotocol':'custom.v1'}"));

    fixture.fixture().open(fixture.request().offering("custom.v1")).sendText("hi");

    assertThat(upstream.awaitPost("message").header("ce-subprotocol")).isEqualTo("custom.v1");
    assertThat(upstream.awaitPost("connected").header("ce-subprotocol")).isEqualTo("custom.v1");
  }

  @Test
  @DisplayName("E062 without a state there is no ce-connectionState")
  void noState() {
    succeeds(fixture.json(), "ev", 1);

    assertThat(upstream.awaitPost("ev").headerNames()).doesNotContain("ce-connectionstate");
  }

  // event-handlers 4.4 cookies

  @Test
  @DisplayName("E063 credentials and cookies of the client do not become those of the service")
  void noCredentialsOfTheClient() {
    String token = fixture.fixture().signed(fixture.alice());

    fixture
        .fixture()
        .open(
            UpgradeRequest.to("/client/hubs/chat")
                .header("Authorization", "Bearer " + token)
                .header("Cookie", "a=1"));

    assertThat(upstream.awaitPost("connect").headerNames())
        .doesNotContain("authorization", "cookie");
  }

  @Test
  @DisplayName("E064 a cookie of connect comes back with the events of this connection only")
  void cookie() {
    upstream.on("connect", noContent().header("Set-Cookie", "a=1; Path=/"), noContent());
    WireJsonClient first = fixture.json();
    WireJsonClient second = fixture.json();

    succeeds(first, "one", 1);
    succeeds(second, "two", 1);

    assertThat(upstream.awaitPost("one").header("Cookie")).isEqualTo("a=1");
    assertThat(upstream.awaitPost("two").header("Cookie")).isNull();
  }

  @Test
  @DisplayName("E065 a cookie of an answer that is no success is not kept")
  void cookieOfFailure() {
    upstream.on("one", status(500).header("Set-Cookie", "a=1; Path=/"));
    WireJsonClient client = fixture.json();

    fails(client, "one", 1);
    succeeds(client, "two", 2);

    assertThat(upstream.awaitPost("two").header("Cookie")).isNull();
    assertThat(upstream.posts("one"))
        .hasSize(4)
        .allSatisfy(post -> assertThat(post.header("Cookie")).isNull());
  }

  // metadata

  @Test
  @DisplayName("E066 metadata of the event are headers, keys in lower case")
  void metadata() {
    WireJsonClient client = fixture.json();

    client.send(withMetadata("{'Region':'e'}"));
    client.expectAck(1);

    ReceivedRequest post = upstream.awaitPost("ev");
    assertThat(post.header("x-webpubsub-metadata-region")).isEqualTo("e");
    assertThat(post.lines()).contains("x-webpubsub-metadata-region: e");
  }

  @Test
  @DisplayName("E067 of keys that differ in case the last one wins")
  void metadataInTwoCases() {
    WireJsonClient client = fixture.json();

    client.send(withMetadata("{'A':'1','a':'2'}"));
    client.expectAck(1);

    assertThat(upstream.awaitPost("ev").all("x-webpubsub-metadata-a")).containsExactly("2");
  }

  @Test
  @DisplayName("E068 the origin stands on all events")
  void origin() {
    WireJsonClient client = fixture.json();
    succeeds(client, "ev", 1);
    leave(client.wire(), "");
    upstream.awaitPost("disconnected");
    upstream.awaitPost("connected");

    assertThat(upstream.posts())
        .hasSize(4)
        .allSatisfy(
            post -> assertThat(post.header("WebHook-Request-Origin")).isEqualTo("127.0.0.1"));
  }

  @Test
  @DisplayName("E178 messages to a group are no events")
  void groupMessages() {
    WireJsonClient member = fixture.fixture().json(fixture.alice().groups("g"));
    WireJsonClient sender = fixture.fixture().json(fixture.alice().roles(FakeFixture.RS));

    sender.send(
        WireJsonClient.json(
            "{'type':'sendToGroup','group':'g','dataType':'text','data':'hi','ackId':1}"));
    sender.expectAck(1);

    assertThat(member.next()).contains("\"hi\"");
    leave(member.wire(), "");
    leave(sender.wire(), "");
    fixture.awaitIdle();
    assertThat(upstream.events()).hasSize(6).containsOnly("connect", "connected", "disconnected");
  }

  private static String withMetadata(String metadata) {
    return WireJsonClient.json(
        "{'type':'event','event':'ev','dataType':'text','data':'hi','ackId':1,'metadata':%s}"
            .formatted(metadata));
  }

  private static EventFixture withUserEvents(String pattern) {
    return EventFixture.handler(
        application -> EventHandler.url(application.template()).userEvents(pattern).systemEvents());
  }
}
