package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, listing the members of a group (rest-api 8.7). */
class RestListConformanceTest {

  private static final String LIST = "/groups/g/connections";

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // ---- what a test does

  private void members(int count) {
    for (int i = 0; i < count; i++) {
      fixture.raw("u" + i, "g");
    }
  }

  private Set<String> allConnections() {
    Set<String> ids = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    fixture.fixture().fake().connections().forEach(each -> ids.add(each.connectionId()));
    return ids;
  }

  private JsonNode list(String query) {
    return page(fixture.call("GET", LIST, query));
  }

  /** Fetches a link as it stands, with a token for exactly that URL, as the JavaScript SDK does. */
  private JsonNode follow(JsonNode page) {
    String target = target(page);
    return page(fixture.callWith(fixture.authorization(target), "GET", target));
  }

  private static JsonNode page(HttpAnswer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    JsonNode page = WireJsonClient.tree(answer.text());
    assertThat(page.fieldNames()).toIterable().first().isEqualTo("value");
    assertThat(page.fieldNames()).toIterable().isSubsetOf("value", "nextLink");
    return page;
  }

  /** Path and query of the link, which must lead to this fake. */
  private String target(JsonNode page) {
    URI link = URI.create(page.path("nextLink").asText());
    assertThat(link.getScheme()).isEqualTo("http");
    assertThat(link.getAuthority()).isEqualTo(fixture.fixture().authority());
    assertThat(link.getRawPath()).isEqualTo("/api/hubs/chat/groups/g/connections");
    return link.getRawPath() + "?" + link.getRawQuery();
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("value").forEach(each -> ids.add(each.path("connectionId").asText()));
    return ids;
  }

  private static void assertLast(JsonNode page) {
    assertThat(page.has("nextLink")).as("%s", page).isFalse();
  }

  private static String continuationToken(String target) {
    for (String parameter : target.substring(target.indexOf('?') + 1).split("&", -1)) {
      if (parameter.startsWith("continuationToken=")) {
        return parameter.substring("continuationToken=".length());
      }
    }
    throw new AssertionError("no continuation token in " + target);
  }

  private static void assertInvalid(HttpAnswer answer, String parameter) {
    assertBadRequest(answer);
    assertThat(WireJsonClient.tree(answer.text()).path("target").asText()).isEqualTo(parameter);
  }

  // ---- rest-api 15

  @Test
  @DisplayName("R160 an empty or unknown group has no members")
  void emptyGroup() {
    HttpAnswer answer = fixture.call("GET", LIST);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"value\":[]}");
  }

  @Test
  @DisplayName("R161 a member is listed with its user, or null")
  void users() {
    fixture.raw("u", "g");
    fixture.fixture().raw(fixture.fixture().token().groups("g"));

    JsonNode value = list("").path("value");

    assertThat(value).hasSize(2);
    String withUser = fixture.connectionOf("u");
    for (JsonNode member : value) {
      assertThat(member.fieldNames()).toIterable().containsExactly("connectionId", "userId");
      if (member.path("connectionId").asText().equals(withUser)) {
        assertThat(member.path("userId").asText()).isEqualTo("u");
      } else {
        assertThat(member.path("userId").isNull()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("R162 pages of two lead to the third member")
  void pages() {
    members(3);

    JsonNode first = list("&maxpagesize=2");
    JsonNode second = follow(first);

    assertThat(ids(first)).hasSize(2);
    assertThat(ids(second)).hasSize(1);
    assertLast(second);
    List<String> both = new ArrayList<>(ids(first));
    both.addAll(ids(second));
    assertThat(both).containsExactlyElementsOf(allConnections());
  }

  @Test
  @DisplayName("R163 top ends the listing")
  void top() {
    members(3);

    JsonNode page = list("&top=2");

    assertThat(ids(page)).hasSize(2);
    assertLast(page);
  }

  @Test
  @DisplayName("R164 the next link says how many are left of top")
  void topOverPages() {
    members(5);

    JsonNode first = list("&top=3&maxpagesize=2");

    assertThat(ids(first)).hasSize(2);
    assertThat(target(first))
        .contains("?top=1&maxpagesize=2&continuationToken=")
        .endsWith("&api-version=2024-12-01");
    JsonNode second = follow(first);
    assertThat(ids(second)).hasSize(1);
    assertLast(second);
  }

  @Test
  @DisplayName("R165 a page has 200 members unless it is said")
  void defaultPage() {
    members(201);

    JsonNode first = list("");

    assertThat(ids(first)).hasSize(200);
    assertThat(ids(follow(first))).hasSize(1).doesNotContainAnyElementsOf(ids(first));
  }

  @ParameterizedTest(name = "R166 maxpagesize {0} is 400")
  @ValueSource(strings = {"0", "-1", "201", "x", "", "1&maxpagesize=1"})
  void badPageSize(String value) {
    assertInvalid(fixture.call("GET", LIST, "&maxpagesize=" + value), "maxpagesize");
  }

  @ParameterizedTest(name = "R167 top {0} is 400")
  @ValueSource(strings = {"0", "-1", "2147483648", "", "1&top=1"})
  void badTop(String value) {
    assertInvalid(fixture.call("GET", LIST, "&top=" + value), "top");
  }

  @Test
  @DisplayName("R168 a token that is empty or repeated is 400")
  void emptyToken() {
    assertInvalid(fixture.call("GET", LIST, "&continuationToken="), "continuationToken");
    assertInvalid(
        fixture.call("GET", LIST, "&continuationToken=a&continuationToken=a"), "continuationToken");
  }

  @Test
  @DisplayName("R168 with emulatorPages one that is altered, foreign or too long is 400, too")
  void badToken() {
    fixture.close();
    fixture = RestFixture.of(FakeWebPubSub.builder().rest(rest -> rest.emulatorPages(true)));
    members(2);
    String token = continuationToken(target(list("&maxpagesize=1")));
    String parameter = "&continuationToken=";

    assertThat(fixture.call("GET", LIST, parameter + token).status()).isEqualTo(200);
    for (int i : new int[] {0, token.length() / 2, token.length() - 1}) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      assertInvalid(fixture.call("GET", LIST, parameter + altered), "continuationToken");
    }
    for (String bad : List.of("", "%20", "x", "%00", token + "=", "x".repeat(2049), token + "&")) {
      String query = parameter + bad + (bad.endsWith("&") ? parameter.substring(1) + token : "");
      assertInvalid(fixture.call("GET", LIST, query), "continuationToken");
    }
    assertInvalid(
        fixture.call("GET", "/groups/h/connections", parameter + token), "continuationToken");
    assertInvalid(
        fixture.fixture().rest("other").call("GET", LIST, parameter + token, null, new byte[0]),
        "continuationToken");
  }

  @Test
  @DisplayName("R169 a cursor whose connection is gone does no harm")
  void cursorGone() {
    members(3);
    Set<String> all = allConnections();
    JsonNode first = list("&maxpagesize=1");

    fixture.call("DELETE", "/connections/" + ids(first).get(0));

    JsonNode second = follow(first);
    List<String> seen = new ArrayList<>(ids(first));
    seen.addAll(ids(second));
    seen.addAll(ids(follow(second)));
    assertThat(seen).containsExactlyElementsOf(all);
  }

  @Test
  @DisplayName("R170 the next link names the newest version")
  void newestVersion() {
    members(2);
    String target = "/api/hubs/chat" + LIST + "?api-version=2023-07-01&maxpagesize=1";

    JsonNode page = page(fixture.callWith(fixture.authorization(target), "GET", target));

    assertThat(target(page)).endsWith("&api-version=2024-12-01").doesNotContain("2023-07-01");
  }

  @Test
  @DisplayName("R171 the next page needs a token, too")
  void nextPageWithoutToken() {
    members(2);

    HttpAnswer answer = fixture.callWith("", "GET", target(list("&maxpagesize=1")));

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  @DisplayName("R172 a member without a socket is listed while it can be recovered")
  void detachedMember() {
    FakeFixture base = fixture.fixture();
    WireJsonClient client = base.reliable(base.token().groups("g"));
    base.detach(client);

    assertThat(ids(list(""))).containsExactly(client.connectionId());
  }

  // ---- beyond the numbered cases

  @Test
  @DisplayName("rest-api 8.7: members that come and go between pages are seen once or not at all")
  void stableUnderChange() {
    members(6);
    Set<String> before = allConnections();
    JsonNode page = list("&maxpagesize=2");
    List<String> seen = new ArrayList<>(ids(page));
    String gone = before.stream().skip(5).findFirst().orElseThrow();

    fixture.call("DELETE", "/groups/g/connections/" + gone);
    fixture.raw("late", "g");
    while (page.has("nextLink")) {
      page = follow(page);
      seen.addAll(ids(page));
    }

    assertThat(seen)
        .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER)
        .doesNotHaveDuplicates()
        .doesNotContain(gone);
    assertThat(seen).containsAll(before.stream().limit(5).toList());
  }

  @Test
  @DisplayName("rest-api 8.7: the link has the host of the request, and hub and group as written")
  void linkOfRequest() {
    FakeFixture base = fixture.fixture();
    base.raw(base.token().user("a").groups("a b%"));
    base.raw(base.token().user("b").groups("a b%"));
    String target = "/api/hubs/CHAT/groups/a%20b%25/connections/?maxpagesize=1";

    HttpAnswer answer =
        fixture.callWithHost("proxy.example:81", fixture.authorization(target), "GET", target);

    assertThat(page(answer).path("nextLink").asText())
        .startsWith(
            "http://proxy.example:81/api/hubs/CHAT/groups/a%20b%25/connections?maxpagesize=1&");
  }
}
