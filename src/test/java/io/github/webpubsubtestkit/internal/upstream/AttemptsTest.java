package io.github.webpubsubtestkit.internal.upstream;

import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.NO_CONTENT;
import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.REFUSED_CONNECTION;
import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.answer;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.connect;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.event;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Rejected;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Retries and time-outs (event-handlers 8)")
@Timeout(30)
class AttemptsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private UpstreamFixture fixture = new UpstreamFixture();
  private final ScriptedChannel application = new ScriptedChannel();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void start(Duration... delays) {
    fixture.close();
    fixture = new UpstreamFixture(UpstreamFixture.withDelays(delays));
  }

  private CompletableFuture<EventOutcome> raise() {
    fixture.handle(application);
    return event(fixture.upstream.open("chat", "conn-1", null), "a");
  }

  private int posts() {
    return application.requests.size() - 1;
  }

  @ParameterizedTest
  @CsvSource({"408,4", "500,4", "503,4", "599,4", "400,1", "404,1", "429,1", "302,1", "204,1"})
  void dependOnTheStatus(int status, int attempts) throws Exception {
    for (int i = 0; i < 4; i++) {
      application.answers.add(answer(status, "", "Retry-After", "100"));
    }
    now(raise());

    assertThat(posts()).isEqualTo(attempts);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void dependOnTheFailure(Kind kind) throws Exception {
    for (int i = 0; i < 4; i++) {
      application.answers.add(new Failure(kind, "it failed"));
    }
    assertThat(now(raise())).isInstanceOf(Failed.class);

    assertThat(posts()).isEqualTo(kind == Kind.NETWORK ? 4 : 1);
  }

  @Test
  void repeatTheSameRequest() throws Exception {
    application.answers.add(answer(503, "", "Set-Cookie", "a=1"));
    application.answers.add(REFUSED_CONNECTION);
    application.answers.add(NO_CONTENT);

    assertThat(now(raise())).isEqualTo(Taken.WITHOUT_REPLY);
    assertThat(application.requests.get(2)).isSameAs(application.requests.get(1));
    assertThat(application.requests.get(3)).isSameAs(application.requests.get(1));
  }

  @Test
  void waitAsLongAsTheyAreTold() throws Exception {
    start(SECOND, Duration.ofSeconds(3), Duration.ofSeconds(5));
    fixture.time.freeze();
    for (int i = 0; i < 4; i++) {
      application.answers.add(answer(500));
    }
    CompletableFuture<EventOutcome> outcome = raise();
    assertThat(posts()).isEqualTo(1);
    fixture.time.advanceBy(SECOND);
    assertThat(posts()).isEqualTo(2);
    fixture.time.advanceBy(Duration.ofMillis(2999));
    assertThat(posts()).isEqualTo(2);
    fixture.time.advanceBy(Duration.ofMillis(1));
    assertThat(posts()).isEqualTo(3);
    assertThat(outcome).isNotDone();
    fixture.time.advanceBy(Duration.ofSeconds(5));
    assertThat(posts()).isEqualTo(4);
    assertThat(now(outcome))
        .isEqualTo(
            new Failed(
                "POST http://127.0.0.1:7071/eh/a answered 500 (4 attempts), saying nothing"));
  }

  @Test
  void areNoneIfTheyAreSwitchedOff() throws Exception {
    start();
    application.answers.add(answer(500));
    now(raise());

    assertThat(posts()).isEqualTo(1);
  }

  @Test
  void endAfterAHundredSeconds() throws Exception {
    start(Duration.ofSeconds(60), Duration.ofSeconds(60));
    fixture.time.freeze();
    application.answers.add(answer(500));
    CompletableFuture<EventOutcome> outcome = raise();
    fixture.time.advanceBy(Duration.ofSeconds(60));
    assertThat(posts()).isEqualTo(2);
    fixture.time.advanceBy(Duration.ofSeconds(39));
    assertThat(outcome).isNotDone();
    fixture.time.advanceBy(SECOND);

    assertThat(now(outcome))
        .isEqualTo(
            new Failed("POST http://127.0.0.1:7071/eh/a: no answer within 100 s (2 attempts)"));
    assertThat(application.hanging.get(0).cancelled()).isTrue();
    assertThat(fixture.upstream.pending()).isEmpty();
    application.hanging.get(0).answer(NO_CONTENT); // too late
    assertThat(posts()).isEqualTo(2);
  }

  @Test
  void endInTimeThoughThereIsNoMemoryForIt() throws Exception {
    application.cancelLacksMemory = true;
    CompletableFuture<EventOutcome> outcome = raise();
    fixture.time.advanceBy(Duration.ofSeconds(100));

    assertThat(now(outcome)).isInstanceOf(Failed.class);
    assertThat(fixture.upstream.pending()).isEmpty();
  }

  @Test
  void endWhileARetryWaits() throws Exception {
    start(Duration.ofSeconds(200));
    application.answers.add(answer(500));
    CompletableFuture<EventOutcome> outcome = raise();
    fixture.time.advanceBy(Duration.ofSeconds(100));
    assertThat(now(outcome)).isInstanceOf(Failed.class);
    fixture.time.advanceBy(Duration.ofSeconds(200));

    assertThat(posts()).isEqualTo(1);
  }

  @Test
  void haveThatTimeForTheHeadAndAgainForTheBody() throws Exception {
    application.answering = true;
    CompletableFuture<EventOutcome> outcome = raise();
    fixture.time.advanceBy(Duration.ofSeconds(150));
    assertThat(outcome).isNotDone();
    fixture.time.advanceBy(Duration.ofSeconds(50));
    assertThat(now(outcome)).isInstanceOf(Failed.class);
  }

  @Test
  void makeAClientWaitAndThenSeeTheLastStatus() throws Exception {
    fixture.handle(application);
    for (int i = 0; i < 4; i++) {
      application.answers.add(answer(i < 3 ? 500 : 503));
    }
    ConnectOutcome outcome = now(connect(fixture.open()));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.status()).isEqualTo(503);
              assertThat(rejected.detail())
                  .isEqualTo(
                      "POST http://127.0.0.1:7071/eh/connect answered 503 (4 attempts), saying nothing");
            });
    assertThat(fixture.story())
        .endsWith(
            "upstream -- connect of alice (conn-1) refused with 503: POST"
                + " http://127.0.0.1:7071/eh/connect answered 503 (4 attempts), saying nothing");
  }
}
