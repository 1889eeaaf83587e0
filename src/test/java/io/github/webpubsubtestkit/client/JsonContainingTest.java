package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.client.Content.jsonContaining;
import static io.github.webpubsubtestkit.client.Content.text;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.service.RequestPattern.event;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("JSON by part, by path and by type")
class JsonContainingTest {

  record Bid(String lot, int amount) {}

  private static final String BID =
      "{\"id\":\"6a0e5ac4-2b83-4c5e-9f0e-0c4b6f0e7a11\",\"at\":\"2026-01-02T03:04:05Z\",\"lot\":\"7\","
          + "\"amount\":12,\"tags\":[\"new\",\"hot\",\"big\"],\"by\":{\"name\":\"bob\",\"vip\":true}}";

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final PubSubClient alice = service.connect(asUser("alice"));

  @AfterEach
  void close() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'lot':'7'}",
        "{'by':{'vip':true}}",
        "{'tags':['new','big']}",
        "{'tags':[]}",
        "{}",
        "{'id':'${any-uuid}','at':'${any-time}','amount':'${any-number}','lot':'${any-string}'}",
        "{'id':'${json-unit.any-string}','by':{'vip':'${any-boolean}','name':'${regex}b.b'}}",
        "{'by':'${any}','tags':'${ignore}'}",
      })
  @DisplayName("a part of an object, at every level, with placeholders")
  void matches(String part) {
    service.sendJsonToAll(BID);

    assertThat(alice).receivesJsonContaining(part.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'lot':'8'}|$.lot: expected \"8\" but was \"7\"",
        "{'by':{'age':3}}|$.by.age: expected 3 but is missing",
        "{'tags':['big','new']}|$.tags: expected an element \"new\" behind $.tags[2] but it is before that, at $.tags[0]: the order differs",
        "{'tags':['new','new']}|$.tags: expected another element \"new\" but there is none",
        "{'tags':['old']}|$.tags: expected an element \"old\" but there is none",
        "{'amount':'${any-string}'}|$.amount: expected \"${any-string}\" but was 12",
        "{'lot':'${any-uuid}'}|$.lot: expected \"${any-uuid}\" but was \"7\"",
        "{'lot':'${any-time}'}|$.lot: expected \"${any-time}\" but was \"7\"",
        "{'lot':'${regex}[a-z]'}|$.lot: expected \"${regex}[a-z]\" but was \"7\"",
        "{'lot':null}|$.lot: expected null but was \"7\"",
        "[]|$: expected [] but was {\"id\"",
      })
  @DisplayName("each miss names its path")
  void misses(String part, String difference) {
    service.sendJsonToAll(BID);
    alice.awaitMessage();

    assertThat(
            failureOf(
                () ->
                    assertThat(alice).hasReceivedMessage(jsonContaining(part.replace('\'', '"')))))
        .contains("nearest    " + difference);
  }

  @Test
  @DisplayName("a Content, or another object of the kit, is not taken for a JSON value")
  void notOfTheKit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).receivesJson(Content.json("1")))
        .withMessageStartingWith("Content is a type of the kit, not a JSON value.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Content.json(Content.json("1")).given().payload());
  }

  @Test
  @DisplayName("whatever begins as a placeholder is one, or is refused")
  void misspelled() {
    for (String each :
        new String[] {"${any_string}", "${ANY-STRING}", "${any-string", "${}", "${regex}"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Content.jsonContaining("[\"" + each + "\"]"))
          .withMessageContaining("\"" + each + "\" is no placeholder; there are ${any}, ")
          .withMessageEndingWith("A text that begins with ${ is written ${regex}\\$\\{text\\}");
    }
  }

  @Test
  @DisplayName("of array elements the nearest one is told")
  void nearestElement() {
    service.sendJsonToAll("{\"items\":[{\"id\":1,\"price\":2},{\"id\":2,\"price\":5}]}");
    service.awaitIdle();

    assertThat(
            failureOf(
                () ->
                    assertThat(alice)
                        .within(ZERO)
                        .receivesJsonContaining("{\"items\":[{\"id\":2,\"price\":6}]}")))
        .isEqualTo(
            """
            [alice] expected JSON containing {"items":[{"id"… to be there already but received one that differs: $.items[1].price: …
              expected   {"items":[{"id":2,"price":6}]}
              nearest    $.items[1].price: expected 6 but was 5
              received   1 message
                +0.000 s  server  json  {"items":[{"id":1,"price":2},{"id":2,"price":5}]}     <- nearest
              connection open since +0.000 s, groups [], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("an unknown placeholder is refused, and lists those there are")
  void unknownPlaceholder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> jsonContaining("{\"a\":[\"${any-date}\"]}"))
        .withMessage(
            "\"${any-date}\" is no placeholder; there are ${any}, ${ignore}, ${any-string},"
                + " ${any-number}, ${any-boolean}, ${any-uuid}, ${any-time}, ${regex}[a-z]+."
                + " A text that begins with ${ is written ${regex}\\$\\{text\\}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> jsonContaining("\"${regex}[a\""))
        .withMessageContaining("is invalid");
  }

  @Test
  @DisplayName("a part cannot be sent")
  void notSendable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.sendToAll(jsonContaining("{}")))
        .withMessage(
            "jsonContaining(..) is a part of a JSON value, for assertions only; to send one use"
                + " json(..)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alice.sendToGroup("g", jsonContaining("{}")));
  }

  @Test
  @DisplayName("a message: by path, by type")
  void message() {
    service.sendJsonToAll(new Bid("7", 12));
    service.sendToAll("text");

    MessageAssert bid = assertThat(alice).receivesMessage();
    bid.hasJsonAt("/amount", 12).hasJsonAt("/lot", "7").hasJsonAt("", new Bid("7", 12));
    bid.hasJsonContaining(Map.of("lot", "7"));
    bid.extractingJson(Bid.class).isEqualTo(new Bid("7", 12));
    bid.extractingJsonAt("/amount").isEqualTo(12);
    assertThat(failureOf(() -> bid.hasJsonAt("/amount", 13)))
        .isEqualTo(
            """
            [alice] expected a message with JSON 13 at "/amount" but it has 12 at "/amount"
              message   this one
                +0.000 s  server  json  {"lot":"7","amount":12}
              connection open since +0.000 s, groups [], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
    assertThat(failureOf(() -> bid.hasJsonAt("/lot/0", 13))).startsWith("");
    assertThat(failureOf(() -> bid.extractingJsonAt("/price"))).startsWith("");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bid.hasJsonAt("amount", 12))
        .withMessage(
            "\"amount\" is no JSON pointer: it must be empty or begin with a slash, as"
                + " /items/0/price does; in it ~1 is a slash and ~0 a tilde");
    MessageAssert plain = assertThat(alice).receivesMessage();
    assertThat(failureOf(() -> plain.hasJsonAt("/a", 1)))
        .startsWith("[alice] expected a message of type json but was text");
  }

  @Test
  @DisplayName("an event and a request: by part, by path, by type")
  void eventAndRequest() {
    EventHandlerStub handler =
        service.eventHandler("hub").onUserEvent(any -> EventAnswer.acknowledge());
    alice.sendEvent("bid", json(new Bid("7", 12)));
    alice.sendEvent("shout", text("hi"));

    var event = assertThat(handler).receivesEvent("bid");
    event.hasJsonContaining(Map.of("lot", "7")).hasJsonAt("/amount", 12);
    event.extractingJson(Bid.class).isEqualTo(new Bid("7", 12));
    event.extractingJsonAt("/lot").isEqualTo("7");
    assertThat(failureOf(() -> event.hasJsonContaining("{\"lot\":\"8\"}")))
        .isEqualTo(
            """
            [event handler] expected an event with JSON containing {"lot":"8"} but it differs: $.lot: expected "8" but was "7"
              event   +0.000 s bid (user event) user "alice" connection ID json {"lot":"7","amount":12}""");
    assertThat(failureOf(() -> event.hasJsonAt("/lot", 8)))
        .isEqualTo(
            """
            [event handler] expected an event with JSON 8 at "/lot" but it has "7" at "/lot"
              event   +0.000 s bid (user event) user "alice" connection ID json {"lot":"7","amount":12}""");
    var request =
        assertThat(service).receivesRequest(event("bid").withJsonContaining("{\"amount\":12}"));
    request.hasJsonContaining(Map.of("lot", "7")).hasJsonAt("/amount", 12);
    request.extractingJson(Bid.class).isEqualTo(new Bid("7", 12));
    request.extractingJsonAt("/lot").isEqualTo("7");
    assertThat(failureOf(() -> request.hasJsonContaining("{\"lot\":\"8\"}")))
        .isEqualTo(
            """
            [service] expected a request with JSON containing {"lot":"8"} but: data $.lot: expected "8" but was "7"
              request   event("bid")  json {"lot":"7","amount":12}  from user "alice"  in hub "hub"  -> ok""");
    assertThat(failureOf(() -> request.hasJsonAt("/lot", 8)))
        .isEqualTo(
            """
            [service] expected a request with JSON 8 at "/lot" but: has "7" at "/lot"
              request   event("bid")  json {"lot":"7","amount":12}  from user "alice"  in hub "hub"  -> ok""");
    assertThat(service.requests().get(1).json(Bid.class)).isEqualTo(new Bid("7", 12));
    assertThat(
            failureOf(
                () ->
                    assertThat(service)
                        .hasReceivedRequest(event("bid").withJsonContaining("{\"amount\":13}"))))
        .isEqualTo(
            """
            [service] expected event("bid") with JSON contain… to have been received; nearest: data $.amount: expected 13 but was 12
              expected   event("bid") with JSON containing {"amount":13}
              nearest    data $.amount: expected 13 but was 12
              received   2 requests, 1 handshake
                +0.000 s  connect()       from user "alice"  hub "hub"  101, connected
                +0.000 s  event("bid")    from user "alice"  hub "hub"  ok              json {"lot":"7","amount":12}     <- nearest
                +0.000 s  event("shout")  from user "alice"  hub "hub"  ok              text "hi"
              times are seconds since the service started; now it is +0.000 s""");
  }
}
