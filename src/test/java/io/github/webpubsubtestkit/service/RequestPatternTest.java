package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.service.Operations.client;
import static io.github.webpubsubtestkit.service.Operations.rest;
import static io.github.webpubsubtestkit.service.RequestPattern.addConnectionToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.addUserToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.anyRequest;
import static io.github.webpubsubtestkit.service.RequestPattern.closeAllConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.closeConnection;
import static io.github.webpubsubtestkit.service.RequestPattern.closeGroupConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.closeUserConnections;
import static io.github.webpubsubtestkit.service.RequestPattern.connectionExists;
import static io.github.webpubsubtestkit.service.RequestPattern.event;
import static io.github.webpubsubtestkit.service.RequestPattern.groupExists;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.leaveGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionFromAllGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.removeConnectionFromGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.removeUserFromAllGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.removeUserFromGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToConnection;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static io.github.webpubsubtestkit.service.RequestPattern.userExists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestPatternTest {

  static Stream<Arguments> operations() {
    return Stream.of(
        arguments(sendToAll(), rest("sendToAll")),
        arguments(sendToUser("u"), rest("sendToUser").user("u")),
        arguments(sendToGroup("g"), rest("sendToGroup").group("g")),
        arguments(sendToGroup("g"), client("sendToGroup", "bob").group("g")),
        arguments(sendToConnection("c"), rest("sendToConnection").connection("c")),
        arguments(connectionExists("c"), rest("connectionExists").connection("c")),
        arguments(userExists("u"), rest("userExists").user("u")),
        arguments(groupExists("g"), rest("groupExists").group("g")),
        arguments(closeConnection("c"), rest("closeConnection").connection("c")),
        arguments(closeAllConnections(), rest("closeAllConnections")),
        arguments(closeGroupConnections("g"), rest("closeGroupConnections").group("g")),
        arguments(closeUserConnections("u"), rest("closeUserConnections").user("u")),
        arguments(
            addConnectionToGroup("c", "g"),
            rest("addConnectionToGroup").connection("c").group("g")),
        arguments(
            removeConnectionFromGroup("c", "g"),
            rest("removeConnectionFromGroup").connection("c").group("g")),
        arguments(
            removeConnectionFromAllGroups("c"),
            rest("removeConnectionFromAllGroups").connection("c")),
        arguments(addUserToGroup("u", "g"), rest("addUserToGroup").user("u").group("g")),
        arguments(removeUserFromGroup("u", "g"), rest("removeUserFromGroup").user("u").group("g")),
        arguments(removeUserFromAllGroups("u"), rest("removeUserFromAllGroups").user("u")),
        arguments(joinGroup("g"), client("joinGroup", "bob").group("g")),
        arguments(leaveGroup("g"), client("leaveGroup", "bob").group("g")),
        arguments(event("e"), client("event", "bob").event("e")),
        arguments(anyRequest(), client("leaveGroup", "bob").group("g")));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aPatternMatchesItsOperation(RequestPattern pattern, Operations operation) {
    assertThat(pattern.matches(operation.done())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aRefusedRequestMatchesOnlyIfAskedFor(RequestPattern pattern, Operations operation) {
    RecordedOperation refused = operation.refused("404 Error.User.NotExisted").done();

    assertThat(pattern.matches(refused)).isFalse();
    assertThat(pattern.refused().matches(refused)).isTrue();
    assertThat(pattern.withOutcome("404").matches(refused)).isTrue();
    assertThat(pattern.withOutcome("404 Error.User.NotExisted").matches(refused)).isTrue();
    assertThat(pattern.withOutcome("40").matches(refused)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noPatternButAnyRequestMatchesAnotherOperation(RequestPattern pattern) {
    RecordedOperation other = rest("checkPermission").user("u").group("g").connection("c").done();

    assertThat(pattern.matches(other)).isEqualTo(pattern.toString().equals("any request"));
  }

  @Test
  void anyRequestIsNoHandshake() {
    assertThat(anyRequest().matches(client("connect", "bob").done())).isFalse();
    assertThat(
            anyRequest()
                .refused()
                .matches(client("rejectedHandshake", "bob").refused("401").done()))
        .isFalse();
  }

  @Test
  void targetsCount() {
    RecordedOperation toBob = rest("sendToUser").user("bob").done();
    RecordedOperation toGroup = rest("addUserToGroup").user("bob").group("room").done();

    assertThat(sendToUser("alice").matches(toBob)).isFalse();
    assertThat(sendToUser("Bob").matches(toBob)).isFalse();
    assertThat(addUserToGroup("bob", "room").matches(toGroup)).isTrue();
    assertThat(addUserToGroup("room", "bob").matches(toGroup)).isFalse();
  }

  @Test
  void textIsComparedAsAWhole() {
    RecordedOperation hello = rest("sendToAll").text("Hello").done();

    assertThat(sendToAll().withText("Hello").matches(hello)).isTrue();
    assertThat(sendToAll().withText("Hell").matches(hello)).isFalse();
    assertThat(sendToAll().withText("Hello").matches(rest("sendToAll").done())).isFalse();
    assertThat(sendToAll().withText("1").matches(rest("sendToAll").json("1").done())).isFalse();
  }

  @Test
  void jsonIsComparedByValue() {
    RecordedOperation paid = rest("sendToAll").json("{\"id\":1.0,\"state\":\"paid\"}").done();

    assertThat(sendToAll().withJson("{\"state\":\"paid\", \"id\":1}").matches(paid)).isTrue();
    assertThat(sendToAll().withJson(Map.of("id", 1, "state", "paid")).matches(paid)).isTrue();
    assertThat(sendToAll().withJson("{\"id\":1}").matches(paid)).isFalse();
    assertThat(sendToAll().withJson("1").matches(rest("sendToAll").text("1").done())).isFalse();
  }

  @Test
  void binaryIsComparedByteByByte() {
    byte[] bytes = {1, 2, 3};
    RequestPattern pattern = sendToAll().withBinary(bytes);
    bytes[0] = 9;

    assertThat(
            pattern.matches(rest("sendToAll").payload(Payload.binary(new byte[] {1, 2, 3})).done()))
        .isTrue();
    assertThat(pattern.matches(rest("sendToAll").payload(Payload.binary(new byte[] {1, 2})).done()))
        .isFalse();
  }

  @Test
  void metadataMayBeOneAmongOthers() {
    RecordedOperation tagged =
        rest("sendToAll")
            .payload(Payload.text("x").withMetadata(Map.of("trace", "7", "tenant", "a")))
            .done();

    assertThat(sendToAll().withMetadata("trace", "7").matches(tagged)).isTrue();
    assertThat(sendToAll().withMetadata("trace", "8").matches(tagged)).isFalse();
    assertThat(sendToAll().withMetadata("Trace", "7").matches(tagged)).isFalse();
  }

  @Test
  void theCallerCounts() {
    RecordedOperation byBob = client("sendToGroup", "bob").group("g").done();
    RecordedOperation byServer = rest("sendToGroup").group("g").done();

    assertThat(sendToGroup("g").fromUser("bob").matches(byBob)).isTrue();
    assertThat(sendToGroup("g").fromUser("alice").matches(byBob)).isFalse();
    assertThat(sendToGroup("g").fromUser("bob").matches(byServer)).isFalse();
    assertThat(sendToGroup("g").fromConnection("c-bob").matches(byBob)).isTrue();
    assertThat(sendToGroup("g").fromConnection("c-bob").matches(byServer)).isFalse();
    assertThat(sendToGroup("g").fromServer().matches(byServer)).isTrue();
    assertThat(sendToGroup("g").fromServer().matches(byBob)).isFalse();
    assertThat(sendToGroup("g").fromClient().matches(byBob)).isTrue();
    assertThat(sendToGroup("g").fromClient().matches(byServer)).isFalse();
  }

  @Test
  void theHubCountsOnlyIfSaidAndInAnyCase() {
    RecordedOperation inChat = rest("sendToAll").hub("chat").done();

    assertThat(sendToAll().matches(inChat)).isTrue();
    assertThat(sendToAll().inHub("Chat").matches(inChat)).isTrue();
    assertThat(sendToAll().inHub("news").matches(inChat)).isFalse();
  }

  @Test
  void excludedConnectionsAreASet() {
    RecordedOperation two =
        rest("sendToAll").parameters(Map.of("excluded", List.of("a", "b"))).done();

    assertThat(sendToAll().excluding("b", "a").matches(two)).isTrue();
    assertThat(sendToAll().excluding("a").matches(two)).isFalse();
    assertThat(sendToAll().excluding().matches(two)).isFalse();
    assertThat(sendToAll().excluding().matches(rest("sendToAll").done())).isTrue();
  }

  @Test
  void reasonAndOtherParametersCount() {
    RecordedOperation closed =
        rest("closeConnection")
            .connection("c")
            .parameters(Map.of("reason", List.of("bye bye"), "api-version", List.of("2024-12-01")))
            .done();

    assertThat(closeConnection("c").withReason("bye bye").matches(closed)).isTrue();
    assertThat(closeConnection("c").withReason("bye").matches(closed)).isFalse();
    assertThat(closeConnection("c").withParameter("api-version", "2024-12-01").matches(closed))
        .isTrue();
    assertThat(closeConnection("c").withParameter("filter", "x").matches(closed)).isFalse();
  }

  @Test
  void narrowingMakesACopy() {
    RequestPattern wide = sendToAll();
    RequestPattern narrow = wide.withText("a");

    assertThat(wide.matches(rest("sendToAll").text("b").done())).isTrue();
    assertThat(narrow.matches(rest("sendToAll").text("b").done())).isFalse();
  }

  @Test
  void aPatternReadsAsItWasWritten() {
    assertThat(sendToAll()).hasToString("sendToAll()");
    assertThat(addUserToGroup("alice", "room").inHub("Chat").fromServer())
        .hasToString("addUserToGroup(\"alice\", \"room\") in hub \"chat\" from the server");
    assertThat(sendToUser("alice").withText("50 % \"off\"\n"))
        .hasToString("sendToUser(\"alice\") with text \"50 % \"off\"\\n\"");
    assertThat(joinGroup("vip").fromUser("mallory").refused())
        .hasToString("joinGroup(\"vip\") from user \"mallory\" refused");
    assertThat(closeAllConnections().excluding("a").withReason("bye").withOutcome("204"))
        .hasToString("closeAllConnections() excluding [a] with reason \"bye\" with outcome 204");
    assertThat(event("vote").withJson("{\"a\":1}").withMetadata("k", "v"))
        .hasToString("event(\"vote\") with json {\"a\":1} with metadata k=v");
    assertThat(sendToGroup("g").withBinary(new byte[] {1, 2}).excluding())
        .hasToString("sendToGroup(\"g\") with binary 2 bytes 01 02 excluding nobody");
  }

  @Test
  void aPatternThatCannotMatchIsRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> sendToUser(""))
        .withMessage("userId must not be empty");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> addConnectionToGroup("", "g"))
        .withMessage("connectionId must not be empty");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> joinGroup(""))
        .withMessage("group must not be empty");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> event(""))
        .withMessage("event must not be empty");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> sendToAll().withOutcome(""))
        .withMessage("outcome must not be empty");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> sendToAll().inHub("1st"))
        .withMessage(
            "hub must have 1 to 128 characters, a letter first, then letters, digits and"
                + " _ ` , . [ ] but is \"1st\"");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> sendToAll().withJson("{"))
        .withMessageStartingWith("not JSON: {");
  }
}
