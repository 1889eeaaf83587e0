package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.UpstreamAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** More roles than there is room for, which only a handler can give (client-protocols H.2). */
class ManyRolesConformanceTest {

  private EventFixture fixture;

  @BeforeEach
  void start() {
    fixture = EventFixture.start();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private WireJsonClient clientWith(Stream<String> roles) {
    String list = roles.map(role -> "'" + role + "'").collect(Collectors.joining(","));
    fixture.upstream().on("connect", json("{'roles':[" + list + "]}"));
    return fixture.json();
  }

  private static Stream<String> literals(String prefix) {
    return IntStream.range(0, 1_000).mapToObj(i -> "webpubsub.sendToGroup." + prefix + i);
  }

  private int permission(String method, WireJsonClient client, String permission, String group) {
    return fixture
        .fixture()
        .rest()
        .call(
            method,
            "/permissions/" + permission + "/connections/" + client.connectionId(),
            "&targetName=" + group,
            null,
            new byte[0])
        .status();
  }

  @Test
  @DisplayName("C311 a pattern role without a wildcard has room beyond 1,000 literal roles")
  void oneMore() {
    WireJsonClient client =
        clientWith(Stream.concat(literals("g"), Stream.of("webpubsub.sendToGroups.zzz")));

    assertThat(permission("HEAD", client, "sendToGroup", "zzz")).isEqualTo(200);
    assertThat(permission("HEAD", client, "sendToGroup", "g999")).isEqualTo(200);
    assertThat(permission("PUT", client, "sendToGroup", "g0")).isEqualTo(409);
    assertThat(permission("PUT", client, "sendToGroup", "other")).isEqualTo(409);
  }

  @Test
  @DisplayName("C312 literal roles that a pattern covers take no room")
  void covered() {
    WireJsonClient client =
        clientWith(Stream.concat(literals("a"), Stream.of("webpubsub.sendToGroups.a*")));

    assertThat(permission("PUT", client, "sendToGroup", "b")).isEqualTo(200);
    assertThat(permission("HEAD", client, "sendToGroup", "b")).isEqualTo(200);
    assertThat(permission("HEAD", client, "sendToGroup", "a5")).isEqualTo(200);
    assertThat(permission("DELETE", client, "sendToGroup", "a5")).isEqualTo(204);
    assertThat(permission("HEAD", client, "sendToGroup", "a5")).isEqualTo(404);
  }

  @Test
  @DisplayName("C313 a pattern role that is there nine times leaves no room for another pattern")
  void repeated() {
    List<String> nine = Collections.nCopies(9, "webpubsub.sendToGroups.a*");
    WireJsonClient client =
        clientWith(Stream.concat(nine.stream(), Stream.of("webpubsub.sendToGroups.b*")));

    assertThat(permission("HEAD", client, "sendToGroup", "a1")).isEqualTo(200);
    assertThat(permission("HEAD", client, "sendToGroup", "b1")).isEqualTo(404);
  }

  @Test
  @DisplayName("R295 a permission may be named by its number")
  void numbers() {
    WireJsonClient client = clientWith(Stream.of());

    assertThat(permission("PUT", client, "1", "g")).isEqualTo(200);
    assertThat(permission("HEAD", client, "sendToGroup", "g")).isEqualTo(200);
    assertThat(permission("HEAD", client, "joinLeaveGroup", "g")).isEqualTo(404);
    assertThat(permission("PUT", client, "2", "g")).isEqualTo(200);
    assertThat(permission("HEAD", client, "joinLeaveGroup", "g")).isEqualTo(200);
    assertThat(permission("PUT", client, "3", "g")).isEqualTo(400);
  }
}
