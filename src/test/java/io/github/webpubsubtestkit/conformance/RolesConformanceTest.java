package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.WireJsonClient.json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Client-protocols L.8, as far as neither a handler nor the permissions of REST take part: role
 * strings and patterns (client-protocols H.1, H.2).
 */
class RolesConformanceTest {

  private FakeFixture fixture;

  @BeforeEach
  void start() {
    fixture = FakeFixture.start();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  @DisplayName("C237 joinLeaveGroup.a grants joining a and nothing else")
  void joinOneGroup() {
    Attempts client = with("webpubsub.joinLeaveGroup.a");

    client.join("a").succeeds();
    client.join("b").isForbidden();
  }

  @Test
  @DisplayName("C238 sendToGroup.a grants sending to a; join does not follow from send")
  void sendToOneGroup() {
    Attempts client = with("webpubsub.sendToGroup.a");

    client.send("a").succeeds();
    client.send("b").isForbidden();
    client.join("a").isForbidden();
  }

  @Test
  @DisplayName("C239 in the singular form * is the group named *")
  void literalStar() {
    Attempts client = with("webpubsub.sendToGroup.*");

    client.send("*").succeeds();
    client.send("a").isForbidden();
  }

  @Test
  @DisplayName("C240 * matches any characters but the dot, in exact case")
  void star() {
    Attempts client = with("webpubsub.sendToGroups.room*");

    client.send("room1").succeeds();
    client.send("room").succeeds();
    client.send("room.1").isForbidden();
    client.send("Room1").isForbidden();
  }

  @Test
  @DisplayName("C241 ** alone matches every group")
  void doubleStar() {
    with("webpubsub.sendToGroups.**").send("a.b.c").succeeds();
  }

  @Test
  @DisplayName("C242 ? matches exactly one character but the dot")
  void questionMark() {
    Attempts client = with("webpubsub.joinLeaveGroups.a?c");

    client.join("abc").succeeds();
    client.join("a.c").isForbidden();
  }

  @Test
  @DisplayName("C243 a backslash takes a wildcard its meaning")
  void escapedStar() {
    Attempts client = with("webpubsub.joinLeaveGroups.room\\*");

    client.join("room*").succeeds();
    client.join("room1").isForbidden();
  }

  @Test
  @DisplayName("C244 a role whose pattern ends in a backslash is ignored")
  void danglingEscape() {
    with("webpubsub.sendToGroups.a\\").send("a").isForbidden();
  }

  @Test
  @DisplayName("C245 a role whose pattern has more than five wildcards is ignored")
  void tooManyWildcards() {
    with("webpubsub.sendToGroups.*.*.*.*.*.*").send("a.b.c.d.e.f").isForbidden();
    with("webpubsub.sendToGroups.*.*.*.*.*.f").send("a.b.c.d.e.f").succeeds();
  }

  @Test
  @DisplayName("C246 role names are case-sensitive")
  void roleInUpperCase() {
    with("WEBPUBSUB.SENDTOGROUP").send("a").isForbidden();
  }

  @Test
  @DisplayName("C247 an unknown role grants nothing")
  void unknownRole() {
    with("webpubsub.sendToGroupX").send("X").isForbidden();
  }

  private Attempts with(String role) {
    return new Attempts(fixture.json(fixture.token().roles(role)));
  }

  /** What a client tries, each time with an ackId of its own. */
  private static final class Attempts {

    private final WireJsonClient client;
    private int ackId;
    private String operation = "";
    private String group = "";

    Attempts(WireJsonClient client) {
      this.client = client;
    }

    Attempts join(String name) {
      return request("join", name, json("{'type':'joinGroup','group':'%s','ackId':%d}"));
    }

    Attempts send(String name) {
      return request(
          "send to", name, json("{'type':'sendToGroup','group':'%s','data':1,'ackId':%d}"));
    }

    void succeeds() {
      client.expectAck(ackId);
    }

    void isForbidden() {
      client.expectForbidden(ackId, operation, group);
    }

    private Attempts request(String newOperation, String newGroup, String template) {
      operation = newOperation;
      group = newGroup;
      ackId++;
      client.send(template.replace("%s", newGroup).replace("%d", String.valueOf(ackId)));
      return this;
    }
  }
}
