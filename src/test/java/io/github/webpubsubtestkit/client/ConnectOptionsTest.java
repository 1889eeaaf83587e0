package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Options to connect")
class ConnectOptionsTest {

  @Test
  @DisplayName("have defaults")
  void defaults() {
    ConnectOptions options = anonymous();

    assertThat(options.userId()).isEmpty();
    assertThat(options.hub()).isEmpty();
    assertThat(options.name()).isEmpty();
    assertThat(options.roles())
        .containsExactly("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");
    assertThat(options.groups()).isEmpty();
    assertThat(options.protocol()).isEqualTo(Protocol.JSON);
    assertThat(options.expiresIn()).isEqualTo(Duration.ofHours(1));
    assertThat(options.queryParameters()).isEmpty();
    assertThat(options.isTokenInHeader()).isFalse();
    assertThat(options.isWithoutToken()).isFalse();
    assertThat(options.accessToken()).isEmpty();
    assertThat(options.signingKey()).isEmpty();
  }

  @Test
  @DisplayName("are copied by every change")
  void copies() {
    ConnectOptions before = asUser("alice");
    ConnectOptions after =
        before
            .hub("chat")
            .roles("r")
            .groups("g", "h")
            .protocol(Protocol.JSON)
            .name("Alice")
            .query("a", "1")
            .query("a", "2")
            .expiresIn(Duration.ofMinutes(-10))
            .tokenInHeader()
            .rawSendToGroup("out")
            .noEcho()
            .accessToken("t")
            .signedWith("k");

    assertThat(before).usingRecursiveComparison().isEqualTo(asUser("alice"));
    assertThat(after.userId()).contains("alice");
    assertThat(after.hub()).contains("chat");
    assertThat(after.roles()).containsExactly("r");
    assertThat(after.groups()).containsExactly("g", "h");
    assertThat(after.name()).contains("Alice");
    assertThat(after.expiresIn()).isEqualTo(Duration.ofMinutes(-10));
    assertThat(after.isTokenInHeader()).isTrue();
    assertThat(after.accessToken()).contains("t");
    assertThat(after.signingKey()).contains("k");
    assertThat(after.queryParameters())
        .containsExactly(
            entry("a", List.of("1", "2")),
            entry("webpubsub_mode", List.of("sendToGroup")),
            entry("group", List.of("out")),
            entry("noEcho", List.of("true")));
  }

  @Test
  @DisplayName("a parameter set by the kit's own methods can be given again, the last counts")
  void repeatedParameter() {
    assertThat(anonymous().rawSendToGroup("a").query("group", "b").queryParameters())
        .containsEntry("group", List.of("a", "b"));
  }

  @Test
  @DisplayName("a given token and no token replace each other")
  void token() {
    assertThat(anonymous().accessToken("t").withoutToken().accessToken()).isEmpty();
    assertThat(anonymous().withoutToken().isWithoutToken()).isTrue();
    assertThat(anonymous().withoutToken().accessToken("t").isWithoutToken()).isFalse();
    assertThat(anonymous().withoutRoles().roles()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("take every subprotocol where protobuf-java is there:")
  void protocols(Protocol protocol) {
    assertThat(anonymous().protocol(protocol).protocol()).isEqualTo(protocol);
  }

  @Test
  @DisplayName("nonsense is refused where it is written")
  void nonsense() {
    assertThatIllegalArgumentException().isThrownBy(() -> anonymous().name(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> anonymous().query("", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> anonymous().query("Access_Token", "x"))
        .withMessage(
            "query(\"access_token\", …) cannot set the token: use accessToken(…) for a given"
                + " token, withoutToken() for none");
  }
}
