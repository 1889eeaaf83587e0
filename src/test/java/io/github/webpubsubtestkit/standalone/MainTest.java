package io.github.webpubsubtestkit.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.webpubsubtestkit.internal.tls.TestKeyStores;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The command line of the standalone fake")
@Timeout(value = 30, unit = SECONDS)
class MainTest {

  private static final String KEY = "a-key-for-the-command-line-of-36-bytes";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  @DisplayName("--help names every option with its default, and serves nothing")
  void helpNamesEveryOption() {
    int exitCode = run("--help");

    assertThat(exitCode).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("--host=ADDRESS", "127.0.0.1", "--port=PORT", "8080")
        .contains("--access-key=KEY", "at least 32 bytes", "--hub=HUB", "Default: hub")
        .contains("--secondary-access-key=KEY", "--like-emulator", "Clients:", "REST API:")
        .contains("--recovery-window=DURATION", "--anonymous-allowed[=true|false]")
        .contains("--event-handler=HUB=URL_TEMPLATE", "--user-events=PATTERN", "--system-events=")
        .contains("--help", "--version", "Exit codes:")
        .containsPattern("0 +stopped \\(Ctrl\\+C or SIGTERM\\)")
        .containsPattern("1 +cannot serve")
        .containsPattern("2 +bad option")
        .containsPattern("3 +stopped, but not everything could be closed")
        .doesNotContain("DEFAULT-VALUE", "Endpoint=");
  }

  @Test
  @DisplayName("--version prints name and version")
  void versionIsPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("webpubsub-testkit ").hasLineCount(1);
  }

  @Test
  @DisplayName("the connection string and one client URL per hub are printed, with the real port")
  void printsConnectionStringAndUrls() {
    int exitCode =
        run("--port", "0", "--access-key", KEY, "--hub", "chat", "--hub", "News", "--hub", "chat");

    assertThat(err.toString()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "Connection string: Endpoint=http://127\\.0\\.0\\.1:[1-9]\\d*;AccessKey="
                            + KEY
                            + ";Version=1\\.0;"),
            line ->
                assertThat(line)
                    .matches(
                        "Client URL of hub chat: ws://127\\.0\\.0\\.1:[1-9]\\d*/client/hubs/chat\\?access_token=\\S+"),
            line ->
                assertThat(line)
                    .matches(
                        "Client URL of hub News: ws://127\\.0\\.0\\.1:[1-9]\\d*/client/hubs/News\\?access_token=\\S+"),
            line -> assertThat(line).contains("24 hours", "Ctrl+C"));
  }

  @Test
  @DisplayName("with --https the URLs are secure, and the certificate is written")
  void https(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("fake.pem");

    assertThat(run("--port=0", "--https", "--certificate-out", file.toString())).isZero();

    assertThat(out.toString()).contains("Endpoint=https://127.0.0.1:").contains("wss://127.0.0.1:");
    assertThat(TlsIdentity.certificates(file)).containsExactly(TlsIdentity.ofKit().certificate());
  }

  @Test
  @DisplayName("a key store without its password, or with another, is refused and says so")
  void keyStorePassword(@TempDir Path folder) throws Exception {
    String file = TestKeyStores.forLocalhost(folder).toString();

    assertThat(run("--port=0", "--key-store", file)).isEqualTo(Main.USAGE);
    assertThat(run("--port=0", "--key-store", file, "--key-store-password", "wrong"))
        .isEqualTo(Main.USAGE);

    assertThat(err.toString())
        .contains(
            "--key-store: the key store "
                + file
                + " needs a password: give it by --key-store-password (see --help)")
        .contains("--key-store: the key store " + file + " has another password (see --help)");
  }

  @Test
  @DisplayName("serves with a certificate that has expired, and warns of it")
  void expired(@TempDir Path folder) throws Exception {
    Path expired =
        TestKeyStores.forLocalhost(folder, "-startdate", "2020/01/01 00:00:00", "-validity", "10");
    String password = "--key-store-password=" + TestKeyStores.PASSWORD;

    assertThat(run("--port=0", "--key-store=" + expired, password)).isZero();

    assertThat(err.toString())
        .contains("webpubsub-testkit: --key-store: the certificate has expired: CN=own was valid")
        .contains("Clients will refuse it");
    assertThat(out.toString()).contains("Endpoint=https://127.0.0.1:");
  }

  @Test
  @DisplayName("without --hub the URL is for the hub named hub, its token grants all roles")
  void defaultHubWithAllRoles() {
    assertThat(run("--port=0")).isZero();

    String url = clientUrl("hub");
    String payload = url.substring(url.indexOf("access_token=")).split("\\.", -1)[1];
    assertThat(new String(Base64.getUrlDecoder().decode(payload), UTF_8))
        .contains("\"webpubsub.joinLeaveGroup\"", "\"webpubsub.sendToGroup\"", "/client/hubs/hub\"")
        .doesNotContain("\"sub\"");
  }

  @Test
  @DisplayName("a hub's name that is not allowed in a URL is encoded there")
  void hubNameIsEncoded() {
    assertThat(run("--port=0", "--hub", "a[1]`,.")).isZero();

    assertThat(out.toString())
        .contains("Client URL of hub a[1]`,.: ws://", "/client/hubs/a%5B1%5D%60,.?access_token=");
  }

  static Stream<Arguments> badOptions() {
    return Stream.of(
        Arguments.of(List.of("--port", "abc"), "'abc'"),
        Arguments.of(
            List.of("--port", "65536"),
            "--port: port must be 0 (any free one) to 65535 but is 65536"),
        Arguments.of(
            List.of("--port", "-1"), "--port: port must be 0 (any free one) to 65535 but is -1"),
        Arguments.of(List.of("--port"), "'--port'"),
        Arguments.of(List.of("--port", "1", "--port", "2"), "'--port'"),
        Arguments.of(
            List.of("--host", " "), "--host: host must be a name or an address but is blank"),
        Arguments.of(List.of("--access-key", "short"), "--access-key: "),
        Arguments.of(List.of("--hub", "1st"), "--hub: a hub's name must start with a letter"),
        Arguments.of(List.of("--hub", ""), "--hub: a hub's name must start with a letter"),
        Arguments.of(List.of("--hub", "a/b"), "but is 'a/b'"),
        Arguments.of(
            List.of("--event-handler", "http://localhost"),
            "--event-handler: must be HUB=URL but is 'http://localhost'"),
        Arguments.of(List.of("--event-handler", "chat=ftp://x"), "ftp://x"),
        Arguments.of(List.of("--user-events", "a*"), "--user-events: "),
        Arguments.of(List.of("--system-events", "connect,foo"), "--system-events: "),
        Arguments.of(List.of("--secondary-access-key", "short"), "--secondary-access-key: "),
        Arguments.of(
            List.of("--key-store", "no.p12"), "--key-store: the key store no.p12 does not exist"),
        Arguments.of(
            List.of("--key-store-password", "changeit"), "--key-store-password: needs --key-store"),
        Arguments.of(List.of("--trust", "no.pem"), "--trust: no.pem does not exist"),
        Arguments.of(List.of("--trust", "."), "--trust: . is not a file"),
        Arguments.of(
            List.of("--certificate-out", "a.pem"),
            "--certificate-out: needs --https or --key-store"),
        Arguments.of(
            List.of("--decode-slash=yes"),
            "--decode-slash: decodeSlash must be true or false but is 'yes'"),
        Arguments.of(
            List.of("--like-emulator", "--recovery-window=-1s"),
            "--recovery-window: recoveryWindow must not be negative but is PT-1S"),
        Arguments.of(
            List.of("--max-queued-bytes", "16MB"),
            "--max-queued-bytes: maxQueuedBytes must be a number of bytes, for example 1000, 64KiB or"
                + " 16MiB, but is '16MB'"),
        Arguments.of(List.of("--max-recorded-requests", "5"), "'--max-recorded-requests'"),
        Arguments.of(List.of("--prot", "8080"), "'--prot'"),
        Arguments.of(List.of("chat"), "'chat'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badOptions")
  @DisplayName("a bad option is one line that names it, and exit code 2")
  void badOptionIsOneLine(List<String> args, String reason) {
    int exitCode = run(args.toArray(new String[0]));

    assertThat(exitCode).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("webpubsub-testkit: ")
        .contains(reason)
        .endsWith("(see --help)" + System.lineSeparator());
  }

  @Test
  @DisplayName("a taken port is one line that names it, and exit code 1")
  void takenPortIsOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int exitCode = run("--port", String.valueOf(taken.getLocalPort()));

      assertThat(exitCode).isEqualTo(1);
      assertThat(out.toString()).isEmpty();
      assertThat(err.toString())
          .hasLineCount(1)
          .startsWith(
              "webpubsub-testkit: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
          .containsOnlyOnce("127.0.0.1");
    }
  }

  @Test
  @DisplayName("a host that is none of this machine's is one line, and exit code 1")
  void foreignHostIsOneLine() {
    // TEST-NET-1, which no machine has
    assertThat(run("--host", "192.0.2.1", "--port", "0")).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("webpubsub-testkit: cannot listen on 192.0.2.1:0: ");
  }

  @Test
  @DisplayName("a host that does not exist is one line, and exit code 1")
  void unknownHostIsOneLine() {
    assertThat(run("--host", "no-such-host.invalid", "--port", "0")).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("webpubsub-testkit: cannot listen on no-such-host.invalid:0: ");
  }

  @Test
  @DisplayName("it serves while it is not stopped, and no socket is open any more when run returns")
  void servesUntilStopped() throws IOException {
    try (Socket peer = new Socket()) {
      int exitCode =
          Main.run(
              new String[] {"--port=0"},
              new PrintWriter(out, true),
              new PrintWriter(err, true),
              () -> connect(peer));

      assertThat(exitCode).isZero();
      assertEnded(peer);
    }
  }

  @Test
  @DisplayName("what cannot be closed is one line that says why, and exit code 3")
  void notClosedIsOneLine() {
    int exitCode =
        Main.close(
            () -> {
              throw new IllegalStateException("the thread webpubsub-fake-1 did not end");
            },
            new PrintWriter(err, true));

    assertThat(exitCode).isEqualTo(3);
    assertThat(err.toString())
        .isEqualTo(
            "webpubsub-testkit: not everything could be closed: the thread webpubsub-fake-1 did"
                + " not end"
                + System.lineSeparator());
  }

  @Test
  @DisplayName("what goes wrong while it serves is thrown, and no socket stays open")
  void failureWhileServingCloses() throws IOException {
    try (Socket peer = new Socket()) {
      assertThatThrownBy(
              () ->
                  Main.run(
                      new String[] {"--port=0"},
                      new PrintWriter(out, true),
                      new PrintWriter(err, true),
                      () -> {
                        connect(peer);
                        throw new IllegalStateException("a bug");
                      }))
          .hasMessage("a bug");
      assertEnded(peer);
    }
  }

  @Test
  @DisplayName("an interrupt ends it as a stop does, and is not swallowed")
  void interruptEndsIt() throws IOException {
    try (Socket peer = new Socket()) {
      int exitCode =
          Main.run(
              new String[] {"--port=0"},
              new PrintWriter(out, true),
              new PrintWriter(err, true),
              () -> {
                connect(peer);
                throw new InterruptedException();
              });

      assertThat(Thread.interrupted()).isTrue();
      assertThat(exitCode).isZero();
      assertEnded(peer);
    }
  }

  private int run(String... args) {
    return Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true), () -> {});
  }

  private String clientUrl(String hub) {
    String label = "Client URL of hub " + hub + ": ";
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst()
        .orElseThrow();
  }

  /** Connects, and has an answer, so that the service surely has the socket. */
  private void connect(Socket peer) {
    URI endpoint = URI.create(clientUrl("hub"));
    try {
      peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()));
      peer.setSoTimeout(10_000);
      peer.getOutputStream()
          .write("HEAD /api/health HTTP/1.1\r\nHost: fake\r\n\r\n".getBytes(US_ASCII));
      assertThat(peer.getInputStream().read()).isEqualTo('H');
    } catch (IOException e) {
      throw new AssertionError("nobody serves at " + endpoint.getAuthority(), e);
    }
  }

  /** Looks at an old socket: the port itself may belong to another test by now. */
  private static void assertEnded(Socket peer) {
    try {
      peer.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the socket is still open", e);
    } catch (IOException reset) {
      assertThat(reset).isInstanceOf(SocketException.class);
    }
  }
}
