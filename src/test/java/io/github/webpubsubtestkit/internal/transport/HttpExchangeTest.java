package io.github.webpubsubtestkit.internal.transport;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.internal.transport.RawPeer.Answer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An HTTP connection")
@Timeout(30)
class HttpExchangeTest {

  private static final String GET = " HTTP/1.1|Host: a||";

  @Test
  void staysUsableForTheNextRequest() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      for (int i = 0; i < 3; i++) {
        peer.sendLines("GET /" + i + GET);
        assertThat(peer.readAnswer().body()).isEqualTo("GET /" + i + " ");
      }
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 5000; i++) {
        requests.append("GET /").append(i).append(GET);
      }
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> sendQuietly(peer, requests.toString()));

      for (int i = 0; i < 5000; i++) {
        assertThat(peer.readAnswer().body()).isEqualTo("GET /" + i + " ");
      }
      sent.get(10, TimeUnit.SECONDS);
    }
  }

  private static void sendQuietly(RawPeer peer, String lines) {
    Throwable failure = catchThrowable(() -> peer.sendLines(lines));
    assertThat(failure).isNull();
  }

  @Test
  void handsOverOneRequestAtATimeAndKeepsTheOrderOfAnswersFromOtherThreads() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /1" + GET + "GET /2" + GET + "GET /3" + GET);

      for (int i = 1; i <= 3; i++) {
        HttpRequest request = server.requests.poll(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        assertThat(server.requests).as("requests before the answer").isEmpty();
        exchanges.take().respond(HttpResponse.of(200 + i));
        assertThat(peer.readAnswer().status()).isEqualTo(200 + i);
      }
    }
  }

  @Test
  void acceptsTheRestOfAPipelineWhileAnExchangeIsPending() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /1" + GET);
      HttpExchange first = exchanges.take();
      peer.sendLines("POST /2 HTTP/1.1|Host: a|Content-Length: 4||ab");
      first.respond(HttpResponse.of(201));
      assertThat(peer.readAnswer().status()).isEqualTo(201);
      peer.sendLines("cd");

      exchanges.take().respond(HttpResponse.of(202));
      assertThat(peer.readAnswer().status()).isEqualTo(202);
      assertThat(
              server.requests.stream().map(HttpRequest::body).map(body -> new String(body, UTF_8)))
          .containsExactly("", "abcd");
    }
  }

  @Test
  void givesAHeadRequestTheLengthButNoBody() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      peer.sendLines("HEAD /a" + GET + "GET /b" + GET);

      assertThat(peer.readHead().hasLine("Content-Length: 8")).isTrue();
      assertThat(peer.readAnswer().body()).isEqualTo("GET /b ");
    }
  }

  @ParameterizedTest(name = "{0}: Content-Length {1}")
  @CsvSource({"200, 0", "202, 0", "204, none", "304, none", "404, 0", "599, 0"})
  void givesEachEmptyAnswerALengthWhereItMayHaveOne(int status, String length) throws Exception {
    try (TestServer server =
            TestServer.start((request, exchange) -> exchange.respond(HttpResponse.of(status)));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a" + GET);

      Answer answer = peer.readAnswer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.hasLine("Content-Length: 0")).isEqualTo(length.equals("0"));
    }
  }

  @Test
  void endsAfterAnHttp10Request() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a HTTP/1.0||");

      Answer answer = peer.readAnswer();
      assertThat(answer.body()).isEqualTo("GET /a ");
      assertThat(answer.closes()).isTrue();
      peer.expectEnd();
    }
  }

  @Test
  void staysOpenForAnHttp10ClientThatAsksForIt() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a HTTP/1.0|Connection: Keep-Alive||");
      assertThat(peer.readAnswer().hasLine("Connection: keep-alive")).isTrue();
      peer.sendLines("GET /b HTTP/1.0|Connection: keep-alive||");
      assertThat(peer.readAnswer().body()).isEqualTo("GET /b ");
    }
  }

  @Test
  void endsWhenTheRequestAsksForIt() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a HTTP/1.1|Host: a|Connection: x, Close||GET /b" + GET);

      assertThat(peer.readAnswer().closes()).isTrue();
      peer.expectEnd();
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void endsWhenTheAnswerSaysSo() throws Exception {
    HttpResponse last = HttpResponse.of(200, HttpHeaders.of("Connection", "close"));
    try (TestServer server = TestServer.start((request, exchange) -> exchange.respond(last));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a" + GET);

      assertThat(peer.readAnswer().closes()).isTrue();
      peer.expectEnd();
    }
  }

  @Test
  void letsTheClientGoOnWhenItsBodyIsWanted() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TransportLimits.ofService());
        RawPeer peer = server.peer()) {
      peer.sendLines("POST /a HTTP/1.1|Host: a|Content-Length: 3|Expect: 100-Continue||");
      assertThat(peer.readHead().status()).isEqualTo(100);
      peer.sendLines("xyz");

      assertThat(peer.readAnswer().body()).isEqualTo("POST /a xyz");
    }
  }

  @Test
  void sendsNo100ForABodyThatIsTooLargeOrEmpty() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TestLimits.http(1024, 10));
        RawPeer peer = server.peer()) {
      peer.sendLines("POST /a HTTP/1.1|Host: a|Content-Length: 0|Expect: 100-continue||");
      assertThat(peer.readAnswer().body()).isEqualTo("POST /a ");

      peer.sendLines("POST /b HTTP/1.1|Host: a|Content-Length: 11|Expect: 100-continue||");
      Answer refused = peer.readAnswer();
      assertThat(refused.body()).isEqualTo("POST /b too large");
      assertThat(refused.closes()).isTrue();
    }
  }

  @Test
  void lingersUntilAPeerThatSendsFirstAndReadsLaterHasReadTheRefusal() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TestLimits.http(1024, 1000));
        RawPeer peer = server.peer()) {
      byte[] body = new byte[8 * 1024 * 1024];
      peer.sendLines("POST /a HTTP/1.1|Host: a|Content-Length: " + body.length + "||");
      peer.send(body);

      assertThat(peer.readAnswer().body()).isEqualTo("POST /a too large");
      peer.expectEnd();
    }
  }

  @Test
  void resetsAPeerThatNeitherReadsItsLastAnswerNorLeaves() throws Exception {
    HttpResponse large = HttpResponse.of(200, "text/plain", new byte[32 * 1024 * 1024]);
    try (TestServer server =
            TestServer.start(
                TestLimits.timeouts(30_000, 100), (request, exchange) -> exchange.respond(large));
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address)) {
      peer.sendLines("GET /a HTTP/1.0||");

      assertThat(server.requests.take().target()).isEqualTo("/a");
      awaitNoConnection(server);
      peer.expectReset();
    }
  }

  @Test
  void resetsAPeerThatDoesNotReadAnAnswerWithinTheRequestTimeout() throws Exception {
    HttpResponse large = HttpResponse.of(200, "text/plain", new byte[32 * 1024 * 1024]);
    try (TestServer server =
            TestServer.start(
                TestLimits.timeouts(100, 30_000), (request, exchange) -> exchange.respond(large));
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address)) {
      peer.sendLines("GET /a" + GET + "GET /b" + GET);

      awaitNoConnection(server);
      peer.expectReset();
      assertThat(server.requests).as("the second waits for the first answer").hasSize(1);
    }
  }

  private static void awaitNoConnection(TestServer server) {
    eventually().atMost(10, TimeUnit.SECONDS).until(() -> server.connections() == 0);
  }

  @Test
  void goesOnWhenASlowReaderHasTakenItsAnswers() throws Exception {
    byte[] body = new byte[4 * 1024 * 1024];
    Arrays.fill(body, (byte) 'x');
    HttpResponse large = HttpResponse.of(200, "text/plain", body);
    try (TestServer server = TestServer.start((request, exchange) -> exchange.respond(large));
        RawPeer peer = RawPeer.connectWithSmallBuffer(server.address)) {
      peer.sendLines("GET /a" + GET + "GET /b" + GET + "GET /c" + GET);

      for (int i = 0; i < 3; i++) {
        assertThat(peer.readAnswer().body()).hasSize(body.length);
      }
    }
  }

  @Test
  void answers408WhenARequestDoesNotComeInTimeButLetsAnIdleConnectionBe() throws Exception {
    try (TestServer server = TestServer.echoingHttp(TestLimits.timeouts(50, 5_000));
        RawPeer idle = server.peer();
        RawPeer slowHead = server.peer();
        RawPeer slowBody = server.peer()) {
      slowHead.sendLines("GET /a HT");
      slowBody.sendLines("POST /a HTTP/1.1|Host: a|Content-Length: 2||x");

      assertThat(slowHead.readAnswer().status()).isEqualTo(408);
      slowHead.expectEnd();
      assertThat(slowBody.readAnswer().status()).isEqualTo(408);
      slowBody.expectEnd();
      idle.sendLines("GET /idle" + GET);
      assertThat(idle.readAnswer().body()).isEqualTo("GET /idle ");
    }
  }

  @Test
  void turnsAnExceptionOfTheHandlerIntoA500AndGoesOn() throws Exception {
    try (TestServer server =
            TestServer.start(
                (request, exchange) -> {
                  if (request.target().equals("/bad")) {
                    throw new IllegalStateException("no good");
                  }
                  exchange.respond(TestServer.echo(request));
                });
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /bad" + GET + "GET /good" + GET);

      Answer failed = peer.readAnswer();
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo("java.lang.IllegalStateException: no good");
      assertThat(peer.readAnswer().body()).isEqualTo("GET /good ");
    }
  }

  @Test
  void takesOnlyOneAnswer() throws Exception {
    BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    try (TestServer server =
            TestServer.start(
                (request, exchange) -> {
                  exchange.respond(HttpResponse.of(202));
                  failures.add(catchThrowable(() -> exchange.respond(HttpResponse.of(500))));
                });
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a" + GET + "GET /b" + GET);

      assertThat(peer.readAnswer().status()).isEqualTo(202);
      assertThat(peer.readAnswer().status()).isEqualTo(202);
      assertThat(failures.take())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this request has been answered already");
    }
  }

  @Test
  void refusesAHeaderThatWouldSplitTheAnswer() throws Exception {
    HttpResponse split = HttpResponse.of(200, HttpHeaders.of("X", "a\r\nSet-Cookie: b"));
    try (TestServer server = TestServer.start((request, exchange) -> exchange.respond(split));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a" + GET);

      Answer answer = peer.readAnswer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("the value of X has a control character");
    }
  }

  @Test
  void writesItsOwnLengthAndKeepsADateThatTheHandlerGave() throws Exception {
    HttpResponse response =
        new HttpResponse(
            200,
            HttpHeaders.of("content-length", "99", "transfer-encoding", "chunked", "date", "D"),
            "abc".getBytes(ISO_8859_1));
    try (TestServer server = TestServer.start((request, exchange) -> exchange.respond(response));
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a" + GET);

      assertThat(peer.readAnswer().head())
          .isEqualTo(
              new String(RawPeer.lines("HTTP/1.1 200 OK|date: D|Content-Length: 3||"), ISO_8859_1));
    }
  }

  @Test
  void cannotBeUpgradedWhenNobodyAskedForIt() throws Exception {
    BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    try (TestServer server =
            TestServer.start(
                (request, exchange) -> {
                  failures.add(catchThrowable(() -> exchange.upgrade(null, RecordingHandler::new)));
                  exchange.respond(HttpResponse.of(400));
                });
        RawPeer peer = server.peer()) {
      peer.sendLines("GET /a" + GET);

      assertThat(peer.readAnswer().status()).isEqualTo(400);
      assertThat(failures.take()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void refusesAnInterimStatusAsAnAnswer() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                ResponseWriter.write(
                    HttpResponse.of(101),
                    false,
                    ResponseWriter.Ending.PERSISTENT,
                    java.time.Instant.EPOCH))
        .withMessage("a final status is wanted but this is 101");
  }

  @Test
  void forgetsAnAnswerToAPeerThatHasGone() throws Exception {
    BlockingQueue<HttpExchange> exchanges = new LinkedBlockingQueue<>();
    try (TestServer server = TestServer.start((request, exchange) -> exchanges.add(exchange));
        RawPeer next = server.peer()) {
      try (RawPeer peer = server.peer()) {
        peer.sendLines("GET /a" + GET);
        HttpExchange exchange = exchanges.take();
        peer.reset();
        eventually().atMost(10, TimeUnit.SECONDS).until(() -> server.connections() == 1);
        exchange.respond(HttpResponse.of(200));
      }

      next.sendLines("GET /b" + GET);
      exchanges.take().respond(HttpResponse.of(202));
      assertThat(next.readAnswer().status()).isEqualTo(202);
    }
  }
}
