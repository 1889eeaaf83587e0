package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventBench.fails;
import static io.github.webpubsubtestkit.conformance.EventBench.leave;
import static io.github.webpubsubtestkit.conformance.EventBench.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which handler gets which event, and where (event-handlers 2). */
class EventConfigurationConformanceTest {

  // event-handlers 2.1 selection

  @Test
  @DisplayName("E001 the first handler that matches an event gets it, and only that one")
  void firstMatch() {
    try (EventBench bench =
        EventBench.of(
            (fake, upstream) ->
                fake.eventHandler(
                        "chat",
                        EventHandler.url(upstream.url("/h1")).userEvents("a").systemEvents())
                    .eventHandler(
                        "chat",
                        EventHandler.url(upstream.url("/h2")).userEvents("*").systemEvents()))) {
      WireJsonClient client = bench.json();

      succeeds(client, "a", 1);
      succeeds(client, "b", 2);

      assertThat(bench.upstream().post("a").target()).isEqualTo("/h1");
      assertThat(bench.upstream().post("b").target()).isEqualTo("/h2");
    }
  }

  @Test
  @DisplayName("E002 a handler that fails is not replaced by the next one")
  void noSecondChoice() {
    try (EventBench bench =
        EventBench.of(
            (fake, upstream) ->
                fake.eventHandler("chat", EventHandler.url(upstream.url("/h1")).systemEvents())
                    .eventHandler("chat", EventHandler.url(upstream.url("/h2")).systemEvents()))) {
      bench.upstream().on("a", UpstreamAnswer.status(500));
      WireJsonClient client = bench.json();

      fails(client, "a", 1);

      assertThat(bench.upstream().posts())
          .hasSize(4)
          .allSatisfy(post -> assertThat(post.target()).isEqualTo("/h1"));
    }
  }

  @Test
  @DisplayName("E003 a list of names is trimmed, and another name is nobody's")
  void listOfNames() {
    try (EventBench bench = withPattern("a, b ,c")) {
      WireJsonClient client = bench.json();

      succeeds(client, "a", 1);
      succeeds(client, "b", 2);
      succeeds(client, "c", 3);
      fails(client, "d", 4);

      assertThat(bench.upstream().events()).containsExactly("a", "b", "c");
    }
  }

  @Test
  @DisplayName("E004 a pattern matches in any case, and the name goes out as it was sent")
  void patternInAnyCase() {
    try (EventBench bench = withPattern("Chat")) {
      succeeds(bench.json(), "cHAT", 1);

      UpstreamRequest post = bench.upstream().post("cHAT");
      assertThat(post.header("ce-type")).isEqualTo("azure.webpubsub.user.cHAT");
      assertThat(post.header("ce-eventName")).isEqualTo("cHAT");
    }
  }

  @Test
  @DisplayName("E005 without system events nothing is sent when a client comes and goes")
  void noSystemEvents() {
    try (EventBench bench = withPattern("*")) {
      WireJsonClient client = bench.json();
      leave(client.wire(), "");
      bench.fake().awaitIdle();

      assertThat(bench.upstream().posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("E006 only the system event that was asked for is sent, and no user event")
  void onlyConnected() {
    try (EventBench bench =
        EventBench.handler(
            upstream ->
                EventHandler.url(upstream.template()).userEvents("").systemEvents("connected"))) {
      WireJsonClient client = bench.json();
      bench.upstream().awaitPost("connected");

      fails(client, "e", 1);
      leave(client.wire(), "");
      bench.fake().awaitIdle();

      assertThat(bench.upstream().events()).containsExactly("connected");
    }
  }

  @Test
  @DisplayName("E007 a user event named connected is not the system event")
  void userEventNamedConnected() {
    try (EventBench bench =
        EventBench.handler(
            upstream ->
                EventHandler.url(upstream.template()).userEvents(null).systemEvents("connected"))) {
      WireJsonClient client = bench.json();
      bench.upstream().awaitPost("connected");

      fails(client, "connected", 1);

      assertThat(bench.upstream().post("connected").header("ce-type"))
          .isEqualTo("azure.webpubsub.sys.connected");
    }
  }

  @Test
  @DisplayName("E008 a user event named connected goes out as a user event")
  void userEventNamedConnectedIsMatched() {
    try (EventBench bench = withPattern("*")) {
      succeeds(bench.json(), "connected", 1);

      assertThat(bench.upstream().post("connected").header("ce-type"))
          .isEqualTo("azure.webpubsub.user.connected");
    }
  }

  @Test
  @DisplayName("E009 the star matches names with dots")
  void starMatchesDots() {
    try (EventBench bench = withPattern("*")) {
      succeeds(bench.json(), "a.b.c", 1);

      assertThat(bench.upstream().post("a.b.c").target()).isEqualTo("/eh/a.b.c");
    }
  }

  @Test
  @DisplayName("E010 names of system events are configured in any case")
  void systemEventInAnyCase() {
    try (EventBench bench =
        EventBench.handler(
            upstream -> EventHandler.url(upstream.template()).systemEvents("Connected"))) {
      bench.json();

      bench.upstream().awaitPost("connected");
    }
  }

  // event-handlers 2.5 configuration errors

  @ParameterizedTest(name = "E011 the pattern {0} is refused")
  @ValueSource(strings = {"room.*", "a?", "a,*", "\\*", "1a"})
  void badPattern(String pattern) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> EventHandler.url("http://127.0.0.1:7071/eh").userEvents(pattern))
        .withMessageContaining(pattern);
  }

  @Test
  @DisplayName("E012 an unknown system event is refused")
  void badSystemEvent() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> EventHandler.url("http://127.0.0.1:7071/eh").systemEvents("foo"))
        .withMessageContaining("foo");
  }

  @ParameterizedTest(name = "E012 the template {0} is refused")
  @ValueSource(
      strings = {
        "ftp://x",
        "/eh/{event}",
        "http://{hub}.x/",
        "http://127.0.0.1:7071/eh/{foo}",
        "http://127.0.0.1:7071/eh#part",
        "http://me@127.0.0.1:7071/eh"
      })
  void badTemplate(String template) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> FakeWebPubSub.builder().eventHandler("chat", EventHandler.url(template)))
        .withMessageContaining(template);
  }

  // hubs

  @Test
  @DisplayName("E013 a handler of one hub does not hear of another's clients")
  void otherHub() {
    try (EventBench bench =
        EventBench.of(
            (fake, upstream) ->
                fake.eventHandler("other", EventHandler.url(upstream.template())))) {
      leave(bench.json().wire(), "");
      bench.fake().awaitIdle();

      assertThat(bench.upstream().requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("E014 hubs are compared in any case, and go out in lower case")
  void hubInAnyCase() {
    try (EventBench bench =
        EventBench.of(
            (fake, upstream) -> fake.eventHandler("Chat", EventHandler.url(upstream.template())))) {
      TestTokens token = TestTokens.forClient(bench.bench().endpoint(), "CHAT").user("alice");
      bench
          .bench()
          .open(UpgradeRequest.to("/client/hubs/CHAT?access_token=" + bench.bench().signed(token)));

      UpstreamRequest connect = bench.upstream().awaitPost("connect");
      assertThat(connect.header("ce-hub")).isEqualTo("chat");
      assertThat(connect.header("ce-source"))
          .isEqualTo("/hubs/chat/client/" + connect.header("ce-connectionId"));
    }
  }

  // event-handlers 2.3 URL template

  @Test
  @DisplayName("E015 parameters stand for hub and event in path and query, the rest goes unchanged")
  void template() {
    try (EventBench bench = withTemplate("/x/{hub}/{event}?code=s%2F1&h={hub}")) {
      succeeds(bench.json(), "ev", 1);

      assertThat(bench.upstream().post("ev").target()).isEqualTo("/x/chat/ev?code=s%2F1&h=chat");
    }
  }

  @Test
  @DisplayName("E016 names of parameters are read in any case")
  void templateInAnyCase() {
    try (EventBench bench = withTemplate("/x/{HUB}/{Event}")) {
      bench.json();

      assertThat(bench.upstream().post("connect").target()).isEqualTo("/x/chat/connect");
    }
  }

  @ParameterizedTest(name = "E017 the hub {0} is percent-encoded: {1}")
  @CsvSource({"chat[1],/x/chat%5B1%5D"})
  void encoded(String hub, String target) {
    try (EventBench bench =
        EventBench.of(
            (fake, upstream) ->
                fake.eventHandler(hub, EventHandler.url(upstream.url("/x/{hub}"))))) {
      String path = "/client/hubs/" + RestDriver.encoded(hub);
      TestTokens token = TestTokens.forUrl(bench.bench().endpoint() + path);
      bench.bench().open(UpgradeRequest.to(path + "?access_token=" + bench.bench().signed(token)));

      assertThat(bench.upstream().post("connect").target()).isEqualTo(target);
    }
  }

  @Test
  @DisplayName("E018 a template without parameters is the URL of everything")
  void templateWithoutParameters() {
    try (EventBench bench = withTemplate("/hook")) {
      succeeds(bench.json(), "ev", 1);
      bench.upstream().awaitPost("connected");

      assertThat(bench.upstream().requests())
          .hasSize(4)
          .allSatisfy(request -> assertThat(request.target()).isEqualTo("/hook"));
    }
  }

  // event-handlers 2.5 change at run time

  @Test
  @DisplayName("E019 a new list of handlers gets the next event, and connections stay")
  void replaced() {
    try (EventBench bench = withPattern("*");
        RecordingUpstream other = RecordingUpstream.start()) {
      WireJsonClient client = bench.json();
      succeeds(client, "before", 1);

      bench.fake().eventHandlers("chat", EventHandler.url(other.template()));
      succeeds(client, "after", 2);

      assertThat(bench.upstream().events()).containsExactly("before");
      assertThat(other.events()).containsExactly("after");
    }
  }

  @Test
  @DisplayName("E020 a new list that is wrong is refused, and the old handler goes on")
  void replacedByWrongOne() {
    try (EventBench bench = withPattern("*")) {
      WireJsonClient client = bench.json();

      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(
              () ->
                  bench
                      .fake()
                      .eventHandlers(
                          "chat",
                          EventHandler.url("http://127.0.0.1:7071/new"),
                          EventHandler.url("ftp://x")));

      succeeds(client, "after", 1);
      assertThat(bench.upstream().events()).containsExactly("after");
    }
  }

  @Test
  @DisplayName("E021 without any handler the token alone decides")
  void noHandler() {
    try (EventBench bench = EventBench.of((fake, upstream) -> {})) {
      WireJsonClient client = bench.json();

      assertThat(bench.bench().rest().exists(RestDriver.user("alice"))).isTrue();
      client.expectOpen();
      assertThat(bench.upstream().requests()).isEqualTo(List.of());
    }
  }

  private static EventBench withPattern(String pattern) {
    return EventBench.handler(
        upstream -> EventHandler.url(upstream.template()).userEvents(pattern).systemEvents());
  }

  private static EventBench withTemplate(String path) {
    return EventBench.handler(upstream -> EventHandler.url(upstream.url(path)));
  }
}
