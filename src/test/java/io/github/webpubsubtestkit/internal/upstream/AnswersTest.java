package io.github.webpubsubtestkit.internal.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Accepted;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Rejected;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Answer;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An application's answer")
class AnswersTest {

  private static final UpstreamRequest REQUEST =
      new UpstreamRequest(
          "POST", URI.create("http://h/eh?code=secret"), HttpHeaders.none(), new byte[0]);

  private static Reply reply(int status, byte[] body, boolean tooLarge, String... headers) {
    HttpResponse response = new HttpResponse(status, HttpHeaders.of(headers), body);
    return new Reply(REQUEST, new Answer(response, tooLarge), 1);
  }

  private static Reply reply(int status, String body, String... headers) {
    return reply(status, body.getBytes(UTF_8), false, headers);
  }

  @Nested
  @DisplayName("to connect")
  class Connect {

    private final List<String> offered = List.of("Custom.v1", "json.webpubsub.azure.v1", "é.v1");

    private ConnectOutcome outcome(Reply reply) {
      return ConnectResponse.outcome(reply, offered, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", " { \"other\" : {\"userId\":[1]} } "})
    void thatSaysNothing(String body) {
      assertThat(outcome(reply(200, body))).isEqualTo(Accepted.AS_THE_TOKEN_SAYS);
    }

    @Test
    void thatSaysAll() {
      String body =
          "{\"USERID\":\"bob\",\"Roles\":[\"r\"],\"groups\":[\"g\",\"h\"],"
              + "\"subProtocol\":\"custom.v1\"}";
      assertThat(outcome(reply(201, body, "Content-Type", "text/html")))
          .isEqualTo(new Accepted("bob", List.of("r"), List.of("g", "h"), "Custom.v1"));
    }

    @Test
    void withNothingInside() {
      String body = "{\"userId\":\"\",\"roles\":[],\"groups\":[],\"subprotocol\":\"\"}";
      assertThat(outcome(reply(200, body))).isEqualTo(new Accepted("", List.of(), null, null));
    }

    @Test
    void withNulls() {
      String body = "{\"userId\":null,\"roles\":null,\"groups\":null,\"subprotocol\":null}";
      assertThat(outcome(reply(200, body))).isEqualTo(Accepted.AS_THE_TOKEN_SAYS);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        textBlock =
            """
            not json ~ but its body is no JSON: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            [] ~ but its body is no JSON object
            5 ~ but its body is no JSON object
            ` ` ~ but its body is no JSON object
            {"userId":5} ~ but its "userId" is no string
            {"roles":"r"} ~ but its "roles" is no array
            {"roles":[null]} ~ but its "roles" has a value that is no string
            {"groups":[null]} ~ but its "groups" has a value that is no string
            {"groups":[" "]} ~ but its "groups" has a name that is blank or longer than 1,024 characters
            {"subprotocol":"x"} ~ but it selects the subprotocol "x", but the client offered [Custom.v1, json.webpubsub.azure.v1, é.v1]
            {"userId":"a\\nb"} ~ but its "userId" cannot be told to later events: the value of ce-userId has a control character
            {"subprotocol":"é.v1"} ~ but its "subprotocol" cannot be told to later events: the value of ce-subprotocol is not ASCII, which only ce-userId may be
            {} {} ~ but something follows the JSON object in its body
            """)
    void thatCannotBeUnderstood(String body, String detail) {
      assertThat(outcome(reply(200, body)))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> {
                assertThat(rejected.status()).isEqualTo(500);
                assertThat(rejected.detail())
                    .isEqualTo("POST http://h/eh?… answered 200, " + detail);
              });
    }

    @Test
    void withTooLongAGroupOrBodyOrNoUtf8() {
      String longName = "{\"groups\":[\"" + "g".repeat(1025) + "\"]}";
      assertThat(outcome(reply(200, longName))).isInstanceOf(Rejected.class);
      assertThat(outcome(reply(200, new byte[0], true)))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected ->
                  assertThat(rejected.detail())
                      .isEqualTo(
                          "POST http://h/eh?… answered 200 with a body of more than 16 MiB"));
      assertThat(outcome(reply(200, new byte[] {'"', (byte) 0xff, '"'}, false)))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> assertThat(rejected.detail()).endsWith("but its body is no UTF-8"));
    }

    @ParameterizedTest
    @CsvSource({"401,401", "418,418", "429,429", "408,408", "503,503", "302,500", "600,500"})
    void thatRefuses(int status, int seen) {
      assertThat(outcome(reply(status, "secret")))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> {
                assertThat(rejected.status()).isEqualTo(seen);
                assertThat(rejected.body()).isEmpty();
                assertThat(rejected.contentType()).isNull();
              });
    }

    @Test
    void thatRefusesWithAText() {
      Reply refusal = reply(401, "secret", "Content-Type", "text/plain");
      assertThat(ConnectResponse.outcome(refusal, offered, true))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> {
                assertThat(rejected.body()).asString().isEqualTo("secret");
                assertThat(rejected.contentType()).isEqualTo("text/plain");
              });
      assertThat(ConnectResponse.outcome(reply(500, "secret"), offered, true))
          .isInstanceOfSatisfying(
              Rejected.class, rejected -> assertThat(rejected.body()).isEmpty());
    }
  }

  @Nested
  @DisplayName("to an event")
  class UserEvent {

    private Payload payload(Reply reply, Subprotocol protocol) {
      EventOutcome outcome = EventResponse.outcome(reply, protocol);
      assertThat(outcome).isInstanceOf(Taken.class);
      return requireNonNull(((Taken) outcome).reply());
    }

    private String failure(Reply reply) {
      EventOutcome outcome = EventResponse.outcome(reply, Subprotocol.JSON);
      assertThat(outcome).isInstanceOf(Failed.class);
      return ((Failed) outcome).failure();
    }

    @ParameterizedTest
    @CsvSource({
      "text/plain,TEXT",
      "Text/Plain; charset=utf-8,TEXT",
      "application/json; charset=utf-8,JSON",
      "application/octet-stream,BINARY",
      ",BINARY",
      "application/x-protobuf,PROTOBUF"
    })
    void withABody(String contentType, PayloadType type) {
      String[] headers =
          contentType == null ? new String[0] : new String[] {"content-type", contentType};
      Payload payload = payload(reply(202, "{\"r\": 1}", headers), Subprotocol.JSON);

      assertThat(payload.type()).isEqualTo(type);
      assertThat(payload.string()).isEqualTo("{\"r\": 1}");
      assertThat(payload.metadata()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Subprotocol.class)
    void withoutABody(Subprotocol protocol) {
      assertThat(EventResponse.outcome(reply(204, ""), protocol)).isEqualTo(Taken.WITHOUT_REPLY);
      assertThat(
              EventResponse.outcome(
                  reply(200, "", "Content-Type", "application/octet-stream"), protocol))
          .isEqualTo(Taken.WITHOUT_REPLY);
    }

    @Test
    void withMetadata() {
      Payload alone = payload(reply(200, "", "X-WebPubSub-Metadata-K", " v "), Subprotocol.JSON);
      assertThat(alone.type()).isEqualTo(PayloadType.TEXT);
      assertThat(alone.bytes()).isEmpty();
      assertThat(alone.metadata()).isEqualTo(Map.of("k", "v"));

      Payload repeated =
          payload(
              reply(
                  200,
                  "yo",
                  "x-webpubsub-metadata-a",
                  "a",
                  "x-webpubsub-metadata-A",
                  "b, c",
                  "x-webpubsub-metadata-",
                  "v"),
              Subprotocol.JSON);
      assertThat(repeated.metadata()).isEqualTo(Map.of("a", "c"));
    }

    @Test
    void withJsonThatIsNone() {
      Reply broken = reply(200, "not json", "Content-Type", "application/json");

      assertThat(payload(broken, Subprotocol.RAW).string()).isEqualTo("not json");
      assertThat(failure(broken))
          .isEqualTo(
              "POST http://h/eh?… answered 200 with a body of type application/json that is no"
                  + " JSON");
    }

    @Test
    void withAnAnyThatIsNone() {
      Reply broken =
          reply(200, new byte[] {(byte) 0xff}, false, "Content-Type", "application/x-protobuf");

      assertThat(payload(broken, Subprotocol.RAW).bytes()).hasSize(1);
      assertThat(payload(broken, Subprotocol.JSON).bytes()).hasSize(1);
      EventOutcome outcome = EventResponse.outcome(broken, Subprotocol.PROTOBUF_RELIABLE);
      assertThat(((Failed) outcome).failure())
          .isEqualTo(
              "POST http://h/eh?… answered 200 with a body of type application/x-protobuf that is"
                  + " no serialized google.protobuf.Any");
    }

    @Test
    void withTextThatIsNoUtf8StaysReadable() {
      Reply broken = reply(200, new byte[] {'a', (byte) 0xe4}, false, "Content-Type", "text/plain");

      assertThat(payload(broken, Subprotocol.RAW).string()).isEqualTo("a\uFFFD");
      assertThat(payload(broken, Subprotocol.RAW).bytes()).hasSize(4);
    }

    @Test
    void thatFails() {
      assertThat(failure(reply(200, "x", "Content-Type", "image/png")))
          .isEqualTo(
              "POST http://h/eh?… answered 200 with a body of type \"image/png\"; it must be"
                  + " text/plain, application/json, application/octet-stream,"
                  + " application/x-protobuf or none");
      assertThat(failure(reply(200, new byte[0], true)))
          .isEqualTo("POST http://h/eh?… answered 200 with a body of more than 16 MiB");
      assertThat(failure(reply(200, "yo", "x-webpubsub-metadata-k", "v".repeat(1025))))
          .isEqualTo(
              "POST http://h/eh?… answered 200, but: The metadata value of 'k' is not at most"
                  + " 1024 ASCII characters.");
      assertThat(failure(reply(404, "secret"))).isEqualTo("POST http://h/eh?… answered 404");
      assertThat(failure(reply(302, "")))
          .isEqualTo("POST http://h/eh?… answered 302, and redirects are not followed");
    }
  }
}
