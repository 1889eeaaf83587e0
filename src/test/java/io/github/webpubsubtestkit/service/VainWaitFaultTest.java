package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.recover;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.ConnectAnswer;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.internal.expect.Unstretched;
import java.time.Duration;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("A client that waits in vain is told the fault it has met:")
class VainWaitFaultTest {

  private static final Duration SHORT = ofMillis(1);

  private final FakeWebPubSub service =
      FakeWebPubSub.builder().clients(each -> each.keepAliveInterval(ofSeconds(20))).build();
  private final Faults faults = service.faults();

  @AfterEach
  void close() {
    faults.clear(); // what is held back would delay the end
    service.close();
  }

  /** The lines of a failure that name faults. */
  private static String named(ThrowingCallable wait) {
    Throwable failure = catchThrowable(wait);
    return whole(failure)
        .lines()
        .filter(line -> line.contains("a fault ") || line.contains("by the fault"))
        .map(String::strip)
        .collect(Collectors.joining("\n"));
  }

  private static String whole(Throwable failure) {
    return Unstretched.text(String.valueOf(failure.getMessage()))
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s")
        .replaceAll("127\\.0\\.0\\.1:\\d+", "ADDRESS");
  }

  private static void join(PubSubClient client, long ackId) {
    client.sendRaw("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":" + ackId + "}");
  }

  @Test
  @DisplayName("a lost ack")
  void lostAck() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.ack(joinGroup("room")).lose();
    join(alice, 7);
    service.awaitIdle();

    assertThat(whole(catchThrowable(() -> assertThat(alice).within(SHORT).receivesAck(7))))
        .isEqualTo(
            """
            [alice] expected an ack for id 7 within 1 ms but none came
              received   nothing
              a fault was met at +0.000 s: loss for the ack of joinGroup("room"), ackId 7
              connection open since +0.000 s, groups [room], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("a lost ack of a method that waits for it")
  void lostAckOfMethod() {
    try (FakeWebPubSub hasty = FakeWebPubSub.builder().timeout(ofMillis(100)).build()) {
      PubSubClient alice = hasty.connect(asUser("alice"));
      hasty.faults().ack(joinGroup("room")).lose();

      assertThat(whole(catchThrowable(() -> alice.joinGroup("room"))))
          .isEqualTo(
              """
              [alice] expected an ack for joinGroup "room" within 100 ms but none came
                sent       {"type":"joinGroup","group":"room","ackId":4294967296}
                received   nothing
                a fault was met at +0.000 s: loss for the ack of joinGroup("room"), ackId 4294967296
                connection open since +0.000 s, groups [room], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
                times are seconds since the service started; now it is +0.000 s""");
    }
  }

  @Test
  @DisplayName("another id of an ack")
  void otherAckId() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.ack(joinGroup("room")).withAckId(4711);
    join(alice, 7);
    service.awaitIdle();

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesAck(7)))
        .isEqualTo(
            "a fault was met at +0.000 s: ack id 4711 for the ack of joinGroup(\"room\"), ackId 7");
  }

  @Test
  @DisplayName(
      "an ack that is held back, after others have met faults, only the latest of which are told")
  void delayedAck() {
    service.clock().freeze();
    PubSubClient alice = service.connect(asUser("alice"));
    faults.ack(joinGroup("room")).delay(ofSeconds(3)).times(5);
    for (int id = 1; id <= 5; id++) {
      join(alice, id);
    }
    alice.sendRaw("{\"type\":\"leaveGroup\",\"group\":\"room\",\"ackId\":7}");
    eventually().until(() -> service.timeline().contains(", 5 of 5"));

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesAck(7)))
        .isEqualTo(
            """
            a fault was met at +0.000 s: delay of 3 s for the ack of joinGroup("room"), ackId 3
            a fault was met at +0.000 s: delay of 3 s for the ack of joinGroup("room"), ackId 4
            a fault was met at +0.000 s: delay of 3 s for the ack of joinGroup("room"), ackId 5""");
  }

  @Test
  @DisplayName("a request of the client that is refused")
  void refused() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.ack(joinGroup("room")).fail("Forbidden");

    assertThat(named(() -> alice.joinGroup("room")))
        .isEqualTo("a fault was met at +0.000 s: Forbidden for the ack of joinGroup(\"room\")");
  }

  @Test
  @DisplayName("a message that is lost, once")
  void lostMessage() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.message(toUser("alice")).lose();
    service.sendToUser("alice", "hi");

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesText("hi")))
        .isEqualTo(
            "+0.000 s  sendToUser(\"alice\")  from the test  ok, to 1 connection  text \"hi\"     <- exactly this, but a fault came between: loss for message to user \"alice\"");
  }

  @Test
  @DisplayName("a message before that which holds this one back")
  void heldBack() {
    service.clock().freeze();
    PubSubClient alice = service.connect(asUser("alice"));
    faults.message(toUser("alice")).delay(ofSeconds(3));
    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesText("2")))
        .isEqualTo("a fault was met at +0.000 s: delay of 3 s for message to user \"alice\"");
  }

  @Test
  @DisplayName("silence")
  void silence() {
    SimpleClient alice = service.connectSimple(asUser("alice"));
    faults.connection(ofUser("alice")).silence();
    service.sendToUser("alice", "hi");

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesText("hi")))
        .isEqualTo(
            "a fault is in force since +0.000 s: silence for the connection of user \"alice\"");
  }

  @Test
  @DisplayName("a limit")
  void limit() {
    service.clock().freeze();
    PubSubClient alice = service.connect(asUser("alice"));
    faults.connection(ofUser("alice")).limit(10);
    service.sendToUser("alice", "hi");

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesText("hi")))
        .isEqualTo(
            "a fault is in force since +0.000 s: limit of 10 bytes/s for the connection of user \"alice\"");
  }

  @Test
  @DisplayName("a service that reads no more")
  void stopReading() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.connection(ofUser("alice")).stopReading();
    join(alice, 7);

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesAck(7)))
        .isEqualTo(
            "a fault is in force since +0.000 s: no more reading for the connection of user \"alice\"");
  }

  @Test
  @DisplayName("the end of its connection before a message")
  void ended() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.connection(ofUser("alice")).before(Content.text("hi")).close(1011);
    service.sendToUser("alice", "hi");

    assertThat(named(() -> assertThat(alice).receivesText("hi")))
        .isEqualTo(
            "a fault was met at +0.000 s: close with 1011 for the connection of user \"alice\" before text \"hi\"");
  }

  @Test
  @DisplayName("a reset of a simple client after a message")
  void reset() {
    SimpleClient alice = service.connectSimple(asUser("alice"));
    faults.connection(ofUser("alice")).after(Content.text("1")).reset();
    service.sendToUser("alice", "1");
    service.sendToUser("alice", "2");

    assertThat(named(() -> assertThat(alice).receivesText("2")))
        .isEqualTo(
            "a fault was met at +0.000 s: reset for the connection of user \"alice\" after text \"1\"");
  }

  @Test
  @DisplayName("pongs that get lost, however many, in one line")
  void ignoredPongs() {
    service.clock().freeze();
    PubSubClient alice = service.connect(asUser("alice"));
    faults.keepAlive(ofUser("alice")).losePongs().always();
    service.clock().advanceBy(ofSeconds(20));
    service.clock().advanceBy(ofSeconds(20));
    service.clock().advanceBy(ofSeconds(20));

    assertThat(named(() -> assertThat(alice).receivesText("hi")))
        .isEqualTo("a fault was met at +0.000 s: ignored pong for the client of user \"alice\"");
  }

  @Test
  @DisplayName("an event whose handler does not answer")
  void unansweredEvent() {
    service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
    PubSubClient alice = service.connect(asUser("alice"));
    faults.event("order").hang();
    alice.sendRaw(
        "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"1\",\"ackId\":7}");
    eventually().until(() -> service.timeline().contains("fault: "));

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesAck(7)))
        .startsWith("event handler: no answer yet to event order of alice#1 at ")
        .contains("(held back by the fault \"no answer for event \"order\" of anyone\")");
  }

  @Test
  @DisplayName("a handshake without connected message")
  void withoutConnected() {
    try (FakeWebPubSub hasty = FakeWebPubSub.builder().timeout(ofMillis(100)).build()) {
      hasty.faults().handshake(connect().fromUser("alice")).withoutConnected();

      assertThat(named(() -> hasty.connect(asUser("alice"))))
          .isEqualTo(
              "a fault was met at +0.000 s: no connected message for connect() from user \"alice\"");
    }
  }

  @Test
  @DisplayName("a handshake that hangs")
  void hangingHandshake() {
    try (FakeWebPubSub hasty = FakeWebPubSub.builder().timeout(ofMillis(100)).build()) {
      hasty.faults().handshake(connect().fromUser("alice")).hang();

      assertThat(whole(catchThrowable(() -> hasty.connect(asUser("alice")))))
          .isEqualTo(
              """
              [alice] got no answer to its handshake within 100 ms
                url   ws://ADDRESS/client/hubs/hub?access_token=***
                a fault was met at +0.000 s: no answer for connect() from user "alice\"""");
    }
  }

  @Test
  @DisplayName("an event connect without an answer, before the client knows its connection")
  void unansweredConnect() {
    try (FakeWebPubSub hasty = FakeWebPubSub.builder().timeout(ofMillis(100)).build()) {
      hasty.eventHandler("hub").onConnect(event -> ConnectAnswer.accept());
      hasty.faults().event("connect").hang();

      assertThat(named(() -> hasty.connect(asUser("alice"))))
          .contains("(held back by the fault \"no answer for event \"connect\" of anyone\")");
      hasty.faults().clear();
    }
  }

  @Test
  @DisplayName("messages that a recovery left out")
  void gap() {
    PubSubClient alice = service.connect(asUser("alice").protocol(Protocol.JSON_RELIABLE));
    faults.handshake(recover()).withGap(1);
    alice.dropConnection();
    service.sendToUser("alice", "hi");
    alice.recover();

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesText("hi")))
        .isEqualTo("a fault was met at +0.000 s: gap of 1 message for recover()");
  }

  @Test
  @DisplayName("none that another client has met, or an earlier one of the same user")
  void notOfOthers() {
    faults.handshake(connect().fromUser("alice")).answer(503);
    var unused = catchThrowable(() -> service.connect(asUser("alice")));
    PubSubClient alice = service.connect(asUser("alice"));
    service.connect(asUser("bob"));
    faults.connection(ofUser("bob")).reset();
    faults.handshake(connect().fromUser("carol")).answer(503);
    unused = catchThrowable(() -> service.connect(asUser("carol")));

    assertThat(named(() -> assertThat(alice).within(SHORT).receivesText("hi"))).isEmpty();
  }
}
