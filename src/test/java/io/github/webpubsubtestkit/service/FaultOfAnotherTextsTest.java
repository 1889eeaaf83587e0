package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import java.time.Duration;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("A fault that holds something back is named by whoever waits:")
class FaultOfAnotherTextsTest {

  private static final Duration SHORT = ofMillis(1);
  private static final String SILENCE =
      "a fault is in force since +0.000 s: silence for the connection of user \"alice\"";

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final Faults faults = service.faults();
  private PubSubClient alice;
  private PubSubClient bob;

  @BeforeEach
  void connectAll() {
    alice = service.connect(asUser("alice").groups("room"));
    bob = service.connect(asUser("bob").groups("room"));
  }

  @AfterEach
  void close() {
    faults.clear();
    service.close();
  }

  private static String whole(ThrowingCallable wait) {
    return String.valueOf(catchThrowable(wait).getMessage())
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s");
  }

  /** The lines of a failure that name faults. */
  private static String named(ThrowingCallable wait) {
    return whole(wait)
        .lines()
        .filter(line -> line.contains("fault"))
        .map(String::strip)
        .collect(Collectors.joining("\n"));
  }

  private void send() {
    alice.sendRaw(
        "{\"type\":\"sendToGroup\",\"group\":\"room\",\"dataType\":\"text\",\"data\":\"hi\"}");
  }

  @Test
  @DisplayName("silence of the sender, by a client, which does not say that nobody asked")
  void silence() {
    faults.connection(ofUser("alice")).silence();
    send();

    assertThat(whole(() -> assertThat(bob).within(SHORT).receivesText("hi")))
        .contains("\n  " + SILENCE + "\n")
        .doesNotContain("nobody asked");
  }

  @Test
  @DisplayName("silence of the sender, by the service")
  void silenceAtTheService() {
    faults.connection(ofUser("alice")).silence();
    send();

    assertThat(named(() -> assertThat(service).within(SHORT).receivesRequest(sendToGroup("room"))))
        .isEqualTo(SILENCE);
    alice.dropConnection();
    assertThat(named(() -> assertThat(service).hasNoUser("alice"))).isEqualTo(SILENCE);
  }

  @Test
  @DisplayName("silence of the sender, by an event handler, and where a test fails otherwise")
  void silenceAtTheHandler() {
    EventHandlerStub handler =
        service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
    faults.connection(ofUser("alice")).silence();

    assertThat(named(() -> assertThat(handler).within(SHORT).receivesEvent("order")))
        .isEqualTo(SILENCE);
    assertThat(service.atTheService(Duration.ZERO))
        .extracting(each -> each.text())
        .contains("a fault is in force: silence for the connection of user \"alice\"");
  }

  @Test
  @DisplayName("no more reading")
  void stopReading() {
    faults.connection(ofUser("alice")).stopReading();
    send();

    assertThat(named(() -> assertThat(service).within(SHORT).receivesRequest(sendToGroup("room"))))
        .isEqualTo(
            "a fault is in force since +0.000 s: no more reading for the connection of user"
                + " \"alice\"");
  }

  @Test
  @DisplayName("a delayed ack, by what it is")
  void delayedAck() {
    service.clock().freeze();
    faults.ack(joinGroup("room")).delay(ofSeconds(5));
    alice.sendRaw("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":7}");
    eventually().until(() -> service.timeline().contains("fault: "));

    assertThat(named(() -> assertThat(bob).within(SHORT).receivesText("hi")))
        .isEqualTo("the ack of joinGroup(\"room\") is held back by a fault");
  }

  @Test
  @DisplayName("a delayed message, by what it is")
  void delayedMessage() {
    service.clock().freeze();
    faults.message(toUser("alice")).delay(ofSeconds(5));
    service.sendToUser("alice", "hi");

    assertThat(named(() -> assertThat(bob).within(SHORT).receivesText("hi")))
        .isEqualTo("a message to user \"alice\" is held back by a fault");
  }

  @Test
  @DisplayName("an answer of an event handler that came, and is kept back")
  void delayedAnswer() {
    service.clock().freeze();
    service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
    faults.event("order").delay(ofSeconds(10));
    alice.sendRaw(
        "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"1\",\"ackId\":7}");
    eventually().until(() -> service.timeline().contains("fault: "));

    assertThat(named(() -> assertThat(bob).within(SHORT).receivesText("hi")))
        .startsWith("event handler: no answer yet to event order of alice#1 at ")
        .contains("(held back by the fault \"delay of 10 s for event \"order\" of anyone\"");
  }

  @Test
  @DisplayName("the end of an event that a fault has kept back for too long")
  void deadline() {
    service.clock().freeze();
    service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
    faults.event("order").delay(ofSeconds(200));
    alice.sendRaw(
        "{\"type\":\"event\",\"event\":\"order\",\"dataType\":\"text\",\"data\":\"1\",\"ackId\":7}");
    eventually().until(() -> service.timeline().contains("fault: "));
    service.clock().advanceBy(ofSeconds(101));

    assertThat(service.timeline())
        .contains(
            "no answer within 100 s; held back by the fault \"delay of 200 s for event \"order\" of"
                + " anyone\"");
  }

  @Test
  @DisplayName("but not after it was taken back")
  void takenBack() {
    faults.connection(ofUser("alice")).stopReading();
    faults.clear();

    assertThat(named(() -> assertThat(bob).within(SHORT).receivesText("hi"))).isEmpty();
  }

  @Test
  @DisplayName("the end of a connection, by a method that needs it")
  void ended() {
    faults.handshake(connect().fromUser("carol")).closeAfterwards(1011);
    PubSubClient carol = service.connect(asUser("carol"));
    assertThat(carol).isClosed().hasCode(1011);

    assertThat(whole(() -> carol.joinGroup("room")))
        .startsWith(
            "[carol] joinGroup needs an open connection, but this one was closed by the service")
        .contains(
            "\n  a fault was met at +0.000 s: ",
            "close with 1011",
            "connect() from user \"carol\"");
  }
}
