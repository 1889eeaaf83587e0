package io.github.webpubsubtestkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rest-api 15, existence and close (rest-api 8.3, 8.4), as far as no reliable client takes part.
 */
class RestExistenceAndCloseConformanceTest {

  private static final String CLOSED = "Application server closed the connection.";

  private RestFixture fixture;

  @BeforeEach
  void start() {
    fixture = RestFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  // existence

  private void assertExists(String path) {
    HttpAnswer answer = fixture.call("HEAD", path);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
  }

  private void assertMissing(String path, String code) {
    HttpAnswer answer = fixture.call("HEAD", path);
    assertThat(answer.status()).as("%s", answer).isEqualTo(404);
    assertThat(answer.header("x-ms-error-code")).contains(code);
  }

  @Test
  @DisplayName("R116 HEAD of a connection is 200, of an unknown one 404 with its code")
  void connection() {
    WireJsonClient client = fixture.json("u");

    assertExists("/connections/" + client.connectionId());
    assertMissing("/connections/unknown", "Warning.Connection.NotExisted");
  }

  @Test
  @DisplayName("R117 HEAD of a user is 200, of an unknown one 404 with its code")
  void user() {
    fixture.raw("u");

    assertExists("/users/u");
    assertMissing("/users/unknown", "Warning.User.NotExisted");
  }

  @Test
  @DisplayName("R118 HEAD of a group is 200, of an empty one 404 with its code")
  void group() {
    fixture.raw("u", "g");

    assertExists("/groups/g");
    assertMissing("/groups/unknown", "Warning.Group.NotExisted");
  }

  @Test
  @DisplayName("R119 a group ends with its last member")
  void lastMember() {
    fixture.raw("u", "g");
    assertExists("/groups/g");

    fixture.call("DELETE", "/groups/g/connections/" + fixture.connectionOf("u"));

    assertMissing("/groups/g", "Warning.Group.NotExisted");
  }

  @Test
  @DisplayName("R121 a connection of one hub is unknown in another")
  void otherHub() {
    WireJsonClient client = fixture.json("u");
    String target = "/api/hubs/b/connections/" + client.connectionId();

    assertThat(fixture.callWith(fixture.authorization(target), "HEAD", target).status())
        .isEqualTo(404);
  }

  // close

  private void close(String method, String path, String query) {
    HttpAnswer answer = fixture.call(method, path, query);
    assertThat(answer.status()).as("%s", answer).isEqualTo(204);
  }

  @Test
  @DisplayName("R122 a closed JSON client is told the reason, then 1000 without reason")
  void reason() {
    WireJsonClient client = fixture.json("u");

    close("DELETE", "/connections/" + client.connectionId(), "&reason=bye");

    client.expectClosedByApplication(CLOSED + " Reason: bye");
  }

  @ParameterizedTest(name = "{0} with \"{1}\" for a reason the message names none")
  @CsvSource({"R123, ''", "R124, &reason="})
  void noReason(String number, String query) {
    WireJsonClient client = fixture.json("u");

    close("DELETE", "/connections/" + client.connectionId(), query);

    client.expectClosedByApplication(CLOSED);
  }

  @Test
  @DisplayName("R125 a raw client gets no message, only close 1000 without reason")
  void rawClient() {
    WireClient client = fixture.raw("u");

    close("DELETE", "/connections/" + fixture.connectionOf("u"), "&reason=bye");

    client.expectClose(1000, "");
  }

  @Test
  @DisplayName("R126 a reason of 300 characters arrives whole")
  void longReason() {
    WireJsonClient client = fixture.json("u");

    close("DELETE", "/connections/" + client.connectionId(), "&reason=" + "r".repeat(300));

    client.expectClosedByApplication(CLOSED + " Reason: " + "r".repeat(300));
  }

  @Test
  @DisplayName("R127 closing an unknown connection is 204")
  void unknownConnection() {
    close("DELETE", "/connections/x", "");
  }

  @Test
  @DisplayName("R128 directly after the 204 the connection is gone, and so is its membership")
  void goneAtOnce() {
    WireJsonClient client = fixture.json("u", "g");

    close("DELETE", "/connections/" + client.connectionId(), "");

    assertMissing("/connections/" + client.connectionId(), "Warning.Connection.NotExisted");
    assertMissing("/groups/g", "Warning.Group.NotExisted");
    assertMissing("/users/u", "Warning.User.NotExisted");
  }

  @Test
  @DisplayName("R130 closing all leaves the excluded one open")
  void closeAll() {
    WireClient first = fixture.raw("1");
    WireClient second = fixture.raw("2");
    WireClient third = fixture.raw("3");

    close("POST", "/:closeConnections", "&excluded=" + fixture.connectionOf("2"));

    first.expectClose(1000, "");
    third.expectClose(1000, "");
    second.expectOpen();
  }

  @Test
  @DisplayName("R131 closing a group leaves others open")
  void closeGroup() {
    WireClient member = fixture.raw("1", "room");
    WireClient other = fixture.raw("2");

    close("POST", "/groups/room/:closeConnections", "");

    member.expectClose(1000, "");
    other.expectOpen();
  }

  @Test
  @DisplayName("R132 closing a user closes all of exactly that user")
  void closeUser() {
    WireJsonClient first = fixture.json("u");
    WireJsonClient second = fixture.json("u");
    WireJsonClient other = fixture.json("U");

    close("POST", "/users/u/:closeConnections", "&reason=r");

    first.expectClosedByApplication(CLOSED + " Reason: r");
    second.expectClosedByApplication(CLOSED + " Reason: r");
    other.expectOpen();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/:closeConnections",
        "/groups/none/:closeConnections",
        "/users/none/:closeConnections"
      })
  @DisplayName("R133 closing nobody is 204")
  void closeNobody(String path) {
    close("POST", path, "");
  }

  @Test
  @DisplayName("R134 a comma does not split excluded")
  void excludedWithComma() {
    WireClient client = fixture.raw("1");

    close("POST", "/:closeConnections", "&excluded=" + fixture.connectionOf("1") + ",zz");

    client.expectClose(1000, "");
  }
}
