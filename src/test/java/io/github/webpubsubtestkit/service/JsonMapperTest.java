package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Content.json;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.handler.EventAnswer.replyJson;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fake with the application's mapper")
class JsonMapperTest {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private static final Bid BID = new Bid("vase", 42);
  private static final String WRITTEN = "{\"item_name\":\"vase\",\"amount\":42}";

  record Bid(String itemName, int amount) {}

  private static FakeWebPubSub start() {
    return FakeWebPubSub.builder()
        .jsonMapper(MAPPER::writeValueAsString, MAPPER::readValue)
        .build();
  }

  @Test
  @DisplayName("writes by it what a server sends, and reads what a client received")
  void server() {
    try (FakeWebPubSub service = start()) {
      PubSubClient alice = service.connect(asUser("alice"));

      service.sendJsonToAll(BID);

      assertThat(alice).receivesMessage().hasJson(WRITTEN).hasJson(BID);
      assertThat(alice).hasReceivedJson(BID);
      assertThat(alice.messages().get(0).json(Bid.class)).isEqualTo(BID);
    }
  }

  @Test
  @DisplayName("writes by it what clients send, and reads it in event handlers")
  void clients() {
    try (FakeWebPubSub service = start()) {
      service
          .eventHandler("hub")
          .onUserEvent(event -> replyJson(new Bid("more", event.json(Bid.class).amount() + 1)));
      PubSubClient alice = service.connect(asUser("alice").groups("room"));
      SimpleClient bob = service.connectSimple(asUser("bob"));

      alice.sendJsonToGroup("room", BID);
      assertThat(alice).receivesJson(WRITTEN);
      alice.sendJsonEvent("bid", BID);
      assertThat(alice).receivesJson("{\"item_name\":\"more\",\"amount\":43}");
      bob.sendJson(BID);
      assertThat(bob).isConnected();
    }
  }

  @Test
  @DisplayName("writes by it what a test expects, wherever it is said")
  void expectations() {
    try (FakeWebPubSub service = start()) {
      PubSubClient alice = service.connect(asUser("alice"));
      EventHandlerStub handler = service.eventHandler("hub").onUserEvent(event -> acknowledge());

      alice.sendEvent("bid", json(BID));
      alice.sendEvent("bid", json(BID));
      service.sendToUser("alice", json(BID));

      assertThat(alice).receivesMessage(json(BID));
      assertThat(handler).receivesEvent("bid").hasContent(json(BID)).hasJson(BID);
      assertThat(service).receivesRequest(event("bid").withJson(BID)).hasJson(BID);
      assertThat(service).hasReceivedRequest(anyRequest().withContent(json(BID)));
      assertThat(service)
          .receivesRequestSatisfying(anyRequest(), request -> assertThat(request).hasJson(BID));
      assertThat(service.requests().get(1)).hasContent(json(BID));
    }
  }

  @Test
  @DisplayName("fails the callback whose answer it cannot write")
  void answers() {
    try (FakeWebPubSub service = start()) {
      service.eventHandler("hub").onUserEvent(event -> replyJson(new Object()));
      PubSubClient alice = service.connect(asUser("alice"));

      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> alice.sendJsonEvent("bid", BID))
          .withMessageContaining("the mapper of jsonMapper(..) cannot write this java.lang.Object");
    }
  }

  @Test
  @DisplayName("reads JSON only")
  void onlyJson() {
    try (FakeWebPubSub service = start()) {
      PubSubClient alice = service.connect(asUser("alice"));
      service.sendToAll("text");
      assertThat(alice).receivesText("text");

      assertThatIllegalStateException()
          .isThrownBy(() -> alice.messages().get(0).json(Bid.class))
          .withMessageContaining("needs a message that carries a JSON value");
    }
  }

  @Test
  @DisplayName("says that it was that mapper that failed")
  void failure() {
    try (FakeWebPubSub service = start()) {
      PubSubClient alice = service.connect(asUser("alice"));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> service.sendJsonToAll(new Object()))
          .withMessageStartingWith(
              "the mapper of jsonMapper(..) cannot write this java.lang.Object as JSON: ");
      service.sendJsonToAll("{\"item_name\":[]}");
      assertThat(alice).receivesMessage();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> alice.messages().get(0).json(Bid.class))
          .withMessageMatching(
              "(?s)the mapper of jsonMapper[(]..[)] cannot read this JSON as .*Bid: .*");
    }
  }
}
