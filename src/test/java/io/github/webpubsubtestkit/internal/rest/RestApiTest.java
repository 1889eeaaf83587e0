package io.github.webpubsubtestkit.internal.rest;

import static io.github.webpubsubtestkit.internal.rest.RestApiFixture.HUB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Deviation;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall;
import io.github.webpubsubtestkit.internal.hub.InterceptedCall.Answer;
import io.github.webpubsubtestkit.internal.hub.Interceptor;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.rest.RestApiFixture.Exchange;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestApiTest {

  private final RestApiFixture fixture = new RestApiFixture();

  // ---- checks

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "POST, /groups/g/connections, 405",
    "GET, /groups/g/connections?api-version=1999-01-01, 400",
    "GET, /groups/%20/connections, 400",
    "GET, /groups/g/connections?maxpagesize=0, 400",
    "GET, /groups/g/connections?maxpagesize=201, 400",
    "GET, /groups/g/connections?maxpagesize=, 400",
    "GET, /groups/g/connections?maxpagesize=1&maxpagesize=1, 400",
    "GET, /groups/g/connections?top=2147483648, 400",
    "GET, /groups/g/connections?top=2147483647, 200",
    "GET, /groups/g/connections?continuationToken=, 400",
    "PUT, /permissions/foo/connections/c?targetName=g, 400",
    "PUT, /permissions/SENDTOGROUP/connections/c?targetName=g, 404",
    "PUT, /permissions/sendToGroup/connections/c, 400",
    "PUT, /permissions/sendToGroup/connections/c?targetName=%20, 400"
  })
  @DisplayName("verb, version and validation come before the action")
  void examinedBeforeAction(String method, String path, int status) {
    assertThat(fixture.call(method, HUB + path).status()).isEqualTo(status);
    assertThat(
            fixture
                .callWithout("GET", HUB + "/groups/g/connections", new byte[0], "X-A", "b")
                .status())
        .isEqualTo(401);
  }

  // ---- order

  @Test
  @DisplayName("rest-api 5: of several faults the first step decides")
  void evaluationOrder() {
    String path = "/api/hubs/1bad/:send?api-version=x&messageTtlSeconds=x&filter=x";
    HttpHeaders bad =
        HttpHeaders.of(
            "Host", "127.0.0.1:8080", "Content-Type", "a/b", "X-WebPubSub-Metadata-", "");
    byte[] broken = "{".getBytes(UTF_8);

    assertThat(status("GET", path + "/x", bad, broken)).isEqualTo(405);
    assertThat(status("GET", "/api/hubs/1bad/:nothing", bad, broken)).isEqualTo(404);
    assertThat(status("POST", path, bad, broken)).isEqualTo(400);
    path = path.replace("api-version=x&", "");
    assertThat(status("POST", path, bad, broken)).isEqualTo(401);
    HttpHeaders known = bad.with("Authorization", "Bearer " + fixture.token(path));
    assertThat(status("POST", path, known, broken)).isEqualTo(400);
    path = path.replace("1bad", "chat");
    known = bad.with("Authorization", "Bearer " + fixture.token(path));
    assertThat(status("POST", path, known, broken)).isEqualTo(400);
    assertThat(message(path, known, broken)).contains("messageTtlSeconds");
    path = path.replace("messageTtlSeconds=x&", "");
    assertThat(message(path, known, broken)).contains("Invalid syntax for 'x'");
    path = path.replace("filter=x", "");
    assertThat(status("POST", path, known, broken)).isEqualTo(400);
    known = known.with("Content-Length", "1");
    assertThat(status("POST", path, known, broken)).isEqualTo(415);
    assertThat(fixture.operations).extracting(RecordedOperation::successful).containsOnly(false);
  }

  private String message(String target, HttpHeaders headers, byte[] body) {
    return new String(
        fixture.handle(new HttpRequest("POST", target, headers, body, false)).body(), UTF_8);
  }

  private int status(String method, String target, HttpHeaders headers, byte[] body) {
    return fixture.handle(new HttpRequest(method, target, headers, body, false)).status();
  }

  // ---- answers

  @Test
  @DisplayName("an error has code, message, target, and its code in a header")
  void errorBody() {
    HttpResponse response = fixture.call("PUT", HUB + "/groups/g/connections/x");

    assertThat(response.status()).isEqualTo(404);
    assertThat(new String(response.body(), UTF_8))
        .isEqualTo(
            "{\"code\":\"Error.Connection.NotExisted\",\"message\":\"Connection `x` is not found.\","
                + "\"target\":\"Connection\",\"details\":null,\"inner\":null}");
    assertThat(response.headers().first("Content-Type"))
        .contains("application/json; charset=utf-8");
    assertThat(response.headers().first("x-ms-error-code")).contains("Error.Connection.NotExisted");
    assertThat(response.headers().first("api-supported-versions"))
        .contains("2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01");
  }

  @Test
  @DisplayName("an unknown path is 404, a known one with another verb 405 with Allow, both empty")
  void routingErrors() {
    HttpResponse unknown = fixture.call("POST", HUB + "/nothing/here");
    HttpResponse verb = fixture.call("GET", HUB + "/groups/g/connections/c");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).isEmpty();
    assertThat(verb.status()).isEqualTo(405);
    assertThat(verb.body()).isEmpty();
    assertThat(verb.headers().first("Allow")).contains("PUT, DELETE");
  }

  @Test
  @DisplayName("401 has an empty body and a challenge that says what is wrong")
  void challenges() {
    String target = HUB + "/:send";
    HttpResponse none = fixture.callWithout("POST", target, new byte[0], "X-A", "b");
    HttpResponse other =
        fixture.callWithout(
            "POST",
            target,
            new byte[0],
            "Authorization",
            "Bearer " + fixture.token("/api/hubs/other/:send"));

    assertThat(none.headers().first("WWW-Authenticate")).contains("Bearer");
    assertThat(other.status()).isEqualTo(401);
    assertThat(other.body()).isEmpty();
    assertThat(other.headers().first("WWW-Authenticate"))
        .hasValueSatisfying(
            challenge ->
                assertThat(challenge)
                    .startsWith(
                        "Bearer error=\"invalid_token\", error_description=\"The audience is")
                    .endsWith("\""));
  }

  @Test
  @DisplayName("a body that the transport did not keep is too large: 400")
  void bodyTooLarge() {
    String target = HUB + "/:send";
    HttpHeaders headers =
        HttpHeaders.of(
            "Authorization",
            "Bearer " + fixture.token(target),
            "Host",
            "127.0.0.1:8080",
            "Transfer-Encoding",
            "chunked");

    HttpResponse response =
        fixture.handle(new HttpRequest("POST", target, headers, new byte[0], true));

    assertThat(response.status()).isEqualTo(400);
    assertThat(new String(response.body(), UTF_8)).contains("Invalid Content-Length header.");
  }

  // ---- what is told of a call

  @Test
  @DisplayName("the line of a call goes before the lines of what it causes, and shows no token")
  void timelineOrder() {
    fixture.client("u");

    fixture.send(HUB + "/:send?api-version=2024-12-01&x=" + fixture.token("/"), "hello");

    String printed = fixture.timeline.print();
    assertThat(fixture.lines())
        .containsExactly(
            "POST /api/hubs/chat/:send?api-version=2024-12-01&x=***  text  hello  => 202, to 1"
                + " connection");
    assertThat(printed.lines().toList()).element(1).asString().contains("REST");
    assertThat(printed.lines().toList()).element(2).asString().contains("u#1").contains("hello");
    assertThat(printed).doesNotContain("eyJ");
  }

  @Test
  @DisplayName("a refused call is in the timeline with its reason and its body")
  void refusalsInTheTimeline() {
    fixture.callWithout("POST", HUB + "/:send", "hi".getBytes(UTF_8), "Content-Type", "text/plain");
    fixture.send("/api/hubs/1bad/:send", "hi");
    fixture.call("GET", "/other", "Content-Type", "text/plain");

    assertThat(fixture.lines())
        .containsExactly(
            "POST /api/hubs/chat/:send  hi  => 401 no Authorization header",
            "POST /api/hubs/1bad/:send  hi  => 400 Error.BadRequest: Invalid hub name.",
            "GET /other  => 404 no such route");
  }

  @Test
  @DisplayName("each call is reported with what it was about and what came of it")
  void operations() {
    fixture.client("u");

    fixture.send("/api/hubs/CHAT/groups/g%20h/:send?excluded=a&excluded=b%2Bc", "hello");
    RecordedOperation sent = fixture.lastOperation();
    fixture.call("PUT", HUB + "/users/nobody/groups/g");
    RecordedOperation refused = fixture.lastOperation();
    fixture.call("GET", "/other");
    RecordedOperation unknown = fixture.lastOperation();

    assertThat(sent.operation()).isEqualTo(Operation.SEND_TO_GROUP);
    assertThat(sent.caller()).isEqualTo(Caller.SERVER);
    assertThat(sent.hub()).isEqualTo("chat");
    assertThat(sent.group()).isEqualTo("g h");
    assertThat(sent.userId()).isNull();
    assertThat(sent.payload())
        .satisfies(payload -> assertThat(payload).extracting("type").hasToString("TEXT"));
    assertThat(sent.parameters()).containsEntry("excluded", List.of("a", "b+c"));
    assertThat(sent.details().request())
        .isEqualTo("POST /api/hubs/CHAT/groups/g%20h/:send?excluded=a&excluded=b%2Bc");
    assertThat(sent.outcome()).isEqualTo("202");
    assertThat(sent.successful()).isTrue();
    assertThat(refused.outcome()).isEqualTo("404 Warning.User.NotExisted");
    assertThat(refused.userId()).isEqualTo("nobody");
    assertThat(refused.successful()).isFalse();
    assertThat(unknown.operation()).isEqualTo(Operation.UNKNOWN);
    assertThat(unknown.hub()).isEmpty();
  }

  @Test
  @DisplayName("each call is reported with the number of connections that it reached")
  void reached() {
    fixture.client("a", "g");
    fixture.client("b", "g");
    fixture.client("b");

    assertThat(reachedBy("POST", "/:send")).isEqualTo(3);
    assertThat(reachedBy("POST", "/groups/g/:send")).isEqualTo(2);
    assertThat(reachedBy("POST", "/users/b/:send?filter=" + "'g'%20in%20groups")).isEqualTo(1);
    assertThat(reachedBy("POST", "/users/nobody/:send")).isZero();
    assertThat(reachedBy("HEAD", "/users/b")).isEqualTo(2);
    assertThat(reachedBy("HEAD", "/users/nobody")).isZero();
    assertThat(reachedBy("PUT", "/users/b/groups/h")).isEqualTo(2);
    assertThat(reachedBy("GET", "/groups/h/connections")).isEqualTo(2);
    assertThat(reachedBy("DELETE", "/users/b/groups/h")).isEqualTo(2);
    assertThat(reachedBy("POST", "/groups/g/:closeConnections")).isEqualTo(2);
    assertThat(reachedBy("POST", "/:closeConnections")).isEqualTo(1);
  }

  private int reachedBy(String method, String target) {
    if (target.contains(":send")) {
      fixture.send(HUB + target, "x");
    } else {
      fixture.call(method, HUB + target);
    }
    return fixture.lastOperation().result().connections();
  }

  @Test
  @DisplayName("an interceptor takes over a call that passed all checks, and decides when it likes")
  void interceptor() {
    fixture.client("a");
    List<InterceptedCall> held = new ArrayList<>();
    fixture.dataPlane.add(
        new Interceptor() {
          @Override
          public boolean intercept(RecordedOperation asked, InterceptedCall call) {
            return asked.operation() == Operation.SEND_TO_ALL && held.add(call);
          }

          @Override
          public String toString() {
            return "the test's";
          }
        });

    assertThat(fixture.call("HEAD", HUB + "/users/a").status()).isEqualTo(200);
    Exchange carriedOut = fixture.answerTo(fixture.sending(HUB + "/:send", "1"));
    Exchange answered = fixture.answerTo(fixture.sending(HUB + "/:send", "2"));
    Exchange dropped = fixture.answerTo(fixture.sending(HUB + "/:send", "3"));

    assertThat(List.of(carriedOut, answered, dropped)).allMatch(Exchange::isPending);
    assertThat(fixture.operations).hasSize(1);
    assertThat(fixture.dataPlane.held().texts())
        .hasSize(3)
        .first()
        .isEqualTo("POST /api/hubs/chat/:send, held back by the fault \"the test's\"");
    held.get(1).answer(new Answer(429, List.of(Map.entry("Retry-After", "1")), new byte[0]));
    held.get(2).drop();
    assertThat(fixture.received).isEmpty();
    held.get(0).proceed(Deviation.NONE);
    assertThat(fixture.received).containsExactly("1");
    assertThat(carriedOut.response().status()).isEqualTo(202);
    assertThat(answered.response().status()).isEqualTo(429);
    assertThat(answered.response().headers().first("Retry-After")).contains("1");
    assertThat(dropped.dropped).isTrue();
    assertThat(fixture.dataPlane.held().isEmpty()).isTrue();
    assertThat(fixture.operations)
        .extracting(RecordedOperation::outcome)
        .containsExactly("200", "429 fault", "dropped fault", "202");
  }

  @Test
  @DisplayName("rest-api 6.1: the timeline says when %2F missed a name that exists")
  void slashHint() {
    fixture.client("a/b", "tenant/a");

    fixture.send(HUB + "/groups/tenant%2Fa/:send", "x");
    fixture.send(HUB + "/users/a%2fb/:send", "x");
    fixture.call("PUT", HUB + "/users/a%2Fb/groups/g");
    fixture.send(HUB + "/groups/other%2Fa/:send", "x");

    assertThat(fixture.received).isEmpty();
    assertThat(fixture.lines())
        .filteredOn(line -> line.contains("did not reach"))
        .containsExactly(
            "this call did not reach the group 'tenant/a': the service does not decode %2F in a"
                + " path (rest-api 6.1; switch decodeSlash)",
            "this call did not reach the user 'a/b': the service does not decode %2F in a"
                + " path (rest-api 6.1; switch decodeSlash)",
            "this call did not reach the user 'a/b': the service does not decode %2F in a"
                + " path (rest-api 6.1; switch decodeSlash)");
  }

  @Test
  @DisplayName("with decodeSlash the name is reached and there is nothing to say")
  void decodedSlash() {
    RestApiFixture decoding =
        new RestApiFixture(Options.builder().turn(Option.DECODE_SLASH, true).build());
    decoding.client("u", "tenant/a");

    decoding.send(HUB + "/groups/tenant%2Fa/:send", "x");

    assertThat(decoding.received).containsExactly("x");
    assertThat(decoding.lines()).hasSize(1);
  }

  @Test
  @DisplayName("for a caller that names no Host, links lead to the published endpoint")
  void linkWithoutHost() {
    fixture.client("a", "g");
    fixture.client("b", "g");
    String path = HUB + "/groups/g/connections";
    HttpHeaders headers = HttpHeaders.of("Authorization", "Bearer " + fixture.token(path));

    for (HttpHeaders each : List.of(headers, headers.with("Host", " "))) {
      HttpResponse response =
          fixture.handle(
              new HttpRequest(
                  "GET", path + "?api-version=2024-12-01&maxpagesize=1", each, new byte[0], false));

      assertThat(new String(response.body(), UTF_8))
          .contains("\"nextLink\":\"http://127.0.0.1:8080" + path + "?");
    }
  }

  // ---- anything at all

  @Test
  @DisplayName("no path, query, header or body gets more than a refusal out of the API")
  void garbage() {
    Random random = new Random(11);
    String[] parts = {
      "/api",
      "/hubs",
      "/chat",
      "/",
      "//",
      "/groups",
      "/g",
      "/:send",
      "/connections",
      "/users",
      "%",
      "%2F",
      "%C3",
      "%00",
      "?",
      "&",
      "=",
      "excluded",
      "api-version",
      "filter",
      "+",
      "ü",
      " "
    };
    for (int i = 0; i < 5_000; i++) {
      StringBuilder target = new StringBuilder(random.nextInt(3) > 0 ? HUB : "");
      random.ints(random.nextInt(8), 0, parts.length).forEach(part -> target.append(parts[part]));
      byte[] body = new byte[random.nextInt(20)];
      random.nextBytes(body);
      String type = parts[random.nextInt(parts.length)] + "/" + parts[random.nextInt(parts.length)];

      HttpResponse response =
          fixture.call(
              List.of("GET", "HEAD", "POST", "PUT", "DELETE", "x").get(random.nextInt(6)),
              target.toString(),
              body,
              "Content-Type",
              random.nextBoolean() ? "application/json" : type,
              "Content-Length",
              String.valueOf(body.length),
              "X-WebPubSub-Metadata-" + parts[random.nextInt(parts.length)],
              "v");

      assertThat(response.status())
          .as(target.toString())
          .isIn(200, 202, 204, 400, 401, 404, 405, 415, 501);
    }
    assertThat(fixture.operations).hasSize(5_000);
  }
}
