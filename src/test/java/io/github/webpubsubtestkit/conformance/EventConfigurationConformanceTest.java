package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.EventFixture.fails;
import static io.github.webpubsubtestkit.conformance.EventFixture.leave;
import static io.github.webpubsubtestkit.conformance.EventFixture.succeeds;
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
    try (EventFixture fixture =
        EventFixture.of(
            (fake, upstream) ->
                fake.eventHandler(
                        "chat",
                        EventHandler.url(upstream.url("/h1")).userEvents("a").systemEvents())
                    .eventHandler(
                        "chat",
                        EventHandler.url(upstream.url("/h2")).userEvents("*").systemEvents()))) {
      WireJsonClient client = fixture.json();

      succeeds(client, "a", 1);
      succeeds(client, "b", 2);

      assertThat(fixture.upstream().awaitPost("a").target()).isEqualTo("/h1");
      assertThat(fixture.upstream().awaitPost("b").target()).isEqualTo("/h2");
    }
  }

  @Test
  @DisplayName("E002 a handler that fails is not replaced by the next one")
  void noSecondChoice() {
    try (EventFixture fixture =
        EventFixture.of(
            (fake, upstream) ->
                fake.eventHandler("chat", EventHandler.url(upstream.url("/h1")).systemEvents())
                    .eventHandler("chat", EventHandler.url(upstream.url("/h2")).systemEvents()))) {
      fixture.upstream().on("a", UpstreamAnswer.status(500));
      WireJsonClient client = fixture.json();

      fails(client, "a", 1);

      assertThat(fixture.upstream().posts())
          .hasSize(4)
          .allSatisfy(post -> assertThat(post.target()).isEqualTo("/h1"));
    }
  }

  @Test
  @DisplayName("E003 a list of names is trimmed, and another name is nobody's")
  void listOfNames() {
    try (EventFixture fixture = withPattern("a, b ,c")) {
      WireJsonClient client = fixture.json();

      succeeds(client, "a", 1);
      succeeds(client, "b", 2);
      succeeds(client, "c", 3);
      fails(client, "d", 4);

      assertThat(fixture.upstream().events()).containsExactly("a", "b", "c");
    }
  }

  @Test
  @DisplayName("E004 a pattern matches in any case, and the name goes out as it was sent")
  void patternInAnyCase() {
    try (EventFixture fixture = withPattern("Chat")) {
      succeeds(fixture.json(), "cHAT", 1);

      ReceivedRequest post = fixture.upstream().awaitPost("cHAT");
      assertThat(post.header("ce-type")).isEqualTo("azure.webpubsub.user.cHAT");
      assertThat(post.header("ce-eventName")).isEqualTo("cHAT");
    }
  }

  @Test
  @DisplayName("E005 without system events nothing is sent when a client comes and goes")
  void noSystemEvents() {
    try (EventFixture fixture = withPattern("*")) {
      WireJsonClient client = fixture.json();
      leave(client.wire(), "");
      fixture.fake().awaitIdle();

      assertThat(fixture.upstream().posts()).isEmpty();
    }
  }

  @Test
  @DisplayName("E006 only the system event that was asked for is sent, and no user event")
  void onlyConnected() {
    try (EventFixture fixture =
        EventFixture.handler(
            upstream ->
                EventHandler.url(upstream.template()).userEvents("").systemEvents("connected"))) {
      WireJsonClient client = fixture.json();
      fixture.upstream().awaitPost("connected");

      fails(client, "e", 1);
      leave(client.wire(), "");
      fixture.fake().awaitIdle();

      assertThat(fixture.upstream().events()).containsExactly("connected");
    }
  }

  @Test
  @DisplayName("E007 a user event named connected is not the system event")
  void userEventNamedConnected() {
    try (EventFixture fixture =
        EventFixture.handler(
            upstream ->
                EventHandler.url(upstream.template()).userEvents(null).systemEvents("connected"))) {
      WireJsonClient client = fixture.json();
      fixture.upstream().awaitPost("connected");

      fails(client, "connected", 1);

      assertThat(fixture.upstream().awaitPost("connected").header("ce-type"))
          .isEqualTo("azure.webpubsub.sys.connected");
    }
  }

  @Test
  @DisplayName("E008 a user event named connected goes out as a user event")
  void userEventNamedConnectedIsMatched() {
    try (EventFixture fixture = withPattern("*")) {
      succeeds(fixture.json(), "connected", 1);

      assertThat(fixture.upstream().awaitPost("connected").header("ce-type"))
          .isEqualTo("azure.webpubsub.user.connected");
    }
  }

  @Test
  @DisplayName("E009 the star matches names with dots")
  void starMatchesDots() {
    try (EventFixture fixture = withPattern("*")) {
      succeeds(fixture.json(), "a.b.c", 1);

      assertThat(fixture.upstream().awaitPost("a.b.c").target()).isEqualTo("/eh/a.b.c");
    }
  }

  @Test
  @DisplayName("E010 names of system events are configured in any case")
  void systemEventInAnyCase() {
    try (EventFixture fixture =
        EventFixture.handler(
            upstream -> EventHandler.url(upstream.template()).systemEvents("Connected"))) {
      fixture.json();

      fixture.upstream().awaitPost("connected");
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
    try (EventFixture fixture =
        EventFixture.of(
            (fake, upstream) ->
                fake.eventHandler("other", EventHandler.url(upstream.template())))) {
      leave(fixture.json().wire(), "");
      fixture.fake().awaitIdle();

      assertThat(fixture.upstream().requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("E014 hubs are compared in any case, and go out in lower case")
  void hubInAnyCase() {
    try (EventFixture fixture =
        EventFixture.of(
            (fake, upstream) -> fake.eventHandler("Chat", EventHandler.url(upstream.template())))) {
      TestTokens token = TestTokens.forClient(fixture.fixture().endpoint(), "CHAT").user("alice");
      fixture
          .fixture()
          .open(
              UpgradeRequest.to(
                  "/client/hubs/CHAT?access_token=" + fixture.fixture().signed(token)));

      ReceivedRequest connect = fixture.upstream().awaitPost("connect");
      assertThat(connect.header("ce-hub")).isEqualTo("chat");
      assertThat(connect.header("ce-source"))
          .isEqualTo("/hubs/chat/client/" + connect.header("ce-connectionId"));
    }
  }

  // event-handlers 2.3 URL template

  @Test
  @DisplayName("E015 parameters stand for hub and event in path and query, the rest goes unchanged")
  void template() {
    try (EventFixture fixture = withTemplate("/x/{hub}/{event}?code=s%2F1&h={hub}")) {
      succeeds(fixture.json(), "ev", 1);

      assertThat(fixture.upstream().awaitPost("ev").target())
          .isEqualTo("/x/chat/ev?code=s%2F1&h=chat");
    }
  }

  @Test
  @DisplayName("E016 names of parameters are read in any case")
  void templateInAnyCase() {
    try (EventFixture fixture = withTemplate("/x/{HUB}/{Event}")) {
      fixture.json();

      assertThat(fixture.upstream().awaitPost("connect").target()).isEqualTo("/x/chat/connect");
    }
  }

  @ParameterizedTest(name = "E017 the hub {0} is percent-encoded: {1}")
  @CsvSource({"chat[1],/x/chat%5B1%5D"})
  void encoded(String hub, String target) {
    try (EventFixture fixture =
        EventFixture.of(
            (fake, upstream) ->
                fake.eventHandler(hub, EventHandler.url(upstream.url("/x/{hub}"))))) {
      String path = "/client/hubs/" + RestDriver.encoded(hub);
      TestTokens token = TestTokens.forUrl(fixture.fixture().endpoint() + path);
      fixture
          .fixture()
          .open(UpgradeRequest.to(path + "?access_token=" + fixture.fixture().signed(token)));

      assertThat(fixture.upstream().awaitPost("connect").target()).isEqualTo(target);
    }
  }

  @Test
  @DisplayName("E018 a template without parameters is the URL of everything")
  void templateWithoutParameters() {
    try (EventFixture fixture = withTemplate("/hook")) {
      succeeds(fixture.json(), "ev", 1);
      fixture.upstream().awaitPost("connected");

      assertThat(fixture.upstream().requests())
          .hasSize(4)
          .allSatisfy(request -> assertThat(request.target()).isEqualTo("/hook"));
    }
  }

  // event-handlers 2.5 change at run time

  @Test
  @DisplayName("E019 a new list of handlers gets the next event, and connections stay")
  void replaced() {
    try (EventFixture fixture = withPattern("*");
        RecordingUpstream other = RecordingUpstream.start()) {
      WireJsonClient client = fixture.json();
      succeeds(client, "before", 1);

      fixture.fake().eventHandlers("chat", EventHandler.url(other.template()));
      succeeds(client, "after", 2);

      assertThat(fixture.upstream().events()).containsExactly("before");
      assertThat(other.events()).containsExactly("after");
    }
  }

  @Test
  @DisplayName("E020 a new list that is wrong is refused, and the old handler goes on")
  void replacedByWrongOne() {
    try (EventFixture fixture = withPattern("*")) {
      WireJsonClient client = fixture.json();

      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(
              () ->
                  fixture
                      .fake()
                      .eventHandlers(
                          "chat",
                          EventHandler.url("http://127.0.0.1:7071/new"),
                          EventHandler.url("ftp://x")));

      succeeds(client, "after", 1);
      assertThat(fixture.upstream().events()).containsExactly("after");
    }
  }

  @Test
  @DisplayName("E021 without any handler the token alone decides")
  void noHandler() {
    try (EventFixture fixture = EventFixture.of((fake, upstream) -> {})) {
      WireJsonClient client = fixture.json();

      assertThat(fixture.fixture().rest().exists(RestDriver.user("alice"))).isTrue();
      client.expectOpen();
      assertThat(fixture.upstream().requests()).isEqualTo(List.of());
    }
  }

  private static EventFixture withPattern(String pattern) {
    return EventFixture.handler(
        upstream -> EventHandler.url(upstream.template()).userEvents(pattern).systemEvents());
  }

  private static EventFixture withTemplate(String path) {
    return EventFixture.handler(upstream -> EventHandler.url(upstream.url(path)));
  }
}
