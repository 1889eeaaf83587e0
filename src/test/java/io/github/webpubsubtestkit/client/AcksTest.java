package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.ack;
import static io.github.webpubsubtestkit.client.Frames.ackId;
import static io.github.webpubsubtestkit.client.Frames.failedAck;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static io.github.webpubsubtestkit.client.Frames.messageOf;
import static io.github.webpubsubtestkit.client.Frames.pong;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Requests and their acks")
class AcksTest {

  private static final String OPEN =
      "  connection open since +0.000 s, groups [], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  private void acknowledgeAll() {
    service.answers(frame -> List.of(ack(ackId(frame))));
  }

  @Test
  @DisplayName("each method sends its request with an ack id of the kit's own, from 2^32 on")
  void requests() {
    acknowledgeAll();

    alice.joinGroup("g");
    alice.leaveGroup("g");
    alice.sendToGroup("g", "hi");
    alice.sendJsonToGroup("g", Map.of("a", 1));
    alice.sendToGroup("g", Content.binary(new byte[] {1, 2, 3}));
    alice.sendToGroup(
        "g",
        Content.text("x"),
        PublishOptions.options().noEcho().metadata("k", "v").timeToLive(ofSeconds(9)));
    alice.sendEvent("e", "hi");
    alice.sendJsonEvent("e", "[1.00]");
    alice.sendEvent("e", Content.binary(new byte[0]), PublishOptions.options().metadata("k", "v"));

    assertThat(service.received(9))
        .containsExactly(
            "{\"type\":\"joinGroup\",\"group\":\"g\",\"ackId\":4294967296}",
            "{\"type\":\"leaveGroup\",\"group\":\"g\",\"ackId\":4294967297}",
            "{\"type\":\"sendToGroup\",\"group\":\"g\",\"dataType\":\"text\",\"data\":\"hi\",\"ackId\":4294967298}",
            "{\"type\":\"sendToGroup\",\"group\":\"g\",\"dataType\":\"json\",\"data\":{\"a\":1},\"ackId\":4294967299}",
            "{\"type\":\"sendToGroup\",\"group\":\"g\",\"dataType\":\"binary\",\"data\":\"AQID\",\"ackId\":4294967300}",
            "{\"type\":\"sendToGroup\",\"group\":\"g\",\"noEcho\":true,\"ttlSeconds\":9,\"dataType\":\"text\",\"data\":\"x\",\"metadata\":{\"k\":\"v\"},\"ackId\":4294967301}",
            "{\"type\":\"event\",\"event\":\"e\",\"dataType\":\"text\",\"data\":\"hi\",\"ackId\":4294967302}",
            "{\"type\":\"event\",\"event\":\"e\",\"dataType\":\"json\",\"data\":[1.00],\"ackId\":4294967303}",
            "{\"type\":\"event\",\"event\":\"e\",\"dataType\":\"binary\",\"data\":\"\",\"metadata\":{\"k\":\"v\"},\"ackId\":4294967304}");
  }

  @Test
  @DisplayName("the client knows the groups that it has joined and not left")
  void knownGroups() {
    acknowledgeAll();

    alice.joinGroup("a");
    alice.joinGroup("b");
    alice.leaveGroup("a");

    assertThat(alice.connection.knownGroups()).containsExactly("b");
  }

  @Test
  @DisplayName("a negative ack is an exception that names the request and the error")
  void refused() {
    service.answers(
        frame -> List.of(failedAck(ackId(frame), "Forbidden", "No permission to join 'vip'.")));

    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.joinGroup("vip"))
        .satisfies(
            e -> {
              assertThat(e.errorName()).isEqualTo("Forbidden");
              assertThat(e.errorMessage()).isEqualTo("No permission to join 'vip'.");
              assertThat(Frames.normalized(e))
                  .isEqualTo(
                      """
                      [alice] joinGroup "vip" was refused: Forbidden: No permission to join 'vip'.
                      """
                          + OPEN);
            });
    assertThat(alice.connection.knownGroups()).isEmpty();
  }

  @Test
  @DisplayName("no ack in time: what was sent, what came, how the connection is")
  void noAck() {
    service.answers(frame -> List.of(serverText("other"), ack("1")));
    PubSubClient hasty = service.hasty(ofSeconds(1)).pubSub(service.address(), asUser("alice"));

    assertThatExceptionOfType(AckTimeoutException.class)
        .isThrownBy(() -> hasty.sendEvent("e", "hi"))
        .extracting(Frames::normalized)
        .isEqualTo(
            """
            [alice] expected an ack for sendEvent "e" within 1 s but none came
              sent       {"type":"event","event":"e","dataType":"text","data":"hi","ackId":4294967296}
              received   1 message, 1 ack
                +0.000 s  server  text     "other"
                +0.000 s  ack 1   success
            """
                + OPEN);
  }

  @Test
  @DisplayName("a connection that ends meanwhile is told at once")
  void endsMeanwhile() {
    service.answers(
        frame -> {
          service.newest().close(1007, "No.");
          return List.of();
        });

    assertThat(messageOf(() -> alice.sendToGroup("g", "hi")))
        .isEqualTo(
            """
            [alice] expected an ack for sendToGroup "g", but the connection ended before one came
              sent       {"type":"sendToGroup","group":"g","dataType":"text","data":"hi","ackId":4294967296}
              received   nothing
              connection closed by the service at +0.000 s with 1007 "No.", groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("receivesAck sees the acks of raw frames only, each once, and no message is touched")
  void rawAcks() {
    acknowledgeAll();
    alice.joinGroup("g");
    service.deliver(
        alice,
        serverText("m"),
        failedAck("1", "Duplicate", "Done."),
        ack("2"),
        ack("1"),
        ack("18446744073709551615"));

    assertThat(alice).receivesAck(2).isSuccessful();
    assertThat(alice).receivesAck(1).failedWith("Duplicate").hasErrorMessage("Done.");
    assertThat(alice).receivesAck(1).isSuccessful();
    assertThat(alice).receivesAck(-1).isSuccessful();
    assertThat(alice.messages()).hasSize(1);
    assertThat(alice).receivesText("m");
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesAck(2)))
        .isEqualTo(
            """
            [alice] expected an ack for id 2 to be there already but none came besides 1 already read
              received   1 message, 4 acks
                +0.000 s  server                    text       "m"
                +0.000 s  ack 1                     Duplicate  "Done."
                +0.000 s  ack 2                     success
                +0.000 s  ack 1                     success
                +0.000 s  ack 18446744073709551615  success
              connection open since +0.000 s, groups [g], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("pongs: those that ping() waited for are not seen")
  void pongs() {
    service.answers(frame -> List.of(pong()));

    alice.ping();
    assertThat(failureOf(() -> assertThat(alice).within(ZERO).receivesPong()))
        .isEqualTo(
            """
            [alice] expected a pong to be there already but none came besides 1 already read
              received   1 pong
            """
                + OPEN);
    alice.sendRaw("{\"type\":\"ping\"}");
    assertThat(alice).receivesPong().hasReceivedNoMessage();
    assertThat(service.received(2)).containsOnly("{\"type\":\"ping\"}");
  }

  @Test
  @DisplayName("a pong that does not come")
  void noPong() {
    service.answers(
        frame -> {
          service.newest().abort();
          return List.of();
        });

    assertThat(messageOf(() -> alice.ping()))
        .isEqualTo(
            """
            [alice] expected a pong for ping, but the connection ended before one came
              sent       {"type":"ping"}
              received   nothing
              connection lost at +0.000 s: the socket ended without a close frame, groups [], hub "shop", protocol json.webpubsub.azure.v1
              times are seconds since the service started; now it is +0.000 s""");
  }

  @Test
  @DisplayName("an ack that is late is dropped, not shown to receivesAck")
  void lateAck() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedWaitException.class)
        .isThrownBy(() -> alice.joinGroup("g"));
    assertThat(Thread.interrupted()).isTrue();
    service.deliver(alice, ack("4294967296"));

    assertThat(alice.connection.inbox().acks()).isEmpty();
  }

  @Test
  @DisplayName("what an ack should have been")
  void ackAssert() {
    service.deliver(alice, failedAck("1", "Forbidden", "No."), ack("2"));
    AckAssert failed = assertThat(alice).receivesAck(1);
    AckAssert successful = assertThat(alice).receivesAck(2);

    assertThat(failureOf(failed::isSuccessful))
        .isEqualTo(
            """
            [alice] expected an ack with success but was ack 1 Forbidden "No."
            """
                + OPEN);
    assertThat(failureOf(() -> successful.failedWith("Forbidden")))
        .isEqualTo(
            """
            [alice] expected an ack with error Forbidden but was ack 2 success
            """
                + OPEN);
    assertThat(failureOf(() -> failed.hasErrorMessage("Yes.")))
        .isEqualTo(
            """
            [alice] expected an ack with message "Yes." but was ack 1 Forbidden "No."
            """
                + OPEN);
    assertThat(failureOf(() -> assertThat(alice.connection.inbox().acks().get(1)).failedWith("x")))
        .isEqualTo(
            """
            [ack] expected an ack with error x but was ack 2 success""");
  }

  @Test
  @DisplayName("nonsense is refused where it is written")
  void nonsense() {
    assertThatIllegalArgumentException().isThrownBy(() -> alice.sendJsonToGroup("g", "{"));
    assertThatIllegalArgumentException().isThrownBy(() -> alice.sendJsonEvent("e", "{"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> alice.sendEvent("e", Content.text("x"), PublishOptions.options().noEcho()))
        .withMessage(
            "an event can have metadata but neither noEcho nor ttl, which apply to group messages only");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublishOptions.options().timeToLive(java.time.Duration.ofMillis(1)))
        .withMessage(
            "ttl must be a number of whole seconds (the service accepts 0 to 300) but is PT0.001S");
    assertThat(service.received(0)).isEmpty();
  }

  @Test
  @DisplayName("waiting on the loop is refused instead of never ending")
  void onTheLoop() {
    for (Runnable waiting :
        List.<Runnable>of(
            () -> alice.joinGroup("g"),
            alice::ping,
            alice::close,
            alice::dropConnection,
            () -> assertThat(alice).receivesMessage(),
            () -> assertThat(alice).receivesExactly("a"),
            () -> assertThat(alice).receivesNoMessage(),
            () -> assertThat(alice).isClosed(),
            () -> service.pubSub(asUser("bob")))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> service.onLoop(waiting))
          .withMessageContaining("in a callback of the fake");
    }
    assertThat(messageOf(() -> service.onLoop(() -> alice.joinGroup("g"))))
        .isEqualTo(
            "[alice] joinGroup blocks and cannot be called in a callback of the fake: it waits for"
                + " work on the same thread. Call it in the test");
    assertThat(alice).isConnected();
  }
}
