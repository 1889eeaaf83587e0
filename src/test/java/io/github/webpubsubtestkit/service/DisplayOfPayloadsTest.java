package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What the timeline's display hides is in no failure about requests and events")
class DisplayOfPayloadsTest {

  private static final String CARD = "4111111111111111";

  private final FakeWebPubSub service =
      FakeWebPubSub.builder()
          .timeline(timeline -> timeline.display(text -> text.replaceAll("\\d{16}", "<card>")))
          .build();

  @AfterEach
  void close() {
    service.close();
  }

  private static String shownBy(ThrowingCallable assertion) {
    AssertionError failure = catchThrowableOfType(AssertionError.class, assertion);
    assertThat(failure).isNotNull();
    return String.valueOf(failure.getMessage());
  }

  static List<Consumer<ServiceAssert>> assertions() {
    return List.of(
        it -> it.receivesRequest(sendToGroup("room").withText("charged " + CARD + "0")),
        it -> it.receivesRequest(sendToGroup("room").withJson(Map.of("card", CARD, "sum", 2))),
        it -> it.receivesRequest(sendToGroup("shop")),
        it -> it.hasReceivedRequest(sendToGroup("room").withContent(Content.text(CARD))),
        it -> it.hasReceivedRequests(3, sendToGroup("room")),
        it -> it.hasReceivedNoRequest(sendToGroup("room")),
        it -> it.receivesRequest(sendToGroup("room")).hasText("charge " + CARD),
        it -> it.receivesRequest(sendToGroup("room")).hasJson("{\"card\":" + CARD + "}"));
  }

  @ParameterizedTest
  @MethodSource("assertions")
  void requests(Consumer<ServiceAssert> assertion) {
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendToGroup("room", "charged " + CARD);
    alice.sendToGroup("room", Content.json("{\"card\":\"" + CARD + "\",\"sum\":1}"));

    String shown = shownBy(() -> assertion.accept(assertThat(service).within(ZERO)));

    assertThat(shown).contains("<card>").doesNotContain(CARD);
    assertThat(service.requests().toString()).contains("<card>").doesNotContain(CARD);
  }

  @Test
  void events() {
    EventHandlerStub stub =
        service.eventHandler("hub").onUserEvent("pay", event -> EventAnswer.acknowledge());
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendEvent("pay", CARD);

    assertThat(shownBy(() -> assertThat(stub).within(ZERO).receivesEvent("paid")))
        .contains("text \"<card>\"")
        .doesNotContain(CARD);
    assertThat(shownBy(() -> assertThat(stub).hasReceivedNoEvent("pay")))
        .contains("text \"<card>\"")
        .doesNotContain(CARD);
    assertThat(shownBy(() -> assertThat(stub).receivesEvent("pay").hasText("1-" + CARD)))
        .contains("with text \"1-<card>\" but it has another text")
        .doesNotContain(CARD);
  }

  @Test
  void whatTheServiceSaw() {
    service.sendToAll(CARD);
    service.sendToAll(Content.json("[" + CARD + "]"));

    assertThat(service.atTheService(ZERO).toString())
        .contains("text \"<card>\"", "json [<card>]")
        .doesNotContain(CARD);
  }
}
