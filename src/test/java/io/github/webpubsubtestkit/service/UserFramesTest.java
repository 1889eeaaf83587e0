package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.AckTimeoutException;
import io.github.webpubsubtestkit.client.ConnectFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.handler.ConnectAnswer;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The first frame of a failure of the kit is the user's line")
class UserFramesTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final PubSubClient alice = service.connect(asUser("alice").withoutRoles());

  @AfterEach
  void close() {
    Thread.interrupted();
    service.close();
  }

  @Test
  void ofAnExceptionOfAClient() {
    EventHandlerStub closing =
        service
            .eventHandler("hub")
            .onUserEvent(
                event -> {
                  service.closeAllConnections("");
                  return EventAnswer.hang();
                });

    assertThat(closing.toString()).isNotEmpty();
    isOurs(AckFailedException.class, () -> alice.joinGroup("room"));
    isOurs(
        HandshakeRejectedException.class,
        () -> service.connect(asUser("bob").expiresIn(Duration.ofMinutes(-10))));
    isOurs(
        ConnectFailedException.class,
        () -> service.connect(URI.create("ws://127.0.0.1:1/client/hubs/hub")));
    isOurs(AckTimeoutException.class, () -> alice.sendEvent("closes", ""));
  }

  @Test
  void ofAnAssertion() {
    isOurs(AssertionError.class, () -> assertThat(alice).hasReceivedText("hi"));
    isOurs(AssertionError.class, () -> assertThat(service).within(Duration.ZERO).hasUser("bob"));
    EventHandlerStub stub = service.eventHandler("hub").recording();
    isOurs(
        AssertionError.class,
        () -> assertThat(stub).within(Duration.ofMillis(1)).receivesEvent("shout"));
  }

  @Test
  @DisplayName("of every check of a request")
  void ofARequest() {
    PubSubClient bob = service.connect(asUser("bob"));
    bob.sendToGroup("room", "hi");
    RecordedRequest request = service.awaitRequest(RequestPattern.sendToGroup("room"));
    List<Consumer<RequestAssert>> checks =
        List.of(
            it -> it.isFromUser("alice"),
            it -> it.hasText("ho"),
            it -> it.hasJson("{}"),
            it -> it.hasJsonAt("/a", 1),
            it -> it.hasBinary(new byte[1]),
            it -> it.hasMetadata("a", "b"),
            it -> it.extractingJson(Map.class));
    for (Consumer<RequestAssert> each : checks) {
      isOurs(AssertionError.class, () -> each.accept(assertThat(request)));
    }
    isOurs(IllegalStateException.class, () -> request.json(Map.class));
  }

  @Test
  @DisplayName("of the methods that wait without an assertion")
  void ofAwaiting() {
    FakeWebPubSub quick = FakeWebPubSub.builder().timeout(Duration.ofMillis(500)).build();
    try {
      PubSubClient bob = quick.connect(asUser("bob"));
      isOurs(AssertionError.class, bob::awaitMessage);
      isOurs(AssertionError.class, () -> bob.awaitMessages(2));
      isOurs(AssertionError.class, () -> quick.awaitRequest(RequestPattern.sendToGroup("room")));
      isOurs(IllegalArgumentException.class, () -> bob.awaitMessages(0));
      EventHandlerStub throwing =
          quick
              .eventHandler("hub")
              .onUserEvent(
                  event -> {
                    throw new IllegalStateException("on purpose");
                  });
      assertThat(throwing.toString()).isNotEmpty();
      assertThatThrownBy(() -> bob.sendEvent("order", "42")).isInstanceOf(AckFailedException.class);
      isOurs(AssertionError.class, quick::assertNoFailures);
    } finally {
      quick.close();
    }
  }

  @Test
  @DisplayName("of a wrong JSON, pointer, placeholder or object, and of a message of another type")
  void ofContents() {
    service.sendToUser("alice", "hi");
    service.sendJsonToAll("{\"id\":1}");
    List<ReceivedMessage> got = alice.awaitMessages(2);

    isOurs(IllegalStateException.class, () -> got.get(0).json());
    isOurs(IllegalStateException.class, () -> got.get(1).text());
    isOurs(IllegalStateException.class, () -> assertThat(got).extracting(ReceivedMessage::text));
    isOurs(IllegalArgumentException.class, () -> got.get(1).json(Thread.class));
    isOurs(IllegalArgumentException.class, () -> assertThat(got.get(1)).hasJsonAt("id", 1));
    isOurs(IllegalArgumentException.class, () -> assertThat(got.get(1)).hasJson("{"));
    isOurs(
        IllegalArgumentException.class,
        () -> assertThat(got.get(1)).hasJsonContaining("{\"id\":\"${any-thing}\"}"));
    isOurs(
        IllegalArgumentException.class,
        () -> assertThat(got.get(1)).hasJsonAt("/id", new Unwritable()));
    isOurs(IllegalArgumentException.class, () -> assertThat(got.get(1)).hasJson(new Unwritable()));
    isOurs(IllegalArgumentException.class, () -> service.sendJsonToAll(new Unwritable()));
    isOurs(IllegalArgumentException.class, () -> service.sendJsonToAll("{"));
  }

  /** An object that no mapper writes: it contains itself. */
  static final class Unwritable {
    public Unwritable getValue() {
      return this;
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void ofANullArgument() {
    isOurs(NullPointerException.class, () -> alice.joinGroup(null));
  }

  @Test
  void ofAnInterruptedWaitWhichGivesTheUsualReport() {
    Thread.currentThread().interrupt();

    Throwable failure = isOurs(InterruptedWaitException.class, () -> receives("hi"));

    assertThat(failure).hasNoCause();
    assertThat(Unstretched.text(String.valueOf(failure.getMessage())).lines())
        .first()
        .asString()
        .matches(
            "\\[alice] interrupted after \\d+ ms: expected text \"hi\" within \\d+ s.* but received"
                + " nothing");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Unstretched.text(service.timeline()))
        .containsPattern("test +-- +begins to wait, at most \\d+ s")
        .containsPattern("test +!! +\\[alice] interrupted after \\d+ ms: expected text \"hi\"");
  }

  private void receives(String text) {
    assertThat(alice).within(Duration.ofSeconds(7)).receivesText(text);
  }

  @Test
  void ofAWaitInVainIsAlsoInTheTimeline() {
    isOurs(
        AssertionError.class,
        () -> assertThat(alice).within(Duration.ofMillis(1)).receivesText("hi"));

    assertThat(Unstretched.text(service.timeline()))
        .containsPattern(
            "test +!! +gave up: \\[alice] expected text \"hi\" within \\d+ ms.* but received nothing");
  }

  @Test
  @DisplayName("The place of a throwing callback is the application's line")
  void placeOfACallback() {
    EventHandlerStub stub = service.eventHandler("chat").onConnect(e -> ConnectAnswer.reject(200));

    Throwable refused = catchThrowable(() -> service.connect(asUser("bob").hub("chat")));

    assertThat(stub.toString()).isNotEmpty();
    assertThat(refused)
        .hasMessageContaining("UserFramesTest")
        .hasMessageNotContaining("at io.github.webpubsubtestkit.handler.");
  }

  private static Throwable isOurs(Class<? extends Throwable> type, ThrowingCallable call) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).isInstanceOf(type);
    assertThat(failure.getStackTrace()[0].getClassName())
        .as("%s", (Object) failure)
        .startsWith(UserFramesTest.class.getName());
    return failure;
  }
}
