package io.github.webpubsubtestkit.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlQueryTest {

  @Test
  @DisplayName("parameters are form-decoded and keep their order and their names as sent")
  void decodes() {
    assertThat(UrlQuery.parse("room=a+b&Room=c%26d&room=%2F%2B&x=&y&z=1=2").toMap())
        .containsExactly(
            entry("room", List.of("a b", "/+")),
            entry("Room", List.of("c&d")),
            entry("x", List.of("")),
            entry("y", List.of("")),
            entry("z", List.of("1=2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&a=1&b=2", "a=1&&b=2", "a=1&b=2&", "&&a=1&&&b=2&&"})
  @DisplayName("an ampersand with nothing before it or behind it is no parameter")
  void emptyParts(String raw) {
    assertThat(UrlQuery.parse(raw).toMap())
        .containsExactly(entry("a", List.of("1")), entry("b", List.of("2")));
  }

  @Test
  @DisplayName("a value without a name has the empty name")
  void withoutName() {
    assertThat(UrlQuery.parse("=v").toMap()).containsExactly(entry("", List.of("v")));
    assertThat(UrlQuery.parse("").toMap()).isEmpty();
  }

  @Test
  @DisplayName("names are found in any case; the first value or the last one, if it is not empty")
  void finds() {
    UrlQuery query = UrlQuery.parse("Group=a&GROUP=b&empty=&empty=x&x=1&x=");

    assertThat(query.all("group")).containsExactly("a", "b");
    assertThat(query.first("group")).isEqualTo("a");
    assertThat(query.last("group")).isEqualTo("b");
    assertThat(query.first("empty")).isNull();
    assertThat(query.last("empty")).isEqualTo("x");
    assertThat(query.last("x")).isNull();
    assertThat(query.all("other")).isEmpty();
    assertThat(query.first("other")).isNull();
    assertThat(query.last("other")).isNull();
  }
}
