package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.ACK;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.CLIENT;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.CLOSE;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.CONNECTION;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.EVENT;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.EVENT_HANDLER;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.MESSAGE;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.REQUEST;
import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.SERVICE;
import static io.github.webpubsubtestkit.service.WebPubSubSoftAssertions.assertSoftly;
import static java.time.Duration.ZERO;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.webpubsubtestkit.client.Ack;
import io.github.webpubsubtestkit.client.ClientAssert;
import io.github.webpubsubtestkit.client.CloseStatus;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Soft assertions on what is the kit's, and the ways of AssertJ to the kit's assertions. */
@ExtendWith(SoftAssertionsExtension.class)
class WebPubSubSoftAssertionsTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final WebPubSubSoftAssertions softly = new WebPubSubSoftAssertions();
  private final EventHandlerStub handler =
      service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
  private PubSubClient alice;

  @InjectSoftAssertions @Nullable WebPubSubSoftAssertions injected;

  @BeforeEach
  void connect() {
    alice = service.connect(asUser("alice").groups("room"));
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  @DisplayName("all failures are reported together, each once, with the line of the test")
  void together() {
    service.sendToUser("alice", "hi");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                assertSoftly(
                    soft -> {
                      soft.assertThat(alice).receivesText("hi").isFromServer().hasText("ho");
                      soft.within(ZERO);
                      soft.assertThat(alice).receivesText("ha").isFromGroup("g").hasText("ha");
                      soft.assertThat(service).hasUser("carol").hasUser("alice");
                      soft.assertThat("AssertJ's own").isEmpty();
                    }))
        .withMessageContaining("(4 failures)")
        .withMessageContaining("expected a message with text \"ho\" but was")
        .withMessageContaining("expected text \"ha\"")
        .withMessageContaining("carol")
        .withMessageContaining("AssertJ's own")
        .withMessageMatching("(?s)(.*at WebPubSubSoftAssertionsTest.*){4}")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("SoftAsserts$"));
  }

  @Test
  @DisplayName("without a failure nothing is thrown")
  void passes() {
    service.sendToUser("alice", "hi");

    assertSoftly(
        soft -> soft.assertThat(alice).receivesText("hi").extractingText().isEqualTo("hi"));
  }

  @Test
  @DisplayName("AssertJ's extension injects them")
  void isInjected() {
    WebPubSubSoftAssertions given = requireNonNull(injected);

    given.assertThat(service).hasUser("alice");

    assertThat(given.wasSuccess()).isTrue();
  }

  @Test
  @DisplayName("everything that has assertions has soft ones")
  void everything() {
    PubSubClient bob = service.connect(asUser("bob"));
    bob.sendEvent("order", "42");
    service.sendToUser("alice", "hi");
    assertThat(alice).receivesText("hi");
    assertThat(handler).receivesEvent("order");
    RecordedRequest request = service.requests().get(0);
    ConnectionInfo connection = service.connections().get(0);
    softly.within(ZERO);

    softly.assertThat(alice).hasUserId("x").hasNoUserId();
    softly.assertThat(service).hasUser("x").hasNoUser("alice");
    softly.assertThat(handler).hasReceivedEvent("x").hasReceivedNoEvent("order");
    softly.assertThat(alice.messages().get(0)).hasText("x").isFromGroup("x");
    softly.assertThat(ack()).failedWith("x").hasErrorMessage("x");
    softly.assertThat(new CloseStatus(1000, "bye")).hasCode(1).hasReason("x");
    softly.assertThat(handler.events().get(0)).hasName("x").hasText("x");
    softly.assertThat(request).isInHub("x").isRefused();
    softly.assertThat(connection).isInGroup("x").isInGroup("y");

    assertThat(softly.assertionErrorsCollected()).hasSize(18);
    assertThat(softly.wasSuccess()).isFalse();
  }

  @Test
  @DisplayName("waits in vain share one time")
  void sharedTime() {
    softly.within(Duration.ofMillis(50));

    for (int i = 0; i < 3; i++) {
      softly.assertThat(alice).receivesText("never");
      softly.assertThat(service).receivesEvent("never");
      softly.assertThat(handler).receivesEvent("never");
    }

    assertThat(softly.assertionErrorsCollected()).hasSize(9);
    assertThat(service.timeline().lines().filter(each -> each.contains("begins to wait")))
        .hasSize(1);
  }

  @Test
  @DisplayName("what is there is found when the time is used up")
  void usedUp() {
    softly.within(Duration.ofMillis(50)).assertThat(alice).receivesText("never");
    service.sendToUser("alice", "hi");
    assertThat(alice).receivesText("hi");
    service.sendToUser("alice", "ho");
    service.awaitIdle();

    softly.assertThat(alice).receivesText("ho");

    assertThat(softly.assertionErrorsCollected()).hasSize(1);
  }

  @Test
  @DisplayName("AssertJ's steps from there on are soft, too")
  void ownSteps() {
    service.sendToUser("alice", "hi");
    service.sendToUser("alice", "ho");

    softly
        .assertThat(alice)
        .receivesMessages(2)
        .hasSize(3)
        .contains(alice.messages().get(0))
        .first(as(MESSAGE))
        .hasText("x")
        .extracting(ReceivedMessage::text, as(STRING))
        .isEqualTo("y");

    assertThat(softly.assertionErrorsCollected()).hasSize(3);
  }

  @Test
  @DisplayName("nothing of the user's is called for what did not come")
  void nothingIsCalled() {
    List<Object> called = new ArrayList<>();
    softly.within(ZERO);

    softly
        .assertThat(alice)
        .receivesMessages(2)
        .first(as(MESSAGE))
        .satisfies(called::add)
        .extracting(called::add)
        .isEqualTo("x");
    softly.assertThat(alice).receivesText("x").satisfies(called::add).matches(called::add);

    assertThat(called).isEmpty();
    assertThat(softly.assertionErrorsCollected()).hasSize(2);
  }

  @Test
  @DisplayName("mistakes are thrown at once")
  void mistakes() {
    SimpleClient bob = service.connectSimple(asUser("bob"));
    ClientAssert soft = softly.assertThat(bob);

    assertThatIllegalStateException().isThrownBy(() -> soft.receivesAck(1));
    assertThatIllegalArgumentException().isThrownBy(() -> soft.within(Duration.ofSeconds(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> softly.within(Duration.ofSeconds(-1)));
    assertThat(softly.assertionErrorsCollected()).isEmpty();
  }

  @Test
  @DisplayName("factories lead from any object of AssertJ to the kit's assertions")
  void factories() {
    PubSubClient bob = service.connect(asUser("bob"));
    bob.sendEvent("order", "42");
    service.sendToUser("alice", "hi");
    Object client = alice;
    Object fake = service;
    Object stub = handler;
    Object ack = ack();
    Object close = new CloseStatus(1000, "bye");

    assertThat(client).asInstanceOf(CLIENT).receivesText("hi");
    assertThat(fake).asInstanceOf(SERVICE).hasUser("bob");
    assertThat(stub).asInstanceOf(EVENT_HANDLER).receivesEvent("order");
    assertThat(ack).asInstanceOf(ACK).isSuccessful();
    assertThat(close).asInstanceOf(CLOSE).hasCode(1000);
    assertThat(alice.messages()).first(as(MESSAGE)).hasText("hi");
    assertThat(handler.events()).last(as(EVENT)).hasText("42");
    assertThat(service.requests()).last(as(REQUEST)).isSuccessful();
    assertThat(service.connections()).first(as(CONNECTION)).isInHub("hub");
  }

  @Test
  @DisplayName("values lead to their parts as AssertJ's objects do")
  void extracting() {
    service.sendToUser("alice", "hi");

    assertThat(alice).receivesText("hi").extracting(ReceivedMessage::text).isEqualTo("hi");
    assertThat(ack().assertThat().extracting(Ack::isSuccessful).isEqualTo(true)).isNotNull();
  }

  private static Ack ack() {
    return new Ack(1, true, Optional.empty(), Optional.empty(), ZERO);
  }
}
