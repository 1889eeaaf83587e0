package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.conformance.RestDriver.user;
import static io.github.webpubsubtestkit.service.ClientPattern.ofAnyone;
import static io.github.webpubsubtestkit.service.ClientPattern.ofUser;
import static io.github.webpubsubtestkit.service.MessagePattern.toUser;
import static io.github.webpubsubtestkit.service.RequestPattern.connect;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.conformance.RestDriver;
import io.github.webpubsubtestkit.handler.EventAnswer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("A fault that was not met says what came nearest:")
class UnmetFaultTextsTest {

  private final FakeWebPubSub service =
      FakeWebPubSub.builder().clients(each -> each.keepAliveInterval(ofSeconds(20))).build();
  private final Faults faults = service.faults();
  private final RestDriver app = new RestDriver(service.endpoint(), service.accessKey(), "hub");

  @AfterEach
  void close() {
    app.close();
    service.close();
  }

  private static void send(RestDriver by, String target, String text) {
    by.call("POST", target + "/:send", "", "text/plain", text.getBytes(UTF_8));
  }

  private String failure() {
    return String.valueOf(catchThrowable(service::assertNoFailures).getMessage())
        .replaceAll("\\+\\d+\\.\\d{3} s", "+0.000 s");
  }

  /** The line that says what came nearest; empty if there is none. */
  private String nearest() {
    List<String> lines =
        failure()
            .lines()
            .map(String::strip)
            .filter(each -> !each.startsWith("ordered at"))
            .toList();
    return lines.size() == 3 ? lines.get(1) : "";
  }

  private void raw(PubSubClient client, String json) {
    client.sendRaw(json.replace('\'', '"'));
    service.awaitIdle();
  }

  @Test
  @DisplayName("the whole text")
  void whole() {
    faults.request(sendToUser("alice")).answer(503);
    send(app, user("Alice"), "hi");

    assertThat(failure().replaceAll("ordered at .*", "ordered at …"))
        .isEqualTo(
            """
            [service] fault not met: 503 for sendToUser("alice"), met 0 of 1 times
              nearest at +0.000 s: sendToUser("Alice") from the server, but user is "Alice", which differs only in upper and lower case
              ordered at …
              requests() has what came instead; if it may come or not: lenient()""");
  }

  @Test
  @DisplayName("a request of another hub")
  void otherHub() {
    faults.request(sendToAll().inHub("chat")).answer(503);
    send(app, "", "hi");

    assertThat(nearest())
        .isEqualTo("nearest at +0.000 s: sendToAll() from the server, but hub is \"hub\"");
  }

  @Test
  @DisplayName("a request that was refused anyway")
  void refusedAnyway() {
    faults.request(sendToAll()).answer(503);
    try (RestDriver stranger = new RestDriver(service.endpoint(), "k".repeat(32), "hub")) {
      send(stranger, "", "hi");
    }

    assertThat(nearest())
        .startsWith("nearest at +0.000 s: sendToAll() from the server, but refused with 401");
  }

  @Test
  @DisplayName("a request of the test itself")
  void ofTheTest() {
    faults.request(sendToAll()).answer(503);
    service.sendToAll("hi");

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: sendToAll() from the test, but what the test itself sends meets"
                + " no fault");
  }

  @Test
  @DisplayName("a request of a client, where one of the server is meant")
  void ofClient() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.request(sendToGroup("room")).answer(503);
    alice.sendToGroup("room", "hi");

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: sendToGroup(\"room\") from user \"alice\", but what connected"
                + " clients send meets faults().ack(..), not this");
  }

  @Test
  @DisplayName("a request that came before the fault was ordered")
  void before() {
    send(app, "", "hi");
    service.clock().freeze();
    faults.request(sendToAll()).answer(503);

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: sendToAll() from the server, but it came before the fault was"
                + " ordered");
  }

  @Test
  @DisplayName("a request that met an earlier fault")
  void earlierFault() {
    faults.request(sendToAll()).answer(500);
    faults.request(sendToAll()).answer(503);
    send(app, "", "hi");

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: sendToAll() from the server, but a fault kept it from being"
                + " carried out: 500 fault");
  }

  @Test
  @DisplayName("nothing, if nothing has anything to do with it")
  void nothing() {
    faults.request(sendToUser("alice")).answer(503);
    service.connect(asUser("alice"));

    assertThat(nearest()).isEmpty();
  }

  @Test
  @DisplayName("nothing, if it was met at least once")
  void metOnce() {
    faults.request(sendToAll()).answer(503).times(2);
    send(app, "", "hi");

    assertThat(nearest()).isEmpty();
  }

  @Test
  @DisplayName("a handshake of another user")
  void otherHandshake() {
    faults.handshake(connect().fromUser("alice")).answer(503);
    service.connect(asUser("bob"));

    assertThat(nearest()).endsWith(": connect() from user \"bob\"");
  }

  @Test
  @DisplayName("a handshake of a user whose name is written in another way")
  void almostTheUser() {
    faults.handshake(connect().fromUser("alice")).answer(503);
    service.connect(asUser("Alice"));

    assertThat(nearest())
        .endsWith(
            "connect() from user \"Alice\", but from user \"Alice\", which differs only in upper"
                + " and lower case");
  }

  @Test
  @DisplayName("a message to a simple client, which has no protocol")
  void simpleClient() {
    faults.message(toUser("alice")).malformed();
    service.connectSimple(asUser("alice"));
    service.sendToUser("alice", "hi");

    assertThat(nearest()).endsWith("whose protocol is none (simple client)");
  }

  @Test
  @DisplayName("a handshake that was refused anyway")
  void refusedHandshake() {
    faults.handshake(connect()).answer(503);
    var unused =
        catchThrowable(() -> service.connect(asUser("alice").expiresIn(ofSeconds(-1_000))));

    assertThat(nearest()).contains("refused with 401");
  }

  @Test
  @DisplayName("a request without an ack id, so without an ack")
  void withoutAckId() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.ack(joinGroup("room")).lose();
    raw(alice, "{'type':'joinGroup','group':'room'}");

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: joinGroup(\"room\") from user \"alice\", but it had no ack id, so"
                + " it has no ack");
  }

  @Test
  @DisplayName("an ack that met an earlier fault")
  void earlierAckFault() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.ack(joinGroup("room")).repeat();
    faults.ack(joinGroup("room")).lose();
    raw(alice, "{'type':'joinGroup','group':'room','ackId':1}");

    assertThat(nearest()).endsWith(", but it met another fault, ordered before");
  }

  @Test
  @DisplayName("a negative ack, where a positive one is meant")
  void negativeAck() {
    PubSubClient alice = service.connect(asUser("alice").withoutRoles());
    faults.ack(joinGroup("room")).lose();
    raw(alice, "{'type':'joinGroup','group':'room','ackId':1}");

    assertThat(nearest()).endsWith(", but refused with Forbidden");
  }

  @Test
  @DisplayName("a message with another text")
  void otherText() {
    service.connect(asUser("alice"));
    faults.message(toUser("alice").withText("hi")).lose();
    service.sendToUser("alice", "ho");

    assertThat(nearest())
        .startsWith("nearest at +0.000 s: sendToUser(\"alice\") from the test, but data")
        .contains("\"hi\"", "\"ho\"");
  }

  @Test
  @DisplayName("a message to another user")
  void otherReceiver() {
    service.connect(asUser("bob"));
    faults.message(toUser("alice")).lose();
    service.sendToUser("bob", "hi");

    assertThat(nearest())
        .isEqualTo("nearest at +0.000 s: sendToUser(\"bob\") from the test, but user is \"bob\"");
  }

  @Test
  @DisplayName("a message of no group, or to nobody")
  void noGroup() {
    faults.message(MessagePattern.toAnyone().fromGroup("room")).lose();
    service.sendToAll("hi");

    assertThat(nearest())
        .isEqualTo("nearest at +0.000 s: sendToAll() from the test, but names no group");
  }

  @Test
  @DisplayName("a message to nobody")
  void toNobody() {
    faults.message(toUser("alice")).lose();
    service.sendToUser("alice", "hi");

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: sendToUser(\"alice\") from the test, but it reached nobody");
  }

  @Test
  @DisplayName("a message to a client whose protocol cannot have the fault")
  void otherProtocol() {
    service.connect(asUser("alice"));
    faults.message(toUser("alice")).skipSequenceIds(3);
    service.sendToUser("alice", "hi");

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: sendToUser(\"alice\") from the test, but the fault cannot be done"
                + " to client alice#1 in hub \"hub\", whose protocol is json.webpubsub.azure.v1");
  }

  @Test
  @DisplayName("a message that met an earlier fault")
  void earlierMessageFault() {
    service.connect(asUser("alice"));
    faults.message(toUser("alice")).repeat();
    faults.message(toUser("alice")).lose();
    service.sendToUser("alice", "hi");

    assertThat(nearest()).endsWith(", but it met another fault, ordered before");
  }

  @Test
  @DisplayName("the client of another user, or none")
  void otherClient() {
    faults.connection(ofUser("alice")).reset();
    assertThat(nearest()).isEqualTo("no client is connected");

    service.connect(asUser("alicia"));
    faults.connection(ofUser("alice")).reset();
    assertThat(nearest())
        .isEqualTo("nearest is client alicia#1 in hub \"hub\", but its user is \"alicia\"");
  }

  @Test
  @DisplayName("a client that joined the group only later")
  void joinedLater() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.connection(ofAnyone().inGroup("room")).reset();
    alice.joinGroup("room");

    assertThat(nearest())
        .startsWith("nearest is client alice#1 in hub \"hub\", but it joined the group later: ");
  }

  @Test
  @DisplayName("a client that was not sent what the fault waits for")
  void noTrigger() {
    service.connect(asUser("alice"));
    faults.connection(ofUser("alice")).after(Content.text("bye")).reset();
    service.sendToUser("alice", "hi");

    assertThat(nearest()).endsWith(", but it was not sent what the fault waits for");
  }

  @Test
  @DisplayName("a client for which no ping was due")
  void noPing() {
    service.connect(asUser("alice"));
    faults.keepAlive(ofUser("alice")).losePings();

    assertThat(nearest()).endsWith(", but no ping was due for it");
  }

  @Test
  @DisplayName("an event that recordEvents() took, or nobody")
  void recordedEvent() {
    PubSubClient alice = service.connect(asUser("alice"));
    faults.event("order").drop();
    raw(alice, "{'type':'event','event':'order','dataType':'text','data':'1'}");
    assertThat(nearest()).endsWith(", but no event handler takes it");

    service.recordEvents();
    faults.event("order").drop();
    alice.sendEvent("order", "1");
    assertThat(nearest()).endsWith(", but recordEvents() took it, and no event handler was called");
  }

  @Test
  @DisplayName("an event of another name")
  void otherEvent() {
    service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
    PubSubClient alice = service.connect(asUser("alice"));
    faults.event("order").drop();
    alice.sendEvent("Order", "1");

    assertThat(nearest())
        .isEqualTo(
            "nearest at +0.000 s: event(\"Order\") from user \"alice\", but event is \"Order\","
                + " which differs only in upper and lower case");
  }

  @Test
  @DisplayName("a system event of a hub without a handler")
  void systemEvent() {
    faults.event("connected").drop();
    service.connect(asUser("alice"));

    assertThat(nearest()).endsWith(", but its hub has no event handler");
  }
}
