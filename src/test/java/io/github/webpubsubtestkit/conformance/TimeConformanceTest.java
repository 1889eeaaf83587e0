package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.JSON;
import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.conformance.WireFrame.CLOSE;
import static io.github.webpubsubtestkit.conformance.WireFrame.PING;
import static io.github.webpubsubtestkit.conformance.WireFrame.PONG;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What client-protocols B.1, C.2, I.3 and I.4 say of time, with a clock that the test moves. */
class TimeConformanceTest {

  private static final Duration INTERVAL = ofSeconds(20);

  private FakeFixture fixture;
  private TestClock clock;

  @BeforeEach
  void start() {
    begin(
        FakeFixture.of(
            FakeWebPubSub.builder().tokens(tokens -> tokens.tokenClockSkew(Duration.ZERO))));
  }

  private void begin(FakeFixture started) {
    fixture = started;
    clock = fixture.fake().clock();
    clock.freeze();
  }

  /** Another fake instead of the one of most tests. */
  private void restart(FakeFixture other) {
    fixture.close();
    begin(other);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static long seconds(Instant instant) {
    return instant.getEpochSecond();
  }

  // client-protocols B.1: tokens

  @Test
  @DisplayName("C040 a connection outlives the token that it was opened with")
  void tokenExpiresAfterConnect() {
    TestTokens token = fixture.token().claim("exp", seconds(clock.instant()) + 1);
    WireJsonClient client = fixture.json(token);

    clock.advanceBy(ofSeconds(3));

    client.expectOpen();
    assertThat(fixture.refused(fixture.request(token)).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("client-protocols B.1: a token is valid up to five minutes after exp, and no longer")
  void expiry() {
    restart(FakeFixture.start());
    long exp = seconds(clock.instant()) + 60;
    TestTokens token = fixture.token().claim("exp", exp);

    clock.advanceTo(Instant.ofEpochSecond(exp + 300));
    fixture.raw(token).expectOpen();
    clock.advanceBy(ofSeconds(1));

    assertThat(fixture.refused(fixture.request(token)).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("client-protocols B.1: a token is valid from five minutes before nbf on")
  void notBefore() {
    restart(FakeFixture.start());
    long nbf = seconds(clock.instant()) + 600;
    TestTokens token = fixture.token().claim("nbf", nbf);

    clock.advanceTo(Instant.ofEpochSecond(nbf - 301));
    assertThat(fixture.refused(fixture.request(token)).status()).isEqualTo(401);
    clock.advanceBy(ofSeconds(1));

    fixture.raw(token).expectOpen();
  }

  @Test
  @DisplayName("R296 a REST token that is valid by the real time is good, whatever the clock shows")
  void restTokenOfTheRealTime() {
    clock.advanceBy(ofDays(3));

    fixture.rest().sendText(RestDriver.ALL, "three days later");
  }

  @Test
  @DisplayName("R297 a REST token that is valid by the clock is good, too")
  void restTokenOfTheClock() {
    clock.advanceBy(ofDays(3));
    long now = seconds(clock.instant());

    assertThat(health(now, now + 3_600).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("R298 a REST token that is valid by neither is answered 401, and both are named")
  void restTokenOfNeither() {
    clock.freeze();
    clock.advanceBy(ofDays(3));
    long real = seconds(Instant.now());

    HttpAnswer answer = health(real + 7_200, real + 10_800);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate").orElseThrow())
        .contains("The token expired at '" + Instant.ofEpochSecond(real + 10_800) + "'; it is '")
        .contains("' by the test's clock and '")
        .contains("' by the real time");
  }

  /** An answer to a call whose token is valid from one time to another. */
  private HttpAnswer health(long notBefore, long expires) {
    String target = "/api/hubs/chat/users/alice?api-version=2024-12-01";
    String token =
        TestTokens.forUrl(fixture.endpoint() + target)
            .claim("nbf", notBefore)
            .claim("exp", expires)
            .signedBy(fixture.fake().accessKey());
    return fixture
        .rest()
        .exchange("HEAD", target, "Authorization: Bearer " + token + "\r\n", new byte[0]);
  }

  @Test
  @DisplayName("C314 a client's token is judged by the clock alone, and the refusal names it")
  void clientTokenOfTheRealTime() {
    clock.advanceBy(ofDays(3)); // the token is made at the real time and lives one hour

    assertThat(fixture.refused(fixture.request(fixture.token())).status()).isEqualTo(401);
    assertThat(fixture.fake().timeline()).containsPattern("expired at '.*' by the test's clock");
  }

  @Test
  @DisplayName("answers are dated by the clock")
  void date() {
    clock.advanceBy(ofDays(2));

    HttpAnswer answer = fixture.rest().exchange("GET", "/api/health", "", new byte[0]);

    assertThat(answer.header("Date").map(TimeConformanceTest::instant))
        .contains(clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private static Instant instant(String date) {
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  // client-protocols I.4: keep-alive

  @Test
  @DisplayName("client-protocols I.4: by default there are no pings")
  void noPings() {
    WireClient client = fixture.raw(fixture.token());

    clock.advanceBy(ofDays(1));

    client.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols I.4: with a keep-alive interval a ping comes each time it has passed")
  void pings() {
    restart(
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.keepAliveInterval(INTERVAL))));
    WireClient client = fixture.raw(fixture.token());

    clock.advanceBy(INTERVAL.minusMillis(1));
    client.expectOpen();
    for (int i = 0; i < 5; i++) {
      clock.advanceBy(i == 0 ? ofMillis(1) : INTERVAL);
      answerPing(client);
      client.expectOpen();
    }
  }

  private static void answerPing(WireClient client) {
    WireFrame ping = client.next();
    assertThat(ping.opcode()).as("opcode of %s", ping).isEqualTo(PING);
    client.send(new WireFrame(true, PONG, ping.payload()));
  }

  @Test
  @DisplayName(
      "client-protocols I.3: a client that leaves a ping unanswered is cut off when the next one is due")
  void missedPong() {
    restart(
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.keepAliveInterval(INTERVAL))));
    WireJsonClient silent = fixture.json(fixture.token().user("silent"));
    RestDriver rest = fixture.rest();

    clock.advanceBy(INTERVAL);
    assertThat(rest.exists(user("silent"))).isTrue();
    clock.advanceBy(INTERVAL);

    assertThat(rest.exists(user("silent"))).isFalse();
    assertThat(silent.wire().next().opcode()).isEqualTo(PING);
    assertThat(silent.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
    assertThat(fixture.fake().timeline()).contains("no answer to a ping within 20000 ms");
  }

  @Test
  @DisplayName(
      "client-protocols I.3: a reliable client that was cut off for a missing pong can recover")
  void missedPongOfAReliableClient() {
    restart(
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.keepAliveInterval(INTERVAL))));
    WireJsonClient silent = fixture.reliable(fixture.token().user("silent"));
    RestDriver rest = fixture.rest();

    clock.advanceBy(INTERVAL.multipliedBy(2));
    rest.sendText(user("silent"), "are you there?");

    WireJsonClient recovered = fixture.recover(silent);
    assertThat(recovered.nextTree().path("data").asText()).isEqualTo("are you there?");
    clock.advanceBy(INTERVAL);
    answerPing(recovered.wire()); // the new socket has a keep-alive of its own
    recovered.expectOpen();
  }

  @Test
  @DisplayName(
      "client-protocols I.4: application pings are no answer to a keep-alive ping, and the other way round")
  void applicationPing() {
    restart(
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.keepAliveInterval(INTERVAL))));
    WireJsonClient client = fixture.json(fixture.token());

    clock.advanceBy(INTERVAL);
    assertThat(client.wire().next().opcode()).isEqualTo(PING);
    client.expectOpen(); // ping and pong in JSON
    clock.advanceBy(INTERVAL);

    assertThat(client.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  // client-protocols C.2: close handshake

  @Test
  @DisplayName(
      "client-protocols C.2: a client that does not answer a close frame is cut off after five seconds")
  void unansweredClose() {
    WireJsonClient client = fixture.json(fixture.token());
    RestDriver rest = fixture.rest();
    rest.closeConnection(client.connectionId(), "");
    assertThat(rest.exists(connection(client.connectionId()))).isFalse();

    clock.advanceBy(ofSeconds(5));

    client.expect(
        json(
            "{'type':'system','event':'disconnected','message':'Application server closed the connection.'}"));
    client.wire().expectCloseFrame(1000, "");
    assertThat(client.wire().expectEnd()).isEqualTo(WireSocket.End.RESET);
  }

  @Test
  @DisplayName("client-protocols C.2: within five seconds a close frame can be answered")
  void lateAnswer() {
    WireJsonClient client = fixture.json(fixture.token());
    client.send("nonsense");
    client.wire().expectCloseFrame(1007, WireJsonClient.INVALID);

    clock.advanceBy(ofSeconds(5).minusMillis(1));
    client.wire().sendClose(1007, "");

    assertThat(client.wire().expectEnd()).isEqualTo(WireSocket.End.END_OF_STREAM);
  }

  @Test
  @DisplayName(
      "client-protocols C.2: while a close frame is unanswered, keep-alive does not cut the wait short")
  void closeAndKeepAlive() {
    restart(
        FakeFixture.of(
            FakeWebPubSub.builder().clients(clients -> clients.keepAliveInterval(ofSeconds(1)))));
    WireJsonClient client = fixture.json(fixture.token());
    client.send("nonsense");
    client.wire().expectCloseFrame(1007, WireJsonClient.INVALID);

    clock.advanceBy(ofSeconds(4));
    client.wire().sendClose(1007, "");

    assertThat(client.wire().expectEnd()).isEqualTo(WireSocket.End.END_OF_STREAM);
  }

  // client-protocols I.3: the service stops

  @Test
  @DisplayName(
      "client-protocols I.3: a fake that is stopped closes with 1001, without a reason and a message before")
  void stopped() {
    WireClient plain = fixture.raw(fixture.token());
    WireClient subprotocol =
        fixture.openJson(fixture.request(fixture.token()).offering(JSON)).wire();

    fixture.fake().close();

    for (WireClient client : new WireClient[] {plain, subprotocol}) {
      WireFrame frame = client.next();
      assertThat(frame.opcode()).isEqualTo(CLOSE);
      assertThat(frame.closeCode()).isEqualTo(1001);
      assertThat(frame.closeReason()).isEmpty();
    }
  }
}
