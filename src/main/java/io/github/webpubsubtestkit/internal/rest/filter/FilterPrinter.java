package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.rest.filter.Expression.Junction;
import java.util.List;

/**
 * Writes expressions, for who parses them again or as the service's error messages do (rest-api
 * 10.6); arguments have no blank between them.
 */
final class FilterPrinter {

  /** How tightly an expression binds (rest-api 10.1), the loosest first. */
  private enum Binding {
    OR,
    AND,
    COMPARISON,
    NOT,
    IN,
    PRIMARY
  }

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
    FilterPrinter printer = new FilterPrinter(forMessage);
    printer.append(expression);
    return printer.out.toString();
  }

  private void append(Expression expression) {
    if (expression instanceof Expression.Text text) {
      out.append('\'').append(text.value().replace("'", "''")).append('\'');
    } else if (expression instanceof Expression.WholeNumber number) {
      out.append(number.value());
    } else if (expression instanceof Expression.Bool bool) {
      append(bool.value());
    } else if (expression instanceof Expression.Null) {
      out.append("null");
    } else if (expression instanceof Expression.Identifier identifier) {
      out.append(identifier.name());
    } else if (expression instanceof Expression.Call call) {
      out.append(call.function());
      appendList(call.arguments());
    } else if (expression instanceof Expression.Not not) {
      out.append("not ");
      appendOperand(not.operand(), Binding.NOT);
    } else if (expression instanceof Expression.Logical logical) {
      appendChain(logical);
    } else if (expression instanceof Expression.Comparison comparison) {
      appendOperand(comparison.left(), Binding.COMPARISON);
      out.append(' ').append(comparison.relation().word()).append(' ');
      appendOperand(comparison.right(), Binding.NOT);
    } else if (expression instanceof Expression.InList in) {
      appendOperand(in.value(), Binding.IN);
      out.append(" in ");
      appendList(in.items());
    } else if (expression instanceof Expression.In in) {
      appendOperand(in.value(), Binding.IN);
      out.append(" in ");
      appendOperand(in.collection(), Binding.PRIMARY);
    }
  }

  private void append(boolean value) {
    if (forMessage) {
      out.append(value ? "True" : "False");
    } else {
      out.append(value);
    }
  }

  /** In messages {@code ((a and b) and c) and d}: the service sees two operands at a time. */
  private void appendChain(Expression.Logical logical) {
    Binding operand = logical.junction() == Junction.OR ? Binding.AND : Binding.COMPARISON;
    List<Expression> operands = logical.operands();
    if (forMessage) {
      out.append("(".repeat(operands.size() - 2));
    }
    appendOperand(operands.get(0), operand);
    for (int i = 1; i < operands.size(); i++) {
      if (forMessage && i > 1) {
        out.append(')');
      }
      out.append(' ').append(logical.junction().word()).append(' ');
      appendOperand(operands.get(i), operand);
    }
  }

  private void appendOperand(Expression operand, Binding atLeast) {
    Binding needed = forMessage ? Binding.PRIMARY : atLeast;
    boolean inParentheses = binding(operand).compareTo(needed) < 0;
    if (inParentheses) {
      out.append('(');
    }
    append(operand);
    if (inParentheses) {
      out.append(')');
    }
  }

  private static Binding binding(Expression expression) {
    if (expression instanceof Expression.Logical logical) {
      return logical.junction() == Junction.OR ? Binding.OR : Binding.AND;
    } else if (expression instanceof Expression.Comparison) {
      return Binding.COMPARISON;
    } else if (expression instanceof Expression.Not) {
      return Binding.NOT;
    } else if (expression instanceof Expression.InList || expression instanceof Expression.In) {
      return Binding.IN;
    }
    return Binding.PRIMARY;
  }

  private void appendList(List<Expression> items) {
    out.append('(');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      append(items.get(i));
    }
    out.append(')');
  }
}
