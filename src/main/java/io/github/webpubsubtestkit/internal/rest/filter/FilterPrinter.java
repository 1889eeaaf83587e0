package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.rest.filter.Expression.Junction;
import java.util.List;

/**
 * Writes expressions, for who parses them again or as the service's error messages do (rest-api
 * 10.6); arguments have no blank between them.
 */
final class FilterPrinter implements Expression.Visitor<FilterPrinter, RuntimeException> {

  /** Precedence of an expression (rest-api 10.1), the loosest first. */
  private enum Binding {
    OR,
    AND,
    COMPARISON,
    NOT,
    IN,
    PRIMARY
  }

  private static final Bindings BINDING = new Bindings();

  private final StringBuilder out = new StringBuilder();
  private final boolean forMessage;

  private FilterPrinter(boolean forMessage) {
    this.forMessage = forMessage;
  }

  /**
   * The text with no parenthesis but those that it needs to be parsed to the same tree. So it is
   * nested no deeper than the text that the tree was parsed from, and never too deeply.
   */
  static String print(Expression expression) {
    return print(expression, false);
  }

  /**
   * The text as messages show it: truth values begin with a capital letter, and operands that are
   * operators themselves stand in parentheses.
   */
  static String printForMessage(Expression expression) {
    return print(expression, true);
  }

  private static String print(Expression expression, boolean forMessage) {
    return expression.accept(new FilterPrinter(forMessage)).out.toString();
  }

  @Override
  public FilterPrinter text(Expression.Text text) {
    return append("'").append(text.value().replace("'", "''")).append("'");
  }

  @Override
  public FilterPrinter wholeNumber(Expression.WholeNumber number) {
    return append(Integer.toString(number.value()));
  }

  @Override
  public FilterPrinter bool(Expression.Bool bool) {
    if (forMessage) {
      return append(bool.value() ? "True" : "False");
    }
    return append(bool.value() ? "true" : "false");
  }

  @Override
  public FilterPrinter nothing(Expression.Null nothing) {
    return append("null");
  }

  @Override
  public FilterPrinter identifier(Expression.Identifier identifier) {
    return append(identifier.name());
  }

  @Override
  public FilterPrinter call(Expression.Call call) {
    return append(call.function()).list(call.arguments());
  }

  @Override
  public FilterPrinter not(Expression.Not not) {
    return append("not ").operand(not.operand(), Binding.NOT);
  }

  @Override
  public FilterPrinter comparison(Expression.Comparison comparison) {
    return operand(comparison.left(), Binding.COMPARISON)
        .append(" ")
        .append(comparison.relation().word())
        .append(" ")
        .operand(comparison.right(), Binding.NOT);
  }

  @Override
  public FilterPrinter inList(Expression.InList in) {
    return operand(in.value(), Binding.IN).append(" in ").list(in.items());
  }

  @Override
  public FilterPrinter in(Expression.In in) {
    return operand(in.value(), Binding.IN).append(" in ").operand(in.collection(), Binding.PRIMARY);
  }

  private FilterPrinter append(String text) {
    out.append(text);
    return this;
  }

  /** In messages {@code ((a and b) and c) and d}: the service sees two operands at a time. */
  @Override
  public FilterPrinter logical(Expression.Logical logical) {
    Binding atLeast = logical.junction() == Junction.OR ? Binding.AND : Binding.COMPARISON;
    List<Expression> operands = logical.operands();
    if (forMessage) {
      out.append("(".repeat(operands.size() - 2));
    }
    operand(operands.get(0), atLeast);
    for (int i = 1; i < operands.size(); i++) {
      if (forMessage && i > 1) {
        out.append(')');
      }
      out.append(' ').append(logical.junction().word()).append(' ');
      operand(operands.get(i), atLeast);
    }
    return this;
  }

  private FilterPrinter operand(Expression operand, Binding atLeast) {
    Binding needed = forMessage ? Binding.PRIMARY : atLeast;
    if (operand.accept(BINDING).compareTo(needed) >= 0) {
      return operand.accept(this);
    }
    append("(");
    return operand.accept(this).append(")");
  }

  private FilterPrinter list(List<Expression> items) {
    append("(");
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        append(",");
      }
      items.get(i).accept(this);
    }
    return append(")");
  }

  private static final class Bindings implements Expression.Visitor<Binding, RuntimeException> {

    @Override
    public Binding text(Expression.Text expression) {
      return Binding.PRIMARY;
    }

    @Override
    public Binding wholeNumber(Expression.WholeNumber expression) {
      return Binding.PRIMARY;
    }

    @Override
    public Binding bool(Expression.Bool expression) {
      return Binding.PRIMARY;
    }

    @Override
    public Binding nothing(Expression.Null expression) {
      return Binding.PRIMARY;
    }

    @Override
    public Binding identifier(Expression.Identifier expression) {
      return Binding.PRIMARY;
    }

    @Override
    public Binding call(Expression.Call expression) {
      return Binding.PRIMARY;
    }

    @Override
    public Binding not(Expression.Not expression) {
      return Binding.NOT;
    }

    @Override
    public Binding logical(Expression.Logical expression) {
      return expression.junction() == Junction.OR ? Binding.OR : Binding.AND;
    }

    @Override
    public Binding comparison(Expression.Comparison expression) {
      return Binding.COMPARISON;
    }

    @Override
    public Binding inList(Expression.InList expression) {
      return Binding.IN;
    }

    @Override
    public Binding in(Expression.In expression) {
      return Binding.IN;
    }
  }
}
