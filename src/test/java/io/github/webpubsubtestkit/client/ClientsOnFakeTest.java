package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Clients on the fake")
@Timeout(value = 60, unit = SECONDS)
class ClientsOnFakeTest {

  private final FakeWebPubSub fake = FakeWebPubSub.start();

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  @DisplayName("members of a group see each other's messages, of all kinds, in order")
  void group() {
    PubSubClient alice = fake.connect(asUser("alice").groups("room"));
    PubSubClient bob = fake.connect(asUser("bob"));
    bob.joinGroup("room");

    alice.sendToGroup("room", "hi");
    alice.sendJsonToGroup("room", Map.of("id", 42));
    alice.sendToGroup("room", Content.binary(new byte[] {1, 2, 3}));
    alice.sendToGroup(
        "room", Content.text("quietly"), PublishOptions.options().noEcho().metadata("lang", "en"));

    assertThat(bob).receivesMessage().isFromGroup("room").isFromUser("alice").hasText("hi");
    assertThat(bob).receivesMessage().hasJson("{\"id\":42.0}");
    assertThat(bob).receivesMessage().hasBinary(new byte[] {1, 2, 3});
    assertThat(bob).receivesMessage().hasText("quietly").hasMetadata("lang", "en");
    assertThat(bob).receivesNoMessage();
    assertThat(alice.messages()).hasSize(3); // its own, but the one without echo
  }

  @Test
  @DisplayName(
      "outsiders hear nothing, which is certain, also of raw frames that nobody waited for")
  void outsiders() {
    PubSubClient alice = fake.connect(asUser("alice").groups("room"));
    PubSubClient mallory = fake.connect(asUser("mallory"));
    alice.sendRaw(
        "{\"type\":\"sendToGroup\",\"group\":\"room\",\"dataType\":\"text\",\"data\":\"secret\"}");

    assertThat(mallory).receivesNoMessage();
    assertThat(failureOf(() -> assertThat(alice).receivesNoMessage()))
        .isEqualTo(
            """
            [alice] expected no message but received "secret"
              received   1 message
                +0.000 s  group room, from alice  text  "secret"
              connection open since +0.000 s, groups [room], hub "hub", roles [webpubsub.joinLeaveGroup, webpubsub.sendToGroup], protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("a message sent by another client just before is always seen by receivesNoMessage")
  void neverMissed() {
    SimpleClient sensor = fake.connectSimple(asUser("sensor").rawSendToGroup("room"));
    PubSubClient bob = fake.connect(asUser("bob").groups("room"));

    for (int i = 0; i < 200; i++) {
      sensor.sendText("reading");
      failureOf(() -> assertThat(bob).receivesNoMessage());
      assertThat(bob).within(ZERO).receivesText("reading");
    }
  }

  @Test
  @DisplayName("after leaving, a client is no member")
  void leave() {
    PubSubClient alice = fake.connect(asUser("alice").groups("room"));

    alice.leaveGroup("room");

    fake.sendToGroup("room", "hi");
    assertThat(alice).receivesNoMessage();
    assertThat(alice.connection.knownGroups()).isEmpty();
  }

  @Test
  @DisplayName("without a role a request is refused by a negative ack")
  void forbidden() {
    PubSubClient alice = fake.connect(asUser("alice").roles("webpubsub.sendToGroup.room"));

    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.joinGroup("vip"))
        .satisfies(
            e -> {
              assertThat(e.errorName()).isEqualTo("Forbidden");
              assertThat(e.errorMessage())
                  .isEqualTo("The client does not have permission to join group 'vip'.");
            });
    alice.sendToGroup("room", "allowed");
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> fake.connect(asUser("bob").withoutRoles()).sendToGroup("room", "x"));
  }

  @Test
  @DisplayName("raw frames and their acks, beside the kit's own")
  void raw() {
    PubSubClient alice = fake.connect(asUser("alice"));
    alice.joinGroup("a");

    alice.sendRaw("{\"type\":\"joinGroup\",\"group\":\"b\",\"ackId\":1}");
    alice.sendRaw("{\"type\":\"joinGroup\",\"group\":\"b\",\"ackId\":1}");
    alice.sendRaw("{\"type\":\"joinGroup\",\"group\":\"b\",\"ackId\":18446744073709551615}");
    alice.sendRaw("{\"type\":\"ping\"}");

    assertThat(alice).receivesAck(1).isSuccessful();
    assertThat(alice).receivesAck(1).failedWith("Duplicate");
    assertThat(alice).receivesAck(-1L).isSuccessful();
    assertThat(alice).receivesPong();
    alice.ping();
    assertThat(alice).receivesNoMessage();
  }

  @Test
  @DisplayName("events are acknowledged when somebody takes them")
  void events() {
    PubSubClient alice = fake.connect(asUser("alice"));

    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("order", "42"))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("InternalServerError"));
    fake.recordEvents();
    alice.sendEvent("order", "42");
    alice.sendEvent(
        "order", Content.json("{\"id\":42}"), PublishOptions.options().metadata("k", "v"));
    alice.sendEvent("order", Content.binary(new byte[] {4, 2}));
  }

  @Test
  @DisplayName("a simple client gets bare content and sends to its group")
  void simple() {
    SimpleClient bob = fake.connectSimple(asUser("bob").groups("room").rawSendToGroup("room"));
    PubSubClient alice = fake.connect(asUser("alice").groups("room"));

    bob.sendText("hi");
    bob.sendJson(Map.of("id", 1));
    bob.sendBinary(new byte[] {7});

    assertThat(alice).receivesText("hi").isFromGroup("room").isFromUser("bob");
    assertThat(alice).receivesText("{\"id\":1}");
    assertThat(alice).receivesBinary(new byte[] {7});
    assertThat(bob).receivesText("hi");
    assertThat(bob).receivesJson(Map.of("id", 1));
    assertThat(bob).receivesBinary(new byte[] {7});
    assertThat(bob).receivesNoMessage();
  }

  @Test
  @DisplayName("refusals: expired, wrong key, no token, a token of another hub")
  void refusals() {
    for (ConnectOptions refused :
        List.of(
            asUser("mallory").expiresIn(ofMinutes(-10)),
            asUser("mallory").signedWith("another-access-key-of-32-bytes!!!"),
            asUser("mallory").withoutToken(),
            asUser("mallory").accessToken("nonsense"))) {
      assertThatExceptionOfType(HandshakeRejectedException.class)
          .isThrownBy(() -> fake.connect(refused))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(401));
    }
    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> fake.connectSimple(asUser("mallory").query("webpubsub_mode", "x")))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThat(fake.connections()).isEmpty();
  }

  @Test
  @DisplayName("the token in the header is as good")
  void tokenInHeader() {
    assertThat(fake.connect(asUser("alice").tokenInHeader())).hasUserId("alice");
    assertThat(fake.connect(fake.clientUrl(asUser("bob")))).hasUserId("bob").isConnected();
    assertThat(fake.connect(fake.clientUrl(asUser("bob"))).name()).isEqualTo("bob");
    assertThat(fake.connect(anonymous())).hasNoUserId();
  }

  @Test
  @DisplayName("a broken frame closes with 1007 and nothing else")
  void brokenFrame() {
    PubSubClient alice = fake.connect(asUser("alice"));

    alice.sendRaw("no JSON");

    assertThat(alice)
        .isClosed()
        .hasCode(1007)
        .hasReason("The client message is not a valid JSON protocol message.")
        .hasNoDisconnectedMessage();
  }

  @Test
  @DisplayName("a dropped client is gone for the service")
  void dropped() {
    PubSubClient alice = fake.connect(asUser("alice").groups("room"));

    alice.dropConnection();

    assertThat(alice).isClosed().wasDropped();
    eventually().untilAsserted(() -> assertThat(fake).hasNoConnections());
  }

  @Test
  @DisplayName("several threads send and assert with the same client")
  void severalThreads() throws Exception {
    PubSubClient alice = fake.connect(asUser("alice").groups("room"));
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 4; t++) {
      String own = "thread " + t + ": ";
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50; i++) {
                  alice.sendToGroup("room", own + i);
                }
              });
      thread.setUncaughtExceptionHandler((dead, failure) -> failures.add(failure));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(alice.messages()).hasSize(200); // each was there before its ack
  }

  @Test
  @DisplayName("when the fake stops, clients end, and their messages stay")
  void fakeStops() {
    PubSubClient alice = fake.connect(asUser("alice"));
    fake.sendToUser("alice", "last");
    assertThat(alice).receivesText("last");

    fake.close();

    assertThat(alice).isClosed();
    assertThat(alice).hasReceivedText("last");
    alice.close();
  }
}
