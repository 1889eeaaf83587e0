package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.handler.EventAnswer.acknowledge;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.event;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.leaveGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.WireJsonClient;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("A fault of acks")
class AckFaultTest {

  private final FaultyService service = new FaultyService(FakeWebPubSub.start());
  private final Faults faults = service.faults();

  @AfterEach
  void stop() {
    service.close();
  }

  private static void join(WireJsonClient client, String group, long ackId) {
    client.send("{\"type\":\"joinGroup\",\"group\":\"%s\",\"ackId\":%d}".formatted(group, ackId));
  }

  private static void publish(WireJsonClient client, String text, long ackId) {
    client.send(
        ("{\"type\":\"sendToGroup\",\"group\":\"room\",\"noEcho\":true,\"dataType\":\"text\","
                + "\"data\":\"%s\",\"ackId\":%d}")
            .formatted(text, ackId));
  }

  @Test
  @DisplayName("loses an ack of what was done: whoever asks again gets Duplicate, and one message")
  void loses() {
    PubSubClient bob = service.fake().connect(asUser("bob"));
    bob.joinGroup("room");
    WireJsonClient alice = service.json("alice");
    faults.ack(sendToGroup("room").fromUser("alice").withText("hi")).lose();

    publish(alice, "hi", 1);
    alice.expectOpen();
    publish(alice, "hi", 1);

    alice.expectDuplicate(1);
    assertThat(bob).receivesText("hi");
    assertThat(bob).hasReceivedExactly("hi");
    assertThat(service.fake().timeline())
        .contains(
            "fault: loss of the ack of sendToGroup(\"room\") from user \"alice\" with text \"hi\","
                + " 1 of 1: alice#2");
  }

  @Test
  @DisplayName("sends an ack later, and what follows behind it")
  void delays() {
    service.fake().clock().freeze();
    WireJsonClient alice = service.json("alice");
    faults.ack(joinGroup("a")).delay(ofSeconds(3));

    join(alice, "a", 1);
    join(alice, "b", 2);
    alice.wire().expectOpen();
    assertThat(service.fake().groupExists("a")).isTrue();
    service.fake().clock().advanceBy(ofSeconds(3));

    alice.expectAck(1);
    alice.expectAck(2);
  }

  @Test
  @DisplayName("is not met by an ack that nobody is there for")
  void nobodyThere() {
    service.fake().clock().freeze();
    EventHandlerStub shop = service.fake().eventHandler("hub").onUserEvent(each -> acknowledge());
    WireJsonClient alice = service.reliable("alice");
    WireJsonClient bob = service.json("bob");
    faults.event("order").delay(ofSeconds(3)).times(2);
    AckFault fault = faults.ack(event("order")).lose();
    String order =
        "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"x\",\"ackId\":1}";
    alice.send(order);
    bob.send(order);
    assertThat(shop).receivesEvents("order", "order");

    alice.wire().drop();
    eventually().until(() -> service.fake().timeline().contains("can be recovered"));
    faults.connection(ofUser("bob")).silence();
    service.fake().clock().advanceBy(ofSeconds(3));
    service.fake().awaitIdle();

    assertThat(fault.timesMet()).isZero();
  }

  @Test
  @DisplayName("sends an ack twice, of any request")
  void repeats() {
    WireJsonClient alice = service.json("alice");
    faults.ack(anyRequest().fromUser("alice")).repeat();

    join(alice, "a", 1);
    join(alice, "b", 2);

    alice.expectAck(1);
    alice.expectAck(1);
    alice.expectAck(2);
  }

  @Test
  @DisplayName("sends an ack for another id")
  void otherId() {
    WireJsonClient alice = service.json("alice");
    faults.ack(joinGroup("a")).withAckId(-1);

    join(alice, "a", 1);

    alice.expect("{\"type\":\"ack\",\"ackId\":18446744073709551615,\"success\":true}");
    alice.expectOpen();
  }

  @Test
  @DisplayName("refuses a request by name: nothing is done, and its id can be used again")
  void fails() {
    PubSubClient bob = service.fake().connect(asUser("bob"));
    bob.joinGroup("room");
    WireJsonClient alice = service.json("alice");
    faults.ack(sendToGroup("room").fromUser("alice")).fail("InternalServerError");
    faults.ack(joinGroup("a")).fail("Forbidden");
    faults.ack(leaveGroup("a")).fail("NotFound");

    publish(alice, "hi", 1);
    alice.expectAck(1, "InternalServerError", "Internal server error");
    publish(alice, "again", 1);
    alice.expectAck(1);
    join(alice, "a", 2);
    alice.expectAck(2, "Forbidden", "A fault that the test ordered.");
    alice.send("{\"type\":\"leaveGroup\",\"group\":\"a\",\"ackId\":3}");
    alice.expectAck(3, "NotFound", "A fault that the test ordered.");

    assertThat(bob).receivesText("again");
    assertThat(bob).hasReceivedNoText("hi");
    assertThat(service.fake().groupExists("a")).isFalse();
    assertThat(service.fake()).hasReceivedRequest(joinGroup("a").withOutcome("Forbidden"));
  }

  @Test
  @DisplayName("refuses an event, whose handler is not asked then")
  void failsEvent() {
    service
        .fake()
        .eventHandler("hub")
        .onUserEvent(
            event -> {
              throw new AssertionError("asked");
            });
    WireJsonClient alice = service.json("alice");
    faults.ack(event("order")).fail("Timeout");

    alice.send(
        "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"1\",\"ackId\":1}");

    alice.expectAck(1, "Timeout", "A fault that the test ordered.");
  }

  @Test
  @DisplayName("is not met by requests without an ack, by refused ones, by others")
  void notMet() {
    WireJsonClient alice = service.json("alice");
    faults.ack(joinGroup("a")).lose();
    AckFault duplicate = faults.ack(joinGroup("b").withOutcome("Duplicate")).lose();
    faults.ack(joinGroup("c").fromUser("bob")).fail("Forbidden").lenient();

    alice.send("{\"type\":\"joinGroup\",\"group\":\"a\"}");
    join(alice, "b", 1);
    join(alice, "b", 1);
    join(alice, "c", 2);
    join(alice, "a", 3);
    join(alice, "d", 4);

    alice.expectAck(1);
    alice.expectAck(2);
    alice.expectAck(4);
    assertThat(duplicate.timesMet()).isOne();
  }

  @Test
  @DisplayName("cannot be what no client waits for")
  void misuse() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.ack(sendToAll()))
        .withMessage(
            "the pattern sendToAll() can never be met: only clients get acks, for joinGroup(..),"
                + " leaveGroup(..), sendToGroup(..) and event(..). Use faults().request(..) for"
                + " REST requests");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.ack(connect()))
        .withMessage(
            "the pattern connect() is one of handshakes, which have no ack: use"
                + " faults().handshake(..)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.ack(sendToGroup("a").fromServer()))
        .withMessageContaining("can never be met");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.ack(joinGroup("a")).fail(""))
        .withMessage("name must not be empty");
    assertThatIllegalStateException()
        .isThrownBy(() -> faults.ack(joinGroup("a")).fail("Forbidden").lose())
        .withMessage(
            "an ack has one fault, order another for the next: Forbidden for the ack of"
                + " joinGroup(\"a\"), met 0 of 1 times");
    AckFault refused = faults.ack(joinGroup("b").withOutcome("Forbidden"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> refused.fail("NotFound"))
        .withMessage(
            "the pattern joinGroup(\"b\") with outcome Forbidden can never be met by fail(..), which"
                + " refuses what would be carried out: leave out withOutcome(..) and refused()");
    refused.lose().lenient();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.ack(joinGroup("b").refused()).fail("NotFound"));
    faults.ack(joinGroup("c").withOutcome("ok")).fail("NotFound").lenient();
    faults.clear();
    faults.ack(joinGroup("b"));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> service.fake().assertNoFailures())
        .withMessageContaining("fault not finished: the ack of joinGroup(\"b\")")
        .withMessageContaining("call lose(), delay(time), repeat(), fail(name) or withAckId(id)");
  }
}
