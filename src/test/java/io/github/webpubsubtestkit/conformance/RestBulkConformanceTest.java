package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, bulk membership (rest-api 8.6). A body has single quotes for double ones. */
class RestBulkConformanceTest {

  private static final String ADD = "/:addToGroups";
  private static final String REMOVE = "/:removeFromGroups";

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void post(String path, String body) {
    HttpAnswer answer = fixture.post(path, json(body));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
  }

  private void postFiltered(String path, String group, String filter) {
    HttpAnswer answer =
        fixture.post(
            path, json("{'groups':['%s'],'filter':'~'}".formatted(group)).replace("~", filter));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }

  private HttpAnswer postAs(@Nullable String contentType, String body) {
    return fixture.fixture().rest().call("POST", ADD, "", contentType, json(body).getBytes(UTF_8));
  }

  private Set<String> groupsOf(String userId) {
    return fixture.fixture().fake().connections(FakeFixture.HUB).stream()
        .filter(each -> each.userId().filter(userId::equals).isPresent())
        .flatMap(each -> each.groups().stream())
        .collect(Collectors.toSet());
  }

  @Test
  @DisplayName("R146 all connections are added to all groups")
  void addAll() {
    WireClient first = fixture.raw("u1");
    WireClient second = fixture.raw("u2");

    post(ADD, "{'groups':['g1','g2']}");

    fixture.assertReaches(first, "/groups/g1");
    second.expectText("reaches");
    fixture.assertReaches(first, "/groups/g2");
    second.expectText("reaches");
  }

  @Test
  @DisplayName("R147 a filter selects who is added")
  void addFiltered() {
    WireClient selected = fixture.raw("u1");
    WireClient other = fixture.raw("u2");

    postFiltered(ADD, "g", "userId eq 'u1'");

    fixture.assertReaches(selected, "/groups/g");
    other.expectOpen();
  }

  @ParameterizedTest(name = "R148 the body {0} is for all connections")
  @ValueSource(
      strings = {
        "{'groups':['g'],'filter':null}",
        "{'groups':['g'],'filter':''}",
        "{'groups':['g']}"
      })
  void noFilter(String body) {
    WireClient client = fixture.raw("u");

    post(ADD, body);

    fixture.assertReaches(client, "/groups/g");
  }

  @ParameterizedTest(name = "R149 the filter {0} is 400")
  @ValueSource(strings = {"' '", "5", "[]"})
  void badFilter(String filter) {
    WireClient client = fixture.raw("u");

    assertBadRequest(fixture.post(ADD, json("{'groups':['g'],'filter':" + filter + "}")));

    fixture.assertMisses(client, "/groups/g");
  }

  @Test
  @DisplayName("R150 in an empty hub nobody is added, and that is 200")
  void emptyHub() {
    post(ADD, "{'groups':['g']}");
  }

  @ParameterizedTest(name = "R151 the body \"{0}\" is 400")
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "42",
        "{}",
        "{'groups':null}",
        "{'groups':[]}",
        "{'groups':'g'}",
        "{",
        "{'groups':['g']} x"
      })
  void badBody(String body) {
    WireClient client = fixture.raw("u");

    assertBadRequest(fixture.post(ADD, json(body)));

    fixture.assertMisses(client, "/groups/g");
  }

  @Test
  @DisplayName("R152 one bad name and nobody is added to any group")
  void badName() {
    WireClient client = fixture.raw("u", "h");

    for (String bad : new String[] {"null", "7", "' '", "''", "'" + "n".repeat(1025) + "'"}) {
      assertBadRequest(fixture.post(ADD, json("{'groups':['g'," + bad + "]}")));
      assertBadRequest(fixture.post(REMOVE, json("{'groups':['h'," + bad + "]}")));
    }

    fixture.assertMisses(client, "/groups/g");
    fixture.assertReaches(client, "/groups/h");
  }

  @Test
  @DisplayName("R153 names of properties may be in any case, unknown ones do not matter")
  void propertyNames() {
    WireClient client = fixture.raw("u");

    post(ADD, "{'GROUPS':['g'],'extra':1,'more':{'groups':[1]}}");

    fixture.assertReaches(client, "/groups/g");
  }

  @Test
  @DisplayName("R154 there may be 1,025 names, and names that stand there twice")
  void manyNames() {
    fixture.raw("u");
    String names =
        IntStream.range(0, 1025).mapToObj(i -> "'g" + i + "'").collect(Collectors.joining(","));

    post(ADD, "{'groups':[" + names + ",'g0','g0']}");

    assertThat(groupsOf("u")).hasSize(1025);
    post(REMOVE, "{'groups':['g0','g0'," + names + "]}");
    assertThat(groupsOf("u")).isEmpty();
  }

  @Test
  @DisplayName("R155 a body that is not said to be JSON is 415")
  void contentType() {
    WireClient client = fixture.raw("u");
    String body = "{'groups':['g']}";

    for (String type :
        new String[] {
          "text/plain",
          "application/octet-stream",
          "application/xml",
          "application/json; charset=no"
        }) {
      assertThat(postAs(type, body).status()).as(type).isEqualTo(415);
    }
    assertThat(postAs(null, body).status()).isEqualTo(415);
    assertThat(postAs("", body).status()).isEqualTo(415);

    fixture.assertMisses(client, "/groups/g");
  }

  @Test
  @DisplayName("R156 a charset may be said")
  void charset() {
    WireClient client = fixture.raw("u");

    assertThat(postAs("application/json; charset=utf-8", "{'groups':['g']}").status())
        .isEqualTo(200);

    fixture.assertReaches(client, "/groups/g");
  }

  @Test
  @DisplayName("R157 a filter sees the memberships of before the call")
  void filterBeforeAdding() {
    fixture.raw("u", "a");

    postFiltered(ADD, "b", "'b' in groups");

    assertThat(groupsOf("u")).containsExactly("a");
  }

  @Test
  @DisplayName("R158 who is selected leaves the groups that are named, and no other")
  void removeFiltered() {
    fixture.raw("u", "a", "b");
    fixture.raw("v", "a");

    postFiltered(REMOVE, "a", "'b' in groups");

    assertThat(groupsOf("u")).containsExactly("b");
    assertThat(groupsOf("v")).containsExactly("a");
  }

  @Test
  @DisplayName("R159 a filter that is none is 400 and nobody is added")
  void invalidFilter() {
    fixture.raw("u");

    HttpAnswer answer = fixture.post(ADD, json("{'groups':['g'],'filter':'invalid filter'}"));

    assertBadRequest(answer);
    assertThat(WireJsonClient.tree(answer.text()).path("target").asText())
        .isEqualToIgnoringCase("filter");
    assertThat(groupsOf("u")).isEmpty();
  }

  @Test
  @DisplayName("R232 a group with a slash is reached by bodies and filters, not by a path")
  void slash() {
    WireClient client = fixture.raw("u");

    post(ADD, "{'groups':['tenant/a']}");

    fixture.assertMisses(client, "/groups/tenant%2Fa");
    assertThat(fixture.send("", "&filter='tenant%2Fa'%20in%20groups", "filtered").status())
        .isEqualTo(202);
    client.expectText("filtered");
  }

  // ---- beyond the numbered cases

  @Test
  @DisplayName("rest-api 8.6: a connection without a socket is added, too")
  void detached() {
    FakeFixture base = fixture.fixture();
    WireJsonClient client = base.reliable(base.token());
    base.detach(client);

    post(ADD, "{'groups':['g']}");
    fixture.send("/groups/g", "kept");

    base.recover(client)
        .expect(
            json(
                "{'type':'message','from':'group','group':'g','dataType':'text','data':'kept',"
                    + "'sequenceId':1}"));
  }

  @Test
  @DisplayName("rest-api 11: a body of more than 1 MiB is 400 and nobody is added")
  void oversize() {
    fixture.raw("u");
    String padding = "x".repeat(1_048_576);

    assertBadRequest(fixture.post(ADD, json("{'groups':['g'],'extra':'" + padding + "'}")));

    assertThat(groupsOf("u")).isEmpty();
  }

  @Test
  @DisplayName("rest-api 5: a name that is no UTF-8 is 400 and nobody is added")
  void noUtf8() {
    fixture.raw("u");
    byte[] body = json("{'groups':['g','?']}").getBytes(UTF_8);
    body[body.length - 4] = (byte) 0xFF;

    assertBadRequest(fixture.fixture().rest().call("POST", ADD, "", "application/json", body));

    assertThat(groupsOf("u")).isEmpty();
  }
}
