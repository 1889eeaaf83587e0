package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.internal.expect.Unstretched;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

@DisplayName("What the timeline's display hides of a message is in no failure of a client")
class DisplayInFailuresTest {

  private static final String CARD = "4111111111111111";

  private final FakeWebPubSub service =
      FakeWebPubSub.builder()
          .timeline(timeline -> timeline.display(text -> text.replaceAll("\\d{16}", "<card>")))
          .build();
  private final PubSubClient alice = service.connect(asUser("alice").name("alice"));

  @AfterEach
  void close() {
    service.close();
  }

  private static String shownBy(ThrowingCallable assertion) {
    AssertionError failure = catchThrowableOfType(AssertionError.class, assertion);
    assertThat(failure).isNotNull();
    String values =
        failure instanceof AssertionFailedError both
            ? "\n"
                + both.getExpected().getStringRepresentation()
                + " / "
                + both.getActual().getStringRepresentation()
            : "";
    return Unstretched.text(failure.getMessage() + values)
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s");
  }

  static List<Consumer<ClientAssert>> assertions() {
    return List.of(
        it -> it.receivesText("charged " + CARD + "0"),
        it -> it.receivesTextContaining(CARD + "0"),
        it -> it.receivesTextMatching(CARD + "0"),
        it -> it.receivesJson("{\"card\":\"" + CARD + "\",\"sum\":2}"),
        it -> it.receivesJson(Map.of("card", CARD, "sum", 2)),
        it -> it.receivesMessage(Content.text("1 " + CARD)),
        it -> it.receivesMessageFromGroup("g"),
        it -> it.receivesMessageMatching(message -> false),
        it -> it.receivesExactly("charge " + CARD, "x"),
        it -> it.receivesExactly("charged " + CARD, "{\"card\":\"" + CARD + "\"}"),
        it -> it.receivesNoMessage(),
        it -> it.receivesNoMessageWithin(ZERO),
        it -> it.receivesAck(7),
        it -> it.receivesPong(),
        it -> it.hasReceivedText("charge " + CARD),
        it -> it.hasReceivedNoText("charged " + CARD),
        it -> it.hasReceivedExactly("charge " + CARD),
        it -> it.hasReceivedNoMessage(),
        it -> it.receivesMessage().hasText("charge " + CARD),
        it -> it.receivesMessage().hasJson("\"" + CARD + "\""),
        it -> it.receivesMessage().hasContent(Content.json("[]")),
        it -> it.receivesMessage().isFromGroup("g"));
  }

  @ParameterizedTest
  @MethodSource("assertions")
  @DisplayName("whatever is asserted")
  void masked(Consumer<ClientAssert> assertion) {
    service.sendToAll("charged " + CARD);
    service.sendToAll(Content.json("{\"card\":\"" + CARD + "\",\"sum\":1}"));
    service.awaitIdle();

    String shown = shownBy(() -> assertion.accept(assertThat(alice).within(ZERO)));

    assertThat(shown).contains("<card>").doesNotContain(CARD);
  }

  @Test
  @DisplayName("a wait in vain, and what was sent instead")
  void inVain() {
    service.sendToUser("bob", "charged " + CARD);

    assertThat(shownBy(() -> assertThat(alice).within(ZERO).receivesText("charged " + CARD)))
        .isEqualTo(
            """
            [alice] expected text "charged <card>" to be there already but received nothing
              at the service
                +0.000 s  sendToUser("bob")  from the test  ok, to nobody  text "charged <card>"     <- exactly this, but alice is user "alice"
              connection open since +0.000 s, groups [], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("two contents that differ only in what is hidden")
  void hiddenDifference() {
    service.sendToAll("charged " + CARD);
    service.awaitIdle();

    assertThat(
            shownBy(
                    () ->
                        assertThat(alice)
                            .within(ZERO)
                            .receivesText("charged " + CARD.replace('4', '5')))
                .lines()
                .filter(line -> !line.startsWith("  connection ")))
        .containsExactly(
            "[alice] expected text \"charged <card>\" to be there already but received \"charged"
                + " <card>\"",
            "  nearest    differs only in what display(..) of the timeline hides",
            "  received   1 message",
            "    +0.000 s  server  text  \"charged <card>\"     <- nearest",
            "  times are seconds since the service started; now it is +0.000 s",
            "charged <card> / charged <card>");
  }

  @Test
  @DisplayName("a display that shortens leaves the rest of the text whole")
  void shortens() {
    try (FakeWebPubSub brief =
        FakeWebPubSub.builder()
            .timeline(timeline -> timeline.display(text -> text.charAt(0) + "~"))
            .build()) {
      PubSubClient bob = brief.connect(asUser("bob").groups("a-long-group"));
      brief.sendToGroup("a-long-group", "what is said");
      brief.awaitIdle();

      assertThat(
              shownBy(() -> assertThat(bob).within(ZERO).receivesJson("{\"what\":1}"))
                  .lines()
                  .filter(line -> !line.startsWith("  connection ")))
          .containsExactly(
              "[bob] expected JSON {~ to be there already but received text \"w~\"",
              "  nearest    is text, not json",
              "  at the service",
              "    +0.000 s  sendToGroup(\"a-long-group\")  from the test  ok, to 1 connection  text"
                  + " \"w~\"",
              "  nothing further was sent since +0.000 s",
              "  received   1 message",
              "    +0.000 s  group a-long-group  text  \"w~\"     <- nearest",
              "  times are seconds since the service started; now it is +0.000 s",
              "{~ / w~");
    }
  }

  @Test
  @DisplayName("a message as a list of AssertJ prints it")
  void printed() {
    service.sendToAll("charged " + CARD);
    service.awaitIdle();

    assertThat(alice.messages().get(0).toString()).contains("<card>").doesNotContain(CARD);
    assertThat(alice.messages().get(0).text()).contains(CARD);
  }
}
