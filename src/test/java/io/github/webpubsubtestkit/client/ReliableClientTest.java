package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.messageOf;
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.service.ConnectionInfo;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A reliable client")
@Timeout(value = 60, unit = SECONDS)
class ReliableClientTest {

  private FakeWebPubSub fake = FakeWebPubSub.start();

  @AfterEach
  void stop() {
    fake.close();
  }

  // recovery

  @Test
  @DisplayName("receives after a recovery what was sent meanwhile, in order and once")
  void recovers() {
    PubSubClient alice = alice();
    PubSubClient bob = fake.connect(asUser("bob"));
    bob.sendToGroup("room", "before");
    assertThat(alice).receivesText("before");
    String id = alice.connectionId();

    alice.dropConnection();
    bob.sendToGroup("room", "a");
    bob.sendToGroup("room", "b");
    alice.recover();

    assertThat(alice).isConnected();
    assertThat(alice.connectionId()).isEqualTo(id);
    assertThat(alice).receivesExactly("a", "b");
    assertThat(alice).receivesNoMessage();
    assertThat(alice).hasReceivedNoDuplicate().hasReceivedNoGap();
    assertThat(alice.closeStatus()).isEmpty();
  }

  @Test
  @DisplayName("has all that was replayed when recover() returns")
  void replayIsRead() {
    PubSubClient alice = alice();
    alice.dropConnection();
    for (int i = 0; i < 1_000; i++) {
      fake.sendToUser("alice", "m" + i);
    }

    alice.recover();

    assertThat(alice).within(ZERO).receivesText("m999");
    assertThat(alice.messages()).hasSize(1_000);
    assertThat(alice).hasReceivedNoGap();
  }

  @Test
  @DisplayName("can do everything after a recovery that it could before")
  void worksAfterRecovery() {
    PubSubClient alice = alice();
    alice.joinGroup("other");

    for (int i = 0; i < 3; i++) {
      alice.dropConnection();
      alice.recover();
    }
    alice.sendToGroup("other", "hi");
    alice.ping();
    alice.leaveGroup("other");

    assertThat(alice).receivesText("hi").isFromGroup("other");
    assertThat(alice).receivesNoMessage();
    alice.close();
    assertThat(alice).isClosed().hasCode(1000);
    assertThat(fake).hasNoConnections();
  }

  @Test
  @DisplayName("takes over from its own socket that is still open, without having ended")
  void takesOver() {
    PubSubClient alice = alice();
    fake.sendToUser("alice", "a");
    assertThat(alice).receivesText("a");

    alice.recover();
    fake.sendToUser("alice", "b");

    assertThat(alice).receivesText("b");
    assertThat(alice).isConnected();
    fake.awaitIdle(); // the old socket is gone by now
    assertThat(alice).isConnected();
    assertThat(fake.connections()).hasSize(1);
  }

  @Test
  @DisplayName("is still a connection of the service while it has no socket")
  void detached() {
    PubSubClient alice = alice();
    alice.dropConnection();
    fake.awaitIdle();

    assertThat(fake.connections()).singleElement().matches(ConnectionInfo::isDetached);
    assertThat(fake).hasUser("alice").hasGroupMember("room", "alice");
    alice.recover();
    assertThat(fake.connections()).singleElement().matches(info -> !info.isDetached());
  }

  @Test
  @DisplayName("reports how it ended and what to do, while it has no socket")
  void textsWhileDetached() {
    PubSubClient alice = alice();
    alice.dropConnection();

    assertThat(messageOf(() -> alice.joinGroup("g")))
        .isEqualTo(
            "[alice] joinGroup needs an open connection, but this one was ended by"
                + " dropConnection() at +0.000 s. Call recover() first, or connect another client");
    assertThat(failureOf(() -> assertThat(alice).within(ofSeconds(5)).receivesMessage()))
        .isEqualTo(
            """
            [alice] expected a message within 5 s but the connection ended and nothing came
              nothing was sent since alice connected at +0.000 s, and nobody asked the service for anything else either
              connection ended by dropConnection() at +0.000 s (recover() may get it back), groups [room], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.reliable.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
    assertThat(alice).isClosed().wasDropped();
    assertThat(alice).receivesNoMessage();
  }

  @Test
  @DisplayName("gets an exception that says what happened when the service refuses to recover it")
  void refused() {
    PubSubClient alice = alice();
    alice.dropConnection();
    fake.awaitIdle();
    fake.clock().advanceBy(ofSeconds(31));

    Throwable refusal = catchThrowable(alice::recover);

    assertThat(refusal).isInstanceOf(RecoveryRefusedException.class);
    assertThat(((RecoveryRefusedException) refusal).closeStatus())
        .isEqualTo(new CloseStatus(1008, "The connection could not be recovered."));
    assertThat(Frames.normalized(refusal).replace(alice.connectionId(), "ID"))
        .isEqualTo(
            """
            [alice] the service did not give the connection back
              connection   ID
              socket       closed by the service at +0.000 s with 1008 "The connection could not be recovered."
              usually      it had ended for good: closed by either side, not recovered in time (30 s unless the fake was built with another recoveryWindow), or too much left unacknowledged
              connect another client to go on
              connection closed by the service at +0.000 s with 1008 "The connection could not be recovered.", groups [room], hub "hub", protocol json.reliable.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
    assertThat(alice).isClosed().hasCode(1008).hasReason("The connection could not be recovered.");
    assertThat(fake).hasNoConnections();
  }

  @Test
  @DisplayName("stays connected when a takeover is refused")
  void refusedTakeover() {
    PubSubClient alice = alice();
    fake.clock().advanceBy(ofDays(8)); // the reconnection token is too old

    assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(alice::recover);

    assertThat(alice).isConnected();
    fake.sendToUser("alice", "hi");
    assertThat(alice).receivesText("hi");
  }

  @Test
  @DisplayName("cannot be recovered once it has closed or was closed")
  void closed() {
    PubSubClient alice = alice();
    alice.close();
    PubSubClient bob = fake.connect(asUser("bob").protocol(JSON_RELIABLE));
    bob.sendRaw("no JSON");
    assertThat(bob).isClosed().hasCode(1007);

    assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(alice::recover);
    assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(bob::recover);
    assertThat(bob).isClosed().hasCode(1008);
  }

  @Test
  @DisplayName("is forgotten by the service when it is closed without a socket")
  void closedWhileDetached() {
    PubSubClient alice = alice();
    alice.dropConnection();

    alice.close();
    alice.close();

    assertThat(alice).isClosed().hasCode(1000);
    assertThat(fake).hasNoConnections();
  }

  @Test
  @DisplayName("keeps the token of a connected message that comes after a recovery")
  void connectedAfterRecovery() {
    restart(FakeWebPubSub.builder().clients(clients -> clients.connectedAfterRecovery(true)));
    PubSubClient alice = alice();

    for (int i = 0; i < 3; i++) {
      fake.clock().advanceBy(ofDays(5)); // the first token would be too old
      alice.dropConnection();
      fake.sendToUser("alice", "m" + i);
      alice.recover();
    }

    assertThat(alice).receivesExactly("m0", "m1", "m2");
  }

  @Test
  @DisplayName("is not disturbed by messages, acks and the barrier of others while it recovers")
  void undisturbed() {
    PubSubClient alice = alice();
    PubSubClient bob = fake.connect(asUser("bob").groups("room"));

    for (int i = 0; i < 20; i++) {
      alice.dropConnection();
      bob.sendToGroup("room", "m" + i);
      assertThat(bob).receivesText("m" + i);
      assertThat(bob).receivesNoMessage();
      alice.recover();
      assertThat(alice).receivesText("m" + i);
      fake.awaitIdle();
    }

    assertThat(alice).hasReceivedNoGap().hasReceivedNoDuplicate();
  }

  // acknowledgement

  @Test
  @DisplayName("drops what comes once more, and shows it on demand")
  void duplicates() {
    PubSubClient alice = alice();
    alice.withholdSequenceAcks();
    fake.sendToUser("alice", "a");
    fake.sendToUser("alice", "b");
    assertThat(alice).receivesExactly("a", "b");

    alice.dropConnection();
    fake.sendToUser("alice", "c");
    alice.recover();

    assertThat(alice).receivesExactly("c");
    assertThat(alice).hasReceivedExactly("a", "b", "c").hasReceivedNoGap();
    assertThat(alice.duplicates()).extracting(ReceivedMessage::text).containsExactly("a", "b");
    assertThat(failureOf(() -> assertThat(alice).hasReceivedNoDuplicate()))
        .isEqualTo(
            """
            [alice] expected every message to have been received once but 2 came again
              came again   2 messages
                +0.000 s  server  text  "a"  sequenceId 1
                +0.000 s  server  text  "b"  sequenceId 2
              connection open since +0.000 s, groups [room], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.reliable.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("acknowledges again after resumeSequenceAcks()")
  void resumes() {
    PubSubClient alice = alice();
    alice.withholdSequenceAcks();
    fake.sendToUser("alice", "a");
    assertThat(alice).receivesText("a");

    alice.resumeSequenceAcks();
    alice.dropConnection();
    alice.recover();

    assertThat(alice).receivesNoMessage().hasReceivedNoDuplicate();
  }

  @Test
  @DisplayName("keeps up with a test that sends without a pause")
  void keepsUpWithTheTest() {
    PubSubClient alice = alice();

    for (int i = 0; i < 20_000; i++) {
      fake.sendToUser("alice", "m" + i);
    }
    fake.awaitIdle();

    assertThat(alice.messages()).hasSize(20_000);
    assertThat(alice).isConnected().hasReceivedNoGap();
    assertThat(acks()).isNotEmpty();
  }

  @Test
  @DisplayName("survives a burst of more than 1,000 messages that it had no time to acknowledge")
  void survivesABurst() {
    PubSubClient alice = alice();
    SimpleClient sensor = fake.connectSimple(asUser("sensor").rawSendToGroup("room"));

    for (int i = 0; i < 3_000; i++) {
      sensor.sendText("m" + i);
    }
    fake.awaitIdle();

    assertThat(alice.messages()).hasSize(3_000);
    assertThat(alice).isConnected().hasReceivedNoGap();
  }

  @Test
  @DisplayName("ends for good with the 1,001st message when it does not acknowledge")
  void overflow() {
    PubSubClient alice = alice();
    alice.withholdSequenceAcks();

    for (int i = 0; i < 1_001; i++) {
      fake.sendToUser("alice", "m" + i);
    }

    assertThat(alice).isClosed().wasDropped();
    assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(alice::recover);
  }

  @Test
  @DisplayName("names the ids that are missing")
  void gaps() {
    restart(FakeWebPubSub.builder().clients(clients -> clients.expireByTtl(true)));
    fake.clock().freeze();
    PubSubClient alice = alice();
    PubSubClient bob = fake.connect(asUser("bob"));
    alice.dropConnection();
    PublishOptions brief = PublishOptions.options().timeToLive(ofSeconds(1));
    bob.sendToGroup("room", Content.text("a"), brief);
    bob.sendToGroup("room", "b");
    bob.sendToGroup("room", Content.text("c"), brief);
    bob.sendToGroup("room", Content.text("d"), brief);
    bob.sendToGroup("room", "e");
    fake.clock().advanceBy(ofSeconds(1));

    alice.recover();

    assertThat(alice).receivesExactly("b", "e");
    assertThat(failureOf(() -> assertThat(alice).hasReceivedNoGap()))
        .isEqualTo(
            """
            [alice] expected no message to have been lost but missing is sequenceId 1, 3 to 4
              missing    sequenceId 1, 3 to 4
              highest    sequenceId 5
              received   2 messages
                +0.000 s  group room, from bob  text  "b"  sequenceId 2
                +0.000 s  group room, from bob  text  "e"  sequenceId 5
              connection open since +0.000 s, groups [room], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.reliable.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("knows the number of each message")
  void sequenceIds() {
    PubSubClient alice = alice();
    fake.sendToUser("alice", "a");
    assertThat(alice).receivesText("a");

    assertThat(alice.messages())
        .extracting(ReceivedMessage::sequenceId)
        .containsExactly(OptionalLong.of(1));
    PubSubClient plain = fake.connect(asUser("plain"));
    fake.sendToUser("plain", "a");
    assertThat(plain).receivesText("a");
    assertThat(plain.messages().get(0).sequenceId()).isEmpty();
  }

  // the rest

  @Test
  @DisplayName("only it can recover, withhold acknowledgements and be asked for gaps")
  void onlyReliableClients() {
    PubSubClient bob = fake.connect(asUser("bob"));
    SimpleClient sensor = fake.connectSimple(asUser("sensor"));

    assertThat(messageOf(bob::recover))
        .isEqualTo(
            "[bob] recover needs a reliable subprotocol, but this client speaks"
                + " json.webpubsub.azure.v1, whose connections end with their sockets. Connect it"
                + " with @Connected(protocol = JSON_RELIABLE) or"
                + " ConnectOptions.protocol(JSON_RELIABLE)");
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(bob::withholdSequenceAcks);
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(bob::resumeSequenceAcks);
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(bob::duplicates);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> assertThat(bob).hasReceivedNoDuplicate());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> assertThat(sensor).hasReceivedNoGap())
        .withMessageStartingWith("[sensor] hasReceivedNoGap cannot be asked of a SimpleClient");
  }

  @Test
  @DisplayName("leaves a trace of drop, detachment, recovery, replay and end in the timeline")
  void timeline() {
    fake.clock().freeze();
    PubSubClient alice = alice();
    alice.dropConnection();
    fake.awaitIdle();
    fake.sendToUser("alice", "hi");
    alice.recover();
    alice.dropConnection();
    fake.awaitIdle();
    fake.clock().advanceBy(ofSeconds(30));
    assertThatExceptionOfType(RecoveryRefusedException.class).isThrownBy(alice::recover);

    List<String> story = new ArrayList<>();
    for (String line : fake.timeline().lines().toList()) {
      String shown = line.replaceAll("^\\+\\d+\\.\\d{3} s  ", "").replaceAll(" {2,}", "  ");
      if (!shown.contains("handshake  ->") && !shown.startsWith("test")) {
        story.add(shown.replace(alice.connectionId(), "ID"));
      }
    }
    String token = "\"reconnectionToken\":\"***\"";
    assertThat(story)
        .containsSubsequence(
            "alice#1  --  connected to hub hub, json.reliable.webpubsub.azure.v1, connection ID,"
                + " groups [room]",
            "alice#1  <-  {\"type\":\"system\",\"event\":\"connected\",\"userId\":\"alice\","
                + "\"connectionId\":\"ID\","
                + token
                + "}",
            "alice  --  dropConnection(): TCP reset",
            "alice#1  --  socket lost: the client ended TCP without a close frame; the connection"
                + " can be recovered for 30.000 s",
            "alice#1  --  kept for the recovery  {\"type\":\"message\",\"from\":\"server\","
                + "\"dataType\":\"text\",\"data\":\"hi\"}  sequenceId 1",
            "alice  --  recover()",
            "alice#1  --  recovered, 1 unacknowledged message to replay",
            "alice#1  <-  replayed  {\"type\":\"message\",\"from\":\"server\","
                + "\"dataType\":\"text\",\"data\":\"hi\"}  sequenceId 1",
            "alice#1  ->  {\"type\":\"sequenceAck\",\"sequenceId\":1}",
            "alice  --  dropConnection(): TCP reset",
            "alice#1  --  ended: The connection recovery timeout expired.",
            "handshake  --  recovery refused: no such reliable connection in hub hub");
  }

  private List<String> acks() {
    return fake.timeline()
        .lines()
        .filter(line -> line.contains("sequenceAck"))
        .map(line -> line.substring(line.indexOf('{')))
        .toList();
  }

  private PubSubClient alice() {
    return fake.connect(asUser("alice").groups("room").protocol(JSON_RELIABLE));
  }

  private void restart(FakeWebPubSubBuilder builder) {
    fake.close();
    fake = builder.build();
  }
}
