package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.failureOf;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The inbox of a client")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InboxTest {

  private static final String OPEN =
      "  connection open since +0.000 s, groups [], hub \"shop\", protocol json.webpubsub.azure.v1\n"
          + "  times are seconds since the service started; now it is +0.000 s";

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));
  private final Inbox inbox = alice.connection.inbox();

  @AfterEach
  void stop() {
    service.close();
  }

  private static ReceivedMessage message(String text) {
    return ReceivedMessage.of(
        Data.fromServer(Payload.text(text)), Duration.ZERO, ObjectMapping.ofClassPath());
  }

  private static Ack ack(long id) {
    return new Ack(id, true, Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  @Test
  @DisplayName("100,000 unread messages are kept; one more fails every assertion from then on")
  void overflow() {
    ReceivedMessage same = message("x");
    for (int i = 0; i < 100_000; i++) {
      inbox.add(same);
    }
    assertThat(alice).receivesMessage();
    inbox.add(same);
    assertThat(alice).hasReceivedText("x");

    inbox.add(same);
    inbox.add(same);

    String reason =
        """
        [alice] more than 100,000 messages came that no assertion read, and 2 more were dropped: nothing can be said
        """
            + OPEN;
    assertThat(failureOf(() -> assertThat(alice).receivesMessage())).isEqualTo(reason);
    assertThat(failureOf(() -> assertThat(alice).receivesNoMessage())).isEqualTo(reason);
    assertThat(failureOf(() -> assertThat(alice).hasReceivedNoMessage())).isEqualTo(reason);
    assertThat(failureOf(() -> assertThat(alice).receivesAck(1))).isEqualTo(reason);
    assertThat(alice.messages()).hasSize(100_001);
  }

  @Test
  @DisplayName("acks and pongs that nobody takes are bounded too")
  void overflowOfAcks() {
    for (int i = 0; i < 100_001; i++) {
      inbox.add(ack(1));
      inbox.addPong();
    }

    assertThat(inbox.acks()).hasSize(100_000);
    assertThat(failureOf(() -> assertThat(alice).receivesPong()))
        .startsWith("[alice] more than 100,000 messages came that no assertion read, and ");
  }

  @Test
  @DisplayName("the acks of the kit's own ids are kept apart, from 2^32 on and unsigned")
  void ownAcks() {
    long own = inbox.awaitAck();

    inbox.add(ack(own));
    inbox.add(ack(own + 1)); // not asked for yet: somebody else's
    inbox.add(ack(-1));

    assertThat(own).isEqualTo(4_294_967_296L);
    assertThat(inbox.awaitedAck(own)).contains(ack(own));
    assertThat(inbox.acks()).extracting(Ack::id).containsExactly(own + 1, -1L);
    inbox.stopAwaiting(own);
    inbox.add(ack(own));
    assertThat(inbox.acks()).hasSize(2);
  }

  @Test
  @DisplayName("several threads take each message once")
  void severalThreads() throws Exception {
    int threads = 4;
    int each = 500;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<String>>> takers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        takers.add(
            pool.submit(
                (Callable<List<String>>)
                    () -> {
                      List<String> taken = new ArrayList<>();
                      for (int i = 0; i < each; i++) {
                        taken.add(
                            assertThat(alice)
                                .within(ofSeconds(30))
                                .receivesMessage()
                                .actual()
                                .text());
                      }
                      return taken;
                    }));
      }
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < threads * each; i++) {
        sent.add("m" + i);
        inbox.add(message("m" + i));
      }

      List<String> taken = new ArrayList<>();
      for (Future<List<String>> taker : takers) {
        taken.addAll(taker.get());
      }
      assertThat(taken).containsExactlyInAnyOrderElementsOf(sent);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @DisplayName("the requirements of a test are asked about each message once, outside any lock")
  void requirementsOnce() {
    inbox.add(message("a"));
    List<String> asked = new ArrayList<>();

    assertThat(alice)
        .receivesMessageSatisfying(
            each -> {
              asked.add(each.text());
              if (asked.size() < 3) {
                inbox.add(message("m" + asked.size())); // as the loop would, from another thread
                assertThat(each.text()).isEqualTo("m2");
              }
            });

    assertThat(asked).containsExactly("a", "m1", "m2");
  }

  @Test
  @DisplayName("a failed assertion takes nothing")
  void failureTakesNothing() {
    inbox.add(message("a"));
    inbox.add(message("b"));

    failureOf(() -> assertThat(alice).within(ZERO).receivesText("c"));
    failureOf(() -> assertThat(alice).within(ZERO).receivesExactly("a", "c"));

    assertThat(alice).receivesExactly("a", "b");
  }
}
