package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.ConnectFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.internal.secrets.Pieces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** No text that people read, and paste into bug reports, shows a token, a key or a password. */
class SecretsInTextsTest {

  private FakeWebPubSub service;

  @BeforeEach
  void start() {
    service = FakeWebPubSub.start();
  }

  @AfterEach
  void close() {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token=", "ACCESS_TOKEN=", "acces%73_token="})
  void aRefusedHandshakeShowsNoPieceOfALongToken(String parameter) {
    String url = service.clientUrl(asUser("x").roles(manyRoles())).toString();
    URI refused =
        URI.create(url.replace("/hubs/hub", "/hubs/other").replace("access_token=", parameter));

    assertThatThrownBy(() -> service.connect(refused))
        .isInstanceOf(HandshakeRejectedException.class)
        .hasMessageContaining("/client/hubs/other?" + parameter + "***")
        .satisfies(
            failure -> assertThat(Pieces.shownBy(failure)).satisfies(Pieces.noneOf(token(url))));
    assertThat(service.timeline()).satisfies(Pieces.noneOf(token(url)));
  }

  @Test
  void aConnectionThatFailsShowsNoPieceOfALongToken() {
    FakeWebPubSub gone = FakeWebPubSub.start();
    String url = gone.clientUrl(asUser("x").roles(manyRoles())).toString();
    gone.close();

    assertThatThrownBy(() -> service.connect(URI.create(url)))
        .isInstanceOf(ConnectFailedException.class)
        .hasMessageContaining("?access_token=***")
        .satisfies(
            failure -> assertThat(Pieces.shownBy(failure)).satisfies(Pieces.noneOf(token(url))));
  }

  @Test
  void aPayloadThatIsCutShowsNoPieceOfAToken() {
    String token = token(service.clientUrl(asUser("alice")).toString());
    PubSubClient alice = service.connect(asUser("alice"));

    alice.sendToGroup("g", "z".repeat(8_000) + " " + token + " " + "y".repeat(1_900));

    assertThat(service.timeline()).contains("yyyy").satisfies(Pieces.noneOf(token));
  }

  @Test
  void anEncodedNameAndAnEncodedTokenAreMasked() {
    String url = service.clientUrl(asUser("alice")).toString();
    String token = token(url);
    URI encoded =
        URI.create(url.replace("access_token=eyJ", "acces%73_token=%65yJ") + "&other=value");

    service.connect(encoded);

    assertThat(service.timeline())
        .contains("?access_token=***&other=value")
        .satisfies(Pieces.noneOf(token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:correct-horse@127.0.0.1:1/client/hubs/hub",
        "ws://user:correct-horse@no_host/client/hubs/hub"
      })
  void aClientUrlThatIsRefusedShowsNoPassword(String url) {
    assertThatThrownBy(() -> service.connect(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user:***@")
        .satisfies(failure -> assertThat(Pieces.shownBy(failure)).doesNotContain("correct-horse"));
  }

  @Test
  void aHandshakeThatIsRefusedShowsNoPassword() {
    String port = String.valueOf(service.endpoint().getPort());

    assertThatThrownBy(
            () ->
                service.connect(
                    URI.create("ws://user:correct-horse@127.0.0.1:" + port + "/client/hubs/hub")))
        .isInstanceOf(HandshakeRejectedException.class)
        .hasMessageContaining("user:***@127.0.0.1:" + port + "/client/hubs/hub")
        .satisfies(failure -> assertThat(Pieces.shownBy(failure)).doesNotContain("correct-horse"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:correct-horse@127.0.0.1:7071/eh",
        "https://127.0.0.1:7071/eh?code=correct-horse#x",
        "ftp://127.0.0.1:7071/eh?code=correct-horse",
        "http://127.0.0.1:7071/eh?code=correct-horse#x",
        "http://127.0.0.1:7071/eh?x=1&code=correct-horse&y={z}",
        "http://user:correct/horse-correct-horse@127.0.0.1:7071/eh",
        "http://user:correct-horse@127.0.0.1:7071/ eh"
      })
  void anEventHandlersUrlThatIsRefusedShowsNoSecret(String url) {
    Throwable failure = catchThrowable(() -> service.eventHandler("hub").url(url));

    assertThat(failure)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("***")
        .hasMessageContaining("127.0.0.1:7071/");
    assertThat(Pieces.shownBy(failure)).doesNotContain("correct-horse");
  }

  @Test
  void anEventHandlersCodeIsShownNowhere() {
    String url = "http://127.0.0.1:" + freePort() + "/eh?code=correct-horse";
    service.eventHandler("hub").url(url);

    assertThat(EventHandler.url(url)).asString().contains("/eh?code=***,");
    Throwable rejected = catchThrowable(() -> service.connect(asUser("alice")));
    Throwable invalid = catchThrowable(() -> service.validateEventHandlers("hub"));

    assertThat(rejected).isInstanceOf(HandshakeRejectedException.class);
    assertThat(invalid).isInstanceOf(AssertionError.class);
    assertThat(Pieces.shownBy(rejected) + Pieces.shownBy(invalid) + service.timeline())
        .contains("/eh?…")
        .doesNotContain("correct-horse");
  }

  @Test
  void aMessageThatHoldsATokenIsShownWithoutIt() {
    String token = token(service.clientUrl(asUser("x").roles(manyRoles())).toString());
    PubSubClient alice = service.connect(asUser("alice"));
    String text = "y".repeat(90) + " " + token + " tail";
    service.sendToUser("alice", text);
    assertThat(alice).receivesText(text);

    Throwable unmet = catchThrowable(() -> assertThat(alice).hasReceivedText(text + "1"));
    ReceivedMessage message = alice.messages().get(0);
    Throwable wrong = catchThrowable(() -> assertThat(message).hasText(text + "2"));

    assertThat(message.text()).isEqualTo(text);
    for (String shown :
        List.of(
            message.toString(),
            Pieces.shownBy(unmet),
            Pieces.shownBy(wrong),
            ((AssertionFailedError) wrong).getActual().getStringRepresentation(),
            ((AssertionFailedError) wrong).getExpected().getStringRepresentation(),
            service.timeline())) {
      assertThat(shown).contains("***").satisfies(Pieces.noneOf(token));
    }
  }

  @Test
  void aRecordedRestCallShowsNoTokenWhateverItLooksLike() throws Exception {
    String token = token(service.clientUrl(asUser("x").roles(manyRoles())).toString());
    URI uri =
        URI.create(
            service.endpoint()
                + "/api/hubs/hub/:send?api-version=2024-12-01&acces%73_token=correct-horse");
    HttpRequest call =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer correct-horse")
            .header("X-Copy", token)
            .header("Content-Type", "text/plain")
            .POST(
                HttpRequest.BodyPublishers.ofString("z".repeat(3_000) + token + "y".repeat(3_000)))
            .build();

    HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.discarding());

    RecordedRequest recorded = service.requests().get(0);
    assertThat(recorded.request()).endsWith("&acces%73_token=***");
    assertThat(recorded.header("Authorization")).contains("Bearer ***");
    assertThat(recorded.header("X-Copy")).contains("***");
    for (String shown :
        List.of(recorded.toString(), recorded.headers().toString(), service.timeline())) {
      assertThat(shown).doesNotContain("correct-horse").satisfies(Pieces.noneOf(token));
    }
  }

  @Test
  void aTokenOfferedAsASubprotocolIsMaskedInTheTimeline() {
    String token = token(service.clientUrl(asUser("x")).toString());
    String port = String.valueOf(service.endpoint().getPort());

    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("access_token", token)
                    .buildAsync(
                        URI.create("ws://127.0.0.1:" + port + "/client/hubs/hub"),
                        new WebSocket.Listener() {})
                    .get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);

    assertThat(service.timeline())
        .contains("offers access_token, ***")
        .satisfies(Pieces.noneOf(token));
    assertThat(service.requests().get(0).request()).satisfies(Pieces.noneOf(token));
  }

  @Test
  void aFilterThatIsRefusedShowsNoToken() {
    String token = token(service.clientUrl(asUser("x")).toString());

    assertThatThrownBy(() -> SendOptions.options().filter("userId eq '" + token + "' and"))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(Pieces.shownBy(e)).satisfies(Pieces.noneOf(token)));
  }

  @Test
  void aConnectionAndARequestShowNoToken() {
    String url = service.clientUrl(asUser("x")).toString();
    service.connect(asUser(url));
    URI refused = URI.create(url.replace("/hubs/hub", "/hubs/" + token(url)));

    assertThat(service.connections().toString()).satisfies(Pieces.noneOf(token(url)));
    assertThatThrownBy(() -> service.connect(refused))
        .isInstanceOf(HandshakeRejectedException.class);
    assertThat(service.requests())
        .last()
        .satisfies(it -> assertThat(it.outcome()).satisfies(Pieces.noneOf(token(url))))
        .satisfies(it -> assertThat(it.outcome()).startsWith("400 "));
  }

  @Test
  void aRegularExpressionThatIsNoneShowsNoToken() {
    String url = service.clientUrl(asUser("x")).toString();
    PubSubClient alice = service.connect(asUser("alice"));

    assertThatThrownBy(() -> alice.assertThat().receivesTextMatching("{" + url))
        .isInstanceOf(PatternSyntaxException.class)
        .satisfies(e -> assertThat(Pieces.shownBy(e)).satisfies(Pieces.noneOf(token(url))));
  }

  private static int freePort() {
    try (FakeWebPubSub gone = FakeWebPubSub.start()) {
      return gone.endpoint().getPort();
    }
  }

  private static String token(String url) {
    return URI.create(url).getQuery().replaceFirst("access_token=", "");
  }

  private static String[] manyRoles() {
    String[] roles = new String[30];
    Arrays.setAll(roles, i -> "webpubsub.sendToGroup.tenant-0123456789-" + i);
    return roles;
  }
}
