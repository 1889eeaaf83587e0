package io.github.webpubsubtestkit.internal.rest.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter language (rest-api 10). */
class ConnectionFilterTest {

  private static boolean selects(String filter, Candidate connection) throws Exception {
    return ConnectionFilter.parse(filter).test(connection);
  }

  private static String fault(String filter) {
    FilterSyntaxException refused =
        catchThrowableOfType(FilterSyntaxException.class, () -> ConnectionFilter.parse(filter));
    return refused.message();
  }

  // ---- what is true of whom

  @ParameterizedTest(name = "{0} {1}")
  @CsvFileSource(resources = "/filters.csv", delimiter = '|', quoteCharacter = '"')
  @DisplayName("rest-api 10.7, the truth table")
  void truthTable(String id, String filter, String ofA, String ofB) throws Exception {
    assertThat(selects(filter, Candidate.A)).as("A").isEqualTo(ofA.equals("T"));
    assertThat(selects(filter, Candidate.B)).as("B").isEqualTo(ofB.equals("T"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvFileSource(resources = "/filter-errors.csv", delimiter = '|', quoteCharacter = '"')
  @DisplayName("rest-api 10.7, errors")
  void errors(String id, String filter) {
    assertThat(fault(filter)).startsWith("Invalid syntax for '").endsWith(" (Parameter 'filter')");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // null is one value, whatever it could have been
        "userId eq protocol | F | T",
        "length(userId) eq protocol | F | T",
        "length(userId) eq tolower(userId) | F | T",
        "length(userId) ne connectionId | T | T",
        "userId in (protocol, length(protocol)) | F | T",
        "null in (null) | T | T",
        "null eq null | T | T",
        "null eq groups | F | F",
        "null eq true | F | F",
        "userId in () | F | F",
        "null gt 1 or 1 le null | F | F",
        // equality of each pair of types
        "true eq (1 eq 1) | T | T",
        "true eq 'true' | F | F",
        "groups eq groups | T | T",
        "groups eq 'g1' | F | F",
        "length(userId) eq length('12345') | T | F",
        "length(groups) eq 2 | T | F",
        "connectionId eq userId | F | F",
        "'c1' eq connectionId | T | F",
        // the order of numbers; connectionId has two characters
        "length(userId) gt 5 | F | F",
        "length(userId) ge 5 | T | F",
        "length(userId) lt 5 | F | F",
        "length(userId) lt 6 | T | F",
        "length(userId) le 5 | T | F",
        "length(userId) le 4 | F | F",
        "length(groups) le 2147483647 | T | T",
        "length(userId) gt length(connectionId) | T | F",
        "length(groups) gt length(connectionId) | F | F",
        "length(groups) ge length(connectionId) | T | F",
        "length(groups) lt length(connectionId) | F | T",
        "length(groups) le length(connectionId) | T | T",
        "length(connectionId) le length(groups) | T | F",
        "length(connectionId) gt length(userId) | F | F",
        "length(connectionId) ge length(userId) | F | F",
        "length(userId) lt length(connectionId) | F | F",
        "length(userId) le length(connectionId) | F | F",
        // in
        "connectionId in (concat('c','1'), 'x') | T | F",
        "2 in (1, length(groups)) | T | F",
        "true in (false, userId eq 'user1') | T | F",
        "groups in (groups) | T | T",
        "groups in groups | F | F",
        "1 in groups | F | F",
        "concat('g','1') in groups | T | F",
        "'g1' in (groups) | F | F",
        "'g1' in groups in (true) | T | F",
        // chains and precedence
        "1 eq 1 eq true | T | T",
        "not not true | T | T",
        "not(userId eq 'user1') | F | T",
        "true or true and false | T | T",
        "true and userId eq 'user1' and true | T | F",
        "userId eq 'user1' and true and true | T | F",
        "true and true and userId eq 'user1' | T | F",
        "false and true or true | T | T",
        "(true or true) and false | F | F",
        "((userId eq 'x') or (userId eq 'y') or (userId eq 'user1')) | T | F",
        // functions
        "length('a''b') eq 3 | T | T",
        "length(null) eq null | T | T",
        "length(tolower(null)) eq null | T | T",
        "contains(userId,connectionId) | F | F",
        "startswith('user1x',userId) | T | F",
        "endswith(concat('x',userId),userId) | T | F",
        "tolower('ÄÖI') eq 'äöi' | T | T",
        "tolower('\ud801\udc00') eq '\ud801\udc28' | T | T",
        "toupper('straße') eq 'STRAßE' | T | T",
        "trim('\u00a0\u3000x ') eq 'x' | T | T",
        "trim(' \t ') eq '' | T | T",
        "trim('') eq '' | T | T",
        "indexof('abc','') eq 0 | T | T",
        "indexof(null,'a') eq -1 | T | T",
        "concat(null,null) eq null | T | T",
        "concat(null,userId) eq 'user1' | T | F",
        "concat('x',null) eq 'x' | T | T",
        "substring('abc',3) eq '' | T | T",
        "substring('abc',4) eq null | T | T",
        "substring('abc',-1) eq null | T | T",
        "substring('abc',1,1) eq 'b' | T | T",
        "substring('abc',1,-1) eq null | T | T",
        "substring('abc',2147483647,2147483647) eq null | T | T",
        "substring('abc',-2147483648) eq null | T | T",
        "substring('abc',null) eq null | T | T",
        "substring('abc',1,null) eq null | T | T",
        "substring(null,0) eq null | T | T",
        "substring(userId,length(userId)) eq '' | T | F",
        "startswith(concat(userId,'x'),'user1x') | T | F",
        // spelling
        "CONNECTIONID eq 'c1' | T | F",
        "'g1' in GROUPS | T | F",
        "Protocol ne null | T | F",
        "  userId  eq  'user1'  | T | F",
        "userId eq'user1' | T | F",
        "007 eq 7 | T | T",
        "-2147483648 lt 2147483647 | T | T"
      })
  @DisplayName("rest-api 10.1 to 10.4, what the table does not show")
  void beyondTheTable(String filter, String ofA, String ofB) throws Exception {
    assertThat(selects(filter, Candidate.A)).as("A").isEqualTo(ofA.equals("T"));
    assertThat(selects(filter, Candidate.B)).as("B").isEqualTo(ofB.equals("T"));
  }

  @Test
  @DisplayName("a quote is doubled in a text, and tabs and line ends are blanks")
  void lexical() throws Exception {
    assertThat(selects("userId eq 'vic''s'", Candidate.user("vic's"))).isTrue();
    assertThat(selects("userId\teq\r\n'a\tb'", Candidate.user("a\tb"))).isTrue();
    assertThat(selects("userId eq '''' ", Candidate.user("'"))).isTrue();
    assertThat(selects("userId eq ''", Candidate.user(""))).isTrue();
    assertThat(selects("userId eq ''", Candidate.user(null))).isFalse();
    assertThat(selects("toupper(userId) eq '😀Ä'", Candidate.user("😀ä"))).isTrue();
  }

  @Test
  @DisplayName("many terms in a row and many items in a list are not deep")
  void longFilters() throws Exception {
    StringBuilder chain = new StringBuilder("userId eq 'x'");
    StringBuilder list = new StringBuilder("userId in ('x'");
    for (int i = 0; i < 20_000; i++) {
      chain.append(" or userId eq 'user").append(i).append('\'');
      list.append(",'user").append(i).append('\'');
    }

    assertThat(selects(chain.toString(), Candidate.user("user19999"))).isTrue();
    assertThat(selects(chain.toString(), Candidate.user("user20000"))).isFalse();
    assertThat(selects(list + ")", Candidate.user("user19999"))).isTrue();
    assertThat(selects(list + ")", Candidate.user(null))).isFalse();
    assertThat(selects(list + ",null)", Candidate.user(null))).isTrue();
  }

  @Test
  @DisplayName("nesting is limited to 100, of whatever kind it is")
  void nesting() throws Exception {
    assertThat(selects("(".repeat(100) + "true" + ")".repeat(100), Candidate.A)).isTrue();
    assertThat(selects("not ".repeat(100) + "true", Candidate.A)).isTrue();
    assertThat(fault("(".repeat(101) + "true" + ")".repeat(101))).contains("depth");
    assertThat(fault("not ".repeat(101) + "true")).contains("depth");
    assertThat(fault("trim(".repeat(101) + "userId" + ")".repeat(101) + " eq 'a'"))
        .contains("depth");
    assertThat(fault("true in (".repeat(101) + "true" + ")".repeat(101))).contains("depth");
    assertThat(selects("1 eq 1" + " eq true".repeat(100), Candidate.A)).isTrue();
    assertThat(fault("1 eq 1" + " eq true".repeat(101))).contains("depth");
    assertThat(fault("1 in (1)" + " in (true)".repeat(101))).contains("depth");
    assertThat(fault("(".repeat(500_000))).contains("depth");
    // a chain of comparisons nests as it would with parentheses
    String chain = "1 eq 1" + " eq true".repeat(50);
    assertThat(selects("(".repeat(50) + chain + ")".repeat(50), Candidate.A)).isTrue();
    assertThat(fault("(".repeat(51) + chain + ")".repeat(51))).contains("depth");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(true)",
        "not false",
        "length('a') eq 1",
        "1 in (1)",
        "'g1' in groups",
        "not(false)"
      })
  @DisplayName("what stands side by side is not nested, however many there are")
  void sideBySide(String condition) throws Exception {
    assertThat(selects((condition + " and ").repeat(200) + "true", Candidate.A)).isTrue();
  }

  // ---- what is said of errors

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "invalid filter | invalid filter | Syntax error at position 14 in 'invalid filter'.",
        "not length(userId) gt 5 | not length(userId) | Type 'null', expect 'bool'.",
        "( not 'a' ) | not 'a' | Type 'string', expect 'bool'.",
        "userId lt 1 | userId lt 1 | Type 'string', expect 'int'.",
        "invalid(ab,c) | invalid(ab,c) | Token 'invalid(ab,c)' is not supported.",
        "ab eq 1 | ab eq 1 | Token 'ab' is not supported.",
        // ours, after the same rules
        "userId | userId | Type 'string', expect 'bool'.",
        "length(userId) | length(userId) | Type 'null', expect 'bool'.",
        "length(connectionId) | length(connectionId) | Type 'int', expect 'bool'.",
        "groups | groups | Type 'collection', expect 'bool'.",
        "null | null | Type 'null', expect 'bool'.",
        "true or userId | True or userId | Type 'string', expect 'bool'.",
        "not null | not null | Type 'null', expect 'bool'.",
        "true and (false or 1) | False or 1 | Type 'int', expect 'bool'.",
        "true and false and true and 1 | ((True and False) and True) and 1 | Type 'int', expect 'bool'.",
        "1 and true and ab | 1 and True | Type 'int', expect 'bool'.",
        "not (true and ab) | True and ab | Token 'ab' is not supported.",
        "ab | ab | Token 'ab' is not supported.",
        "true and length(ab) eq 1 | length(ab) | Token 'ab' is not supported.",
        "not (a eq 1 or b eq 2) | a eq 1 | Token 'a' is not supported.",
        "(1 eq 1) gt 2 | (1 eq 1) gt 2 | Type 'bool', expect 'int'.",
        "tolower(protocol) lt 1 | tolower(protocol) lt 1 | Type 'null', expect 'int'.",
        "length(userId) gt 'a''b' | length(userId) gt 'a''b' | Type 'string', expect 'int'.",
        "substring(userId,0) gt 1 | substring(userId,0) gt 1 | Type 'string', expect 'int'.",
        "concat(null,userId) gt 1 | concat(null,userId) gt 1 | Type 'null', expect 'int'.",
        "userId in 'user1' | userId in 'user1' | Type 'string', expect 'collection'.",
        "(1 in (2,null)) in userId | (1 in (2,null)) in userId | Type 'string', expect 'collection'.",
        "contains(groups,'g1') | contains(groups,'g1') | Type 'collection', expect 'string'.",
        "contains( userId , 5 ) | contains(userId,5) | Type 'int', expect 'string'.",
        "length(true) eq 1 | length(True) | Type 'bool', expect 'string'.",
        "length(userId,1) gt 1 | length(userId,1) | Function 'length' takes 1 argument but has 2.",
        "concat('a') eq 'a' | concat('a') | Function 'concat' takes 2 arguments but has 1.",
        "substring('a') eq 'a' | substring('a') | Function 'substring' takes 2 to 3 arguments but has 1.",
        "1.5 eq 1.5 | 1.5 eq 1.5 | Token '1.5' is not supported.",
        "userId eq | userId eq | Expression expected at position 9 in 'userId eq'.",
        "userId eq 'a | userId eq 'a | There is an unterminated string literal at position 12 in 'userId eq 'a'.",
        "() | () | Expression expected at position 1 in '()'.",
        "(true | (true | ')' or operator expected at position 5 in '(true'.",
        "length(userId | length(userId | ')' or ',' expected at position 13 in 'length(userId'.",
        "userId = 'a' | userId = 'a' | Syntax error: character '=' is not valid at position 7 in 'userId = 'a''.",
        "true) | true) | Syntax error at position 5 in 'true)'."
      })
  @DisplayName("rest-api 10.6: the smallest wrong part, and what is wrong with it")
  void messages(String filter, String fragment, String detail) {
    assertThat(fault(filter))
        .isEqualTo("Invalid syntax for '" + fragment + "': " + detail + " (Parameter 'filter')");
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "",
        "'",
        "''''a",
        "-",
        "- 1 eq 1",
        "1e5 eq 1",
        "true false",
        "not",
        "in",
        "and true",
        "userId in",
        "userId in (",
        "userId in (,)",
        "userId in ('a',)",
        "length",
        "length()",
        "()",
        "1 eq",
        "eq 1",
        "true and",
        "groups/any(g: g eq 'g1')",
        "userId has 'a'",
        "1 add 1 eq 2",
        "2024-01-01 eq 1",
        "not eq true",
        "TRUE",
        "True",
        "NULL eq null",
        "null()",
        "\u0000",
        "\ud800"
      })
  @DisplayName("anything else is refused, too")
  void refused(String filter) {
    assertThat(fault(filter)).startsWith("Invalid syntax for '").endsWith(" (Parameter 'filter')");
  }

  @ParameterizedTest(name = "[{0}]")
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "not( userId in('a''b',null,-1) )and true | not userId in ('a''b',null,-1) and true",
        "(true and false)or(false) | true and false or false",
        "true and(false or true) | true and (false or true)",
        "(true and false) and true | true and false and true",
        "true and (false and true) | true and (false and true)",
        "(1 eq 1) eq true | 1 eq 1 eq true",
        "true eq (1 eq 1) | true eq (1 eq 1)",
        "(not true) eq false | not true eq false",
        "not (true eq false) | not (true eq false)",
        "not (not (true)) | not not true",
        "(not true) in (true) | (not true) in (true)",
        "(1 in (1)) in (true) | 1 in (1) in (true)",
        "length( trim((userId)) )gt 1 | length(trim(userId)) gt 1",
        "'g'in(groups)or 'g' in groups | 'g' in (groups) or 'g' in groups"
      })
  @DisplayName(
      "a filter shows itself in a form that can be parsed again, without needless parentheses")
  void printed(String text, String print) throws Exception {
    Expression parsed = FilterParser.parse(text);

    assertThat(FilterPrinter.print(parsed)).isEqualTo(print);
    assertThat(FilterParser.parse(print)).isEqualTo(parsed);
  }

  static Stream<String> asDeepAsCanBe() {
    return Stream.of(
        "not ".repeat(100) + "true",
        "not ".repeat(99) + "(true and true)",
        "(".repeat(100) + "true" + ")".repeat(100),
        "(".repeat(100) + "true" + " and true)".repeat(100),
        "(".repeat(100) + "true" + " and true) or false".repeat(100),
        "true and (".repeat(100) + "true" + ")".repeat(100),
        "(".repeat(100) + "1 eq 1" + ") eq true".repeat(100),
        "true eq (".repeat(100) + "true" + ")".repeat(100),
        "not (".repeat(50) + "true" + ") eq true".repeat(50),
        "1 eq 1" + " eq true".repeat(100),
        "(".repeat(50) + "1 eq 1" + " eq true".repeat(50) + ")".repeat(50),
        "1 in (1)" + " in (true)".repeat(99),
        "(".repeat(99) + "1 in (1)" + ") in (true)".repeat(99),
        "true in (".repeat(100) + "true" + ")".repeat(100),
        "trim(".repeat(100) + "userId" + ")".repeat(100) + " eq 'user1'",
        "((1 eq 1) eq true) and ".repeat(200) + "true",
        "(1 eq 1 eq true) and ".repeat(200) + "true",
        "true and ".repeat(5_000) + "true",
        "false or ".repeat(5_000) + "true");
  }

  @ParameterizedTest
  @MethodSource("asDeepAsCanBe")
  @DisplayName("what is as deep as it can be is printed so that it can be parsed again")
  void deepestIsPrinted(String text) throws Exception {
    ConnectionFilter filter = ConnectionFilter.parse(text);
    String print = filter.toString();

    ConnectionFilter again = ConnectionFilter.parse(print);

    assertThat(again).hasToString(print);
    assertThat(FilterParser.parse(print)).isEqualTo(FilterParser.parse(text));
    for (Candidate each : List.of(Candidate.A, Candidate.B, Candidate.NOTHING)) {
      assertThat(again.test(each)).isEqualTo(filter.test(each));
    }
  }
}
