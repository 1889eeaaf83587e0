package io.github.webpubsubtestkit.standalone;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.GetClientAccessTokenOptions;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.transport.FailedLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@DisplayName("The standalone fake serves clients and calls event handlers")
@Timeout(value = 30, unit = SECONDS)
class ServingTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  @DisplayName(
      "with a host that means all addresses, one of the machine is printed, and good for SDKs")
  void printsAnAddressToConnectTo(String host) throws IOException {
    assumeThat(host.equals("::") && !hasIpv6()).as("this machine has no IPv6").isFalse();
    Set<InetAddress> own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .collect(Collectors.toSet());

    int exitCode =
        Main.run(
            new String[] {"--port=0", "--host", host},
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            () -> {
              String line = out.toString().lines().findFirst().orElseThrow();
              String connectionString = line.substring("Connection string: ".length());
              WebPubSubServiceClient azure =
                  new WebPubSubServiceClientBuilder()
                      .connectionString(connectionString)
                      .hub("hub")
                      .httpClient(new OverLoopback())
                      .buildClient();
              azure.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);
              connectTo(azure.getClientAccessToken(new GetClientAccessTokenOptions()).getUrl());
              connectToPrintedUrl();
            });

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    String printed = URI.create(printedUrl()).getHost();
    assertThat(InetAddress.getByName(printed))
        .matches(address -> !address.isAnyLocalAddress(), "is an address")
        .matches(own::contains, "is one of this machine's");
    assertThat(out.toString()).contains("Listening on all addresses");
  }

  /**
   * What the SDK has signed for the printed address goes over the loopback interface, as a machine
   * may not let tests use its network.
   */
  private static final class OverLoopback implements com.azure.core.http.HttpClient {
    private final com.azure.core.http.HttpClient client =
        com.azure.core.http.HttpClient.createDefault();

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return client.send(request.setUrl(overLoopback(request.getUrl().toString())));
    }
  }

  private static String overLoopback(String url) {
    return url.replaceFirst("://(\\[[^]]*]|[^:/]+)", "://127.0.0.1");
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(Inet6Address.class::isInstance);
  }

  @Test
  @DisplayName("event handlers are called for the events that the options name")
  void callsEventHandlers() throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    int exitCode =
        runWithHandler(
            exchange -> {
              requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
              exchange.getResponseHeaders().add("WebHook-Allowed-Origin", "*");
            },
            this::connectToPrintedUrl);

    assertThat(exitCode).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(requests).containsExactly("OPTIONS /chat/validate", "POST /chat/connect");
  }

  @Test
  @DisplayName("what goes wrong with an event handler is a line, without control characters")
  void tellsOfTroubleWithEventHandlers() throws IOException {
    int exitCode =
        runWithHandler(
            exchange -> {
              exchange.getResponseHeaders().add("WebHook-Allowed-Origin", "*");
              exchange.getResponseHeaders().add("ce-connectionState", "caf\u00e9");
            },
            () -> assertThatThrownBy(this::connectToPrintedUrl).isNotNull());

    assertThat(exitCode).isZero();
    assertThat(err.toString())
        .matches(
            "webpubsub-testkit: hub chat: connect of \\S+ refused with 500: POST"
                + " http://127\\.0\\.0\\.1:\\d+/chat/connect answered 200, but the value of"
                + " ce-connectionState is not ASCII, which only ce-userId may be\\R");
  }

  /** Runs with an application that does that to each request before it answers 200. */
  private int runWithHandler(Consumer<HttpExchange> application, Main.Stop stop)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          application.accept(exchange);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/{hub}/{event}";
      return Main.run(
          new String[] {
            "--port=0",
            "--hub=chat",
            "--event-handler",
            "chat=" + url,
            "--user-events=",
            "--system-events=connect"
          },
          new PrintWriter(out, true),
          new PrintWriter(err, true),
          stop);
    } finally {
      server.stop(0);
    }
  }

  @Test
  @DisplayName("options of the list count: a client without a token comes in")
  void anonymousClientsAreAllowed() {
    assertThat(
            run(
                () -> connectTo(printedUrl().replaceFirst("\\?.*", "")),
                "--port=0",
                "--anonymous-allowed",
                "--recovery-window=1m"))
        .isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  @DisplayName("like the emulator, it says null of no user, unless another option says otherwise")
  void behavesLikeTheEmulator() {
    assertThat(
            run(
                () -> assertThat(messageOfNoUser()).contains("\"fromUserId\":null"),
                "--port=0",
                "--like-emulator"))
        .isZero();
    assertThat(
            run(
                () -> assertThat(messageOfNoUser()).doesNotContain("fromUserId"),
                "--port=0",
                "--null-from-user-id=false",
                "--like-emulator"))
        .isZero();
  }

  private int run(Main.Stop stop, String... options) {
    out.getBuffer().setLength(0);
    return Main.run(options, new PrintWriter(out, true), new PrintWriter(err, true), stop);
  }

  /** What a client without a user id gets of a message that it sends to its own group. */
  private String messageOfNoUser() throws InterruptedException {
    BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    WebSocket client =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("json.webpubsub.azure.v1")
            .buildAsync(
                URI.create(printedUrl()),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket webSocket, CharSequence data, boolean last) {
                    texts.add(data.toString());
                    webSocket.request(1);
                    return null;
                  }
                })
            .orTimeout(5, SECONDS)
            .join();
    client.sendText("{\"type\":\"joinGroup\",\"group\":\"g\"}", true).orTimeout(5, SECONDS).join();
    client
        .sendText(
            "{\"type\":\"sendToGroup\",\"group\":\"g\",\"dataType\":\"text\",\"data\":\"hi\"}",
            true)
        .orTimeout(5, SECONDS)
        .join();
    String connected = texts.poll(5, SECONDS);
    String message = texts.poll(5, SECONDS);
    client.abort();
    assertThat(connected).contains("\"connected\"");
    return String.valueOf(message);
  }

  @Test
  @DisplayName("no one learns the port where nothing can be printed, so it does not serve")
  void needsAnOutput() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    int exitCode =
        Main.run(
            new String[] {"--port=0"},
            new PrintWriter(full, true),
            new PrintWriter(err, true),
            () -> {
              throw new AssertionError("serves");
            });

    assertThat(exitCode).isEqualTo(Main.FAILURE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "webpubsub-testkit: cannot print the connection string: the standard output cannot be written");
  }

  @Test
  @DisplayName("the failure that ends the fake ends the program, which says so")
  void endsWithItsFake() throws Exception {
    Engine engine = Engine.start(EngineConfig.builder().build());
    int exitCode =
        Main.serve(
            engine,
            () -> true,
            () -> {
              FailedLoop.closeSelector(engine.loop());
              new CountDownLatch(1).await();
            },
            new PrintWriter(err, true));

    assertThat(exitCode).isEqualTo(Main.FAILURE);
    assertThat(err.toString())
        .matches(
            "webpubsub-testkit: the thread webpubsub-fake-\\d+ has ended, and with it the fake:"
                + " java.nio.channels.ClosedSelectorException\\R");
    assertThat(Thread.interrupted()).isFalse();
  }

  private void connectToPrintedUrl() {
    connectTo(printedUrl());
  }

  private String printedUrl() {
    String line = out.toString().lines().filter(each -> each.contains("ws://")).findFirst().get();
    return line.substring(line.indexOf("ws://"));
  }

  private static void connectTo(String url) {
    WebSocket client =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(overLoopback(url)), new WebSocket.Listener() {})
            .orTimeout(5, TimeUnit.SECONDS)
            .join();
    client.abort();
  }
}
