package io.github.webpubsubtestkit.internal.upstream;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.connect;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.event;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.handler;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.now;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Rejected;
import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpListener;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.transport.TransportLimits;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.RawApplication.Behaviour;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Event handlers over HTTP")
@Timeout(60)
class UpstreamOverHttpTest {

  private static final String YO = "HTTP/1.1 200 OK|Content-Type: text/plain|Content-Length: 2||yo";

  private final UpstreamFixture fixture = new UpstreamFixture();
  private HttpChannel http;

  @BeforeEach
  void open() {
    http = new HttpChannel(fixture.loop);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ConnectionEvents connection() {
    return fixture.upstream.open("chat", "conn-1", "Zoë 你");
  }

  private void handle(RawApplication application) {
    fixture.upstream.replace("chat", List.of(handler(application.url(), http)));
  }

  private static String detail(CompletableFuture<EventOutcome> outcome) throws Exception {
    return now(outcome) instanceof Failed failed ? failed.failure() : "no failure";
  }

  @Test
  void aUserIdIsUtf8OnTheWire() throws Exception {
    try (RawApplication application = new RawApplication(RawApplication.answers(YO))) {
      handle(application);

      assertThat(now(event(connection(), "a"))).isInstanceOf(Taken.class);
      assertThat(application.posts.get(0))
          .startsWith("POST /eh/a HTTP/1.1\r\nHost: 127.0.0.1:")
          .contains("\r\nce-userId: " + new String("Zoë 你".getBytes(UTF_8), ISO_8859_1) + "\r\n")
          .endsWith("\r\nContent-Length: 2\r\n\r\nhi");
    }
  }

  @Test
  void aStateThatIsNotAsciiIsRefusedWhereItComes() throws Exception {
    Queue<String> states = new ConcurrentLinkedQueue<>(List.of("good", "caf\u00e9", "later"));
    Behaviour behaviour =
        socket ->
            RawApplication.answers(
                    "HTTP/1.1 204 No Content|ce-connectionState: " + states.remove() + "||")
                .serve(socket);
    try (RawApplication application = new RawApplication(behaviour)) {
      handle(application);
      ConnectionEvents events = connection();

      assertThat(now(event(events, "a"))).isInstanceOf(Taken.class);
      assertThat(detail(event(events, "a")))
          .endsWith(
              " answered 204, but the value of ce-connectionState is not ASCII, which only"
                  + " ce-userId may be");
      assertThat(now(event(events, "a"))).isInstanceOf(Taken.class);
      assertThat(application.posts.get(2)).contains("\r\nce-connectionState: good\r\n");
    }
  }

  static Stream<Arguments> badManners() {
    String url = "POST %s";
    return Stream.of(
        Arguments.of(
            "garbage",
            RawApplication.answers("SSH-2.0-OpenSSH||"),
            url
                + ": the answer is no HTTP/1.1: a status line must be version, status and reason"
                + " (4 attempts)",
            4),
        Arguments.of(
            "no answer but the end",
            RawApplication.answersAndCloses(""),
            url + ": the connection was closed without an answer (4 attempts)",
            4),
        Arguments.of(
            "half a head",
            RawApplication.answersAndCloses("HTTP/1.1 20"),
            url + ": the connection was closed in the head of the answer (4 attempts)",
            4),
        Arguments.of(
            "half a body",
            RawApplication.answersAndCloses("HTTP/1.1 200 OK|Content-Length: 9||half"),
            url + ": the connection was closed in the midst of the answer",
            1),
        Arguments.of(
            "a redirect",
            RawApplication.answers("HTTP/1.1 302 Found|Location: /eh/b|Content-Length: 0||"),
            url + " answered 302, and redirects are not followed",
            1),
        Arguments.of(
            "too much",
            RawApplication.answers("HTTP/1.1 200 OK|Content-Length: 16777217||"),
            url + " answered 200 with a body of more than 16 MiB",
            1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badManners")
  void badMannersHaveAnOutcome(String name, Behaviour behaviour, String detail, int posts)
      throws Exception {
    try (RawApplication application = new RawApplication(behaviour)) {
      handle(application);

      assertThat(detail(event(connection(), "a")))
          .isEqualTo(detail.formatted(application.url().replace("{event}", "a")));
      assertThat(application.posts).hasSize(posts);
    }
  }

  @Test
  void aResetIsTriedAgain() throws Exception {
    try (RawApplication application = new RawApplication(RawApplication.resets())) {
      handle(application);

      assertThat(detail(event(connection(), "a"))).endsWith(" without an answer (4 attempts)");
      assertThat(application.posts).hasSize(4);
    }
  }

  @Test
  void anAnswerMayComeSlowly() throws Exception {
    try (RawApplication application = new RawApplication(RawApplication.writesByteByByte(YO))) {
      handle(application);

      assertThat(now(event(connection(), "a")))
          .isInstanceOfSatisfying(
              Taken.class,
              taken -> assertThat(taken.reply()).extracting(Payload::string).isEqualTo("yo"));
    }
  }

  @Test
  void noAnswerIsATimeOutByTheClockOfTheFake() throws Exception {
    try (RawApplication application = new RawApplication(socket -> {})) {
      handle(application);
      CompletableFuture<EventOutcome> outcome = event(connection(), "a");
      assertThat(application.hanging.await(10, TimeUnit.SECONDS)).isTrue();
      fixture.time.advanceBy(Duration.ofSeconds(100));

      assertThat(detail(outcome)).endsWith(": no answer within 100 s");
      assertThat(application.posts).hasSize(1);
    }
  }

  @Test
  void nobodyListens() throws Exception {
    RawApplication gone = new RawApplication(socket -> {});
    gone.close();
    handle(gone);

    assertThat(now(connect(connection())))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.status()).isEqualTo(500);
              assertThat(rejected.detail())
                  .startsWith("validation refused: the URL could not be validated: OPTIONS ")
                  .endsWith(": Connection refused (4 attempts)");
            });
    assertThat(gone.posts).isEmpty();
  }

  private String refusal() throws Exception {
    return now(connect(connection())) instanceof Rejected rejected ? rejected.detail() : "none";
  }

  @Test
  void aServerWithoutTlsThatWaitsIsNamed() throws Exception {
    try (RawApplication application = new RawApplication(socket -> {})) {
      String url = application.url().replace("http:", "https:");
      fixture.upstream.replace("chat", List.of(handler(url, http)));
      CompletableFuture<ConnectOutcome> outcome = connect(connection());
      String hint =
          "the server has not answered the TLS handshake; if it does not speak TLS, the URL needs"
              + " http://";

      eventually()
          .until(
              () ->
                  fixture.upstream.pending().stream()
                      .anyMatch(
                          each ->
                              each.startsWith("validation at OPTIONS https://127.0.0.1:")
                                  && each.endsWith(" (" + hint + ")")));
      fixture.time.advanceBy(Duration.ofSeconds(10));

      assertThat(now(outcome))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected ->
                  assertThat(rejected.detail()).endsWith(": no answer within 10 s; " + hint));
    }
  }

  @Test
  void aServerWithoutTlsThatAnswersIsNamed() throws Exception {
    try (RawServer server = new RawServer("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8))) {
      fixture.upstream.replace("chat", List.of(handler("https://" + server.address(), http)));

      assertThat(refusal()).endsWith(": the peer does not speak TLS; its URL needs http://");
    }
  }

  @Test
  void aServerWithTlsThatSaysSoIsNamed() throws Exception {
    byte[] alert = {21, 3, 3, 0, 2, 2, 70};
    try (RawServer server = new RawServer(alert)) {
      fixture.upstream.replace("chat", List.of(handler("http://" + server.address(), http)));

      assertThat(refusal())
          .endsWith(": the server speaks TLS: the URL needs https:// (4 attempts)");
    }
  }

  @Test
  void aServerThatClosesMaySpeakTls() throws Exception {
    try (RawServer server = new RawServer(new byte[0])) {
      fixture.upstream.replace("chat", List.of(handler("http://" + server.address(), http)));

      assertThat(refusal())
          .contains(" without an answer (4 attempts); if the server speaks TLS, the URL needs");
    }
  }

  /** A server that reads a line or what comes of one, says something, and closes. */
  private static final class RawServer implements AutoCloseable {

    private final ServerSocket listener;

    RawServer(byte[] answer) throws IOException {
      listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
      Thread thread = new Thread(() -> serve(answer), "raw-server");
      thread.setDaemon(true);
      thread.start();
    }

    String address() {
      return "127.0.0.1:" + listener.getLocalPort() + "/eh/{event}";
    }

    private void serve(byte[] answer) {
      try {
        while (true) {
          try (Socket socket = listener.accept()) {
            var unused = socket.getInputStream().read(new byte[8 * 1024]);
            socket.getOutputStream().write(answer);
          }
        }
      } catch (IOException e) {
        // closed
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }

  @Test
  void theEndOfTheFakeIsSilentAndLeavesNothing() throws Exception {
    try (RawApplication application = new RawApplication(socket -> {})) {
      handle(application);
      CompletableFuture<EventOutcome> outcome = event(connection(), "a");
      assertThat(application.hanging.await(10, TimeUnit.SECONDS)).isTrue();
      String before = fixture.story();
      fixture.close();

      assertThat(detail(outcome)).endsWith(": the loop was stopped");
      assertThat(fixture.story()).isEqualTo(before);
      assertThat(application.isLeftAlone()).isTrue();
      assertThat(fixture.upstream.pending()).isEmpty();
      assertThat(detail(event(connection(), "b"))).endsWith(": the loop was stopped");
    }
  }

  @Test
  void aThousandConnectionsWaitForTheirAnswersWithoutAThread() throws Exception {
    int count = 1000;
    List<HttpExchange> held = new ArrayList<>(); // on the application's loop only
    CompletableFuture<List<HttpExchange>> all = new CompletableFuture<>();
    TransportLoop application = TransportLoop.start("application", LoopTimers.realTime());
    try {
      InetSocketAddress address =
          HttpListener.listen(
              application,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              TransportLimits.ofService(),
              (request, exchange) -> {
                if (request.method().equals("OPTIONS")) {
                  exchange.respond(
                      HttpResponse.of(200, HttpHeaders.of("WebHook-Allowed-Origin", "*")));
                  return;
                }
                held.add(exchange);
                if (held.size() == count) {
                  all.complete(held);
                }
              });
      fixture.upstream.replace(
          "chat", List.of(handler("http://127.0.0.1:" + address.getPort() + "/eh/{event}", http)));
      List<CompletableFuture<EventOutcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        outcomes.add(event(fixture.upstream.open("chat", "conn-" + i, null), "a"));
      }
      List<HttpExchange> exchanges = all.get(30, TimeUnit.SECONDS);
      assertThat(fixture.upstream.pending()).hasSize(count);
      assertThat(
              application.execute(
                  () -> exchanges.forEach(each -> each.respond(HttpResponse.of(204)))))
          .isTrue();
      for (CompletableFuture<EventOutcome> outcome : outcomes) {
        assertThat(now(outcome)).isEqualTo(Taken.WITHOUT_REPLY);
      }
      assertThat(fixture.upstream.awaitIdle(System.nanoTime() + TimeUnit.SECONDS.toNanos(10)))
          .isTrue();
    } finally {
      application.close();
    }
  }
}
