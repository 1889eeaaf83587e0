package io.github.webpubsubtestkit.internal.transport;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.transport.HttpResult.Answered;
import io.github.webpubsubtestkit.internal.transport.HttpResult.Failed;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Requests of our own")
@Timeout(60)
class HttpCallerTest {

  private static final int MAX_BODY = 1000;
  private static final byte[] NO_BODY = {};
  private static final String OK = "HTTP/1.1 200 OK|Content-Length: 2||ok";

  private TransportLoop loop;
  private HttpCaller caller;
  private ServerSocket listener;

  @BeforeEach
  void open() throws Exception {
    loop = TransportLoop.start("caller-test", LoopTimers.realTime());
    caller = new HttpCaller(loop, MAX_BODY);
    listener = new ServerSocket();
    listener.bind(TestServer.loopback(0));
    listener.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws Exception {
    listener.close();
    loop.close();
  }

  private URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + pathAndQuery);
  }

  private RawPeer accept() throws Exception {
    return RawPeer.accepted(listener.accept());
  }

  private CompletableFuture<HttpResult> get(String path) {
    return send("GET", uri(path), HttpHeaders.none(), NO_BODY);
  }

  private CompletableFuture<HttpResult> send(
      String method, URI uri, HttpHeaders headers, byte[] body) {
    CompletableFuture<HttpResult> result = new CompletableFuture<>();
    caller.call(
        method,
        uri,
        headers,
        body,
        each -> assertThat(result.complete(each)).as("the first result").isTrue());
    return result;
  }

  private static HttpResult resultOf(CompletableFuture<HttpResult> call) throws Exception {
    return call.get(10, TimeUnit.SECONDS);
  }

  /** For example {@code 200 ok}, {@code 200 too large} or {@code LOST the connection …}. */
  private static String outcomeOf(CompletableFuture<HttpResult> call) throws Exception {
    HttpResult result = resultOf(call);
    if (result instanceof Answered answered) {
      String body =
          answered.bodyTooLarge() ? "too large" : new String(answered.response().body(), UTF_8);
      return (answered.response().status() + " " + body).strip();
    }
    Failed failed = (Failed) result;
    return failed.kind() + " " + failed.detail();
  }

  @Nested
  class Sending {

    @Test
    void theWholeRequest() throws Exception {
      HttpHeaders headers =
          HttpHeaders.of(
              "X-One", "1", "ce-userId", new String("Zoë 你".getBytes(UTF_8), ISO_8859_1));
      CompletableFuture<HttpResult> call =
          send("POST", uri("/a%2Fb?c=%20d"), headers, "hällo".getBytes(UTF_8));
      try (RawPeer peer = accept()) {
        String head = peer.readHead().head();
        assertThat(head)
            .isEqualTo(
                "POST /a%2Fb?c=%20d HTTP/1.1\r\nHost: 127.0.0.1:"
                    + listener.getLocalPort()
                    + "\r\nX-One: 1\r\nce-userId: "
                    + new String("Zoë 你".getBytes(UTF_8), ISO_8859_1)
                    + "\r\nContent-Length: 6\r\n\r\n");
        assertThat(new String(peer.readBytes(6), UTF_8)).isEqualTo("hällo");
        peer.sendLines(OK);
        assertThat(outcomeOf(call)).isEqualTo("200 ok");
      }
    }

    @Test
    void aLargeBodyToASlowReader() throws Exception {
      byte[] body = new byte[8 << 20];
      body[body.length - 1] = 7;
      CompletableFuture<HttpResult> call = send("POST", uri("/"), HttpHeaders.none(), body);
      try (RawPeer peer = accept()) {
        peer.readHead();
        assertThat(peer.readBytes(body.length)).isEqualTo(body);
        peer.sendLines(OK);
        assertThat(outcomeOf(call)).isEqualTo("200 ok");
      }
    }

    @Test
    void anEmptyPostSaysSoAndAnEmptyPathIsASlash() throws Exception {
      CompletableFuture<HttpResult> call = send("POST", uri(""), HttpHeaders.none(), NO_BODY);
      try (RawPeer peer = accept()) {
        assertThat(peer.readHead().head())
            .startsWith("POST / HTTP/1.1\r\n")
            .contains("\r\nContent-Length: 0\r\n");
        peer.sendLines("HTTP/1.1 204 No Content||");
        assertThat(outcomeOf(call)).isEqualTo("204");
      }
    }

    @Test
    void whatCannotBeSentIsRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  caller.call(
                      "GET", uri("/"), HttpHeaders.of("X", "a\r\nY: b"), NO_BODY, result -> {}))
          .withMessage("the value of X has a control character");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  caller.call(
                      "GET",
                      URI.create("ftp://127.0.0.1/"),
                      HttpHeaders.none(),
                      NO_BODY,
                      result -> {}))
          .withMessage(
              "only http://host and https://host addresses can be called, not ftp://127.0.0.1/");
    }
  }

  @Nested
  class Answers {

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        textBlock =
            """
            HTTP/1.1 200 OK|Content-Length: 2||ok ~ 200 ok
            HTTP/1.1 201|Content-Length: 0|| ~ 201
            HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|o|1;x=y|k|0|T: x|| ~ 200 ok
            HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 200 OK|Content-Length: 2||ok ~ 200 ok
            HTTP/1.1 204 No Content|| ~ 204
            HTTP/1.1 302 Found|Location: /other|Content-Length: 0|| ~ 302
            HTTP/1.1 200 OK|Content-Length: 1001|| ~ 200 too large
            HTTP/1.1 200 OK|Content-Length: 99999999999999999999|| ~ 200 too large
            HTTP/1.1 101 Switching Protocols|| ~ MALFORMED the answer is 101, but nobody has asked for another protocol
            SSH-2.0-OpenSSH|| ~ MALFORMED the answer is no HTTP/1.1: a status line must be version, status and reason
            HTTP/1.1 200 OK|no colon|| ~ MALFORMED the answer is no HTTP/1.1: a header line must be a name, a colon and a value
            HTTP/1.1 200 OK|Content-Length: x|| ~ MALFORMED the answer is no HTTP/1.1: Content-Length must be a number
            HTTP/1.1 200 OK|Transfer-Encoding: chunked||zz| ~ INCOMPLETE the answer is no HTTP/1.1: a chunk without a size
            """)
    void whileTheConnectionIsOpen(String answer, String outcome) throws Exception {
      CompletableFuture<HttpResult> call = get("/");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(answer);
        assertThat(outcomeOf(call)).isEqualTo(outcome);
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        textBlock =
            """
            HTTP/1.1 200 OK||until the end ~ 200 until the end
            HTTP/1.0 200 OK||until the end ~ 200 until the end
            HTTP/1.1 200 OK|Content-Length: 10||cut ~ INCOMPLETE the connection was closed in the midst of the answer
            HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|cut| ~ INCOMPLETE the connection was closed in the midst of the answer
            HTTP/1.1 200 ~ LOST the connection was closed in the head of the answer
            '' ~ LOST the connection was closed without an answer
            """)
    void withTheEndOfTheConnection(String answer, String outcome) throws Exception {
      CompletableFuture<HttpResult> call = get("/");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(answer).shutdownOutput();
        assertThat(outcomeOf(call)).isEqualTo(outcome);
        peer.expectEnd();
      }
    }

    @Test
    void inPiecesOfAByte() throws Exception {
      CompletableFuture<HttpResult> call = get("/");
      try (RawPeer peer = accept()) {
        peer.readHead();
        for (byte each : RawPeer.lines(OK)) {
          peer.send(new byte[] {each});
        }
        assertThat(outcomeOf(call)).isEqualTo("200 ok");
      }
    }

    @Test
    void ofTooManyChunks() throws Exception {
      CompletableFuture<HttpResult> call = get("/");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(
            "HTTP/1.1 200 OK|Transfer-Encoding: chunked||"
                + "a|0123456789|".repeat(MAX_BODY / 10 + 1));
        assertThat(outcomeOf(call)).isEqualTo("200 too large");
      }
    }

    @Test
    void noneBecauseOfAReset() throws Exception {
      CompletableFuture<HttpResult> call = get("/");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.reset();
        assertThat(outcomeOf(call)).startsWith("LOST ").endsWith(" without an answer");
      }
    }

    @Test
    void noneBecauseNobodyListens() throws Exception {
      URI gone = uri("/");
      listener.close();
      assertThat(outcomeOf(send("GET", gone, HttpHeaders.none(), NO_BODY)))
          .isEqualTo("CANNOT_CONNECT 127.0.0.1:" + gone.getPort() + ": Connection refused");
    }

    @Test
    void noneBecauseTheHostIsUnknown() throws Exception {
      List<CompletableFuture<HttpResult>> calls = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        calls.add(send("GET", URI.create("http://host.invalid/"), HttpHeaders.none(), NO_BODY));
      }
      for (CompletableFuture<HttpResult> call : calls) {
        assertThat(outcomeOf(call)).isEqualTo("CANNOT_CONNECT host.invalid is not a known host");
      }
    }

    @Test
    void ofLocalhostWhateverOfItsAddressesIsListenedAt() throws Exception {
      URI localhost = URI.create("http://localhost:" + listener.getLocalPort() + "/");
      CompletableFuture<HttpResult> call = send("GET", localhost, HttpHeaders.none(), NO_BODY);
      try (RawPeer peer = accept()) {
        assertThat(peer.readHead().hasLine("Host: localhost:" + localhost.getPort())).isTrue();
        peer.sendLines(OK);
        assertThat(outcomeOf(call)).isEqualTo("200 ok");
      }
      listener.close();
      assertThat(outcomeOf(send("GET", localhost, HttpHeaders.none(), NO_BODY)))
          .startsWith("CANNOT_CONNECT 127.0.0.1:" + localhost.getPort() + ": Connection refused, ");
    }
  }

  @Nested
  class KeptConnections {

    @Test
    void areUsedAgain() throws Exception {
      CompletableFuture<HttpResult> first = get("/1");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        CompletableFuture<HttpResult> second = get("/2");
        assertThat(peer.readHead().head()).startsWith("GET /2 ");
        peer.sendLines(OK);
        assertThat(outcomeOf(second)).isEqualTo("200 ok");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "HTTP/1.1 200 OK|Connection: close|Content-Length: 2||ok",
          "HTTP/1.0 200 OK|Content-Length: 2||ok",
          "HTTP/1.1 200 OK|Content-Length: 2||ok and more"
        })
    void areNotThoseThatEndWithTheirAnswer(String answer) throws Exception {
      CompletableFuture<HttpResult> first = get("/1");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(answer);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        peer.expectEnd();
      }
      CompletableFuture<HttpResult> second = get("/2");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(second)).isEqualTo("200 ok");
      }
    }

    @Test
    void thatThePeerClosesWhileNobodyUsesThemAreForgotten() throws Exception {
      CompletableFuture<HttpResult> first = get("/1");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        peer.shutdownOutput();
        peer.expectEnd(); // it was noticed
      }
      CompletableFuture<HttpResult> second = get("/2");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(second)).isEqualTo("200 ok");
      }
    }

    @Test
    void thatEndWithoutAByteOfAnAnswerAreNotTriedAgain() throws Exception {
      CompletableFuture<HttpResult> first = get("/1");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        CompletableFuture<HttpResult> second = get("/2");
        peer.readHead();
        peer.reset();
        assertThat(outcomeOf(second)).startsWith("LOST ");
      }
    }

    @Test
    void thatEndInTheTurnOfTheNextRequestAreNotUsed() throws Exception {
      CompletableFuture<HttpResult> first = get("/1");
      CompletableFuture<HttpResult> second = new CompletableFuture<>();
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        CountDownLatch closed = new CountDownLatch(1);
        boolean accepted =
            loop.execute(
                () -> { // the loop cannot see the end before it sends
                  try {
                    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  caller.call("GET", uri("/2"), HttpHeaders.none(), NO_BODY, second::complete);
                });
        assertThat(accepted).isTrue();
        peer.hangUp();
        closed.countDown();
      }
      try (RawPeer peer = accept()) {
        assertThat(peer.readHead().head()).startsWith("GET /2 ");
        peer.sendLines(OK);
        assertThat(outcomeOf(second)).isEqualTo("200 ok");
      }
    }

    @Test
    void thatEndWithinAnAnswerAreNotTriedAgain() throws Exception {
      CompletableFuture<HttpResult> first = get("/1");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        CompletableFuture<HttpResult> second = get("/2");
        peer.readHead();
        peer.sendLines("H").shutdownOutput();
        assertThat(outcomeOf(second))
            .isEqualTo("LOST the connection was closed in the head of the answer");
      }
    }

    @Test
    void areClosedWhenNobodyUsesThemForLong() throws Exception {
      caller = new HttpCaller(loop, MAX_BODY, Duration.ofMillis(20), loop::trust);
      CompletableFuture<HttpResult> first = get("/1");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        peer.expectEnd();
      }
    }

    @Test
    void areClosedWithTheLoop() throws Exception {
      CompletableFuture<HttpResult> first = get("/1");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(first)).isEqualTo("200 ok");
        loop.close();
        peer.expectEnd();
      }
    }
  }

  @Nested
  class GivingUp {

    @Test
    void closesTheConnectionAndTellsNobody() throws Exception {
      AtomicInteger results = new AtomicInteger();
      HttpCall call =
          caller.call(
              "GET", uri("/"), HttpHeaders.none(), NO_BODY, result -> results.incrementAndGet());
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines("HTTP/1.1 200 OK|Content-Length: 5||");
        eventually().until(call::isAnswering);
        call.cancel();
        call.cancel();
        peer.expectEnd();
      }
      CompletableFuture<HttpResult> other = get("/other");
      try (RawPeer peer = accept()) {
        peer.readHead();
        peer.sendLines(OK);
        assertThat(outcomeOf(other)).isEqualTo("200 ok");
      }
      assertThat(results).hasValue(0);
    }

    @Test
    void beforeThereIsAConnectionLeavesNone() throws Exception {
      AtomicInteger results = new AtomicInteger();
      CountDownLatch cancelled = new CountDownLatch(1);
      boolean accepted =
          loop.execute(
              () -> { // within one turn, so that the connection cannot be there
                caller
                    .call(
                        "GET",
                        uri("/"),
                        HttpHeaders.none(),
                        NO_BODY,
                        result -> results.incrementAndGet())
                    .cancel();
                cancelled.countDown();
              });
      assertThat(accepted).isTrue();
      assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
      try (RawPeer peer = accept()) {
        peer.expectEnd();
      }
      assertThat(results).hasValue(0);
    }

    @Test
    void knowsWhetherTheAnswerHasBegun() throws Exception {
      CountDownLatch answered = new CountDownLatch(1);
      HttpCall call =
          caller.call("GET", uri("/"), HttpHeaders.none(), NO_BODY, result -> answered.countDown());
      try (RawPeer peer = accept()) {
        peer.readHead();
        assertThat(call.isAnswering()).isFalse();
        peer.sendLines(OK);
        assertThat(answered.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(call.isAnswering()).isTrue();
        call.cancel(); // too late, and without effect on the connection
        CompletableFuture<HttpResult> second = get("/2");
        assertThat(peer.readHead().head()).startsWith("GET /2 ");
        peer.sendLines(OK);
        assertThat(outcomeOf(second)).isEqualTo("200 ok");
      }
    }

    @Test
    void isWhatTheEndOfTheLoopDoes() throws Exception {
      CompletableFuture<HttpResult> hanging = get("/");
      try (RawPeer peer = accept()) {
        peer.readHead();
        loop.close();
        assertThat(outcomeOf(hanging)).isEqualTo("STOPPED the loop was stopped");
        peer.expectEnd();
      }
      assertThat(outcomeOf(get("/"))).isEqualTo("STOPPED the loop was stopped");
    }
  }

  @Test
  @DisplayName(
      "run beside each other, a thousand at a time, and leave their connections for others")
  void thousandAtATime() throws Exception {
    int count = 1000;
    List<HttpExchange> held = new ArrayList<>(); // on the server's loop only
    CompletableFuture<List<HttpExchange>> all = new CompletableFuture<>();
    try (TestServer server =
        TestServer.start(
            (request, exchange) -> {
              held.add(exchange);
              if (held.size() == count) {
                all.complete(held);
              }
            })) {
      URI uri = URI.create("http://127.0.0.1:" + server.address.getPort() + "/");
      List<CompletableFuture<HttpResult>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        calls.add(send("POST", uri, HttpHeaders.none(), new byte[] {1}));
      }
      List<HttpExchange> exchanges = all.get(30, TimeUnit.SECONDS);
      assertThat(server.connections()).isEqualTo(count);
      server.onLoop(
          () -> {
            exchanges.forEach(each -> each.respond(HttpResponse.of(204)));
            return "answered";
          });
      for (CompletableFuture<HttpResult> call : calls) {
        assertThat(outcomeOf(call)).isEqualTo("204");
      }
    }
  }

  @Test
  @DisplayName("report what their callers throw, and go on")
  void callersMayFail() throws Exception {
    CompletableFuture<HttpResult> after = new CompletableFuture<>();
    caller.call(
        "GET",
        uri("/"),
        HttpHeaders.none(),
        NO_BODY,
        result -> {
          after.complete(result);
          Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
          throw new IllegalStateException("thrown by a test");
        });
    try (RawPeer peer = accept()) {
      peer.readHead();
      peer.sendLines(OK);
      assertThat(outcomeOf(after)).isEqualTo("200 ok");
      CompletableFuture<HttpResult> second = get("/2");
      assertThat(peer.readHead().head()).startsWith("GET /2 ");
      peer.sendLines(OK);
      assertThat(outcomeOf(second)).isEqualTo("200 ok");
    }
  }
}
