package io.github.webpubsubtestkit.internal.upstream;

import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.NO_CONTENT;
import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.answer;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.event;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.handler;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Answer;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Abuse protection (event-handlers 3)")
@Timeout(30)
class ValidationTest {

  private static final String HEADER = "WebHook-Allowed-Origin";
  private static final String URL = "http://127.0.0.1:7071/eh/validate";

  private UpstreamFixture fixture = new UpstreamFixture();
  private final ScriptedChannel application = new ScriptedChannel();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void startWith(Option option, boolean on) {
    fixture.close();
    fixture = new UpstreamFixture(Options.builder().turn(option, on).build());
  }

  /** Validates once; {@code ok} or the refusal. */
  private String verdict(UpstreamResult... answers) throws Exception {
    fixture.handle(application);
    application.validations.addAll(List.of(answers));
    return String.join("", now(fixture.upstream.validate("chat")));
  }

  private ConnectionEvents connection() {
    return fixture.upstream.open("chat", "conn-1", null);
  }

  private String outcome() throws Exception {
    application.answers.add(NO_CONTENT);
    EventOutcome outcome = now(event(connection(), "a"));
    application.answers.clear();
    return outcome instanceof Failed failed ? failed.failure() : "taken";
  }

  @Test
  void tellsAllWhoWaitWhateverOneOfThemDoes() throws Exception {
    application.validationHangs = true;
    fixture.handle(application);
    connection()
        .userEvent(
            new Event("a", Payload.text("hi"), null),
            outcome -> {
              throw new IllegalStateException("on purpose");
            });
    CompletableFuture<EventOutcome> other = event(connection(), "a");
    Thread current = Thread.currentThread();
    current.setUncaughtExceptionHandler(
        (thread, failure) -> {
          throw new IllegalStateException("on purpose, too");
        });
    try {
      application.hanging.get(0).answer(answer(400));
    } finally {
      current.setUncaughtExceptionHandler(null);
    }

    assertThat(now(other)).isInstanceOf(Failed.class);
    assertThat(fixture.upstream.pending()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "127.0.0.1", "127.0.0.1:8080", "other|127.0.0.1", "other:1|127.0.0.1:8080"})
  void succeeds(String lines) throws Exception {
    HttpHeaders headers = HttpHeaders.none();
    for (String line : lines.split("\\|", -1)) {
      headers = headers.with("webhook-allowed-origin", line);
    }
    assertThat(verdict(new Answer(HttpResponse.of(204, headers), false))).isEmpty();
    assertThat(application.lines()).containsExactly("OPTIONS /eh/validate");
    assertThat(application.last().headers().fields())
        .containsExactly(
            new HttpHeaders.Field("WebHook-Request-Origin", "127.0.0.1"),
            new HttpHeaders.Field("ce-awpsversion", "1.0"));
    assertThat(application.last().body()).isEmpty();
  }

  @Test
  @DisplayName("E027 the origin is compared in any case")
  void succeedsInAnyCase() throws Exception {
    fixture.close();
    // a fake names itself 127.0.0.1, which has no case
    fixture = new UpstreamFixture(Options.defaults(), URI.create("http://localhost:8080"));
    HttpHeaders headers = HttpHeaders.none().with(HEADER, "LOCALHOST");

    assertThat(verdict(new Answer(HttpResponse.of(200, headers), false))).isEmpty();

    assertThat(application.last().headers().fields())
        .contains(new HttpHeaders.Field("WebHook-Request-Origin", "localhost"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          evil.example ~ evil.example
          other, 127.0.0.1 ~ other, 127.0.0.1
          127.0.0.1:81 ~ 127.0.0.1:81
          '' ~ ''
          """)
  void failsForAnotherOrigin(String line, String shown) throws Exception {
    assertThat(verdict(answer(200, "", HEADER, line)))
        .startsWith(
            "validation refused: AbuseProtectionResponseMissingAllowedOrigin: OPTIONS "
                + URL
                + " answered 200 with WebHook-Allowed-Origin \""
                + shown
                + "\", which is neither * nor 127.0.0.1 nor 127.0.0.1:8080");
  }

  @Test
  void aListIsNoneUnlessTheSwitchSaysSo() throws Exception {
    assertThat(verdict(answer(200, "", HEADER, "other, 127.0.0.1")))
        .endsWith("; a line is not a list, unless the switch splitAllowedOrigin is on");
    assertThat(fixture.story()).contains("-- validation refused: ").contains("splitAllowedOrigin");

    startWith(Option.SPLIT_ALLOWED_ORIGIN, true);
    assertThat(verdict(answer(200, "", HEADER, "other, 127.0.0.1"))).isEmpty();
  }

  @Test
  void theOriginHasAPortIfTheSwitchSaysSo() throws Exception {
    assertThat(verdict(answer(400))).endsWith("need the switch originWithPort");

    startWith(Option.ORIGIN_WITH_PORT, true);
    assertThat(verdict(answer(200, "", HEADER, "127.0.0.1:8080"))).isEmpty();
    assertThat(application.header("WebHook-Request-Origin")).isEqualTo("127.0.0.1:8080");
    application.answers.add(NO_CONTENT);
    now(event(connection(), "a"));
    assertThat(application.header("WebHook-Request-Origin")).isEqualTo("127.0.0.1:8080");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 405})
  void failsForAnotherStatus(int status) throws Exception {
    assertThat(verdict(answer(status)))
        .startsWith(
            "validation refused: AbuseProtectionResponseInvalidStatusCode: OPTIONS "
                + URL
                + " answered "
                + status);
    assertThat(application.requests).hasSize(1);
  }

  @Test
  void failsWithoutTheHeader() throws Exception {
    assertThat(verdict(answer(200)))
        .endsWith("OPTIONS " + URL + " answered 200 without WebHook-Allowed-Origin");
  }

  @Test
  void isRepeatedAsGet() throws Exception {
    assertThat(verdict(answer(404), answer(200, "", HEADER, "*"))).isEmpty();
    assertThat(application.lines()).containsExactly("OPTIONS /eh/validate", "GET /eh/validate");
    assertThat(application.requests.get(0).headers().fields())
        .isEqualTo(application.requests.get(1).headers().fields());
  }

  @Test
  void isRepeatedAsGetOnce() throws Exception {
    assertThat(verdict(answer(404), answer(404)))
        .endsWith("InvalidStatusCode: GET " + URL + " answered 404");
    assertThat(application.requests).hasSize(2);
  }

  @Test
  void isTriedAgain() throws Exception {
    assertThat(verdict(answer(503), answer(503), answer(200, "", HEADER, "*"))).isEmpty();
    UpstreamResult refused = new Failure(Kind.NETWORK, "Connection refused");
    assertThat(verdict(refused, refused, refused, refused))
        .isEqualTo(
            "validation refused: the URL could not be validated: OPTIONS "
                + URL
                + ": Connection refused (4 attempts)");
    assertThat(application.requests).hasSize(7);
  }

  @Test
  void hasTenSeconds() throws Exception {
    application.validationHangs = true;
    fixture.handle(application);
    CompletableFuture<EventOutcome> outcome = event(connection(), "a");
    fixture.time.advanceBy(Duration.ofSeconds(10));

    assertThat(now(outcome))
        .isEqualTo(
            new Failed(
                "validation refused: the URL could not be validated: OPTIONS "
                    + URL
                    + ": no answer within 10 s"));
    assertThat(application.hanging.get(0).cancelled()).isTrue();
    assertThat(application.requests).hasSize(1);
  }

  @Test
  void isSharedByAllWhoWait() throws Exception {
    application.validationHangs = true;
    fixture.upstream.replace(
        "chat",
        List.of(
            new Handler(
                UrlTemplate.parse("http://h/"), EventPattern.parse("a"), Set.of(), application),
            handler("http://h/", application)));
    List<CompletableFuture<EventOutcome>> outcomes = new ArrayList<>();
    for (String name : List.of("a", "b", "a", "b")) {
      application.answers.add(NO_CONTENT);
      outcomes.add(event(connection(), name));
    }
    CompletableFuture<List<String>> asked = fixture.upstream.validate("chat");
    application.hanging.get(0).answer(ScriptedChannel.ALLOWED);

    for (CompletableFuture<EventOutcome> each : outcomes) {
      assertThat(now(each)).isEqualTo(Taken.WITHOUT_REPLY);
    }
    assertThat(now(asked)).isEmpty();
    assertThat(application.lines())
        .containsExactly("OPTIONS /", "POST /", "POST /", "POST /", "POST /");
  }

  @Test
  void isOnePerUrl() throws Exception {
    Handler perHub = handler("http://h/{hub}", application);
    fixture.upstream.replace("chat", List.of(perHub));
    fixture.upstream.replace("Other", List.of(perHub));
    now(fixture.upstream.validate("chat"));
    now(fixture.upstream.validate("other"));

    assertThat(application.lines()).containsExactly("OPTIONS /chat", "OPTIONS /other");
  }

  @Test
  void isFreshForAMinuteAndRefreshedBehindTheEvents() throws Exception {
    fixture.time.freeze();
    fixture.handle(application);
    assertThat(outcome()).isEqualTo("taken");
    fixture.time.advanceBy(Duration.ofMillis(59_999));
    assertThat(outcome()).isEqualTo("taken");
    assertThat(application.lines()).filteredOn(line -> line.startsWith("OPTIONS")).hasSize(1);

    fixture.time.advanceBy(Duration.ofMillis(1));
    application.validationHangs = true;
    assertThat(outcome()).isEqualTo("taken");
    assertThat(outcome()).isEqualTo("taken");
    assertThat(application.lines()).filteredOn(line -> line.startsWith("OPTIONS")).hasSize(2);
    application.hanging.get(0).answer(answer(200));
    assertThat(outcome()).contains("MissingAllowedOrigin");
    assertThat(application.lines()).filteredOn(line -> line.startsWith("OPTIONS")).hasSize(2);
  }

  @Test
  void isAskedAgainLaterAndLater() throws Exception {
    fixture.time.freeze();
    fixture.handle(application);
    application.validations.add(answer(200));
    assertThat(outcome()).contains("MissingAllowedOrigin");
    assertThat(application.requests).hasSize(1);
    int asked = 1;
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      fixture.time.advanceBy(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(outcome()).contains("MissingAllowedOrigin");
      assertThat(application.requests).as("before %s s", seconds).hasSize(asked);
      fixture.time.advanceBy(Duration.ofMillis(1));
      application.validations.add(answer(200));
      assertThat(outcome()).contains("MissingAllowedOrigin");
      assertThat(application.requests).as("after %s s", seconds).hasSize(++asked);
    }
    fixture.time.advanceBy(Duration.ofSeconds(60));
    assertThat(outcome()).as("the one that starts it does not wait").contains("Missing");
    assertThat(outcome()).isEqualTo("taken");
  }

  @Test
  void isNotAskedWhereItIsSwitchedOff() throws Exception {
    startWith(Option.VALIDATE_HANDLERS, false);
    fixture.handle(application);

    assertThat(outcome()).isEqualTo("taken");
    assertThat(application.lines()).containsExactly("POST /eh/a");
  }

  @Test
  void failsForNotificationsInTheTimelineOnly() {
    fixture.handle(application);
    application.validations.add(answer(200));
    fixture.registered();

    assertThat(application.lines()).containsExactly("OPTIONS /eh/validate");
    assertThat(fixture.story())
        .endsWith(
            "upstream -- connected of alice#1 failed: validation refused:"
                + " AbuseProtectionResponseMissingAllowedOrigin: OPTIONS "
                + URL
                + " answered 200 without WebHook-Allowed-Origin");
  }
}
