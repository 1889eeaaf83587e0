package io.github.webpubsubtestkit.internal.rest.filter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.rest.filter.Expression.Junction;
import io.github.webpubsubtestkit.internal.rest.filter.Expression.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every filter: printed and parsed it is the same again, it selects what the rules
 * say, and no text makes the parser, or a filter that it lets through, throw anything else than its
 * own error.
 */
class FilterPropertyTest {

  private static final List<String> WORDS =
      List.of(
          "userId",
          "connectionId",
          "groups",
          "protocol",
          "ab",
          "true",
          "false",
          "null",
          "and",
          "or",
          "not",
          "in",
          "eq",
          "ne",
          "gt",
          "lt",
          "(",
          ")",
          "(",
          ")",
          ",",
          "'",
          "'a'",
          "''",
          "1",
          "-1",
          "99999999999",
          "1.5",
          "/",
          "length(",
          "tolower(",
          "substring(",
          "concat(",
          "contains(",
          "indexof(");

  // ---- the text

  @Property
  void whatIsPrintedIsParsedToTheSameTree(@ForAll("expressions") Expression expression)
      throws Exception {
    assertThat(FilterParser.parse(FilterPrinter.print(expression))).isEqualTo(expression);
  }

  @Property
  void whatIsParsedIsPrintedAndParsedToTheSameTree(@ForAll("wordSalads") String text) {
    Expression parsed;
    try {
      parsed = FilterParser.parse(text);
    } catch (FilterSyntaxException e) {
      return; // most are none; the others are found often enough
    }
    assertThat(FilterPrinter.print(parsed))
        .satisfies(printed -> assertThat(FilterParser.parse(printed)).isEqualTo(parsed));
  }

  @Property(tries = 300)
  void whateverIsTakenIsPrintedSoThatItIsTakenAgain(@ForAll("deepFilters") String text)
      throws Exception {
    ConnectionFilter filter;
    try {
      filter = ConnectionFilter.parse(text);
    } catch (FilterSyntaxException e) {
      assertThat(e.message()).contains("depth");
      return;
    }
    ConnectionFilter again = ConnectionFilter.parse(filter.toString());

    assertThat(again).hasToString(filter.toString());
    for (Candidate each : List.of(Candidate.A, Candidate.B, Candidate.user("a"))) {
      assertThat(again.test(each)).isEqualTo(filter.test(each));
    }
  }

  // ---- nothing else is thrown

  @Property
  void anyTextIsAFilterOrAnError(@ForAll String text) {
    assertFilterOrError(text);
  }

  @Property
  void anyWordsAreAFilterOrAnError(@ForAll("wordSalads") String text) {
    assertFilterOrError(text);
  }

  @Property
  void anyTreeIsAFilterOrAnError(@ForAll("expressions") Expression expression) {
    assertFilterOrError(FilterPrinter.print(expression));
  }

  private static void assertFilterOrError(String text) {
    ConnectionFilter filter;
    try {
      filter = ConnectionFilter.parse(text);
    } catch (FilterSyntaxException e) {
      assertThat(e.message()).startsWith("Invalid syntax for '").endsWith(" (Parameter 'filter')");
      return;
    }
    // that it does not throw is what is tested; and who asks twice is told the same
    for (Candidate each : List.of(Candidate.A, Candidate.B, Candidate.NOTHING)) {
      assertThat(filter.test(each)).isEqualTo(filter.test(each));
    }
  }

  // ---- the meaning

  @Property
  void aWellTypedFilterIsTakenAndMeansWhatTheRulesSay(
      @ForAll("conditions") Expression condition, @ForAll("candidates") Candidate candidate)
      throws Exception {
    ConnectionFilter filter = ConnectionFilter.parse(FilterPrinter.print(condition));

    assertThat(filter.test(candidate))
        .as("%s of %s", filter, candidate)
        .isEqualTo(ByTheRules.value(condition, candidate));
  }

  /** The rules of rest-api 10.3 and 10.4 once more, as slow and plain as they are written there. */
  private static final class ByTheRules {

    static @Nullable Object value(Expression expression, Candidate c) {
      if (expression instanceof Expression.Text text) {
        return text.value();
      } else if (expression instanceof Expression.WholeNumber number) {
        return number.value();
      } else if (expression instanceof Expression.Bool bool) {
        return bool.value();
      } else if (expression instanceof Expression.Identifier identifier) {
        return switch (identifier.name()) {
          case "userId" -> c.userId();
          case "connectionId" -> c.id();
          case "protocol" -> c.protocolName();
          default -> c.groups();
        };
      } else if (expression instanceof Expression.Not not) {
        return !truth(not.operand(), c);
      } else if (expression instanceof Expression.Logical logical) {
        boolean result = logical.junction() == Junction.AND;
        for (Expression operand : logical.operands()) {
          boolean value = truth(operand, c);
          result = logical.junction() == Junction.AND ? result && value : result || value;
        }
        return result;
      } else if (expression instanceof Expression.Comparison comparison) {
        return compared(
            comparison.relation(), value(comparison.left(), c), value(comparison.right(), c));
      } else if (expression instanceof Expression.InList in) {
        Object value = value(in.value(), c);
        return in.items().stream().anyMatch(item -> equal(value, value(item, c)));
      } else if (expression instanceof Expression.In in) {
        return value(in.value(), c) instanceof String group && c.groups().contains(group);
      } else if (expression instanceof Expression.Call call) {
        return called(call.function(), call.arguments().stream().map(a -> value(a, c)).toList());
      }
      return null;
    }

    private static boolean truth(Expression expression, Candidate c) {
      return (Boolean) requireNonNull(value(expression, c));
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b) {
      return a == null ? b == null : a.equals(b);
    }

    private static boolean compared(Relation relation, @Nullable Object a, @Nullable Object b) {
      if (relation.isEquality()) {
        return equal(a, b) == (relation == Relation.EQ);
      }
      if (!(a instanceof Integer left) || !(b instanceof Integer right)) {
        return false;
      }
      int order = left.compareTo(right);
      return switch (relation) {
        case GT -> order > 0;
        case GE -> order >= 0;
        case LT -> order < 0;
        default -> order <= 0;
      };
    }

    private static @Nullable Object called(String function, List<?> arguments) {
      Object first = arguments.get(0);
      Object second = arguments.size() > 1 ? arguments.get(1) : null;
      if (function.equals("length")) {
        return first instanceof Set<?> groups
            ? (Object) groups.size()
            : first == null ? null : ((String) first).length();
      }
      if (first == null || second == null) {
        return switch (function) {
          case "concat" -> first == null ? second : first;
          case "indexof" -> -1;
          case "startswith", "contains" -> false;
          default -> null;
        };
      }
      String text = (String) first;
      return switch (function) {
        case "concat" -> text + second;
        case "indexof" -> text.indexOf((String) second);
        case "startswith" -> text.startsWith((String) second);
        case "contains" -> text.contains((String) second);
        default -> {
          int start = (Integer) second;
          yield start < 0 || start > text.length() ? null : text.substring(start);
        }
      };
    }
  }

  // ---- arbitrary filters

  /** Any words in any order. */
  @Provide
  Arbitrary<String> wordSalads() {
    return Arbitraries.of(WORDS).list().ofMaxSize(20).map(words -> String.join(" ", words));
  }

  /** Filters of right types, many of them nested as deeply as is allowed, and some more. */
  @Provide
  Arbitrary<String> deepFilters() {
    Arbitrary<String> texts =
        wrapped(
            Arbitraries.of("userId", "'a'", "null", "connectionId"),
            "(X)",
            "trim(X)",
            "concat(X,'a')",
            "concat('',X)",
            "substring(X,0)");
    Arbitrary<String> conditions =
        Combinators.combine(
                texts,
                Arbitraries.of(
                    "(X eq 'a')",
                    "('a' eq X)",
                    "contains(X,'a')",
                    "(length(X) ge 1)",
                    "(X in ('a',null))",
                    "(X in groups)"))
            .as((text, frame) -> frame.replace("X", text));
    return wrapped(
        Arbitraries.oneOf(conditions, Arbitraries.of("true", "false")),
        "not X",
        "not (X)",
        "(X)",
        "X and true",
        "true and X",
        "true and (X)",
        "(X) and false",
        "X or false",
        "false or (X)",
        "(X) or (X)",
        "X eq true",
        "(X) ne true",
        "true eq (X)",
        "(X) in (true)",
        "(X) in (true) in (false)",
        "true in (false,X)");
  }

  /** Frames around something, each many times, and others around those. */
  private static Arbitrary<String> wrapped(Arbitrary<String> inner, String... frames) {
    Arbitrary<Run> runs =
        Combinators.combine(Arbitraries.of(frames), Arbitraries.integers().between(1, 60))
            .as(Run::new);
    return Combinators.combine(inner, runs.list().ofMaxSize(4))
        .as(
            (innermost, all) -> {
              String text = innermost;
              for (Run run : all) {
                text = run.around(text);
              }
              return text;
            });
  }

  /** A frame, in which X stands for what is inside, so many times. */
  private record Run(String frame, int times) {

    String around(String inner) {
      boolean doubles = frame.indexOf('X') != frame.lastIndexOf('X');
      String text = inner;
      for (int i = 0; i < (doubles ? 1 : times); i++) {
        text = frame.replace("X", text);
      }
      return text;
    }
  }

  /** Any tree that the grammar knows, whatever the types. */
  @Provide
  Arbitrary<Expression> expressions() {
    return expressions(4);
  }

  private static Arbitrary<Expression> expressions(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<Expression> inner = expressions(depth - 1);
    return Arbitraries.oneOf(
        leaves(),
        Combinators.combine(
                Arbitraries.of("length", "concat", "substring", "nothing"),
                inner.list().ofMaxSize(3))
            .as(Expression.Call::new),
        inner.map(Expression.Not::new),
        Combinators.combine(Arbitraries.of(Junction.class), inner.list().ofMinSize(2).ofMaxSize(4))
            .as(FilterPropertyTest::logical),
        Combinators.combine(Arbitraries.of(Relation.class), inner, inner)
            .as(Expression.Comparison::new),
        Combinators.combine(inner, inner.list().ofMaxSize(3)).as(Expression.InList::new),
        Combinators.combine(inner, leaves()).as(Expression.In::new));
  }

  private static Arbitrary<Expression> leaves() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .withChars("ag1' (),\u00e9\t")
            .ofMaxLength(6)
            .map(Expression.Text::new),
        Arbitraries.integers().map(Expression.WholeNumber::new),
        Arbitraries.of(true, false).map(Expression.Bool::new),
        Arbitraries.just(new Expression.Null()),
        Arbitraries.of("userId", "GROUPS", "connectionId", "protocol", "other")
            .map(Expression.Identifier::new));
  }

  /** A chain begins with no chain of its own kind. */
  private static Expression logical(Junction junction, List<Expression> operands) {
    List<Expression> all = new ArrayList<>(operands);
    while (all.get(0) instanceof Expression.Logical first && first.junction() == junction) {
      all.remove(0);
      all.addAll(0, first.operands());
    }
    return new Expression.Logical(junction, List.copyOf(all));
  }

  /** A filter without any error. */
  @Provide
  Arbitrary<Expression> conditions() {
    return conditions(3);
  }

  private static Arbitrary<Expression> conditions(int depth) {
    if (depth == 0) {
      return Arbitraries.of(true, false).map(Expression.Bool::new);
    }
    Arbitrary<Expression> texts = texts(depth - 1);
    Arbitrary<Expression> numbers = numbers(depth - 1);
    Arbitrary<Expression> conditions = conditions(depth - 1);
    Arbitrary<Expression> values =
        Arbitraries.oneOf(
            texts, numbers, conditions, Arbitraries.just(new Expression.Identifier("groups")));
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.of(Relation.EQ, Relation.NE), values, values)
            .as(Expression.Comparison::new),
        Combinators.combine(Arbitraries.of(Relation.class), numbers, numbers)
            .as(Expression.Comparison::new),
        Combinators.combine(values, values.list().ofMaxSize(4)).as(Expression.InList::new),
        values.map(value -> new Expression.In(value, new Expression.Identifier("groups"))),
        Combinators.combine(Arbitraries.of("startswith", "contains"), texts, texts)
            .as((function, first, second) -> new Expression.Call(function, List.of(first, second))),
        conditions.map(Expression.Not::new),
        Combinators.combine(
                Arbitraries.of(Junction.class), conditions.list().ofMinSize(2).ofMaxSize(3))
            .as(FilterPropertyTest::logical));
  }

  private static Arbitrary<Expression> texts(int depth) {
    Arbitrary<Expression> leaves =
        Arbitraries.oneOf(
            Arbitraries.of("", "a", "g", "ag", "g'").map(Expression.Text::new),
            Arbitraries.of("userId", "connectionId", "protocol").map(Expression.Identifier::new),
            Arbitraries.just(new Expression.Null()));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Expression> texts = texts(depth - 1);
    return Arbitraries.oneOf(
        leaves,
        Combinators.combine(texts, texts)
            .as((first, second) -> new Expression.Call("concat", List.of(first, second))),
        Combinators.combine(texts, numbers(depth - 1))
            .as((text, start) -> new Expression.Call("substring", List.of(text, start))));
  }

  private static Arbitrary<Expression> numbers(int depth) {
    Arbitrary<Expression> leaves =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-1, 3).map(Expression.WholeNumber::new),
            Arbitraries.just(new Expression.Null()),
            Arbitraries.just(
                new Expression.Call("length", List.of(new Expression.Identifier("groups")))));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Expression> texts = texts(depth - 1);
    return Arbitraries.oneOf(
        leaves,
        texts.map(text -> new Expression.Call("length", List.of(text))),
        Combinators.combine(texts, texts)
            .as((first, second) -> new Expression.Call("indexof", List.of(first, second))));
  }

  @Provide
  Arbitrary<Candidate> candidates() {
    Arbitrary<String> names = Arbitraries.of("", "a", "g", "ag", "g'");
    return Combinators.combine(
            names, names.injectNull(0.3), names.set().ofMaxSize(3), names.injectNull(0.3))
        .as(Candidate::new);
  }
}
