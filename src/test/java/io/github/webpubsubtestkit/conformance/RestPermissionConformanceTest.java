package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.FakeFixture.RJ;
import static io.github.webpubsubtestkit.conformance.FakeFixture.RS;
import static io.github.webpubsubtestkit.conformance.RestDriver.encoded;
import static io.github.webpubsubtestkit.conformance.RestFixture.assertBadRequest;
import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rest-api 15, permissions (rest-api 8.8), and what they mean to clients (client-protocols H.3).
 */
class RestPermissionConformanceTest {

  private static final String SEND = "sendToGroup";
  private static final String JOIN = "joinLeaveGroup";

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

  private WireJsonClient client(String... roles) {
    return fixture.fixture().json(fixture.fixture().token().roles(roles));
  }

  private HttpAnswer call(String method, String permission, String connectionId, String target) {
    return fixture.call(
        method,
        "/permissions/" + encoded(permission) + "/connections/" + connectionId,
        "&targetName=" + encoded(target));
  }

  private HttpAnswer grant(String permission, WireJsonClient client, String target) {
    return call("PUT", permission, client.connectionId(), target);
  }

  private HttpAnswer revoke(String permission, WireJsonClient client, String target) {
    return call("DELETE", permission, client.connectionId(), target);
  }

  private HttpAnswer check(String permission, WireJsonClient client, String target) {
    return call("HEAD", permission, client.connectionId(), target);
  }

  private static void assertDone(HttpAnswer answer, int status) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.text()).isEmpty();
  }

  private void assertHeld(String permission, WireJsonClient client, String target) {
    assertDone(check(permission, client, target), 200);
  }

  private void assertNotHeld(String permission, WireJsonClient client, String target) {
    HttpAnswer answer = check(permission, client, target);
    assertDone(answer, 404);
    assertThat(answer.header("x-ms-error-code")).contains("Info.Connection.NotExisted");
  }

  private static void join(WireJsonClient client, String group, int ackId) {
    client.send(json("{'type':'joinGroup','group':'%s','ackId':%d}".formatted(group, ackId)));
  }

  private static void leave(WireJsonClient client, String group, int ackId) {
    client.send(json("{'type':'leaveGroup','group':'%s','ackId':%d}".formatted(group, ackId)));
  }

  private static void send(WireJsonClient client, String group, int ackId) {
    client.send(
        json("{'type':'sendToGroup','group':'%s','ackId':%d,'dataType':'text','data':'x'}")
            .formatted(group, ackId));
  }

  // ---- rest-api 15

  @Test
  @DisplayName("R173 a client without roles may send to a group once that is granted")
  void grantSend() {
    WireJsonClient client = client();

    assertDone(grant(SEND, client, "g"), 200);

    send(client, "g", 1);
    client.expectAck(1);
  }

  @Test
  @DisplayName("R174 a grant for one group is none for another")
  void grantJoin() {
    WireJsonClient client = client();

    assertDone(grant(JOIN, client, "g"), 200);

    join(client, "h", 1);
    client.expectForbidden(1, "join", "h");
  }

  @Test
  @DisplayName("R175 a check is 200 for what is held and 404 with a code for what is not")
  void checkGranted() {
    WireJsonClient client = client();
    grant(SEND, client, "g");

    assertHeld(SEND, client, "g");
    assertNotHeld(SEND, client, "h");
    assertNotHeld(JOIN, client, "g");
  }

  @Test
  @DisplayName("R176 a grant to a missing connection is 404 with the whole error")
  void grantToMissing() {
    HttpAnswer answer = call("PUT", SEND, "x", "g");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("x-ms-error-code")).contains("Info.Connection.NotExisted");
    JsonNode error = WireJsonClient.tree(answer.text());
    assertThat(error.path("code").asText()).isEqualTo("Info.Connection.NotExisted");
    assertThat(error.path("message").asText()).isEqualTo("Connection `x` is not found.");
    assertThat(error.path("target").asText()).isEqualTo("Connection");
  }

  @Test
  @DisplayName("R177 for a missing connection a revocation is 204, a check 404")
  void missing() {
    assertDone(call("DELETE", SEND, "x", "g"), 204);
    HttpAnswer answer = call("HEAD", SEND, "x", "g");
    assertDone(answer, 404);
    assertThat(answer.header("x-ms-error-code")).contains("Info.Connection.NotExisted");
  }

  @ParameterizedTest(name = "R178 {0} with no good targetName is 400")
  @ValueSource(strings = {"PUT", "DELETE", "HEAD"})
  void targetName(String method) {
    WireJsonClient client = client();
    String path = "/permissions/sendToGroup/connections/" + client.connectionId();

    for (String query :
        new String[] {"", "&targetName=", "&targetName=%20", "&targetName=" + "g".repeat(1025)}) {
      HttpAnswer answer = fixture.call(method, path, query);
      if (method.equals("HEAD")) {
        assertDone(answer, 400);
        assertThat(answer.header("x-ms-error-code")).contains("Error.BadRequest");
      } else {
        assertBadRequest(answer);
      }
    }
    assertDone(grant(SEND, client, "g".repeat(1024)), 200);
  }

  @Test
  @DisplayName("R179 the name of a permission may be in any case")
  void anyCase() {
    WireJsonClient client = client();

    assertDone(grant("SENDTOGROUP", client, "g"), 200);

    assertHeld(SEND, client, "g");
  }

  @ParameterizedTest(name = "R180 permission \"{0}\" is 400")
  @ValueSource(strings = {"foo", "sendToGroup,joinLeaveGroup"})
  void unknownPermission(String permission) {
    WireJsonClient client = client();

    assertBadRequest(grant(permission, client, "g"));

    assertNotHeld(SEND, client, "g");
    assertNotHeld(JOIN, client, "g");
  }

  @Test
  @DisplayName("R181 the target * is the group of this name")
  void star() {
    WireJsonClient client = client();
    grant(SEND, client, "*");

    assertNotHeld(SEND, client, "g");
    assertHeld(SEND, client, "*");
  }

  @Test
  @DisplayName("R182 a revocation outranks the role for its group only")
  void revokeWithRole() {
    WireJsonClient client = client(RS);
    assertHeld(SEND, client, "g");

    assertDone(revoke(SEND, client, "g"), 204);

    assertNotHeld(SEND, client, "g");
    assertHeld(SEND, client, "h");
  }

  @Test
  @DisplayName("R183 a member stays when joining and leaving is revoked, and may not leave")
  void memberStays() {
    WireJsonClient client = fixture.fixture().json(fixture.fixture().token().roles(RJ).groups("g"));

    assertDone(revoke(JOIN, client, "g"), 204);

    fixture.send("/groups/g", "hi");
    client.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
    leave(client, "g", 1);
    client.expectForbidden(1, "leave", "g");
  }

  @Test
  @DisplayName("R184 grants and revocations may be repeated")
  void repeated() {
    WireJsonClient client = client();

    assertDone(grant(SEND, client, "g"), 200);
    assertDone(grant(SEND, client, "g"), 200);
    assertDone(revoke(SEND, client, "g"), 204);
    assertDone(revoke(SEND, client, "g"), 204);

    assertNotHeld(SEND, client, "g");
  }

  @Test
  @DisplayName("R185 grant number 1,001 is 409 and changes nothing, an existing one is 200")
  void limit() {
    WireJsonClient client = client();
    for (int i = 0; i < 1_000; i++) {
      assertDone(grant(SEND, client, "g" + i), 200);
    }

    HttpAnswer answer = grant(SEND, client, "g1000");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("x-ms-error-code")).contains("Error.Connection.Conflict");
    JsonNode error = WireJsonClient.tree(answer.text());
    assertThat(error.path("code").asText()).isEqualTo("Error.Connection.Conflict");
    assertThat(error.path("target").asText()).isEqualTo("Connection");
    assertThat(error.path("message").asText())
        .isEqualTo(
            "Connection `%s` has reached the limit of 1000 literal permissions for `sendToGroup`.",
            client.connectionId());
    assertNotHeld(SEND, client, "g1000");
    assertDone(grant(SEND, client, "g7"), 200);
    assertDone(grant(JOIN, client, "g1000"), 200);
  }

  @Test
  @DisplayName("R186 a grant survives a recovery")
  void recovered() {
    assertGrantSurvivesRecovery();
  }

  @Test
  @DisplayName("R234 a slash in targetName is a slash")
  void slash() {
    WireJsonClient client = client();

    assertDone(grant(SEND, client, "tenant/a"), 200);

    send(client, "tenant/a", 1);
    client.expectAck(1);
  }

  // ---- client-protocols L

  @Test
  @DisplayName("C110 a refused join is carried out under the same ack id once it is granted")
  void joinAgain() {
    WireJsonClient client = client();
    join(client, "g", 1);
    client.expectForbidden(1, "join", "g");

    assertDone(grant(JOIN, client, "g"), 200);

    join(client, "g", 1);
    client.expectAck(1);
  }

  @Test
  @DisplayName("C216 what REST has granted is in force after a recovery")
  void grantSurvives() {
    assertGrantSurvivesRecovery();
  }

  private void assertGrantSurvivesRecovery() {
    FakeFixture base = fixture.fixture();
    WireJsonClient client = base.reliable(base.token());
    assertDone(grant(SEND, client, "g"), 200);
    base.detach(client);

    WireJsonClient recovered = base.recover(client);

    send(recovered, "g", 1);
    recovered.expectAck(1);
  }

  @Test
  @DisplayName("C249 revoking sendToGroup for one group leaves the others")
  void revokeSend() {
    WireJsonClient client = client(RS);
    assertDone(revoke(SEND, client, "g"), 204);

    send(client, "g", 1);
    send(client, "h", 2);

    client.expectForbidden(1, "send to", "g");
    client.expectAck(2);
  }

  @Test
  @DisplayName("C250 a granted group can be joined, another not")
  void joinGranted() {
    WireJsonClient client = client();
    assertDone(grant(JOIN, client, "g"), 200);

    join(client, "g", 1);
    join(client, "h", 2);

    client.expectAck(1);
    client.expectForbidden(2, "join", "h");
  }

  @Test
  @DisplayName("C251 a member whose joinLeaveGroup is revoked hears the group and may not leave")
  void memberHears() {
    FakeFixture base = fixture.fixture();
    WireJsonClient client = base.json(base.token().roles(RJ));
    join(client, "g", 1);
    client.expectAck(1);
    assertDone(revoke(JOIN, client, "g"), 204);

    fixture.send("/groups/g", "hi");
    leave(client, "g", 2);

    client.expect(
        json("{'type':'message','from':'group','group':'g','dataType':'text','data':'hi'}"));
    client.expectForbidden(2, "leave", "g");
  }

  @Test
  @DisplayName("C252 a grant for * is not one for all groups")
  void starIsNoPattern() {
    WireJsonClient client = client();
    assertDone(grant(SEND, client, "*"), 200);

    send(client, "a", 1);

    client.expectForbidden(1, "send to", "a");
  }

  // ---- beyond the numbered cases

  @ParameterizedTest(name = "a revocation outranks the role {0}")
  @CsvSource({"webpubsub.sendToGroup.g", "webpubsub.sendToGroups.g*"})
  void revokeOtherRoles(String role) {
    WireJsonClient client = client(role);
    assertHeld(SEND, client, "g");

    assertDone(revoke(SEND, client, "g"), 204);
    assertNotHeld(SEND, client, "g");

    assertDone(grant(SEND, client, "g"), 200);
    assertHeld(SEND, client, "g");
  }
}
