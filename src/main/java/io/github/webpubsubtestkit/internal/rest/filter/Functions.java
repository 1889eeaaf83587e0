package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.rest.filter.Term.NumberValue;
import io.github.webpubsubtestkit.internal.rest.filter.Term.TextValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The functions of rest-api 10.4. */
final class Functions {

  /** Makes the term of a call. */
  @FunctionalInterface
  interface Function {
    Term apply(Expression.Call call) throws FilterSyntaxException;
  }

  /** Something asked of two texts, neither of which is null. */
  @FunctionalInterface
  private interface Question {
    boolean ask(String first, String second);
  }

  private Functions() {}

  /** The function of that name; null if there is none. */
  static @Nullable Function find(String name) {
    return switch (name) {
      case "length" -> Functions::length;
      case "tolower" -> call -> changed(call, Texts::toLower);
      case "toupper" -> call -> changed(call, Texts::toUpper);
      case "trim" -> call -> changed(call, Texts::trim);
      case "contains" -> call -> asked(call, String::contains);
      case "startswith" -> call -> asked(call, String::startsWith);
      case "endswith" -> call -> asked(call, String::endsWith);
      case "indexof" -> Functions::indexOf;
      case "concat" -> Functions::concat;
      case "substring" -> Functions::substring;
      default -> null;
    };
  }

  private static Term length(Expression.Call call) throws FilterSyntaxException {
    Term argument = arguments(call, 1, 1).get(0);
    if (argument instanceof Term.Groups) {
      return Term.WholeNumber.result(connection -> connection.groupCount(), false);
    }
    TextValue text = text(call, argument);
    return Term.WholeNumber.result(
        connection -> {
          String value = text.of(connection);
          return value == null ? NumberValue.NONE : value.length();
        },
        argument.isNullOfNothing());
  }

  private static Term changed(Expression.Call call, UnaryOperator<String> change)
      throws FilterSyntaxException {
    Term argument = arguments(call, 1, 1).get(0);
    TextValue text = text(call, argument);
    return Term.Text.result(
        connection -> {
          String value = text.of(connection);
          return value == null ? null : change.apply(value);
        },
        argument.isNullOfNothing());
  }

  private static Term asked(Expression.Call call, Question question) throws FilterSyntaxException {
    List<Term> arguments = arguments(call, 2, 2);
    TextValue first = text(call, arguments.get(0));
    TextValue second = text(call, arguments.get(1));
    if (arguments.get(1) instanceof Term.Text text && text.constant() != null) {
      String constant = text.constant();
      return new Term.Truth(
          connection -> {
            String value = first.of(connection);
            return value != null && question.ask(value, constant);
          });
    }
    return new Term.Truth(
        connection -> {
          String a = first.of(connection);
          String b = second.of(connection);
          return a != null && b != null && question.ask(a, b);
        });
  }

  private static Term indexOf(Expression.Call call) throws FilterSyntaxException {
    List<Term> arguments = arguments(call, 2, 2);
    TextValue first = text(call, arguments.get(0));
    TextValue second = text(call, arguments.get(1));
    return Term.WholeNumber.result(
        connection -> {
          String a = first.of(connection);
          String b = second.of(connection);
          return a == null || b == null ? -1 : a.indexOf(b);
        },
        false);
  }

  private static Term concat(Expression.Call call) throws FilterSyntaxException {
    List<Term> arguments = arguments(call, 2, 2);
    TextValue first = text(call, arguments.get(0));
    TextValue second = text(call, arguments.get(1));
    return Term.Text.result(
        connection -> {
          String a = first.of(connection);
          String b = second.of(connection);
          return a == null ? b : b == null ? a : a.concat(b);
        },
        arguments.get(0).isNullOfNothing() && arguments.get(1).isNullOfNothing());
  }

  /** For a connection without anything the service takes the result for an empty text. */
  private static Term substring(Expression.Call call) throws FilterSyntaxException {
    List<Term> arguments = arguments(call, 2, 3);
    TextValue text = text(call, arguments.get(0));
    NumberValue start = FilterCompiler.number(arguments.get(1), call);
    NumberValue length =
        arguments.size() == 3 ? FilterCompiler.number(arguments.get(2), call) : null;
    return Term.Text.result(
        connection -> {
          String value = text.of(connection);
          if (value == null) {
            return null;
          }
          long from = start.of(connection);
          return Texts.substring(
              value, from, length == null ? value.length() - from : length.of(connection));
        },
        false);
  }

  private static List<Term> arguments(Expression.Call call, int least, int most)
      throws FilterSyntaxException {
    int count = call.arguments().size();
    if (count < least || count > most) {
      throw FilterCompiler.fault(
          call,
          "Function '"
              + call.function()
              + "' takes "
              + (least == most ? String.valueOf(least) : least + " to " + most)
              + (most == 1 ? " argument" : " arguments")
              + " but has "
              + count
              + ".");
    }
    List<Term> terms = new ArrayList<>(count);
    for (Expression argument : call.arguments()) {
      terms.add(FilterCompiler.term(argument, call));
    }
    return terms;
  }

  private static TextValue text(Expression.Call call, Term term) throws FilterSyntaxException {
    if (term instanceof Term.Text text) {
      return text.value();
    }
    if (term instanceof Term.Null) {
      return connection -> null;
    }
    throw FilterCompiler.mistyped(call, term, "string");
  }
}
