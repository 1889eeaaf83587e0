package com.example.faults;

import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.RequestPattern.event;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.AckFault;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Faulty
@DisplayName("Faults of acks")
class AckTest {

  private static final String JOIN = "{'type':'joinGroup','group':'room','ackId':%d}";
  private static final String ACK = "text {\"type\":\"ack\",\"ackId\":%d,\"success\":%s";

  @ParameterizedTest(
      name = "lost ack: {0} hears nothing of its request, and of its repetition that it is one")
  @EnumSource
  void lost(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(joinGroup("room")).lose();
    Socket alice = clients.pubSub(kind, service);
    alice.seesContaining("connectionId");

    alice.request(JOIN.formatted(1));
    alice.request(JOIN.formatted(2));
    alice.seesStarting(ACK.formatted(2, true));
    alice.request(JOIN.formatted(1));

    String answer = alice.seesStarting(ACK.formatted(1, false));
    assertThat(answer).contains("Duplicate");
    assertThat(alice.soFarWith("\"ackId\":1,")).hasSize(1);
  }

  @ParameterizedTest(name = "late ack: {0} hears of its request later")
  @EnumSource
  void late(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    AckFault late = service.faults().ack(joinGroup("room")).delay(ofSeconds(30));
    Socket alice = clients.pubSub(kind, service);
    alice.seesContaining("connectionId");

    alice.request(JOIN.formatted(1));

    Faulty.Until.met(late);
    assertThat(alice.soFarWith("\"ack\"")).isEmpty();
    service.clock().advanceBy(ofSeconds(30));
    alice.seesStarting(ACK.formatted(1, true));
  }

  @ParameterizedTest(name = "repeated ack: {0} gets it twice")
  @EnumSource
  void repeated(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(joinGroup("room")).repeat();
    Socket alice = clients.pubSub(kind, service);
    alice.seesContaining("connectionId");

    alice.request(JOIN.formatted(1));

    alice.sees(2, "text {\"type\":\"ack\",\"ackId\":1,\"success\":true}");
  }

  @ParameterizedTest(name = "negative ack: {0} is told the name, and succeeds at its next try")
  @EnumSource
  void negative(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(joinGroup("room")).fail("InternalServerError");
    Socket alice = clients.pubSub(kind, service);
    alice.seesContaining("connectionId");

    alice.request(JOIN.formatted(1));
    assertThat(alice.seesStarting(ACK.formatted(1, false))).contains("InternalServerError");
    alice.request(JOIN.formatted(1));
    alice.seesStarting(ACK.formatted(1, true));
  }

  @ParameterizedTest(name = "ack for another id: {0} gets one that it has not asked for")
  @EnumSource
  void forAnother(Outside kind, FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(joinGroup("room")).withAckId(4711);
    Socket alice = clients.pubSub(kind, service);
    alice.seesContaining("connectionId");

    alice.request(JOIN.formatted(1));
    alice.request(JOIN.formatted(2));

    alice.seesStarting(ACK.formatted(2, true));
    alice.seesStarting(ACK.formatted(4711, true));
    assertThat(alice.soFarWith("\"ackId\":1,")).isEmpty();
  }

  @Test
  @DisplayName(
      "lost ack: Microsoft's JavaScript client sends again with the same ack id after its recovery,"
          + " and the message is delivered once")
  void lostAndSentAgain(FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    AckFault lost = service.faults().ack(sendToGroup("room").fromUser("alice")).lose();

    alice.publish("send", "room", "pay 10", 7);
    Faulty.Until.met(lost);
    service.faults().connection(ofUser("alice")).reset();

    alice.sees("send done, duplicate");
    alice.publish("next", "room", "pay 20", 8);
    bob.seesMessage("pay 20");
    assertThat(bob.messages("pay 10")).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "lost ack: Microsoft's JavaScript client, left to choose the ack id, takes another for its"
          + " next try, and the message is delivered twice")
  void lostAndDeliveredTwice(FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();
    AckFault lost = service.faults().ack(sendToGroup("room").fromUser("alice")).lose();

    alice.publish("send", "room", "pay 10");
    Faulty.Until.met(lost);
    service.faults().connection(ofUser("alice")).reset();

    alice.sees("send done");
    alice.publish("next", "room", "pay 20");
    bob.seesMessage("pay 20");
    assertThat(bob.messages("pay 10")).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "lost ack: Microsoft's JavaScript client waits until its caller gives up, and a second call"
          + " with the same ack id is told that it is one")
  void lostAndGivenUp(FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(sendToGroup("room").fromUser("alice")).lose();
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    alice.publishInVain("first", "room", "pay 10", 7);
    alice.sees("first failed: Cancelled by abortSignal");
    alice.publish("second", "room", "pay 10", 7);

    alice.sees("second done, duplicate");
  }

  @Test
  @DisplayName("late ack: the call of Microsoft's JavaScript client takes as long")
  void lateForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    AckFault late = service.faults().ack(joinGroup("room")).delay(ofSeconds(30));
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    alice.join("join", "room");

    Faulty.Until.met(late);
    assertThat(alice.soFarWith("join ")).isEmpty();
    service.clock().advanceBy(ofSeconds(30));
    alice.sees("join done");
  }

  @Test
  @DisplayName("repeated ack: Microsoft's JavaScript client does not mind")
  void repeatedForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(joinGroup("room")).repeat();
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    alice.join("join", "room");
    alice.sees("join done");
    alice.publish("send", "room", "hi");

    alice.sees("send done");
    alice.sees("room: hi");
    assertThat(alice.soFarWith("uncaught")).isEmpty();
  }

  @Test
  @DisplayName("negative ack: Microsoft's JavaScript client sends again, and once it is delivered")
  void negativeForMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    Socket bob = clients.bob(service);
    service.faults().ack(sendToGroup("room")).fail("InternalServerError").times(2);
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    alice.publish("send", "room", "hi", 7);

    alice.sees("send done");
    alice.publish("next", "room", "ho", 8);
    bob.seesMessage("ho");
    assertThat(bob.messages("hi")).isEqualTo(1);
  }

  @Test
  @DisplayName("negative ack: Microsoft's JavaScript client that may not try again says the name")
  void negativeForGood(FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(joinGroup("room")).fail("Forbidden");
    MicrosoftClient alice =
        clients.microsoft(service, Map.of("messageRetryOptions", Map.of("maxRetries", 0)));
    alice.connectionId();

    alice.join("join", "room");

    alice.sees("join failed: Forbidden");
  }

  @Test
  @DisplayName("ack for another id: the call of Microsoft's JavaScript client is not done")
  void forAnotherOfMicrosoft(FakeWebPubSub service, OutsideClients clients) {
    service.faults().ack(sendToGroup("room")).withAckId(4711);
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    alice.publishInVain("send", "room", "hi", 7);

    alice.sees("send failed: Cancelled by abortSignal");
  }

  @Test
  @DisplayName("negative ack of an event: Microsoft's JavaScript client sends it again")
  void negativeForEvent(FakeWebPubSub service, OutsideClients clients) {
    ExpressHandler shop = clients.express(service);
    service.faults().ack(event("order")).fail("Timeout");
    MicrosoftClient alice = clients.microsoft(service);
    alice.connectionId();

    alice.event("order", "order", "42");

    alice.sees("order done");
    assertThat(shop.soFarWith("order 42")).hasSize(1);
  }
}
