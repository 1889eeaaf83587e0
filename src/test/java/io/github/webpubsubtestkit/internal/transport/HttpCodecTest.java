package io.github.webpubsubtestkit.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.transport.RawPeer.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** rest-api 5: what the HTTP layer refuses by itself, and RFC 9112 for what it accepts. */
@DisplayName("The HTTP/1.1 codec")
class HttpCodecTest {

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.echoingHttp(TestLimits.http(1024, 1000));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer answerTo(String table) throws Exception {
    try (RawPeer peer = server.peer()) {
      peer.sendLines(table);
      Answer answer = peer.readAnswer();
      if (answer.closes()) {
        peer.shutdownOutput();
        peer.expectEnd();
      }
      return answer;
    }
  }

  @ParameterizedTest(name = "{1} for {2}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          GET / HTTP/1.1|Host : a||                                         ~ 400 ~ a blank before the colon
          GET / HTTP/1.1|Host: a| folded||                                  ~ 400 ~ a folded line
          GET / HTTP/1.1|Host: a|NoColon||                                  ~ 400 ~ a line without a colon
          GET / HTTP/1.1|Host: a|: value||                                  ~ 400 ~ a line without a name
          GET / HTTP/1.1|Host: a|A(b: c||                                   ~ 400 ~ a name that is no token
          GET / HTTP/1.1||                                                  ~ 400 ~ no Host
          GET / HTTP/1.1|Host: a|Host: a||                                  ~ 400 ~ two Hosts
          GET  / HTTP/1.1|Host: a||                                         ~ 400 ~ two blanks
          GET / |Host: a||                                                  ~ 400 ~ no version
          GET /|Host: a||                                                   ~ 400 ~ HTTP/0.9
          GET / HTTP/1.1 x|Host: a||                                        ~ 400 ~ something behind the version
          GET / http/1.1|Host: a||                                          ~ 400 ~ a version in small letters
          GET / HTTP/1.x|Host: a||                                          ~ 400 ~ a version that is no number
          GET / HTTP/2.0|Host: a||                                          ~ 505 ~ another version
          PRI * HTTP/2.0||SM||                                              ~ 505 ~ the preface of HTTP/2
          G(T / HTTP/1.1|Host: a||                                          ~ 400 ~ a method that is no token
          GET a HTTP/1.1|Host: a||                                          ~ 400 ~ a target without a slash
          GET * HTTP/1.1|Host: a||                                          ~ 400 ~ the asterisk without OPTIONS
          GET http:// HTTP/1.1|Host: a||                                    ~ 400 ~ an absolute target without a host
          GET /a#b HTTP/1.1|Host: a||                                       ~ 400 ~ a fragment
          POST / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 1||a    ~ 400 ~ two equal lengths
          POST / HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 2||a    ~ 400 ~ two different lengths
          POST / HTTP/1.1|Host: a|Content-Length: 1, 1||a                   ~ 400 ~ a list of lengths
          POST / HTTP/1.1|Host: a|Content-Length: -1||                      ~ 400 ~ a negative length
          POST / HTTP/1.1|Host: a|Content-Length: +1||a                     ~ 400 ~ a signed length
          POST / HTTP/1.1|Host: a|Content-Length: 0x1||a                    ~ 400 ~ a hexadecimal length
          POST / HTTP/1.1|Host: a|Content-Length:||                         ~ 400 ~ an empty length
          POST / HTTP/1.1|Host: a|Content-Length: 1|Transfer-Encoding: chunked||0|| ~ 400 ~ a length and chunks
          POST / HTTP/1.0|Transfer-Encoding: chunked||0||                   ~ 400 ~ chunks in HTTP/1.0
          POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip||                 ~ 501 ~ an unknown coding
          POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||0||     ~ 501 ~ an unknown coding before chunks
          POST / HTTP/1.1|Host: a|Transfer-Encoding: identity||             ~ 501 ~ the coding that was abolished
          POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked, chunked||0||  ~ 400 ~ chunks in chunks
          POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0|| ~ 400 ~ two codings
          POST / HTTP/1.1|Host: a|Expect: magic||                           ~ 417 ~ an unknown expectation
          POST / HTTP/1.1|Host: a|Expect: 100-continue, magic||             ~ 417 ~ an unknown expectation beside a known
          POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||x|            ~ 400 ~ a chunk size that is no number
          POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked|||             ~ 400 ~ a chunk without a size
          POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||-1|           ~ 400 ~ a negative chunk size
          POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||1234567890abcdef|  ~ 400 ~ a chunk size of 16 digits
          POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||1|ab|         ~ 400 ~ more data than the chunk has
          """)
  void refuses(String request, int status, String reason) throws Exception {
    Answer answer = answerTo(request);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.closes()).isTrue();
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest(name = "a head with the byte {0}")
  @CsvSource({"0, 400", "1, 400", "7, 400", "10, 400", "13, 400", "31, 400", "127, 400"})
  void refusesControlCharacters(int each, int status) throws Exception {
    Answer answer = answerTo("GET / HTTP/1.1|Host: a|X: b" + (char) each + "c||");

    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void refusesBareLineFeedsAtTheFirst() throws Exception {
    assertThat(answerTo("GET / HTTP/1.1\nHost").status()).isEqualTo(400);
  }

  @Test
  void refusesATlsHelloAtItsFirstByte() throws Exception {
    assertThat(answerTo("\u0016").status()).isEqualTo(400);
  }

  @Test
  void refusesATargetThatIsNotEncoded() throws Exception {
    assertThat(answerTo("GET /\u00fc HTTP/1.1|Host: a||").status()).isEqualTo(400);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          GET /a?b=c%20d HTTP/1.1|Host: a||                              ~ GET /a?b=c%20d
          ||GET /a HTTP/1.1|Host: a||                                    ~ GET /a
          GET http://h:80/p?q HTTP/1.1|Host: a||                         ~ GET /p?q
          GET http://h HTTP/1.1|Host: a||                                ~ GET /
          GET HTTP://h?q HTTP/1.1|Host: a||                              ~ GET /?q
          OPTIONS * HTTP/1.1|Host:||                                     ~ OPTIONS *
          get /a HTTP/1.1|Host: a||                                      ~ get /a
          GET /a HTTP/1.0||                                              ~ GET /a
          GET /a HTTP/1.9|Host: a||                                      ~ GET /a
          POST /a HTTP/1.1|Host: a|content-length: 3||xyz                ~ POST /a xyz
          POST /a HTTP/1.1|Host: a|Content-Length: 0003||xyz             ~ POST /a xyz
          POST /a HTTP/1.1|Host: a|Transfer-Encoding: Chunked||3|xyz|0|| ~ POST /a xyz
          POST /a HTTP/1.1|Host: a|Transfer-Encoding: chunked||1;a=b;c="d e"|x|02 ;f|yz|000|| ~ POST /a xyz
          POST /a HTTP/1.1|Host: a|Transfer-Encoding: chunked||A|0123456789|0|Trailer: t|Second: u|| ~ POST /a 0123456789
          POST /a HTTP/1.1|Host: a|Transfer-Encoding: , chunked ,||0||   ~ POST /a
          """)
  void accepts(String request, String echoed) throws Exception {
    Answer answer = answerTo(request);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body().trim()).isEqualTo(echoed);
  }

  @Test
  void handsOverAllLinesInOrderAndTrimmed() throws Exception {
    answerTo("GET / HTTP/1.1|Host: a|X-A:1|x-a: \t 2 \t|Empty:|B: \u00e9 \u00fc||");

    assertThat(server.requests.take().headers().fields())
        .containsExactly(
            new HttpHeaders.Field("Host", "a"),
            new HttpHeaders.Field("X-A", "1"),
            new HttpHeaders.Field("x-a", "2"),
            new HttpHeaders.Field("Empty", ""),
            new HttpHeaders.Field("B", "\u00e9 \u00fc"));
  }

  @Test
  void dropsTrailers() throws Exception {
    answerTo("POST /a HTTP/1.1|Host: a|Transfer-Encoding: chunked||0|X-Late: 1||");

    assertThat(server.requests.take().headers().first("X-Late")).isEmpty();
  }

  @Test
  void takesAHeadOfExactlyTheLimitAndRefusesOneByteMore() throws Exception {
    String start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    String fill = "f".repeat(1024 - start.length() - 4);

    assertThat(answerTo(start + fill + "||").status()).isEqualTo(200);
    Answer refused = answerTo(start + fill + "f||");
    assertThat(refused.status()).isEqualTo(431);
    assertThat(refused.closes()).isTrue();
  }

  @Test
  void refusesAnEndlessHeadWithoutWaitingForItsEnd() throws Exception {
    assertThat(answerTo("GET /" + "a".repeat(2000)).status()).isEqualTo(431);
  }

  @Test
  void refusesEndlessTrailers() throws Exception {
    String chunks = "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||0|";

    assertThat(answerTo(chunks + "T: t|".repeat(300)).status()).isEqualTo(431);
  }

  @Test
  void refusesEndlessChunkExtensions() throws Exception {
    String chunks = "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||1;";

    assertThat(answerTo(chunks + "e".repeat(5000)).status()).isEqualTo(400);
  }

  @ParameterizedTest(name = "Content-Length {0}: too large is {1}")
  @CsvSource({
    "1000, false",
    "1001, true",
    "9223372036854775807, true",
    "99999999999999999999, true"
  })
  void tellsTheHandlerThatABodyIsTooLarge(String length, boolean tooLarge) throws Exception {
    Answer answer =
        answerTo("POST / HTTP/1.1|Host: a|Content-Length: " + length + "||" + "b".repeat(1000));

    HttpRequest request = server.requests.take();
    assertThat(request.bodyTooLarge()).isEqualTo(tooLarge);
    assertThat(request.body()).hasSize(tooLarge ? 0 : 1000);
    assertThat(answer.closes()).isEqualTo(tooLarge);
  }

  @Test
  void tellsTheHandlerThatChunksAreTooLargeAtTheFirstByteOverTheLimit() throws Exception {
    Answer answer =
        answerTo(
            "POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||3e8|"
                + "b".repeat(1000)
                + "|10|b");

    assertThat(answer.body()).isEqualTo("POST / too large");
    assertThat(answer.closes()).isTrue();
  }

  @Test
  void readsAChunkedBodyByteByByte() throws Exception {
    try (RawPeer peer = server.peer()) {
      String request =
          "POST /a HTTP/1.1|Host: a|Transfer-Encoding: chunked||3;x=y|abc|2|de|0|T: u||";
      for (byte each : RawPeer.lines(request)) {
        peer.send(new byte[] {each});
      }

      assertThat(peer.readAnswer().body()).isEqualTo("POST /a abcde");
    }
  }

  @Test
  void answersWithLengthAndDate() throws Exception {
    Answer answer = answerTo("GET /a HTTP/1.1|Host: a||");

    assertThat(answer.head())
        .startsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\nDate: ")
        .matches(
            "(?s).*Date: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT\r\n.*");
    assertThat(answer.closes()).isFalse();
  }

  @Test
  void neverSharesAConnectionAcrossARefusal() throws Exception {
    try (RawPeer peer = server.peer()) {
      peer.sendLines("GET /1 HTTP/1.1|Host: a||GET bad||GET /3 HTTP/1.1|Host: a||");

      List<Integer> statuses = List.of(peer.readAnswer().status(), peer.readAnswer().status());
      assertThat(statuses).containsExactly(200, 400);
      peer.expectEnd();
    }
    assertThat(server.requests).hasSize(1);
  }
}
