package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.SendOptions.options;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.RequestPattern;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A content is sent and expected in the same words, by clients, servers and handlers")
class ContentTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void stop() {
    service.close();
  }

  static Stream<Content> contents() {
    return Stream.of(
        Content.text("hi"),
        Content.json(Map.of("id", 42)),
        Content.binary(new byte[] {1, 2}),
        Content.protobuf(StringValue.of("hi")));
  }

  @ParameterizedTest
  @MethodSource("contents")
  @DisplayName("what a client publishes is received, recorded and told as it was given")
  void everywhereTheSame(Content content) {
    EventHandlerStub handler = service.eventHandler("hub").recording();
    PubSubClient alice = service.connect(asUser("alice").protocol(Protocol.PROTOBUF));
    PubSubClient bob = service.connect(asUser("bob").groups("room").protocol(Protocol.PROTOBUF));

    alice.sendToGroup("room", content);
    alice.sendEvent("order", content, PublishOptions.options().metadata("k", "v"));

    assertThat(bob).receivesMessage(content).hasContent(content).hasNoMetadata();
    assertThat(bob).hasReceivedMessage(content);
    assertThat(service)
        .receivesRequest(RequestPattern.sendToGroup("room").withContent(content))
        .hasContent(content)
        .hasNoMetadata();
    assertThat(handler).receivesEvent("order").hasContent(content).hasMetadata("k", "v");
    contents()
        .filter(other -> other.dataType() != content.dataType())
        .forEach(other -> assertThat(bob).hasReceivedNoMessage(other));
  }

  @ParameterizedTest
  @MethodSource("contents")
  @DisplayName("a server sends what REST takes, to everybody, a user, a group and a connection")
  void servers(Content content) {
    PubSubClient bob = service.connect(asUser("bob").groups("room").protocol(Protocol.PROTOBUF));
    List<Runnable> sends =
        List.of(
            () -> service.sendToAll(content),
            () -> service.sendToUser("bob", content),
            () -> service.sendToGroup("room", content),
            () -> service.sendToConnection(bob.connectionId(), content, options()));

    for (Runnable send : sends) {
      if (content.dataType() == DataType.PROTOBUF) {
        assertThatIllegalArgumentException()
            .isThrownBy(send::run)
            .withMessageContaining("a server can only send text, JSON or bytes");
      } else {
        send.run();
        assertThat(bob).receivesMessage(content);
      }
    }
    assertThat(bob).receivesNoMessage();
  }

  @Test
  @DisplayName("another content is missed in each place in that place's words")
  void misses() {
    EventHandlerStub handler = service.eventHandler("hub").recording();
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    alice.sendEvent("order", Content.json("[7, 1]"));
    alice.sendToGroup("room", Content.json("[7, 1]"));

    fails(
        () -> assertThat(alice).within(ZERO).receivesMessage(Content.json("[7, 2]")),
        "expected JSON [7, 2] to be there already but received JSON [7, 1]",
        "nearest    $[1]: expected 2 but was 1");
    fails(
        () -> assertThat(alice).hasReceivedNoMessage(Content.json("[7.0, 1]")),
        "expected no JSON [7.0, 1] to have been received but received it once",
        "this one");
    fails(
        () ->
            assertThat(service)
                .within(ZERO)
                .receivesRequest(
                    RequestPattern.sendToGroup("room").withContent(Content.text("[7, 1]"))),
        "sendToGroup(\"room\") with text \"[7, 1]\"",
        "nearest    data is json");
    fails(
        () -> assertThat(handler).receivesEvent("order").hasContent(Content.json("[7, 2]")),
        "expected an event with JSON [7, 2]",
        "has other JSON: $[1]: expected 2 but was 1");
    fails(
        () -> assertThat(handler).hasReceivedEvent("order").hasReceivedEvent("x"),
        "expected event \"x\" to have been received but received 3 events: connect, connected, order");
  }

  @Test
  @DisplayName("who waits for an event or a request can say more by a condition or by assertions")
  void matchingAndSatisfying() {
    EventHandlerStub handler = service.eventHandler("hub").recording();
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    alice.sendToGroup("room", "one");
    alice.sendEvent("shout", "two");
    alice.sendEvent("shout", "three");
    RequestPattern sends = RequestPattern.sendToGroup("room");

    assertThat(alice).receivesMessageMatching(it -> it.text().length() == 3).hasText("one");
    assertThat(service).receivesRequestMatching(sends, it -> it.text().isPresent()).hasText("one");
    assertThat(handler)
        .receivesEventSatisfying("shout", it -> assertThat(it).hasText("three"))
        .isFromUser("alice");

    alice.sendToGroup("room", "four");
    alice.sendEvent("shout", "five");
    assertThat(service)
        .receivesRequestSatisfying(sends, it -> assertThat(it).hasText("four"))
        .isFromUser("alice");
    alice.sendToGroup("room", "six");
    fails(
        () ->
            assertThat(service)
                .within(ZERO)
                .receivesRequestSatisfying(sends, it -> assertThat(it).hasText("seven")),
        "sendToGroup(\"room\") that meets the given requirements",
        "nearest    not met: [service] expected a request with text \"seven\"");
    fails(
        () -> assertThat(service).within(ZERO).receivesRequestMatching(sends, it -> false),
        "sendToGroup(\"room\") that fulfils the given condition",
        "nearest    does not fulfil the condition");
    fails(
        () ->
            assertThat(handler)
                .within(ZERO)
                .receivesEventSatisfying("shout", it -> assertThat(it).hasText("seven")),
        "\"shout\" that meets the given requirements",
        "not met: [event handler] expected an event with text \"seven\"");
    fails(
        () -> assertThat(alice).within(ZERO).receivesMessageMatching(it -> false),
        "expected a message that fulfils the given condition to be there already");
  }

  @Test
  @DisplayName("a time holds until another is set")
  void timeHolds() {
    PubSubClient alice = service.connect(asUser("alice").groups("room"));
    ClientAssert assertion = assertThat(alice);

    fails(() -> assertion.within(ZERO).receivesText("hi"), "to be there already");
    service.sendToAll("hi");
    assertion.within(java.time.Duration.ofSeconds(5)).receivesText("hi");
    fails(
        () -> assertion.within(ZERO).receivesExactly("hi"),
        "1 text next to be there already but no. 1, \"hi\", did not come");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertion.within(java.time.Duration.ofMillis(-1)));
  }

  @Test
  @DisplayName("it is a value: what was given can change, and it shows no secret")
  void immutable() {
    byte[] bytes = {1, 2};
    Content content = Content.binary(bytes);
    bytes[0] = 9;
    ((byte[]) content.value())[1] = 9;

    assertThat((byte[]) content.value()).containsExactly(1, 2);
    assertThat(content).hasToString("2 bytes 01 02");
    assertThat(Content.text("hi")).hasToString("text \"hi\"");
    assertThat(Content.json(Map.of("id", 42))).hasToString("json {\"id\":42}");
    assertThat(Content.json("[7, 1]").value()).isEqualTo("[7, 1]");
    assertThat(Content.protobuf(StringValue.of("hi")).dataType()).isEqualTo(DataType.PROTOBUF);
    assertThat(Content.text("Endpoint=http://a;AccessKey=abcdefghij;Version=1.0;").toString())
        .doesNotContain("abcdefghij");
    assertThatIllegalArgumentException().isThrownBy(() -> Content.json("{"));
  }

  private static void fails(ThrowingCallable assertion, String... parts) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
  }
}
