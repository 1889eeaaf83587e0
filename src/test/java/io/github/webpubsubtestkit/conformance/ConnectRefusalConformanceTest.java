package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.noContent;
import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.handler.EventHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the application says to a client that wants to connect: no, or nonsense (event-handlers 5.3,
 * 8).
 */
class ConnectRefusalConformanceTest {

  private static final int TOO_LONG = 16 * 1024 * 1024 + 1;

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

  // invalid answers

  @ParameterizedTest(name = "E089 invalid groups: {0}")
  @ValueSource(strings = {"[null]", "[' ']", "['']", "long", "'g'", "[1]"})
  void badGroups(String groups) {
    String value = groups.equals("long") ? "['" + "g".repeat(1025) + "']" : groups;

    refusedWithOneRequest(UpstreamAnswer.json("{'groups':%s}".formatted(value)), 500);
  }

  @ParameterizedTest(name = "E090 invalid roles: {0}")
  @ValueSource(strings = {"[null]", "'r'", "[1]"})
  void badRoles(String roles) {
    refusedWithOneRequest(UpstreamAnswer.json("{'roles':%s}".formatted(roles)), 500);
  }

  @ParameterizedTest(name = "E091 not an object: {0}")
  @ValueSource(strings = {"not json", "[]", "5", "{'userId':'bob'} x", "{'userId':5}"})
  void notAnObject(String body) {
    refusedWithOneRequest(UpstreamAnswer.json(body), 500);
  }

  @Test
  @DisplayName("E092 a body of more than 16 MiB, its length said")
  void tooLong() {
    refusedWithOneRequest(status(200).bytes(longNull()), 500);
  }

  @Test
  @DisplayName("E092 a body of more than 16 MiB in chunks")
  void tooLongInChunks() {
    refusedWithOneRequest(status(200).bytes(longNull()).inChunks(), 500);
  }

  @Test
  @DisplayName("event-handlers 5.3, near E092: a body of 16 MiB is not too long")
  void longestBody() {
    byte[] body = new byte[TOO_LONG - 1];
    Arrays.fill(body, (byte) ' ');
    System.arraycopy(new byte[] {'n', 'u', 'l', 'l'}, 0, body, body.length - 4, 4);
    upstream.on("connect", status(200).bytes(body));

    fixture.raw().expectOpen();
  }

  @Test
  @DisplayName("E097 a subprotocol that was not offered")
  void notOffered() {
    refusedWithOneRequest(UpstreamAnswer.json("{'subprotocol':'json.webpubsub.azure.v1'}"), 500);
  }

  @Test
  @DisplayName("C052 the handler selects a subprotocol that was not offered")
  void otherThanOffered() {
    upstream.on("connect", UpstreamAnswer.json("{'subprotocol':'custom.v2'}"));

    HttpAnswer answer =
        fixture.fixture().refused(fixture.request().offering("custom.v1", FakeFixture.JSON));

    assertThat(answer.status()).isEqualTo(500);
  }

  @Test
  @DisplayName("C061 an answer that is no JSON")
  void noJson() {
    refusedWithOneRequest(UpstreamAnswer.json("not json"), 500);
  }

  @Test
  @DisplayName("C062 a group of blanks")
  void blankGroup() {
    refusedWithOneRequest(UpstreamAnswer.json("{'groups':[' ']}"), 500);
  }

  // refusals

  @ParameterizedTest(name = "E098 the client gets {0} as the application said, after one request")
  @ValueSource(ints = {401, 403, 429, 418})
  void refused(int status) {
    refusedWithOneRequest(status(status), status);
  }

  @Test
  @DisplayName("E099 what else the application says to a refused client stays with the service")
  void bodyIsHidden() {
    upstream.on("connect", status(401).body("text/plain", "secret").header("X-Secret", "s"));

    HttpAnswer answer = fixture.refused(401);

    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("X-Secret")).isEmpty();
  }

  @Test
  @DisplayName("E099 with forwardConnectErrorBody the client gets the body")
  void bodyIsForwarded() {
    try (EventFixture other =
        EventFixture.with(fake -> fake.events(events -> events.forwardConnectErrorBody(true)))) {
      other.upstream().on("connect", status(401).body("text/plain", "secret"));

      HttpAnswer answer = other.refused(401);

      assertThat(answer.text()).isEqualTo("secret");
      assertThat(answer.header("Content-Type").orElse("")).startsWith("text/plain");
    }
  }

  @Test
  @DisplayName("C053 401 with a body is 401 without")
  void noWord() {
    upstream.on("connect", status(401).body("text/plain", "no"));

    assertThat(fixture.refused(401).text()).isEmpty();
  }

  @ParameterizedTest(name = "C054 {0} is {0}")
  @ValueSource(ints = {403, 429})
  void sameStatus(int status) {
    upstream.on("connect", status(status));

    fixture.refused(status);
  }

  @Test
  @DisplayName("C065 a client that was refused has neither connected nor disconnected")
  void noFurtherEvents() {
    refusedWithOneRequest(status(403), 403);
  }

  // event-handlers 8: retries

  @ParameterizedTest(name = "E100 the client gets {0} after four requests")
  @ValueSource(ints = {503, 500, 599})
  void unavailable(int status) {
    upstream.on("connect", status(status));

    fixture.refused(status);

    assertThat(upstream.posts("connect")).hasSize(4);
  }

  @Test
  @DisplayName("E101 after 503 the request is repeated")
  void unavailableOnce() {
    upstream.on("connect", status(503), noContent());

    fixture.raw().expectOpen();

    assertThat(upstream.posts("connect")).hasSize(2);
  }

  @Test
  @DisplayName("E102 408 is repeated like 5xx")
  void requestTimeout() {
    upstream.on("connect", status(408));

    fixture.refused(408);

    assertThat(upstream.posts("connect")).hasSize(4);
  }

  @Test
  @DisplayName("E103 nobody listens at the port")
  void nobodyListens() throws IOException {
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // and no more
      String template = "http://127.0.0.1:%d/eh/{event}".formatted(silent.getLocalPort());
      try (EventFixture other = EventFixture.handler(application -> EventHandler.url(template))) {
        other.refused(500);

        assertThat(other.fake().timeline().split("OPTIONS", -1)).hasSizeGreaterThan(1);
      }
    }
  }

  @Test
  @DisplayName("E103 an application that breaks the connection off is asked four times")
  void breaksOff() {
    upstream.onValidate(UpstreamAnswer.reset());

    fixture.refused(500);

    assertThat(upstream.validations()).hasSize(4);
    assertThat(upstream.posts()).isEmpty();
  }

  @Test
  @DisplayName("event-handlers 8: a request that is broken off is repeated")
  void postIsBrokenOff() {
    upstream.on("connect", UpstreamAnswer.reset(), UpstreamAnswer.reset(), noContent());

    fixture.raw().expectOpen();

    assertThat(upstream.posts("connect")).hasSize(3);
  }

  @Test
  @DisplayName("E104 who does not answer within the deadline is not asked again")
  void silence() {
    fixture.fake().clock().freeze();
    upstream.on("connect", UpstreamAnswer.silence());
    WireSocket socket = fixture.fixture().socket();
    socket.send(fixture.request().bytes(fixture.fixture().endpoint()));
    upstream.awaitPost("connect");

    fixture.fake().clock().advanceBy(Duration.ofSeconds(100));

    assertThat(HttpAnswer.read(socket, "GET").status()).isEqualTo(500);
    assertThat(upstream.posts()).hasSize(1);
  }

  @Test
  @DisplayName("E104 with handlerDeadline the deadline is another")
  void shorterDeadline() {
    try (EventFixture other =
        EventFixture.with(
            fake -> fake.events(events -> events.handlerDeadline(Duration.ofSeconds(2))))) {
      other.fake().clock().freeze();
      other.upstream().on("connect", UpstreamAnswer.silence());
      WireSocket socket = other.fixture().socket();
      socket.send(other.request().bytes(other.fixture().endpoint()));
      other.upstream().awaitPost("connect");

      other.fake().clock().advanceBy(Duration.ofSeconds(2));

      assertThat(HttpAnswer.read(socket, "GET").status()).isEqualTo(500);
      assertThat(other.upstream().posts()).hasSize(1);
    }
  }

  @Test
  @DisplayName("event-handlers 8: handlerRetryDelays are waited for, by the clock of the service")
  void delays() {
    try (EventFixture other =
        EventFixture.with(
            fake ->
                fake.events(
                    events ->
                        events.handlerRetryDelays(
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(5))))) {
      other.fake().clock().freeze();
      other.upstream().on("connect", status(503));
      WireSocket socket = other.fixture().socket();
      socket.send(other.request().bytes(other.fixture().endpoint()));
      int posts = 1;
      for (int seconds : new int[] {1, 3, 5}) {
        other.upstream().awaitPosts("connect", posts);
        other.turn();
        other.fake().clock().advanceBy(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(other.upstream().posts("connect")).hasSize(posts);
        other.fake().clock().advanceBy(Duration.ofMillis(1));
        posts++;
      }

      assertThat(HttpAnswer.read(socket, "GET").status()).isEqualTo(503);
      assertThat(other.upstream().posts("connect")).hasSize(4);
    }
  }

  @Test
  @DisplayName("event-handlers 8: without handlerRetryDelays nothing is repeated")
  void noDelays() {
    try (EventFixture other =
        EventFixture.with(fake -> fake.events(events -> events.handlerRetryDelays()))) {
      other.upstream().on("connect", status(503));

      other.refused(503);

      assertThat(other.upstream().posts()).hasSize(1);
    }
  }

  @Test
  @DisplayName("E105 a redirect is not followed")
  void redirect() {
    try (RecordingUpstream elsewhere = RecordingUpstream.start()) {
      upstream.on("connect", status(302).header("Location", elsewhere.url("/eh/connect")));

      fixture.refused(500);

      assertThat(upstream.posts()).hasSize(1);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  /** The client is refused, and the application hears no more of it. */
  private void refusedWithOneRequest(UpstreamAnswer answer, int status) {
    upstream.on("connect", answer);

    fixture.refused(status);

    fixture.fake().awaitIdle();
    assertThat(upstream.events()).containsExactly("connect");
    assertThat(fixture.fake().connections()).isEmpty();
  }

  private static byte[] longNull() {
    byte[] body = new byte[TOO_LONG];
    Arrays.fill(body, (byte) ' ');
    return body;
  }
}
