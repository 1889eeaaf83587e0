package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A handler that waits for an event in vain is told where the event went:")
class MissedEventTextsTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  private static String textOf(ThrowingCallable assertion) {
    AssertionError failure = catchThrowableOfType(AssertionError.class, assertion);
    return Unstretched.text(String.valueOf(failure.getMessage()))
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
        .replaceAll("[0-9a-f]{32}", "ID");
  }

  private static String waitedInVain(EventHandlerStub stub, String event) {
    return textOf(() -> assertThat(stub).within(ofMillis(1)).receivesEvent(event));
  }

  @Test
  @DisplayName("to the handler that was there first")
  void takenByTheFirst() {
    service.eventHandler("hub").recording();
    EventHandlerStub shouter =
        service.eventHandler("hub").onUserEvent("shout", event -> acknowledge());
    service.connect(asUser("alice")).sendEvent("shout", "hi");

    assertThat(waitedInVain(shouter, "shout"))
        .isEqualTo(
            """
            [handler of hub "hub"] expected event "shout" within 1 ms but received no event
              at the service
                +0.000 s  event("shout")  from user "alice"  ok  text "hi"     <- taken by handler 1 of 2 of the hub, which takes "*"; the first that takes an event gets it
              received   nothing
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("to another hub")
  void anotherHub() {
    EventHandlerStub stub = service.eventHandler("chat").recording();
    service.eventHandler("hub").recording();
    service.connect(asUser("alice")).sendEvent("shout", "hi");

    assertThat(waitedInVain(stub, "shout"))
        .isEqualTo(
            """
            [handler of hub "chat"] expected event "shout" within 1 ms but received no event
              at the service
                +0.000 s  event("shout")  from user "alice"  hub "hub"  ok  text "hi"     <- another hub than "chat"
              received   nothing
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("under a name in another case, and with a blank")
  void otherName() {
    EventHandlerStub stub = service.eventHandler("hub").recording();
    PubSubClient alice = service.connect(asUser("alice"));
    alice.sendEvent("Shout", "hi");

    assertThat(waitedInVain(stub, "shout"))
        .isEqualTo(
            """
            [handler of hub "hub"] expected event "shout" within 1 ms but the nearest of 3 events is "Shout"
              nearest    its name differs only in upper and lower case
              received   3 events
                +0.000 s  connect             user "alice"  connection ID
                +0.000 s  connected           user "alice"  connection ID
                +0.000 s  Shout (user event)  user "alice"  connection ID  text "hi"     <- nearest
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("to the first handler, under another name")
  void otherNameElsewhere() {
    service.eventHandler("hub").recording();
    EventHandlerStub second =
        service.eventHandler("hub").onUserEvent("shout", event -> acknowledge());
    service.connect(asUser("alice")).sendEvent("Shout", "hi");

    assertThat(waitedInVain(second, "shout"))
        .isEqualTo(
            """
            [handler of hub "hub"] expected event "shout" within 1 ms but received no event
              at the service
                +0.000 s  event("Shout")  from user "alice"  ok  text "hi"     <- its name is "Shout", which differs only in upper and lower case; taken by handler 1 of 2 of the hub, which takes "*"; the first that takes an event gets it
              received   nothing
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("in a sequence")
  void inASequence() {
    service.eventHandler("hub").recording();
    EventHandlerStub stub = service.eventHandler("hub").onUserEvent("a", event -> acknowledge());
    service.connect(asUser("alice")).sendEvent("a", "1");

    assertThat(textOf(() -> assertThat(stub).within(ofMillis(1)).receivesExactly("a", "b")))
        .isEqualTo(
            """
            [handler of hub "hub"] expected exactly 2 events within 1 ms but no. 1, "a", did not come
              expected   "a", "b"
              at the service
                +0.000 s  event("a")  from user "alice"  ok  text "1"     <- taken by handler 1 of 2 of the hub, which takes "*"; the first that takes an event gets it
              received   nothing
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("nowhere: no such event came")
  void nowhere() {
    EventHandlerStub stub = service.eventHandler("hub").recording();

    assertThat(waitedInVain(stub, "shout"))
        .isEqualTo(
            """
            [handler of hub "hub"] expected event "shout" within 1 ms but received no event
              received   nothing
              times are seconds since the service started; now it is +0.000 s""");
  }
}
