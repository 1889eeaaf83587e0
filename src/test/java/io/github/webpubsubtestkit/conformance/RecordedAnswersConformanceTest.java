package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.OTHER_KEY;
import static io.github.webpubsubtestkit.conformance.RestFixture.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers of Azure as the recordings of the official SDKs have them (rest-api 15, Recorded
 * answers): status, every header line but {@code Date}, and body, each as it stands there.
 *
 * <p>Left out of a recording is what belongs to its way to the service: {@code Connection}, {@code
 * Server}, {@code Strict-Transport-Security}.
 */
class RecordedAnswersConformanceTest {

  private static final String V = "?api-version=2024-12-01";
  private static final String HUB = "/api/hubs/chat";

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture =
        RestFixture.of(
            FakeWebPubSub.builder().tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(true)));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  /**
   * A request and its answer.
   *
   * @param name number and what it shows
   * @param request verb and path; behind a blank the content type, behind another one the body
   * @param answer status, header lines in the order of their names, an empty line, body
   */
  private record Row(String name, String request, String answer) {

    static Row of(String name, String request, String answer) {
      return new Row(name, request, answer);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static String send(String path) {
    return "POST " + HUB + path + " text/plain hello";
  }

  private static String groups(String path, String body) {
    return "POST " + HUB + path + V + " application/json " + body;
  }

  // ---- the answers

  private static final String FILTER_PROBLEM =
      """
      400
      content-length: 416
      content-type: application/problem+json; charset=utf-8
      x-ms-error-code: Error.BadRequest

      {"code":"Error.BadRequest","message":"Invalid syntax for 'invalid filter': Syntax error at\
       position 14 in 'invalid filter'. (Parameter 'filter')","target":"filter","errors":{"filter":\
      ["Invalid syntax for 'invalid filter': Syntax error at position 14 in 'invalid filter'.\
       (Parameter 'filter')"]},"type":null,"title":"One or more validation errors occurred.",\
      "status":400,"detail":null,"instance":null,"extensions":{}}""";

  private static final String BODY_FILTER_PROBLEM =
      """
      400
      content-length: 416
      content-type: application/problem+json; charset=utf-8
      x-ms-error-code: Error.BadRequest

      {"code":"Error.BadRequest","message":"Invalid syntax for 'invalid filter': Syntax error at\
       position 14 in 'invalid filter'. (Parameter 'filter')","target":"Filter","errors":{"Filter":\
      ["Invalid syntax for 'invalid filter': Syntax error at position 14 in 'invalid filter'.\
       (Parameter 'filter')"]},"type":null,"title":"One or more validation errors occurred.",\
      "status":400,"detail":null,"instance":null,"extensions":{}}""";

  private static final String GROUPS_PROBLEM =
      """
      400
      content-length: 374
      content-type: application/problem+json; charset=utf-8
      x-ms-error-code: Error.BadRequest

      {"code":"Error.BadRequest","message":"Invalid group name. Valid group name should be in\
       between 1 and 1024 characters long.","target":"Groups","errors":{"Groups":["Invalid group\
       name. Valid group name should be in between 1 and 1024 characters long."]},"type":null,\
      "title":"One or more validation errors occurred.","status":400,"detail":null,"instance":null,\
      "extensions":{}}""";

  private static final String NO_TARGET_NAME =
      """
      400
      api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
      content-length: 172
      content-type: application/json; charset=utf-8
      x-ms-error-code: Error.BadRequest

      {"code":"Error.BadRequest","message":"Invalid group name. Valid group name should be in\
       between 1 and 1024 characters long.","target":"Request","details":null,"inner":null}""";

  private static final String ACCEPTED =
      """
      202
      api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
      content-length: 0

      """;

  private static final String NO_CONTENT =
      """
      204
      api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01

      """;

  private static final String OK =
      """
      200
      api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
      content-length: 0

      """;

  private static final String HEAD_OK =
      """
      200
      api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01

      """;

  private static String headMissing(int length, String code) {
    return """
    404
    api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
    content-length: %d
    content-type: application/json; charset=utf-8
    x-ms-error-code: %s

    """
        .formatted(length, code);
  }

  private static Stream<Row> rows() {
    String permission = HUB + "/permissions/joinLeaveGroup/connections/xxxx" + V;
    return Stream.of(
        // recorded-service A1
        Row.of(
            "R249 an invalid filter of a send to all is a problem document",
            send("/:send" + V + "&filter=invalid%20filter"),
            FILTER_PROBLEM),
        Row.of(
            "R250 … of a send to a user",
            send("/users/u/:send" + V + "&filter=invalid%20filter"),
            FILTER_PROBLEM),
        Row.of(
            "R251 … of a send to a group",
            send("/groups/g/:send" + V + "&filter=invalid%20filter"),
            FILTER_PROBLEM),
        Row.of(
            "R252 … of :addToGroups, where the target is Filter",
            groups("/:addToGroups", "{\"groups\":[\"g\"],\"filter\":\"invalid filter\"}"),
            BODY_FILTER_PROBLEM),
        Row.of(
            "R253 … of :removeFromGroups",
            groups("/:removeFromGroups", "{\"groups\":[\"g\"],\"filter\":\"invalid filter\"}"),
            BODY_FILTER_PROBLEM),
        Row.of(
            "R254 :addToGroups without groups is a problem document for Groups",
            groups("/:addToGroups", "{\"groups\":null,\"filter\":null}"),
            GROUPS_PROBLEM),
        Row.of(
            "R255 … with none, or with a name that is none",
            groups("/:addToGroups", "{\"groups\":[\"\"]}"),
            GROUPS_PROBLEM),
        Row.of("R256 … of :removeFromGroups", groups("/:removeFromGroups", "{}"), GROUPS_PROBLEM),
        Row.of(
            "R257 a clientType that is none is a problem document as plain JSON",
            "POST " + HUB + "/:generateToken" + V + "&clientType=socketio",
            """
            400
            content-length: 280
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"The value 'socketio' is not valid.","target":\
            "clientType","errors":{"clientType":["The value 'socketio' is not valid."]},"type":null,\
            "title":"One or more validation errors occurred.","status":400,"detail":null,\
            "instance":null,"extensions":{}}"""),
        Row.of(
            "R258 … and so is another value that is not of its type: minutesToExpire",
            "POST " + HUB + "/:generateToken" + V + "&minutesToExpire=soon",
            """
            400
            content-length: 282
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"The value 'soon' is not valid.","target":\
            "minutesToExpire","errors":{"minutesToExpire":["The value 'soon' is not valid."]},\
            "type":null,"title":"One or more validation errors occurred.","status":400,\
            "detail":null,"instance":null,"extensions":{}}"""),
        Row.of(
            "R259 … maxpagesize",
            "GET " + HUB + "/groups/g/connections" + V + "&maxpagesize=some",
            """
            400
            content-length: 274
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"The value 'some' is not valid.","target":\
            "maxpagesize","errors":{"maxpagesize":["The value 'some' is not valid."]},"type":null,\
            "title":"One or more validation errors occurred.","status":400,"detail":null,\
            "instance":null,"extensions":{}}"""),
        Row.of(
            "R260 … top",
            "GET " + HUB + "/groups/g/connections" + V + "&top=2147483648",
            """
            400
            content-length: 270
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"The value '2147483648' is not valid.","target":\
            "top","errors":{"top":["The value '2147483648' is not valid."]},"type":null,\
            "title":"One or more validation errors occurred.","status":400,"detail":null,\
            "instance":null,"extensions":{}}"""),
        Row.of(
            "R261 … messageTtlSeconds",
            send("/:send" + V + "&messageTtlSeconds=1.5"),
            """
            400
            content-length: 284
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"The value '1.5' is not valid.","target":\
            "messageTtlSeconds","errors":{"messageTtlSeconds":["The value '1.5' is not valid."]},\
            "type":null,"title":"One or more validation errors occurred.","status":400,\
            "detail":null,"instance":null,"extensions":{}}"""),
        Row.of(
            "R262 a permission without targetName is revoked with the short error",
            "DELETE " + permission,
            NO_TARGET_NAME),
        Row.of("R263 … granted", "PUT " + permission + "&targetName=", NO_TARGET_NAME),
        Row.of(
            "R264 … asked for, and HEAD has the length of that error",
            "HEAD " + permission,
            """
            400
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 172
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            """),

        // A2, A3
        Row.of(
            "R265 the list of an empty group has no nextLink",
            "GET " + HUB + "/groups/none/connections" + V,
            """
            200
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 12
            content-type: application/json; charset=utf-8

            {"value":[]}"""),
        Row.of(
            "R266 a whole nextLink is a continuation token",
            "GET "
                + HUB
                + "/groups/none/connections"
                + V
                + "&continuationToken=https%3A%2F%2Fhost%2Fapi%2Fhubs%2Fchat%2Fgroups%2Fnone"
                + "%2Fconnections%3Ftop%3D3%26maxpagesize%3D2%26continuationToken%3D37hENX02",
            """
            200
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 12
            content-type: application/json; charset=utf-8

            {"value":[]}"""),

        // A4
        Row.of(
            "R267 a connection that is not there cannot be put into a group",
            "PUT " + HUB + "/groups/group1/connections/fake-connection-id" + V,
            """
            404
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 146
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.Connection.NotExisted

            {"code":"Error.Connection.NotExisted","message":"Connection `fake-connection-id` is not\
             found.","target":"Connection","details":null,"inner":null}"""),
        Row.of(
            "R268 … and gets no permission",
            "PUT " + permission + "&targetName=x",
            """
            404
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 131
            content-type: application/json; charset=utf-8
            x-ms-error-code: Info.Connection.NotExisted

            {"code":"Info.Connection.NotExisted","message":"Connection `xxxx` is not found.",\
            "target":"Connection","details":null,"inner":null}"""),

        // A5
        Row.of(
            "R269 a user without a connection cannot be put into a group, with a warning",
            "PUT " + HUB + "/users/fake-user/groups/group1" + V,
            """
            404
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 121
            content-type: application/json; charset=utf-8
            x-ms-error-code: Warning.User.NotExisted

            {"code":"Warning.User.NotExisted","message":"User `fake-user` is not found.",\
            "target":"User","details":null,"inner":null}"""),

        // A6
        Row.of(
            "R270 HEAD of a missing connection has type and length of its error",
            "HEAD " + HUB + "/connections/xxxx" + V,
            headMissing(134, "Warning.Connection.NotExisted")),
        Row.of(
            "R271 … of a missing user",
            "HEAD " + HUB + "/users/foo" + V,
            headMissing(115, "Warning.User.NotExisted")),
        Row.of(
            "R272 … of an empty group",
            "HEAD " + HUB + "/groups/foo" + V,
            headMissing(114, "Warning.Group.NotExisted")),
        Row.of(
            "R273 … of a permission of a missing connection",
            "HEAD " + permission + "&targetName=x",
            headMissing(131, "Info.Connection.NotExisted")),
        Row.of(
            "R274 HEAD of what exists has no Content-Length",
            "HEAD " + HUB + "/users/alice" + V,
            HEAD_OK),
        Row.of(
            "R275 the state of the service names no versions", "HEAD /api/health" + V, "200\n\n"),

        // C
        Row.of("R276 a send is answered 202 with length 0", send("/:send" + V), ACCEPTED),
        Row.of(
            "R277 excluding an unknown connection is accepted",
            send("/:send" + V + "&excluded=unknown"),
            ACCEPTED),
        Row.of(
            "R278 a filter of a send to a connection is not looked at",
            send("/connections/xxxx/:send" + V + "&filter=invalid%20filter"),
            ACCEPTED),
        Row.of(
            "R279 messageTtlSeconds is known to 2023-07-01",
            send("/:send?api-version=2023-07-01&messageTtlSeconds=60"),
            ACCEPTED),
        Row.of(
            "R280 a close is answered 204 without length",
            "POST " + HUB + "/users/xxxx/:closeConnections" + V,
            NO_CONTENT),
        Row.of("R281 … of one connection", "DELETE " + HUB + "/connections/xxxx" + V, NO_CONTENT),
        Row.of(
            "R282 … and so is a user's leaving of all groups",
            "DELETE " + HUB + "/users/foo/groups" + V,
            NO_CONTENT),
        Row.of(
            "R283 … and a revocation for a missing connection",
            "DELETE " + permission + "&targetName=x",
            NO_CONTENT),
        Row.of(
            "R284 :addToGroups is answered 200 and empty",
            groups(
                "/:addToGroups", "{\"groups\":[\"g1\",\"g2\"],\"filter\":\"userId eq 'user 1'\"}"),
            OK));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isAnsweredAsRecorded(Row row) {
    fixture.raw("alice");

    assertThat(asText(ask(row.request()))).isEqualTo(row.answer());
  }

  // ---- the same from the emulator

  private static Stream<Row> emulatorRows() {
    return Stream.of(
        Row.of(
            "R285 the emulator's error for a filter has three properties",
            send("/:send" + V + "&filter=invalid%20filter"),
            """
            400
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 165
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"Invalid syntax for 'invalid filter': Syntax error\
             at position 14 in 'invalid filter'. (Parameter 'filter')","target":"Request"}"""),
        Row.of(
            "R285 … and one for groups",
            groups("/:addToGroups", "{}"),
            """
            400
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 108
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"A nonempty list of valid group names is\
             required.","target":"Request"}"""),
        Row.of(
            "R285 … and one for a value in the query",
            "GET " + HUB + "/groups/g/connections" + V + "&maxpagesize=some",
            """
            400
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 83
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"Invalid maxpagesize.","target":"maxpagesize"}"""),
        Row.of(
            "R286 the emulator makes no tokens for MQTT",
            "POST " + HUB + "/:generateToken" + V + "&clientType=MQTT",
            """
            501
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 95
            content-type: application/json; charset=utf-8
            x-ms-error-code: NotImplemented

            {"code":"NotImplemented","message":"The emulator makes no tokens for MQTT.",\
            "target":"Request"}"""),
        Row.of(
            "R287 the emulator's last page has nextLink null",
            "GET " + HUB + "/groups/none/connections" + V,
            """
            200
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 28
            content-type: application/json; charset=utf-8

            {"value":[],"nextLink":null}"""),
        Row.of(
            "R288 the emulator takes no continuation token that it did not make",
            "GET " + HUB + "/groups/none/connections" + V + "&continuationToken=5",
            """
            400
            api-supported-versions: 2021-10-01, 2022-11-01, 2023-07-01, 2024-01-01, 2024-12-01
            content-length: 95
            content-type: application/json; charset=utf-8
            x-ms-error-code: Error.BadRequest

            {"code":"Error.BadRequest","message":"Invalid continuationToken.",\
            "target":"continuationToken"}"""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("emulatorRows")
  void isAnsweredAsByTheEmulator(Row row) {
    stop();
    fixture =
        RestFixture.of(
            FakeWebPubSub.builder()
                .likeEmulator()
                .tokens(tokens -> tokens.acceptUnvalidatedEntraTokens(true)));

    assertThat(asText(ask(row.request()))).isEqualTo(row.answer());
  }

  // ---- with connections, whose ids are not known before

  @Test
  @DisplayName("R289 the list of one member has its userId, which may be null, and no nextLink")
  void oneMember() {
    FakeFixture base = fixture.fixture();
    String id = base.json(base.token().groups("g")).connectionId();

    HttpAnswer answer = ask("GET " + HUB + "/groups/g/connections" + V);

    assertThat(answer.text())
        .isEqualTo("{\"value\":[{\"connectionId\":\"%s\",\"userId\":null}]}".formatted(id));
    assertThat(answer.header("Content-Length")).contains(String.valueOf(45 + id.length()));
  }

  @Test
  @DisplayName("R290 the link has top, size, the greatest id of the page, and the version")
  void link() {
    List<String> ids = threeMembers();

    HttpAnswer answer = ask("GET " + HUB + "/groups/g/connections" + V + "&maxpagesize=2&top=5");

    assertThat(answer.text())
        .isEqualTo(
            ("{\"value\":[{\"connectionId\":\"%s\",\"userId\":null},"
                    + "{\"connectionId\":\"%s\",\"userId\":null}],\"nextLink\":\"http://%s/api/hubs"
                    + "/chat/groups/g/connections?top=3&maxpagesize=2&continuationToken=%s"
                    + "&api-version=2024-12-01\"}")
                .formatted(ids.get(0), ids.get(1), fixture.fixture().authority(), ids.get(1)));
  }

  @Test
  @DisplayName("R291 any text is a continuation token: what sorts behind it is listed")
  void anyToken() {
    List<String> ids = threeMembers();

    assertThat(listedBehind("%20")).isEqualTo(ids);
    assertThat(listedBehind("~")).isEmpty();
    assertThat(listedBehind("x".repeat(3_000))).isSubsetOf(ids);
    assertThat(listedBehind(ids.get(0).toLowerCase(Locale.ROOT)))
        .containsSequence(ids.subList(1, 3));
    assertThat(listedBehind(ids.get(1))).isEqualTo(ids.subList(2, 3));
  }

  @Test
  @DisplayName("R292 a token that another fake has given is good here")
  void tokenOfAnotherFake() {
    List<String> ids = threeMembers();
    try (RestFixture restarted = RestFixture.start()) {
      HttpAnswer answer =
          restarted.call("GET", "/groups/g/connections", "&continuationToken=" + ids.get(0));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("{\"value\":[]}");
    }
  }

  @Test
  @DisplayName("R293 a token for MQTT is for the path of MQTT clients")
  void mqttToken() {
    HttpAnswer answer =
        ask("POST " + HUB + "/:generateToken" + V + "&userId=brian&group=group1&clientType=mqtt");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.text()).startsWith("{\"token\":\"eyJ").endsWith("\"}");
    String payload = answer.text().split("\\.", -1)[1];
    String claims = new String(Base64.getUrlDecoder().decode(payload), UTF_8);
    assertThat(WireJsonClient.tree(claims).path("aud").asText())
        .isEqualTo("http://" + fixture.fixture().authority() + "/clients/mqtt/hubs/chat");
    assertThat(WireJsonClient.tree(claims).path("sub").asText()).isEqualTo("brian");
    assertThat(WireJsonClient.tree(claims).path("iss").asText())
        .isEqualTo("https://webpubsub.azure.com");
  }

  @Test
  @DisplayName("R294 after :closeConnections nobody is there any more, at once")
  void goneAtOnce() {
    FakeFixture base = fixture.fixture();
    String id = base.json(base.token().user("brian")).connectionId();

    assertThat(asText(ask("POST " + HUB + "/:closeConnections" + V))).isEqualTo(NO_CONTENT);
    assertThat(ask("HEAD " + HUB + "/connections/" + id + V).status()).isEqualTo(404);
    assertThat(asText(ask("HEAD " + HUB + "/users/foo" + V)))
        .isEqualTo(headMissing(115, "Warning.User.NotExisted"));
  }

  private List<String> threeMembers() {
    FakeFixture base = fixture.fixture();
    return Stream.generate(() -> base.json(base.token().groups("g")).connectionId())
        .limit(3)
        .sorted(String.CASE_INSENSITIVE_ORDER)
        .toList();
  }

  private List<String> listedBehind(String token) {
    HttpAnswer answer =
        ask("GET " + HUB + "/groups/g/connections" + V + "&continuationToken=" + token);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return Stream.of(answer.text().split("\"connectionId\":\"", -1))
        .skip(1)
        .map(rest -> rest.substring(0, rest.indexOf('"')))
        .toList();
  }

  // ---- asking

  private HttpAnswer ask(String request) {
    String[] parts = request.split(" ", 4);
    String head =
        bearer(
            TestTokens.forUrl("https://webpubsub.azure.com")
                .header("alg", "RS256")
                .signedBy(OTHER_KEY));
    return fixture
        .fixture()
        .rest()
        .exchange(
            parts[0],
            parts[1],
            parts.length > 2 ? head + "Content-Type: " + parts[2] + "\r\n" : head,
            parts.length > 3 ? parts[3].getBytes(UTF_8) : new byte[0]);
  }

  /** All of an answer but its date. */
  private static String asText(HttpAnswer answer) {
    StringBuilder text = new StringBuilder();
    text.append(answer.status()).append('\n');
    answer
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equals("date")) {
                values.forEach(value -> text.append(name + ": " + value + "\n"));
              }
            });
    return text.append('\n').append(answer.text()).toString();
  }
}
