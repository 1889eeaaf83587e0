package io.github.webpubsubtestkit.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pattern language of roles (client-protocols H.2), row by row. */
class GroupPatternTest {

  @ParameterizedTest(name = "''{0}'' matches ''{1}''")
  @CsvSource({
    "ab*, ab",
    "ab*, abcd",
    "a?c, abc",
    "a.**.b, a..b",
    "a.**.b, a.x.y.b",
    "Room*, Room1",
    "room\\*, room*",
    "*, ''",
    "*, a",
    "a*.**.*b, ab.cd.ef.ab",
    "a\\*.***b, a*.ab",
    "**, any.thing at all",
    "a\\?\\\\, a?\\"
  })
  void matches(String pattern, String name) {
    assertThat(GroupPattern.parse(pattern))
        .hasValueSatisfying(p -> assertThat(p.matches(name)).isTrue());
  }

  @ParameterizedTest(name = "''{0}'' does not match ''{1}''")
  @CsvSource({
    "ab*, ab.cd",
    "a?c, a.c",
    "a?c, ac",
    "a.**.b, a.b",
    "Room*, room1",
    "room\\*, room1",
    "*, .",
    "*, a.b",
    "a*.**.*b, b.cd.ef.b",
    "a\\*.***b, ab.ab"
  })
  void doesNotMatch(String pattern, String name) {
    assertThat(GroupPattern.parse(pattern))
        .hasValueSatisfying(p -> assertThat(p.matches(name)).isFalse());
  }

  @ParameterizedTest(name = "''{0}'' is no pattern")
  @ValueSource(strings = {"a\\", "a\\b", "*.*.*.*.*.*", "******", "a?b?c?d?e?f?", "*?*?*?"})
  void isRefused(String pattern) {
    assertThat(GroupPattern.parse(pattern)).isEmpty();
  }

  @Test
  void aPatternOf1024CharactersIsTheLongest() {
    assertThat(GroupPattern.parse("a".repeat(1024))).isPresent();
    assertThat(GroupPattern.parse("a".repeat(1025))).isEmpty();
  }

  @Test
  @DisplayName("the time for a match grows with the name, not with what the wildcards could be")
  void hostilePatternEnds() {
    GroupPattern pattern = GroupPattern.parse("**a**a*").orElseThrow();

    assertThat(pattern.matches("a".repeat(1024) + ".")).isFalse();
  }

  @Test
  void surplusPatternsAreIgnoredInTheOrderOfTheRoles() {
    List<String> roles =
        IntStream.rangeClosed(0, 9).mapToObj(i -> "webpubsub.sendToGroups.g" + i + "*").toList();

    GroupPermission permission = GroupPermission.of(GroupAction.SEND_TO_GROUP, roles);

    assertThat(permission.covers("g8x")).as("the ninth").isTrue();
    assertThat(permission.covers("g9x")).as("the tenth").isFalse();
  }

  @Test
  void surplusLiteralsAreIgnored() {
    List<String> roles =
        IntStream.range(0, 1001)
            .mapToObj(i -> String.format("webpubsub.joinLeaveGroup.g%04d", i))
            .toList();

    GroupPermission permission = GroupPermission.of(GroupAction.JOIN_LEAVE_GROUP, roles);

    assertThat(permission.covers("g0999")).isTrue();
    assertThat(permission.covers("g1000")).isFalse();
  }

  @Test
  void aPatternWithoutWildcardIsOneOfTheNine() {
    List<String> roles =
        IntStream.rangeClosed(0, 9)
            .mapToObj(i -> "webpubsub.sendToGroups.g" + i + (i < 9 ? "*" : ""))
            .toList();

    GroupPermission permission = GroupPermission.of(GroupAction.SEND_TO_GROUP, roles);

    assertThat(permission.covers("g8x")).isTrue();
    assertThat(permission.covers("g9")).isFalse();
  }

  @Test
  void aPatternWithoutWildcardIsALiteral() {
    GroupPermission permission =
        GroupPermission.of(GroupAction.SEND_TO_GROUP, List.of("webpubsub.sendToGroups.room\\*"));

    assertThat(permission.covers("room*")).isTrue();
    assertThat(permission.covers("room1")).isFalse();
  }
}
