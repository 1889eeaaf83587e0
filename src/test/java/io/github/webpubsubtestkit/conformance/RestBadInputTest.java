package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.VERSION;
import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.RestFixture.chunked;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are broken, or break off: the answer is the documented one if there is somebody to
 * answer, nothing has been done, and no other caller notices (rest-api 5). What has a number of its
 * own in rest-api 15 is tested there.
 */
class RestBadInputTest {

  private static final String BULK = "/api/hubs/chat/:addToGroups" + VERSION;

  private RestFixture fixture;
  private WireClient client;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
    client = fixture.raw("u");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  /** Nothing came of the bad request, and the next caller is served. */
  private void assertUndisturbed() {
    assertThat(groups()).isEmpty();
    fixture.assertReaches(client, "");
  }

  /** Those of the only client. */
  private Set<String> groups() {
    return fixture.fixture().fake().connections(FakeFixture.HUB).get(0).groups();
  }

  private byte[] bulk(String body, String... lines) {
    StringBuilder head = new StringBuilder("POST " + BULK + " HTTP/1.1\r\n");
    head.append("Host: ").append(fixture.fixture().authority()).append("\r\n");
    head.append(fixture.authorization(BULK)).append("Content-Type: application/json\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return (head + "\r\n" + body).getBytes(ISO_8859_1);
  }

  @ParameterizedTest(name = "a caller that goes {0} in the middle of a send")
  @ValueSource(strings = {"in the head", "in the body", "in a chunk", "between chunks"})
  void callerGone(String where) {
    byte[] request =
        switch (where) {
          case "in the head" ->
              Arrays.copyOf(fixture.sendHead("Content-Type: text/plain", "Content-Length: 5"), 80);
          case "in the body" ->
              join(fixture.sendHead("Content-Type: text/plain", "Content-Length: 5"), "ab");
          case "in a chunk" ->
              join(
                  fixture.sendHead("Content-Type: text/plain", "Transfer-Encoding: chunked"),
                  "5\r\nab");
          default ->
              join(
                  fixture.sendHead("Content-Type: text/plain", "Transfer-Encoding: chunked"),
                  "2\r\nab\r\n");
        };
    try (WireSocket closed = WireSocket.connect(fixture.endpoint());
        WireSocket aborted = WireSocket.connect(fixture.endpoint())) {
      closed.send(request);
      aborted.send(request);
      closed.endOutput();
      aborted.reset();
      // what had begun is not carried out: the service has nothing to say, or says that it was bad
      if (closed.read() >= 0) {
        String rest = new String(readToEnd(closed), ISO_8859_1);
        assertThat(rest).startsWith("TTP/1.1 400 ");
      }
    }

    assertUndisturbed();
  }

  private static byte[] readToEnd(WireSocket socket) {
    List<Byte> bytes = new ArrayList<>();
    for (int b = socket.read(); b >= 0; b = socket.read()) {
      bytes.add((byte) b);
    }
    byte[] all = new byte[bytes.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = bytes.get(i);
    }
    return all;
  }

  private static byte[] join(byte[] head, String body) {
    byte[] all = Arrays.copyOf(head, head.length + body.length());
    System.arraycopy(body.getBytes(US_ASCII), 0, all, head.length, body.length());
    return all;
  }

  @Test
  @DisplayName("a caller that goes before it has read its answer: what it asked is done")
  void callerGoneBeforeTheAnswer() {
    try (WireSocket socket = WireSocket.connect(fixture.endpoint())) {
      socket.send(join(fixture.sendHead("Content-Type: text/plain", "Content-Length: 2"), "hi"));
      client.expectText("hi");
      socket.reset();
    }

    assertUndisturbed();
  }

  @Test
  @DisplayName("a bulk request whose body breaks off changes nothing")
  void bulkBreaksOff() {
    try (WireSocket socket = WireSocket.connect(fixture.endpoint())) {
      socket.send(bulk("{\"groups\":[\"g\"]", "Content-Length: 16"));
      socket.reset();
    }

    assertUndisturbed();
  }

  @Test
  @DisplayName("a bulk request of chunks is carried out")
  void bulkOfChunks() {
    HttpAnswer answer =
        fixture.exchange(
            bulk("", "Transfer-Encoding: chunked"),
            chunked("{\"groups\":".getBytes(UTF_8), "[\"g\"]}".getBytes(UTF_8)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(groups()).containsExactly("g");
  }

  @Test
  @DisplayName("a bulk request of more than 1 MiB is 400, in chunks, too, and changes nothing")
  void oversizeBulk() {
    byte[] body = ("{\"groups\":[\"g\"],\"x\":\"" + "x".repeat(1_048_576) + "\"}").getBytes(UTF_8);

    assertBadRequest(fixture.exchange(bulk("", "Transfer-Encoding: chunked"), chunked(body)));

    assertUndisturbed();
  }

  @Test
  @DisplayName("two lengths that differ are 400")
  void twoLengths() {
    HttpAnswer answer =
        fixture.exchange(
            join(
                fixture.sendHead(
                    "Content-Type: text/plain", "Content-Length: 1", "Content-Length: 2"),
                "ab"));

    assertThat(answer.status()).isEqualTo(400);
    assertUndisturbed();
  }

  @ParameterizedTest(name = "JSON in {0} that is said to be UTF-8 is 400")
  @ValueSource(strings = {"UTF-16LE", "ISO-8859-1"})
  void wronglyEncoded(String charset) throws Exception {
    byte[] body = "{\"groups\":[\"gé\"]}".getBytes(charset);

    HttpAnswer answer =
        fixture.fixture().rest().call("POST", "/:addToGroups", "", "application/json", body);

    assertBadRequest(answer);
    assertUndisturbed();
  }

  @Test
  @DisplayName("JSON in the charset that is said is read")
  void otherCharset() {
    byte[] body = "{\"groups\":[\"g\"]}".getBytes(UTF_16LE);

    HttpAnswer answer =
        fixture
            .fixture()
            .rest()
            .call("POST", "/:addToGroups", "", "application/json; charset=UTF-16LE", body);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(groups()).containsExactly("g");
  }

  @Test
  @DisplayName("of a property that stands there twice the last one counts")
  void duplicatedProperty() {
    HttpAnswer answer = fixture.post("/:addToGroups", "{\"groups\":[\"h\"],\"groups\":[\"g\"]}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(groups()).containsExactly("g");
  }

  @Test
  @DisplayName("paging and version given twice are 400, whatever they say")
  void duplicatedParameters() {
    for (String query :
        List.of("&maxpagesize=1&maxpagesize=1", "&top=1&top=1", "&api-version=2024-12-01")) {
      assertBadRequest(fixture.call("GET", "/groups/g/connections", query));
    }
  }

  @Test
  @DisplayName("bad callers at the same time as a good one do not disturb it")
  void together() throws Exception {
    ExecutorService bad = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(() -> fixture.exchange(bulk("{\"groups\":", "Content-Length: 10")).status());
    }
    List<Future<Integer>> answers = new ArrayList<>();
    try {
      calls.forEach(call -> answers.add(bad.submit(call)));
      for (int i = 0; i < 20; i++) {
        fixture.assertReaches(client, "");
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(400);
      }
    } finally {
      bad.shutdownNow();
      assertThat(bad.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    assertUndisturbed();
  }
}
