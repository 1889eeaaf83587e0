package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeWebPubSubTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void theTestSendsInTheNameOfTheApplication() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    SimpleClient bob = service.connectSimple(asUser("bob"));

    service.sendToAll("1");
    service.sendJsonToAll(Map.of("n", 2));
    service.sendToAll(Content.binary(new byte[] {3}));
    service.sendToUser("alice", "4");
    service.sendJsonToUser("alice", "{\"n\": 5.0}");
    service.sendToUser("alice", Content.binary(new byte[] {6}));
    service.sendToGroup("room", "7");
    service.sendJsonToGroup("room", 8);
    service.sendToGroup("room", Content.binary(new byte[] {9}));
    service.sendToConnection(alice.connectionId(), "10");
    service.sendJsonToConnection(alice.connectionId(), List.of(11));
    service.sendToConnection(alice.connectionId(), Content.binary(new byte[] {12}));

    assertThat(alice).receivesText("1").isFromServer();
    assertThat(alice).receivesJson("{\"n\":2}");
    assertThat(alice).receivesBinary(new byte[] {3});
    assertThat(alice).receivesText("4");
    assertThat(alice).receivesJson("{\"n\":5}");
    assertThat(alice).receivesBinary(new byte[] {6});
    assertThat(alice).receivesText("7").isFromGroup("room").hasNoUserId();
    assertThat(alice).receivesJson("8");
    assertThat(alice).receivesBinary(new byte[] {9});
    assertThat(alice).receivesText("10");
    assertThat(alice).receivesJson("[11]");
    assertThat(alice).receivesBinary(new byte[] {12});
    assertThat(bob).receivesExactly("1");
    assertThat(service.timeline()).containsPattern("test +-> +sendToUser\\(\"alice\"\\)  text  4");
  }

  @Test
  void whatTheTestSendsIsNoRequest() {
    service.sendToAll("1");

    assertThat(service).hasReceivedNoRequest(anyRequest());
  }

  @Test
  void aSendToNobodyIsNoError() {
    service.sendToUser("nobody", "1");
    service.sendToGroup("nobody", "1");
    service.sendToConnection("nobody", "1");

    assertThat(service).hasNoConnections();
  }

  @Test
  void aSendThatCannotBeIsRefused() {
    refused(() -> service.sendToUser("", "1"), "userId must not be blank but is \"\"");
    refused(() -> service.sendToConnection("", "1"), "connectionId must not be blank but is \"\"");
    refused(
        () -> service.sendToGroup(" ", "1"),
        "group must have 1 to 1,024 characters that are not all white space but is \" \"");
    refused(
        () -> service.sendToGroup("g".repeat(1_025), "1"),
        "group must have 1 to 1,024 characters that are not all white space but has 1025");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> service.sendJsonToAll("{"))
        .withMessageStartingWith("not JSON: {");
  }

  @Test
  void whatClientsAskIsRecordedWithItsOutcome() {
    PubSubClient alice = service.connect(asUser("alice").roles("webpubsub.joinLeaveGroup.room"));
    alice.joinGroup("room");
    assertThatExceptionOfType(AckFailedException.class).isThrownBy(() -> alice.joinGroup("vip"));

    assertThat(service).receivesRequest(joinGroup("room").fromUser("alice"));
    assertThat(service)
        .receivesRequest(joinGroup("vip").refused())
        .isFromUser("alice")
        .hasOutcome("Forbidden");
    assertThat(service.requests())
        .extracting(RecordedRequest::operation)
        .containsExactly("connect", "joinGroup", "joinGroup");
    RecordedRequest join = service.requests().get(1);
    assertThat(join.fromConnectionId()).contains(alice.connectionId());
    assertThat(join.group()).contains("room");
    assertThat(join.isFromServer()).isFalse();
  }

  @Test
  void aClientUnderTestIsSeenFromTheService() {
    service.recordEvents();
    WebSocket app = open(service.clientUrl(asUser("app")), new Listener());
    app.sendText("hi", true).join();

    assertThat(service).receivesConnectionFrom("app").isSimple();
    assertThat(service).receivesEvent("message").hasText("hi").isFromUser("app");
    app.abort();
  }

  @Test
  void aGroupMessageOfAClientUnderTestIsSeenWithoutASleep() {
    WebSocket app =
        open(
            service.clientUrl(
                asUser("app").roles("webpubsub.sendToGroup").rawSendToGroup("prices")),
            new Listener());
    app.sendText("1.2", true).join();

    assertThat(service).receivesRequest(sendToGroup("prices").withText("1.2").fromUser("app"));
    app.sendText("1.3", true).join();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).receivesNoRequest(sendToGroup("prices")))
        .withMessageContaining("1.3");
    app.abort();
  }

  @Test
  void anEventWithoutAListenerClosesTheSimpleClient() {
    SimpleClient alice = service.connectSimple(asUser("alice"));
    alice.sendText("hi");

    assertThat(alice).isClosed().hasCode(1011);
  }

  @Test
  void idleMeansReadByEveryConnection() {
    Listener listener = new Listener();
    WebSocket app = open(service.clientUrl(asUser("app")), listener);
    service.sendToUser("app", "hi");

    service.awaitIdle();

    assertThat(listener.texts).containsExactly("hi");
    app.abort();
  }

  @Test
  void whoeverDoesNotReadIsNamed() {
    WebSocket app =
        open(
            service.clientUrl(asUser("app")),
            new WebSocket.Listener() {
              @Override
              public void onOpen(WebSocket webSocket) {} // asks for nothing
            });
    service.sendToUser("app", "hi");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.clients().expectIdle(WaitTimes.fixed(ofMillis(50)).usual()))
        .withMessage(
            """
            [service] expected to become idle within 50 ms
              still busy   no pong from app#1: the client does not read its socket""");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).within(ofMillis(50)).receivesNoRequest(anyRequest()))
        .extracting(failure -> Unstretched.text(String.valueOf(failure.getMessage())))
        .isEqualTo(
            """
            [service] expected no request, but cannot tell after 50 ms
              unwanted     any request
              still busy   no pong from app#1: the client does not read its socket""");
    app.abort();
  }

  @Test
  void idleOfAnInterruptedThread() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedWaitException.class)
        .isThrownBy(service::awaitIdle)
        .withMessageMatching(
            "\\[service] interrupted after \\d+ ms: expected to become idle within \\d+ s");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void theTimelineShowsWhatHappenedWithoutSecrets() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    service.sendToGroup("room", "hi");
    assertThat(alice).receivesText("hi");

    assertThat(service.timeline())
        .contains("connected to hub hub", "sendToGroup(\"room\")", "hi")
        .doesNotContain(service.accessKey(), "eyJ");
  }

  @Test
  void closingEndsAllSockets() throws IOException {
    PubSubClient alice = service.connect(asUser("alice"));
    Listener listener = new Listener();
    open(service.clientUrl(asUser("app")), listener);
    try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), service.endpoint().getPort())) {
      idle.setSoTimeout(10_000);

      service.close();
      service.close();

      assertThat(alice.isConnected()).isFalse();
      assertThat(listener.closed).succeedsWithin(ofSeconds(5)).isEqualTo(1001);
      assertThat(ended(idle)).isTrue();
    }
  }

  /** Looks at an old socket: the port itself may belong to another test by now. */
  private static boolean ended(Socket peer) throws IOException {
    try {
      return peer.getInputStream().read() == -1;
    } catch (SocketException reset) { // it was not accepted yet
      return true;
    }
  }

  @Test
  void closingFromManyThreadsEndsInAll() {
    service.connect(asUser("alice"));
    List<CompletableFuture<Void>> closing =
        Stream.generate(() -> CompletableFuture.runAsync(service::close)).limit(4).toList();

    assertThat(closing).allSatisfy(each -> assertThat(each).succeedsWithin(ofSeconds(10)));
  }

  @Test
  void aClosedFakeStillTellsWhatHappened() {
    service.connect(asUser("alice"));
    service.close();

    assertThat(service.requests())
        .extracting(RecordedRequest::operation)
        .containsExactly("connect");
    assertThat(service.timeline()).contains("alice");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(service::awaitIdle)
        .withMessage("the fake is closed");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> service.connect(asUser("alice")))
        .withMessage("the fake is closed");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> service.sendToAll("1"))
        .withMessage("the fake is closed");
  }

  private static WebSocket open(URI url, WebSocket.Listener listener) {
    return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(url, listener).join();
  }

  private static void refused(Runnable send, String message) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(send::run)
        .withMessage(message);
  }

  private static final class Listener implements WebSocket.Listener {
    final List<String> texts = new CopyOnWriteArrayList<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public CompletableFuture<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      texts.add(data.toString());
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closed.complete(statusCode);
      return CompletableFuture.completedFuture(null);
    }
  }
}
