package io.github.webpubsubtestkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.wire.Codecs;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sequence ids")
class SequenceIdsTest {

  private final HandTimers timers = new HandTimers();
  private final SequenceIds ids =
      new SequenceIds(Codecs.ofClient(Subprotocol.JSON_RELIABLE), timers);
  private final List<String> sent = new ArrayList<>();

  @Test
  @DisplayName("are acknowledged once for all that has come within a second")
  void afterASecond() {
    receive(1);
    receive(2);

    assertThat(sent).isEmpty();
    assertThat(timers.delays).containsExactly(Duration.ofSeconds(1));
    timers.runAll();
    assertThat(sent).containsExactly(ack("2"));
  }

  @Test
  @DisplayName("are acknowledged again only when something more has come")
  void onlyIfSomethingCame() {
    receive(1);
    timers.runAll();
    timers.runAll();
    receive(2);
    timers.runAll();

    assertThat(sent).containsExactly(ack("1"), ack("2"));
  }

  @Test
  @DisplayName("are acknowledged at once when 100 have come")
  void afterAHundred() {
    for (int id = 1; id <= 250; id++) {
      receive(id);
    }

    assertThat(sent).containsExactly(ack("100"), ack("200"));
    timers.runAll();
    assertThat(sent).endsWith(ack("250"));
  }

  @Test
  @DisplayName("that come once more are acknowledged once more, by the highest")
  void duplicates() {
    receive(1);
    receive(2);
    timers.runAll();
    assertThat(receive(1)).isFalse();
    timers.runAll();

    assertThat(sent).containsExactly(ack("2"), ack("2"));
    assertThat(ids.duplicates()).hasSize(1);
    assertThat(ids.missing()).isEmpty();
  }

  @Test
  @DisplayName("are withheld on demand, also those whose time is running")
  void withheld() {
    receive(1);
    ids.withhold(true);
    timers.runAll();
    for (int id = 2; id <= 500; id++) {
      receive(id);
    }
    assertThat(ids.acknowledge()).isFalse();
    assertThat(sent).isEmpty();

    ids.withhold(false);
    assertThat(ids.acknowledge()).isTrue();
    assertThat(sent).containsExactly(ack("500"));
  }

  @Test
  @DisplayName("are unsigned")
  void unsigned() {
    assertThat(receive(-1)).isTrue();
    assertThat(receive(Long.MAX_VALUE)).isFalse();
    timers.runAll();

    assertThat(sent).containsExactly(ack("18446744073709551615"));
    assertThat(ids.missing()).hasToString("[1 to 18446744073709551614]");
  }

  private boolean receive(long id) {
    ReceivedMessage message =
        ReceivedMessage.of(
            Data.fromServer(Payload.text("m"), id), Duration.ZERO, ObjectMapping.ofClassPath());
    return ids.accept(
        (text, payload) -> sent.add(new String(payload, StandardCharsets.UTF_8)), message, id);
  }

  private static String ack(String id) {
    return "{\"type\":\"sequenceAck\",\"sequenceId\":" + id + "}";
  }

  /** Timers that run when the test says so. */
  private static final class HandTimers implements Timers {

    private final List<Duration> delays = new ArrayList<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    void runAll() {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
      delays.add(delay);
      tasks.add(task);
      return () -> tasks.remove(task);
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }
  }
}
