package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.RequestPattern;
import io.github.webpubsubtestkit.service.WebPubSubSoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("JSON that cannot be read as the class, and the way to a value that there is not")
class UnreadableJsonTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final PubSubClient alice = service.connect(asUser("alice").groups("room"));

  @AfterEach
  void close() {
    service.close();
  }

  record Bid(int amount) {}

  @Test
  @DisplayName("fails the assertion, which names what was to be read")
  void failsTheAssertion() {
    EventHandlerStub handler =
        service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
    service.sendJsonToAll("{\"zz\":3}");
    alice.sendEvent("bid", Content.json("{\"zz\":3}"));

    assertThat(failureOf(() -> assertThat(alice).receivesMessage().extractingJson(Bid.class)))
        .startsWith("[alice] expected a message with JSON read")
        .contains("UnreadableJsonTest$Bid", "but it is not: ", "cannot read this JSON as", "zz")
        .contains("server  json  {\"zz\":3}");
    assertThat(failureOf(() -> assertThat(handler).receivesEvent("bid").extractingJson(Bid.class)))
        .startsWith("[event handler] expected an event with JSON read")
        .contains("cannot read this JSON as");
    assertThat(
            failureOf(
                () ->
                    assertThat(service)
                        .receivesRequest(RequestPattern.event("bid"))
                        .extractingJson(Bid.class)))
        .startsWith("[service] expected a request with JSON read")
        .contains("cannot read this JSON as");
  }

  @Test
  @DisplayName("is collected by soft assertions")
  void isCollected() {
    service.sendJsonToAll("{\"zz\":3}");
    WebPubSubSoftAssertions softly = new WebPubSubSoftAssertions();

    softly.assertThat("first").isEmpty();
    softly.assertThat(alice).receivesMessage().extractingJson(Bid.class).isNull();

    assertThat(softly.assertionErrorsCollected()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`', // quotes of texts are none of CSV's
      value = {
        "/items/0/sub/prize|'/items/0/sub' has price, tags",
        "/item|the whole has items, arr, empty, none",
        "/arr/99|'/arr' has 3 elements",
        "/arr/9999999999|'/arr' has 3 elements",
        "/arr/01|'/arr' has 3 elements, and '01' is no array index",
        "/arr/-|'/arr' has 3 elements, and '-' is no array index",
        "/arr/-1|'/arr' has 3 elements, and '-1' is no array index",
        "/arr/0/x|'/arr/0' is 7",
        "/empty/x|'/empty' is an empty object",
        "/none/0|'/none' is an empty array",
      })
  @DisplayName("says where the way breaks off")
  void saysWhere(String pointer, String there) {
    service.sendJsonToAll(
        "{\"items\":[{\"sub\":{\"price\":1,\"tags\":[]}}],\"arr\":[7,8,9],\"empty\":{},\"none\":[]}");
    MessageAssert message = assertThat(alice.awaitMessage());
    String expected = "has no value at \"" + pointer + "\": " + there.replace('\'', '"');

    assertThat(failureOf(() -> message.extractingJsonAt(pointer))).contains(expected);
    assertThat(failureOf(() -> message.hasJsonAt(pointer, 1))).contains(expected);
  }

  private static String failureOf(ThrowingCallable call) {
    return String.valueOf(catchThrowable(call).getMessage());
  }
}
