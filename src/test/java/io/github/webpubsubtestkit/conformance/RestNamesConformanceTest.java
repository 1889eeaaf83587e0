package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rest-api 15, names and paths (rest-api 6). */
class RestNamesConformanceTest {

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  @DisplayName("R050 %20 is a blank of the group's name, also in the envelope")
  void blank() {
    WireJsonClient client = fixture.json("u", "room name");

    assertThat(fixture.send("/groups/room%20name", "x").status()).isEqualTo(202);

    client.expect(
        json("{'type':'message','from':'group','group':'room name','dataType':'text','data':'x'}"));
  }

  @Test
  @DisplayName("R051 + in a path is a plus")
  void plus() {
    WireClient withPlus = fixture.raw("p", "room+part");
    WireClient withBlank = fixture.raw("b", "room part");

    fixture.assertReaches(withPlus, "/groups/room+part");
    withBlank.expectOpen();
  }

  @Test
  @DisplayName("R052 %2B in a path is a plus")
  void escapedPlus() {
    fixture.assertReaches(fixture.raw("u", "room+part"), "/groups/room%2Bpart");
  }

  @Test
  @DisplayName("R053 %2F is not decoded: the group with a slash hears nothing, unless decodeSlash")
  void escapedSlash() {
    fixture.assertMisses(fixture.raw("u", "tenant/a"), "/groups/tenant%2Fa");
    try (RestFixture decoding =
        RestFixture.of(FakeWebPubSub.builder().rest(rest -> rest.decodeSlash(true)))) {
      decoding.assertReaches(decoding.raw("u", "tenant/a"), "/groups/tenant%2Fa");
    }
  }

  @Test
  @DisplayName("R054 %2F reaches the group that is literally called so")
  void literalEscape() {
    fixture.assertReaches(fixture.raw("u", "tenant%2Fa"), "/groups/tenant%2Fa");
  }

  @Test
  @DisplayName("R055 %252F reaches the group that is literally called %2F")
  void doubleEscape() {
    fixture.assertReaches(fixture.raw("u", "tenant%2Fa"), "/groups/tenant%252Fa");
  }

  @Test
  @DisplayName("R056 the case of a user id matters")
  void userCase() {
    WireClient lower = fixture.raw("alice");
    WireClient upper = fixture.raw("ALICE");

    fixture.assertReaches(lower, "/users/alice");
    upper.expectOpen();
  }

  @Test
  @DisplayName("R057 the case of a group name matters")
  void groupCase() {
    WireClient lower = fixture.raw("l", "room");
    WireClient upper = fixture.raw("u", "ROOM");

    fixture.assertReaches(lower, "/groups/room");
    upper.expectOpen();
  }

  @Test
  @DisplayName("R058 a group name of white space is answered 400")
  void blankGroup() {
    assertThat(fixture.call("HEAD", "/groups/%20").status()).isEqualTo(400);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/connections/%20", "/users/%20"})
  @DisplayName("R059 a connection or user id of white space is answered 400")
  void blankIds(String path) {
    HttpAnswer answer = fixture.call("HEAD", path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("x-ms-error-code")).contains("Error.BadRequest");
  }

  @Test
  @DisplayName("R060 a group name has at most 1024 characters")
  void longGroup() {
    HttpAnswer longest = fixture.call("HEAD", "/groups/" + "g".repeat(1024));

    assertThat(longest.status()).isEqualTo(404);
    assertThat(longest.header("x-ms-error-code")).contains("Warning.Group.NotExisted");
    assertThat(fixture.call("HEAD", "/groups/" + "g".repeat(1025)).status()).isEqualTo(400);
  }

  @Test
  @DisplayName("R061 any characters of a group name can be written with escapes")
  void escapes() {
    WireJsonClient client = fixture.json("u");
    String group = "/groups/%E4%BD%A0%E5%A5%BD%3F%23%25";

    assertThat(fixture.call("PUT", group + "/connections/" + client.connectionId()).status())
        .isEqualTo(200);
    assertThat(fixture.send(group, "x").status()).isEqualTo(202);

    client.expect(
        json("{'type':'message','from':'group','group':'你好?#%','dataType':'text','data':'x'}"));
  }

  @Test
  @DisplayName("R231 a group added by a path with %2F is reached by a path with %2F")
  void literalEscapeBothWays() {
    WireJsonClient client = fixture.json("u");

    assertThat(
            fixture.call("PUT", "/groups/tenant%2Fa/connections/" + client.connectionId()).status())
        .isEqualTo(200);
    assertThat(fixture.send("/groups/tenant%2Fa", "x").status()).isEqualTo(202);

    client.expect(
        json(
            "{'type':'message','from':'group','group':'tenant%2Fa','dataType':'text','data':'x'}"));
  }

  @Test
  @DisplayName("R235 a slash that is not encoded makes another path: 404")
  void plainSlash() {
    assertThat(fixture.send("/groups/tenant/a", "x").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("R236 with decodeSlash %2F means a slash and %252F the literal escape")
  void decodedSlash() {
    try (RestFixture decoding =
        RestFixture.of(FakeWebPubSub.builder().rest(rest -> rest.decodeSlash(true)))) {
      WireClient slash = decoding.raw("s", "tenant/a");
      WireClient literal = decoding.raw("l", "tenant%2Fa");

      decoding.assertReaches(slash, "/groups/tenant%2Fa");
      literal.expectOpen();
      decoding.assertReaches(literal, "/groups/tenant%252Fa");
      slash.expectOpen();
    }
  }

  @Test
  @DisplayName("R233 a user id with a slash is not reached by a path with %2F, but by a filter")
  void userWithSlash() {
    WireClient client = fixture.raw("a/b");

    fixture.assertMisses(client, "/users/a%2Fb");
    assertThat(fixture.call("HEAD", "/users/a%2Fb").status()).isEqualTo(404);
    assertThat(fixture.send("", "&filter=userId%20eq%20'a%2Fb'", "filtered").status())
        .isEqualTo(202);
    client.expectText("filtered");
  }

  @Test
  @DisplayName("rest-api 6.1: a hub name may be written with escapes")
  void hubWithEscapes() {
    FakeFixture base = fixture.fixture();
    WireClient client =
        base.open(
            UpgradeRequest.to(
                "/client/hubs/chat%5B1%5D?access_token="
                    + base.signed(TestTokens.forClient(base.endpoint(), "chat[1]"))));
    String target = "/api/hubs/chat%5B1%5D/:send";

    assertThat(fixture.sendWith(fixture.authorization(target), target).status()).isEqualTo(202);
    client.expectText("x");
    assertBadRequest(
        fixture.sendWith(fixture.authorization("/api/hubs/a%2Fb/:send"), "/api/hubs/a%2Fb/:send"));
  }
}
