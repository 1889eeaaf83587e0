package io.github.webpubsubtestkit.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Names (client-protocols C.1)")
class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "A", "Z", "azAZ09_`,.[]"})
  void isHub(String name) {
    assertThat(Names.isHub(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "0a", "_a", "`a", "{a", "@a", "[a", "éa", "a-b", "a/b", "a:b", "a@b", "a{b", "a b",
        "aé", "a\n"
      })
  void isNoHub(String name) {
    assertThat(Names.isHub(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "z", "A", "Z", "azAZ09_.-"})
  void isEvent(String name) {
    assertThat(Names.isEvent(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "9a", "-a", "`a", "{a", "@a", "[a", "éa", "a,b", "a`b", "a/b", "a:b", "a@b", "a{b",
        "a[b", "a b", "aé", "a\n"
      })
  void isNoEvent(String name) {
    assertThat(Names.isEvent(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"g", "0", " g ", "a/b.*?#", "é你", "\u00a0x"})
  void isGroup(String name) {
    assertThat(Names.isGroup(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0", "\u2007\u3000"})
  void isNoGroup(String name) {
    assertThat(Names.isGroup(name)).isFalse();
    assertThat(Names.isBlank(name)).isTrue();
  }

  @Test
  void lengthIsLimited() {
    assertThat(Names.isHub("h".repeat(128))).isTrue();
    assertThat(Names.isHub("h".repeat(129))).isFalse();
    assertThat(Names.isEvent("e".repeat(128))).isTrue();
    assertThat(Names.isEvent("e".repeat(129))).isFalse();
    assertThat(Names.isGroup("g".repeat(1024))).isTrue();
    assertThat(Names.isGroup("g".repeat(1025))).isFalse();
  }
}
