package io.github.webpubsubtestkit.internal.rest.filter;

import java.util.List;

/**
 * Writes expressions as the service's error messages do (rest-api 10.6): operands that are
 * operators themselves stand in parentheses, arguments have no blank between them.
 */
final class FilterPrinter {

  private final StringBuilder out = new StringBuilder();
  private final boolean capitals;

  private FilterPrinter(boolean capitals) {
    this.capitals = capitals;
  }

  /** The text, which can be parsed again. */
  static String print(Expression expression) {
    return print(expression, false);
  }

  /** The text as messages show it: truth values begin with a capital letter. */
  static String printForMessage(Expression expression) {
    return print(expression, true);
  }

  private static String print(Expression expression, boolean capitals) {
    FilterPrinter printer = new FilterPrinter(capitals);
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
      appendOperand(not.operand());
    } else if (expression instanceof Expression.Logical logical) {
      appendChain(logical);
    } else if (expression instanceof Expression.Comparison comparison) {
      appendOperand(comparison.left());
      out.append(' ').append(comparison.relation().word()).append(' ');
      appendOperand(comparison.right());
    } else if (expression instanceof Expression.InList in) {
      appendOperand(in.value());
      out.append(" in ");
      appendList(in.items());
    } else if (expression instanceof Expression.In in) {
      appendOperand(in.value());
      out.append(" in ");
      appendOperand(in.collection());
    }
  }

  private void append(boolean value) {
    if (capitals) {
      out.append(value ? "True" : "False");
    } else {
      out.append(value);
    }
  }

  /** {@code ((a and b) and c) and d}: the service sees two operands at a time. */
  private void appendChain(Expression.Logical logical) {
    List<Expression> operands = logical.operands();
    out.append("(".repeat(operands.size() - 2));
    appendOperand(operands.get(0));
    for (int i = 1; i < operands.size(); i++) {
      if (i > 1) {
        out.append(')');
      }
      out.append(' ').append(logical.junction().word()).append(' ');
      appendOperand(operands.get(i));
    }
  }

  private void appendOperand(Expression operand) {
    boolean operator =
        operand instanceof Expression.Not
            || operand instanceof Expression.Logical
            || operand instanceof Expression.Comparison
            || operand instanceof Expression.InList
            || operand instanceof Expression.In;
    if (operator) {
      out.append('(');
    }
    append(operand);
    if (operator) {
      out.append(')');
    }
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
