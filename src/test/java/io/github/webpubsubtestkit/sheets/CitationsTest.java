package io.github.webpubsubtestkit.sheets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On sheets of its own, about apples and pears. */
@DisplayName("Of citations")
class CitationsTest {

  private static final String APPLES =
      """
      # About apples

      ## A. Trees

      ### A.3 Order

      | Step | What |
      |---|---|
      | 1 | dig |
      | 2b | plant |

      | Other | table |
      |---|---|
      | 3 | is no step |

      ## B. Cases

      | ID | Given |
      |---|---|
      | C017 | a tree |
      | C018 † | none, so as C017 |

      ## Decisions

      | D05 | sweet |
      | Q8 | when? |
      """;

  private static final String PEARS =
      """
      ## 0. Terms

      ## 7. Fruit

      ### 7.2 Pears

      | R001 | ripe |
      | K11 | [docs: some page §9.9, K99] hard |
      """;

  private final Citations citations = citations(APPLES, PEARS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(apples A)",
        "apples A.3 and B, D05, or pears 0, 7.2",
        "Apples A.3 to B.",
        "step 1 of apples A.3; Steps 1 and 2b of apples A.3",
        "apples C017, near C018; pears K11 (apples Q8)",
        "an end of a line: apples\n * A.3,\n // D05",
        "\"C017 a name\" and \"C017, C018 another\"",
        "apples are red, and pears 20% off; ten apples and 3 pears",
        "%C3%BC #C017 0xD055 R2D2 C.UTF-8 version 7.2 (3 of 5) F01 /C017/ D05a 10.7 s",
        "RFC 9112, section 7.1, and RFC 6455,\n * sections 5.5.1 and 7.4; Table 3-7 of Unicode",
        "a footstep 1, and the spec says so"
      })
  @DisplayName("the sound ones are let through")
  void soundOnes(String text) {
    assertThat(citations.faultsIn("a.md", text)).isEmpty();
  }

  @Nested
  @DisplayName("those are found")
  class Found {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "apples A.4",
          "apples Z",
          "apples D06",
          "apples C019",
          "apples 7.2",
          "pears 7.3",
          "pears A.3",
          "Pears D05",
          "apples\n * A.4"
        })
    @DisplayName("whose target is in another sheet or in none")
    void withoutTarget(String text) {
      assertThat(citations.faultsIn("a.md", "one\n" + text))
          .singleElement()
          .satisfies(
              fault -> {
                assertThat(fault.reason()).startsWith("not in ");
                assertThat(text.replaceAll("\\s+[* ]*", " "))
                    .isEqualToIgnoringCase(fault.citation());
              });
    }

    @Test
    @DisplayName("whose target is missing in the middle of a list")
    void inList() {
      assertThat(citations.faultsIn("a.md", "apples A.3, D06 and B or C099"))
          .extracting(SheetFault::citation)
          .containsExactly("apples D06", "apples C099");
    }

    @Test
    @DisplayName("with a step that the table does not have")
    void withoutStep() {
      assertThat(citations.faultsIn("a.md", "steps 1 to 3 of apples A.3, step 1 of apples B"))
          .extracting(SheetFault::citation)
          .containsExactly("apples A.3 step 3", "apples B step 1");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "A.3",
          "D05",
          "K11",
          "C017",
          "Q8",
          "S01",
          "§ 7.2",
          "§7",
          "section 5",
          "section A",
          "Sections 5.3",
          "table 0.4",
          "spec 7.2",
          "step 1",
          "steps 1 to 3"
        })
    @DisplayName("that name no sheet")
    void bare(String citation) {
      assertThat(citations.faultsIn("a.md", "first\nas " + citation + ", it says"))
          .containsExactly(new SheetFault("a.md", 2, citation, "of which sheet?"));
    }

    @Test
    @DisplayName("that name no sheet, behind one that does")
    void bareBehindSound() {
      assertThat(citations.faultsIn("a.md", "apples A.3 (D05), and K11"))
          .extracting(SheetFault::citation)
          .containsExactly("D05", "K11");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/** Sends (8.1). */",
          "/** Trees (A). */",
          "int a; // sends (8.1, 9)",
          "  // 8.1 sends",
          "  // ---- 8.1",
          "@DisplayName(\"8.1: sends\")",
          "@DisplayName(\n\"8: sends\")",
          "@ParameterizedTest(name = \"8.1, near others\")",
        })
    @DisplayName("that are mere numbers, where in Java a number is a section")
    void bareNumbers(String code) {
      assertThat(citations.faultsIn("A.java", code))
          .extracting(SheetFault::reason)
          .containsExactly("of which sheet?");
    }

    @Test
    @DisplayName("with a case at the start of a test's name that no sheet has")
    void unknownCase() {
      assertThat(citations.faultsIn("A.java", "a(\n\"C017, C999 nobody\")"))
          .containsExactly(new SheetFault("A.java", 2, "C999", "no sheet has this case"));
    }
  }

  @Test
  @DisplayName("Java has them in comments and strings only")
  void javaHasThemInCommentsAndStrings() {
    String code =
        """
        int C017 = new D05(1.5) + atMost(7.2) + '"'; // apples A.3
        // one thing takes
        // 5.1 ms
        /* D06 */ String text = "K99" + '\\"' + \"""
            see D07\""";
        """;

    assertThat(citations.faultsIn("A.java", code))
        .extracting(fault -> fault.line() + " " + fault.citation())
        .containsExactly("4 D06", "4 K99", "5 D07");
  }

  @Test
  @DisplayName("sheets that are sound have no faults")
  void soundSheets() {
    assertThat(citations.faultsOfSheets()).isEmpty();
  }

  @Test
  @DisplayName("within a sheet they need no name, but a target")
  void withinSheets() {
    assertThat(
            citations(
                    APPLES + "| C020 | B.1, D07, §7.2, pears §7.2 |\n",
                    PEARS + "| R002 | §7.2, §7.3, D05, F01, apples D05 |\n")
                .faultsOfSheets())
        .extracting(SheetFault::toString)
        .containsExactly(
            "apples.md:27: B.1: not in apples",
            "apples.md:27: D07: not in apples",
            "apples.md:27: §7.2: not in apples",
            "apples.md:27: §7.2: not in apples",
            "docs/pears.md:9: §7.3: not in pears",
            "docs/pears.md:9: D05: not in pears",
            "docs/pears.md:9: F01: not in pears");
  }

  @Test
  @DisplayName("a number stands for one row: a case's in all sheets, another's in its own")
  void numbersGivenTwice() {
    assertThat(
            citations(
                    APPLES + "| C017 | again |\n| D05 | again |\n",
                    PEARS + "| C018 | a |\n| D05 | b |\n")
                .faultsOfSheets())
        .extracting(SheetFault::toString)
        .containsExactly(
            "apples.md:27: C017: also a row of apples",
            "apples.md:28: D05: also a row of apples",
            "docs/pears.md:9: C018: also a row of apples");
  }

  private static Citations citations(String apples, String pears) {
    return new Citations(
        List.of(Sheet.parse("apples.md", apples), Sheet.parse("docs/pears.md", pears)));
  }
}
