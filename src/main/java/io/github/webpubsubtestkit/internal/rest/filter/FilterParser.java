package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.rest.filter.Expression.Junction;
import io.github.webpubsubtestkit.internal.rest.filter.Expression.Relation;
import io.github.webpubsubtestkit.internal.rest.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grammar of rest-api 10.1, one method per rule.
 *
 * <p>However long a text is, the tree is only so deep: nesting is limited, and comparisons and
 * {@code in} that follow one another count as nested, as {@code a eq b eq c} is {@code (a eq b) eq
 * c}. So parentheses that change nothing can be left out of a text that is allowed.
 */
final class FilterParser {

  private static final int MAX_DEPTH = 100;

  private final FilterLexer lexer;
  private Token token;
  private int depth;

  /** The greatest depth so far within the operands that the innermost chain may yet nest. */
  private int deepest;

  private FilterParser(String text) throws FilterSyntaxException {
    lexer = new FilterLexer(text);
    token = lexer.next();
  }

  static Expression parse(String text) throws FilterSyntaxException {
    FilterParser parser = new FilterParser(text);
    Expression expression = parser.or();
    if (parser.token.kind() != Kind.END) {
      throw parser.lexer.fault(
          "Syntax error at position " + parser.token.end() + " in '" + text + "'.");
    }
    return expression;
  }

  private Expression or() throws FilterSyntaxException {
    Expression first = and();
    if (!token.isWord(Junction.OR.word())) {
      return first;
    }
    List<Expression> operands = startOf(Junction.OR, first);
    while (token.isWord(Junction.OR.word())) {
      advance();
      operands.add(and());
    }
    return new Expression.Logical(Junction.OR, List.copyOf(operands));
  }

  private Expression and() throws FilterSyntaxException {
    Expression first = comparison();
    if (!token.isWord(Junction.AND.word())) {
      return first;
    }
    List<Expression> operands = startOf(Junction.AND, first);
    while (token.isWord(Junction.AND.word())) {
      advance();
      operands.add(comparison());
    }
    return new Expression.Logical(Junction.AND, List.copyOf(operands));
  }

  private static List<Expression> startOf(Junction junction, Expression first) {
    return first instanceof Expression.Logical chain && chain.junction() == junction
        ? new ArrayList<>(chain.operands())
        : new ArrayList<>(List.of(first));
  }

  private Expression comparison() throws FilterSyntaxException {
    int before = beginChain();
    Expression left = unary();
    Relation relation = relation();
    for (boolean more = false; relation != null; more = true) {
      nestIf(more);
      advance();
      left = new Expression.Comparison(relation, left, unary());
      relation = relation();
    }
    endChain(before);
    return left;
  }

  private @Nullable Relation relation() {
    return token.kind() == Kind.WORD ? Relation.of(token.text()) : null;
  }

  private Expression unary() throws FilterSyntaxException {
    if (!token.isWord("not")) {
      return in();
    }
    enter();
    advance();
    Expression operand = unary();
    depth--;
    return new Expression.Not(operand);
  }

  private Expression in() throws FilterSyntaxException {
    int before = beginChain();
    Expression value = primary();
    for (boolean more = false; token.isWord("in"); more = true) {
      nestIf(more);
      advance();
      value =
          token.kind() == Kind.OPEN
              ? new Expression.InList(value, inParentheses())
              : new Expression.In(value, primary());
    }
    endChain(before);
    return value;
  }

  private Expression primary() throws FilterSyntaxException {
    Token first = token;
    return switch (first.kind()) {
      case QUOTED -> {
        advance();
        yield new Expression.Text(first.text());
      }
      case NUMBER -> {
        advance();
        yield new Expression.WholeNumber(number(first.text()));
      }
      case WORD -> {
        advance();
        yield named(first.text());
      }
      case OPEN -> parenthesized();
      case CLOSE, COMMA, END -> throw expected("Expression");
    };
  }

  private Expression parenthesized() throws FilterSyntaxException {
    enter();
    advance();
    Expression inner = or();
    if (token.kind() != Kind.CLOSE) {
      throw expected("')' or operator");
    }
    advance();
    depth--;
    return inner;
  }

  private Expression named(String word) throws FilterSyntaxException {
    if (token.kind() == Kind.OPEN) {
      return new Expression.Call(word, inParentheses());
    }
    return switch (word) {
      case "true" -> new Expression.Bool(true);
      case "false" -> new Expression.Bool(false);
      case "null" -> new Expression.Null();
      default -> new Expression.Identifier(word);
    };
  }

  /** Arguments or items, perhaps none. */
  private List<Expression> inParentheses() throws FilterSyntaxException {
    enter();
    advance();
    List<Expression> list = new ArrayList<>(4);
    if (token.kind() != Kind.CLOSE) {
      list.add(or());
      while (token.kind() == Kind.COMMA) {
        advance();
        list.add(or());
      }
      if (token.kind() != Kind.CLOSE) {
        throw expected("')' or ','");
      }
    }
    advance();
    depth--;
    return List.copyOf(list);
  }

  private int number(String digits) throws FilterSyntaxException {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) { // has a fraction, is too large, or is something else
      throw lexer.fault("Token '" + digits + "' is not supported.");
    }
  }

  private void advance() throws FilterSyntaxException {
    token = lexer.next();
  }

  private void enter() throws FilterSyntaxException {
    depth++;
    deepest = Math.max(deepest, depth);
    requireDepth(depth);
  }

  /** Returns what {@link #endChain} is to be given. */
  private int beginChain() {
    int before = deepest;
    deepest = depth;
    return before;
  }

  /** Makes the chain read so far the left operand, as if it stood in parentheses. */
  private void nestIf(boolean more) throws FilterSyntaxException {
    if (more) {
      deepest++;
      requireDepth(deepest);
    }
  }

  private void endChain(int before) {
    deepest = Math.max(before, deepest);
  }

  private void requireDepth(int reached) throws FilterSyntaxException {
    if (reached > MAX_DEPTH) {
      throw lexer.fault("Recursion depth exceeded allowed limit of " + MAX_DEPTH + ".");
    }
  }

  private FilterSyntaxException expected(String what) {
    return lexer.fault(
        what + " expected at position " + token.start() + " in '" + lexer.text() + "'.");
  }
}
