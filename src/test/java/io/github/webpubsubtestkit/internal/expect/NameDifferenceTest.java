package io.github.webpubsubtestkit.internal.expect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Two names that look alike: what people overlook is said")
class NameDifferenceTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          alice | Alice     | differs only in upper and lower case
          alice | `alice `  | differs only in a blank at its end
          `alice ` | alice  | differs only in a blank at its end
          alice | ` alice`  | differs only in a blank at its start
          alice | ` alice ` | differs only in blanks at its start and end
          alice | `Alice `  | differs only in upper and lower case, and in a blank at its end
          """,
      delimiter = '|')
  void differs(String one, String other, String difference) {
    assertThat(NameDifference.between(one, other)).contains(difference);
  }

  @Test
  void differsInWhatCannotBeSeen() {
    assertThat(NameDifference.between("al\u200bice", "alice"))
        .contains("differs only in characters that are invisible");
    assertThat(NameDifference.between("alice\u00a0", "alice"))
        .contains("differs only in a blank at its end");
    assertThat(NameDifference.between("\ufeffalice", "alice"))
        .contains("differs only in characters that are invisible");
    assertThat(NameDifference.between("Ren\u00e9", "Rene\u0301"))
        .contains("differs only in how letters with accents are encoded");
  }

  @Test
  void differsNotOrInMore() {
    assertThat(NameDifference.between("alice", "alice")).isEmpty();
    assertThat(NameDifference.between("alice", "bob")).isEmpty();
    assertThat(NameDifference.between("storm-alerts", "strom-alerts")).isEmpty();
    assertThat(NameDifference.between("", " ")).contains("differs only in a blank at its end");
  }
}
