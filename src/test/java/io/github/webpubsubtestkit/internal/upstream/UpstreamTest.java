package io.github.webpubsubtestkit.internal.upstream;

import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.NO_CONTENT;
import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.REFUSED_CONNECTION;
import static io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.answer;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.connect;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.event;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.handler;
import static io.github.webpubsubtestkit.internal.upstream.UpstreamFixture.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Accepted;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Rejected;
import io.github.webpubsubtestkit.internal.hub.ConnectRequest;
import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.upstream.ScriptedChannel.Hanging;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The events of a connection")
@Timeout(30)
class UpstreamTest {

  private final UpstreamFixture fixture = new UpstreamFixture();
  private final ScriptedChannel application = new ScriptedChannel();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String detail(CompletableFuture<EventOutcome> outcome) throws Exception {
    return now(outcome) instanceof Failed failed ? failed.failure() : "no failure";
  }

  @Nested
  class GoToHandlers {

    @Test
    void theFirstThatTakesThemEvenIfItFails() throws Exception {
      ScriptedChannel other = new ScriptedChannel();
      fixture.upstream.replace(
          "CHAT",
          List.of(
              new Handler(
                  UrlTemplate.parse("http://one/"),
                  EventPattern.parse("a"),
                  Set.of(SystemEvent.CONNECTED),
                  application),
              handler("http://two/", other)));
      application.answers.add(NO_CONTENT);
      application.answers.add(answer(404));
      other.answers.add(NO_CONTENT);

      ConnectionEvents events = fixture.registered();
      assertThat(detail(event(events, "A")))
          .isEqualTo("POST http://one/ answered 404, saying nothing");
      assertThat(now(event(events, "b"))).isEqualTo(Taken.WITHOUT_REPLY);

      assertThat(application.lines()).containsExactly("OPTIONS /", "POST /", "POST /");
      assertThat(other.header("ce-type")).isEqualTo("azure.webpubsub.user.b");
      assertThat(other.header("ce-id")).isEqualTo("3");
      assertThat(events.asksConnect()).isTrue();
      assertThat(fixture.upstream.handlers("chat")).hasSize(2);
    }

    @Test
    void ofTheirHubOnly() throws Exception {
      fixture.upstream.replace("other", List.of(handler("http://h/", application)));
      ConnectionEvents events = fixture.registered();

      assertThat(events.asksConnect()).isFalse();
      assertThat(now(connect(events))).isEqualTo(Accepted.AS_THE_TOKEN_SAYS);
      assertThat(detail(event(events, "a")))
          .isEqualTo(
              "no handler of hub \"chat\" takes event \"a\"; there are handlers for hub \"other\"."
                  + " See service.eventHandler(..), service.recordEvents()");
      events.disconnected("bye");
      assertThat(application.requests).isEmpty();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fixture.upstream.replace("1", List.of()));
    }

    @Test
    void fromTheNextOneOn() throws Exception {
      fixture.handle(application);
      application.answers.add(NO_CONTENT);
      ConnectionEvents events = fixture.registered();
      ScriptedChannel other = new ScriptedChannel();
      fixture.handle(other);
      other.answers.add(NO_CONTENT);

      assertThat(now(event(events, "a"))).isEqualTo(Taken.WITHOUT_REPLY);
      assertThat(application.lines()).containsExactly("OPTIONS /eh/validate", "POST /eh/connected");
      assertThat(other.lines())
          .as("the URL has been validated already")
          .containsExactly("POST /eh/a");
    }

    @Test
    void orToAListenerIfThereIsNone() throws Exception {
      ConnectionEvents events = fixture.registered();
      fixture.upstream.listening(true);
      assertThat(now(event(events, "a"))).isEqualTo(Taken.WITHOUT_REPLY);

      fixture.handle(application);
      application.answers.add(answer(404));
      assertThat(detail(event(events, "a"))).contains("404");
      fixture.upstream.listening(false);
    }
  }

  @Nested
  class SayOnTheWire {

    @Test
    void whoAndWhat() throws Exception {
      fixture.time.freeze();
      fixture.handle(application);
      application.answers.add(NO_CONTENT);
      application.answers.add(NO_CONTENT);
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("Region", "e");
      metadata.put("region", "w");
      ConnectionEvents events = fixture.registered();
      now(
          event(
              events, new Event("Shout", Payload.json("{\"a\": 1}").withMetadata(metadata), null)));

      List<String> lines =
          application.last().headers().fields().stream()
              .map(each -> each.name() + ": " + each.value())
              .toList();
      assertThat(lines.stream().filter(line -> !line.matches("(x-ms|ce-time).*")))
          .containsExactly(
              "ce-specversion: 1.0",
              "ce-awpsversion: 1.0",
              "ce-type: azure.webpubsub.user.Shout",
              "ce-source: /hubs/chat/client/conn-1",
              "ce-id: 2",
              "ce-hub: chat",
              "ce-connectionId: conn-1",
              "ce-eventName: Shout",
              "ce-signature: sha256="
                  + "22443a4a780ed8da0454b679b1c769d9ac8cd4a2d4c897ed8b1affdc71137381",
              "WebHook-Request-Origin: 127.0.0.1",
              "Content-Type: application/json",
              "x-webpubsub-metadata-region: w",
              "ce-userId: alice",
              "ce-subprotocol: json.webpubsub.azure.v1");
      assertThat(application.header("ce-time"))
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")
          .isEqualTo(fixture.time.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      assertThat(application.header("x-ms-client-request-id"))
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(application.last().body()).asString().isEqualTo("{\"a\": 1}");
    }

    @Test
    void whatTheClientBrought() throws Exception {
      fixture.handle(application);
      application.answers.add(NO_CONTENT);
      ConnectRequest request =
          new ConnectRequest(
              Map.of("sub", List.of("al\"ice")),
              Map.of("room", List.of("a", "b")),
              Map.of("User-Agent", List.of("\ud800 half")),
              List.of("x"));
      fixture.open().connect(request, outcome -> {});

      assertThat(new String(application.last().body(), StandardCharsets.UTF_8))
          .isEqualTo(
              "{\"claims\":{\"sub\":[\"al\\\"ice\"]},\"query\":{\"room\":[\"a\",\"b\"]},"
                  + "\"headers\":{\"User-Agent\":[\"? half\"]},\"subprotocols\":[\"x\"],"
                  + "\"clientCertificates\":[]}");
      assertThat(application.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
      assertThat(application.header("ce-type")).isEqualTo("azure.webpubsub.sys.connect");
      assertThat(application.header("ce-subprotocol")).isEqualTo("(none)");
    }

    @Test
    void theNumberOfTheEvent() throws Exception {
      fixture.handle(application);
      for (int i = 0; i < 5; i++) {
        application.answers.add(NO_CONTENT);
      }
      ConnectionEvents events = fixture.open();
      now(connect(events));
      assertThat(application.header("ce-id")).isEqualTo("0");
      events.registered("alice#1", null, null, Subprotocol.RAW);
      assertThat(application.header("ce-id")).isEqualTo("1");
      assertThat(application.last().body()).asString().isEqualTo("{}");
      now(event(events, "a"));
      now(event(events, "b"));
      assertThat(application.header("ce-id")).isEqualTo("3");
      events.disconnected("b\"ye");
      assertThat(application.header("ce-id")).isEqualTo("4");
      assertThat(application.header("ce-userId")).isEqualTo("(none)");
      assertThat(application.header("ce-subprotocol")).isEqualTo("(none)");
      assertThat(application.last().body()).asString().isEqualTo("{\"reason\":\"b\\\"ye\"}");
    }

    @Test
    void theApplicationsOwnSubprotocol() {
      fixture.handle(application);
      fixture.open().registered("alice#1", "", "custom.v1", Subprotocol.RAW);

      assertThat(application.header("ce-subprotocol")).isEqualTo("custom.v1");
      assertThat(application.header("ce-userId")).isEqualTo("(none)");
    }

    @Test
    void nothingThatAHeaderCannotHold() throws Exception {
      fixture.handle(application);
      application.answers.add(NO_CONTENT);
      ConnectionEvents events = fixture.registered();
      Payload payload = Payload.text("x").withMetadata(Map.of("k", "a\r\nb: c"));

      assertThat(detail(event(events, new Event("a", payload, null))))
          .isEqualTo(
              "the request could not be made: the value of x-webpubsub-metadata-k has a control"
                  + " character");
      assertThat(application.lines()).hasSize(2);
    }
  }

  @Nested
  class RememberWhatTheApplicationLeft {

    @Test
    void itsState() throws Exception {
      fixture.handle(application);
      ConnectionEvents events = fixture.open();
      application.answers.add(
          answer(204, "", "ce-connectionState", "a", "ce-connectionState", "b"));
      now(connect(events));
      application.answers.add(answer(204, "", "ce-connectionState", "of connected"));
      events.registered("alice#1", "alice", null, Subprotocol.RAW);
      assertThat(application.header("ce-connectionState")).isEqualTo("b");

      application.answers.add(answer(404, "", "ce-connectionState", "of a failure"));
      now(event(events, "a"));
      assertThat(application.header("ce-connectionState")).isEqualTo("b");
      application.answers.add(answer(200, "", "ce-connectionState", ""));
      now(event(events, "a"));
      assertThat(application.header("ce-connectionState")).isEqualTo("b");
      application.answers.add(NO_CONTENT);
      now(event(events, "a"));
      assertThat(application.header("ce-connectionState")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "a\nb", "\u007f"})
    void noStateThatNoHeaderCanHold(String state) throws Exception {
      String detail =
          " answered 200, but the value of ce-connectionState "
              + (state.equals("é")
                  ? "is not ASCII, which only ce-userId may be"
                  : "has a control character");
      fixture.handle(application);
      application.answers.add(answer(200, "", "ce-connectionState", state));
      assertThat(now(connect(fixture.open())))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> {
                assertThat(rejected.status()).isEqualTo(500);
                assertThat(rejected.detail())
                    .isEqualTo("POST http://127.0.0.1:7071/eh/connect" + detail);
              });

      application.answers.add(answer(204, "", "ce-connectionState", state)); // of connected
      ConnectionEvents events = fixture.registered();
      application.answers.add(answer(200, "", "ce-connectionState", "good"));
      now(event(events, "a"));
      assertThat(application.header("ce-connectionState")).isEqualTo("(none)");
      application.answers.add(answer(200, "", "ce-connectionState", state));
      assertThat(detail(event(events, "a"))).isEqualTo("POST http://127.0.0.1:7071/eh/a" + detail);
      application.answers.add(NO_CONTENT);
      assertThat(now(event(events, "a"))).isInstanceOf(Taken.class);
      assertThat(application.header("ce-connectionState")).isEqualTo("good");
      assertThat(fixture.story()).contains("event a of alice#1 failed: POST", detail);
    }

    @Test
    void noCookieThatNoHeaderCanHold() throws Exception {
      fixture.handle(application);
      application.answers.add(
          answer(204, "", "Set-Cookie", "a=1", "Set-Cookie", "b=é", "Set-Cookie", "c=3"));
      ConnectionEvents events = fixture.open();
      now(connect(events));
      events.disconnected("");

      assertThat(application.header("Cookie")).isEqualTo("a=1; c=3");
      assertThat(fixture.story())
          .contains(
              "connect of alice (conn-1): a cookie was ignored, as the value of Set-Cookie is not"
                  + " ASCII, which only ce-userId may be");
    }

    @Test
    void itsCookies() throws Exception {
      fixture.handle(application);
      ConnectionEvents events = fixture.open();
      application.validations.add(
          answer(200, "", "WebHook-Allowed-Origin", "*", "Set-Cookie", "v=1"));
      application.answers.add(answer(204, "", "Set-Cookie", "a=1", "Set-Cookie", "b=2"));
      now(connect(events));
      assertThat(application.header("Cookie")).isEqualTo("(none)");
      application.answers.add(answer(500, "", "Set-Cookie", "c=3"));
      for (int i = 0; i < 3; i++) {
        application.answers.add(answer(500));
      }
      now(event(events, "a"));
      assertThat(application.header("Cookie")).isEqualTo("a=1; b=2");
      application.answers.add(answer(204, "", "Set-Cookie", "d=4"));
      events.registered("alice#1", "alice", null, Subprotocol.RAW);
      events.disconnected("");
      assertThat(application.header("Cookie")).isEqualTo("a=1; b=2; d=4");
      fixture.upstream.open("chat", "conn-2", null).disconnected("");
      assertThat(application.header("Cookie")).isEqualTo("(none)");
    }
  }

  @Nested
  class AreSeen {

    @Test
    void inTheTimeline() throws Exception {
      fixture.handle(application);
      application.answers.add(answer(500, "oops", "Content-Type", "text/plain"));
      application.answers.add(NO_CONTENT);
      now(connect(fixture.open()));
      application.answers.add(REFUSED_CONNECTION);
      application.answers.add(answer(404));
      ConnectionEvents events = fixture.registered();
      application.answers.add(answer(200, "yo", "Content-Type", "text/plain"));
      now(event(events, "shout"));
      application.answers.add(answer(200, "yo", "Content-Type", "image/png"));
      now(event(events, "shout"));

      String connect =
          "{\"claims\":{},\"query\":{},\"headers\":{},"
              + "\"subprotocols\":[\"json.webpubsub.azure.v1\"],\"clientCertificates\":[]}";
      assertThat(fixture.story())
          .isEqualTo(
              """
              upstream <- validation: OPTIONS http://127.0.0.1:7071/eh/validate
              upstream -> validation: 200 after _ ms
              upstream <- connect of alice (conn-1): POST http://127.0.0.1:7071/eh/connect  %1$s
              upstream -> connect of alice (conn-1): 500 after _ ms  oops
              upstream <- connect of alice (conn-1): POST http://127.0.0.1:7071/eh/connect (attempt 2)  %1$s
              upstream -> connect of alice (conn-1): 204 after _ ms (attempt 2)
              upstream <- connected of alice#1: POST http://127.0.0.1:7071/eh/connected  {}
              upstream -> connected of alice#1: 127.0.0.1:7071: Connection refused after _ ms
              upstream <- connected of alice#1: POST http://127.0.0.1:7071/eh/connected (attempt 2)  {}
              upstream -> connected of alice#1: 404 after _ ms (attempt 2)
              upstream -- connected of alice#1 failed: POST http://127.0.0.1:7071/eh/connected answered 404 (2 attempts), saying nothing
              upstream <- event shout of alice#1: POST http://127.0.0.1:7071/eh/shout  hi
              upstream -> event shout of alice#1: 200 after _ ms  yo
              upstream <- event shout of alice#1: POST http://127.0.0.1:7071/eh/shout  hi
              upstream -> event shout of alice#1: 200 after _ ms  2 bytes 79 6f
              upstream -- event shout of alice#1 failed: POST http://127.0.0.1:7071/eh/shout answered 200 with a body of type "image/png"; it must be text/plain, application/json, application/octet-stream, application/x-protobuf or none"""
                  .formatted(connect));
    }

    @Test
    void asLongAsTheyAreUnderWay() throws Exception {
      application.validationHangs = true;
      fixture.handle(application);
      ConnectionEvents events = fixture.registered();
      assertThat(fixture.upstream.pending())
          .containsExactly(
              "connected of alice#1, whose URL is being validated",
              "validation at OPTIONS http://127.0.0.1:7071/eh/validate");
      assertThat(fixture.upstream.awaitIdle(System.nanoTime() + 1)).isFalse();

      application.hanging.get(0).answer(ScriptedChannel.ALLOWED);
      application.hanging.get(1).answer(answer(503));
      assertThat(fixture.upstream.pending())
          .containsExactly(
              "connected of alice#1 at POST http://127.0.0.1:7071/eh/connected (attempt 2)");

      CompletableFuture<Boolean> idle =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return fixture.upstream.awaitIdle(
                      System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      application.answers.add(NO_CONTENT);
      CompletableFuture<EventOutcome> outcome = event(events, "a");
      assertThat(now(outcome)).isEqualTo(Taken.WITHOUT_REPLY);
      application.hanging.get(2).answer(NO_CONTENT);
      assertThat(now(idle)).isTrue();
      assertThat(fixture.upstream.pending()).isEmpty();
    }
  }

  @Nested
  class AreSpared {

    @Test
    void whatAnotherThrows() throws Exception {
      UpstreamChannel failing =
          new UpstreamChannel() {
            @Override
            public boolean needsValidation() {
              return false;
            }

            @Override
            public Call send(UpstreamRequest request, Consumer<UpstreamResult> then) {
              throw new IllegalStateException("thrown by a test");
            }
          };
      fixture.handle(failing);

      assertThat(detail(event(fixture.registered(), "a")))
          .isEqualTo(
              "POST http://127.0.0.1:7071/eh/a: it could not be sent:"
                  + " java.lang.IllegalStateException: thrown by a test");
      assertThat(fixture.upstream.pending()).isEmpty();
    }

    @Test
    void secondAnswers() throws Exception {
      fixture.handle(application);
      application.answers.add(NO_CONTENT);
      ConnectionEvents events = fixture.registered();
      CompletableFuture<EventOutcome> outcome = event(events, "a");
      Hanging call = application.hanging.get(0);
      call.answer(answer(200, "first", "Content-Type", "text/plain"));
      call.answer(answer(500));
      call.answer(answer(500));

      assertThat(now(outcome)).isInstanceOf(Taken.class);
      assertThat(application.lines()).hasSize(3);
    }

    @Test
    void newsOfAClosedFake() throws Exception {
      fixture.handle(application);
      application.answers.add(NO_CONTENT);
      ConnectionEvents events = fixture.registered();
      String before = fixture.story();
      application.answers.add(
          new UpstreamResult.Failure(UpstreamResult.Kind.CLOSED, "the loop was stopped"));
      assertThat(detail(event(events, "a"))).contains("the loop was stopped");

      assertThat(fixture.story())
          .isEqualTo(
              before + "\nupstream <- event a of alice#1: POST http://127.0.0.1:7071/eh/a  hi");
    }
  }

  @Test
  void theTextOfARequestHidesItsQuery() {
    assertThat(
            new UpstreamRequest(
                "POST",
                UrlTemplate.parse("http://h/x?code=s3cret").resolve("h", "e"),
                HttpHeaders.none(),
                new byte[0]))
        .hasToString("POST http://h/x?…");
  }
}
