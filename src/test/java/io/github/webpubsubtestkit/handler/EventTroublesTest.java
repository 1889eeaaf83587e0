package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.ConnectAnswer.reject;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.fail;
import static io.github.webpubsubtestkit.handler.EventAnswer.hang;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A failure text names the event handler's failure that it may come from")
class EventTroublesTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final HttpServer server;

  EventTroublesTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @AfterEach
  void close() {
    service.close();
    server.stop(0);
  }

  @Test
  void ofTheClientThatWaitsForAReply() {
    service.eventHandler("hub").onUserEvent("shout", event -> fail(404));
    PubSubClient alice = service.connect(asUser("alice"));

    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("shout", "hi"))
        .withMessageMatching(
            "(?s).*\n  event handler: \\+\\d+\\.\\d+ s event shout of alice#1 failed: "
                + Pattern.quote("POST http://event-handler-stub/hub/shout answered 404")
                + "\n  connection open.*");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(alice).within(ZERO).receivesText("HI"))
        .withMessageContaining("  event handler: +")
        .withMessageContaining(" answered 404\n");
  }

  @Test
  void ofTheTestsOwnCallbackOnceHoweverOftenItWasTried() {
    throwAtShouts();
    PubSubClient alice = service.connect(asUser("alice"));

    AckFailedException failure =
        catchThrowableOfType(AckFailedException.class, () -> alice.sendEvent("shout", "hi"));

    assertThat(String.valueOf(failure.getMessage()).lines().filter(line -> line.contains("boom")))
        .hasSize(1);
    assertThat(failure).hasMessageContaining("shout answered 500 (4 attempts)");
  }

  /** A whole report, with the earlier failures in it, made texts eight times as long each time. */
  @Test
  void ofAnAssertionInACallbackByItsFirstLine() {
    PubSubClient bob = service.connect(asUser("bob"));
    service
        .eventHandler("hub")
        .onUserEvent(
            "look",
            event -> {
              assertThat(bob).within(ZERO).receivesText("never");
              return acknowledge();
            });

    for (int i = 0; i < 5; i++) {
      AckFailedException failure =
          catchThrowableOfType(AckFailedException.class, () -> bob.sendEvent("look", "1"));

      assertThat(String.valueOf(failure.getMessage()).lines()).hasSizeLessThan(20);
      assertThat(failure)
          .hasMessageContaining(
              "the callback for look threw java.lang.AssertionError: [bob] expected text \"never\" to"
                  + " be there already but received nothing at ");
    }
  }

  /** Such an exception used to end the thread, and the event was never answered. */
  @Test
  void ofACallbackWhoseExceptionCannotBePrinted() {
    service
        .eventHandler("hub")
        .onUserEvent(
            "shout",
            event -> {
              throw new UnprintableException();
            });
    PubSubClient alice = service.connect(asUser("alice"));

    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("shout", "hi"))
        .withMessageContaining("threw " + UnprintableException.class.getName() + "\n");
    service.awaitIdle();
  }

  private static final class UnprintableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void ofALaterClientWithTheSameFailure() {
    throwAtShouts();
    for (String user : new String[] {"alice", "bob"}) {
      PubSubClient client = service.connect(asUser(user));

      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> client.sendEvent("shout", "hi"))
          .withMessageContaining("threw java.lang.IllegalStateException: boom at ");
    }
  }

  @Test
  void ofAHandlerThatHasNotAnsweredYet() {
    EventHandlerStub handler = service.eventHandler("hub").onUserEvent("shout", event -> hang());
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendRaw(
        """
        {"type":"event","event":"shout","dataType":"text","data":"hi"}""");
    assertThat(handler).receivesEvent("shout");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(alice).within(ZERO).receivesText("HI"))
        .withMessageMatching(
            "(?s).*\n  event handler: no answer yet to event shout of alice#1 at POST"
                + " http://event-handler-stub/hub/shout, waiting for \\d+\\.\\d{3} s\n.*");
  }

  @Test
  void withWhatTheApplicationSaid() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.eventHandler("hub").url(application(422, "no such \"poll\"\n"));

    assertThat(textOf(() -> alice.sendEvent("vote", "")))
        .isEqualTo(
            """
            [alice] sendEvent "vote" was refused: InternalServerError: Internal server error
              event handler: +0.000 s event vote of alice#1 failed: POST http://127.0.0.1:PORT/eh answered 422, saying "no such "poll""
              connection open since +0.000 s, groups [], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  void withTheSilenceOfTheApplication() {
    PubSubClient alice = service.connect(asUser("alice"));
    service.eventHandler("hub").url(application(422, ""));

    assertThat(textOf(() -> alice.sendEvent("vote", "")).lines())
        .element(1)
        .isEqualTo(
            "  event handler: +0.000 s event vote of alice#1 failed: POST http://127.0.0.1:PORT/eh"
                + " answered 422, saying nothing");
  }

  @Test
  void ofASimpleClientWhoseEveryFrameIsAnEvent() {
    SimpleClient alice = service.connectSimple(asUser("alice"));
    alice.sendText("hi");
    assertThat(alice).isClosed().hasCode(1011);

    assertThat(textOf(() -> assertThat(alice).within(ZERO).receivesText("HI")))
        .isEqualTo(
            """
            [alice] expected text "HI" to be there already but the connection ended and nothing came
              at the service
                +0.000 s  event("message")  from user "alice"  InternalServerError: no handler of hub "hub" takes event "message" (each frame of a client without subprotocol is one); no hub has a handler. See service.eventHandler(..), service.recordEvents()  text "hi"
              nothing was sent since alice connected at +0.000 s; other requests came: event
              connection closed by the service at +0.000 s with 1011 "Internal server error", groups [], hub "hub", protocol none (simple client)
              times are seconds since the service started; now it is +0.000 s""");
  }

  private static String textOf(ThrowingCallable action) {
    return String.valueOf(catchThrowable(action).getMessage())
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT");
  }

  /** The URL of an application that agrees to be called, and answers all events alike. */
  private String application(int status, String body) {
    server.createContext(
        "/eh",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean validation = exchange.getRequestMethod().equals("OPTIONS");
            byte[] answer = body.getBytes(UTF_8);
            exchange.getResponseHeaders().add("WebHook-Allowed-Origin", "*");
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            boolean nothing = validation || answer.length == 0;
            exchange.sendResponseHeaders(validation ? 200 : status, nothing ? -1 : answer.length);
            if (!nothing) {
              exchange.getResponseBody().write(answer);
            }
          }
        });
    server.start();
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/eh";
  }

  @Test
  void ofTheHandshake() {
    service.eventHandler("hub").onConnect(event -> reject(403));

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(asUser("alice")))
        .withMessageContaining("  event handler: +")
        .withMessageContaining("connect of alice (")
        .withMessageContaining("refused with 403: POST http://");
  }

  @Test
  void ofTheRequestThatTheApplicationWasToMake() {
    service.eventHandler("hub").onUserEvent("shout", event -> fail(404));
    PubSubClient alice = service.connect(asUser("alice"));
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("shout", "hi"));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).within(ZERO).receivesRequest(sendToAll()))
        .withMessageContaining("event shout of alice#1 failed: POST http://");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(service).hasGroupMember("room", "alice"))
        .withMessageContaining("event shout of alice#1 failed: POST http://");
  }

  @Test
  void butNotOfAnotherHubNorOfATimeBeforeTheClient() {
    service.eventHandler("hub").onUserEvent("shout", event -> fail(404));
    service.eventHandler("news").onUserEvent("shout", event -> acknowledge());
    PubSubClient before = service.connect(asUser("before"));
    PubSubClient elsewhere = service.connect(asUser("elsewhere").hub("news"));
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> before.sendEvent("shout", "hi"));
    PubSubClient after = service.connect(asUser("after"));

    for (PubSubClient client : new PubSubClient[] {elsewhere, after}) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> assertThat(client).within(ZERO).receivesText("HI"))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("event handler:"));
    }
  }

  private void throwAtShouts() {
    service
        .eventHandler("hub")
        .onUserEvent(
            "shout",
            event -> {
              throw new IllegalStateException("boom");
            });
  }
}
