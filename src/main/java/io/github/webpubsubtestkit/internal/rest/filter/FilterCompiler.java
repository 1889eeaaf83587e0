package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.hub.Selectable;
import io.github.webpubsubtestkit.internal.rest.filter.Expression.Junction;
import io.github.webpubsubtestkit.internal.rest.filter.Expression.Relation;
import io.github.webpubsubtestkit.internal.rest.filter.Term.NumberValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks names and types, and turns an expression into what can be asked (rest-api 10.2 to 10.5).
 *
 * <p>The service finds wrong types by asking a connection without anything; here every expression
 * has a type of its own, so that nothing is left to go wrong for another connection. That refuses a
 * little more: {@code contains(userId,5)} is wrong for every connection that has a user, and the
 * one without hides it from the service.
 */
final class FilterCompiler implements Expression.Visitor<Term, FilterSyntaxException> {

  /** What a message shows if the expression is an unknown name: what it stands in. */
  private final Expression fragment;

  private FilterCompiler(Expression fragment) {
    this.fragment = fragment;
  }

  static Condition compile(Expression filter) throws FilterSyntaxException {
    Term term = term(filter, filter);
    if (term instanceof Term.Truth truth) {
      return truth.condition();
    }
    throw mistyped(filter, term, "bool");
  }

  /**
   * The meaning of an expression.
   *
   * @param fragment what a message shows if the expression is an unknown name: what it stands in
   */
  static Term term(Expression expression, Expression fragment) throws FilterSyntaxException {
    return expression.accept(new FilterCompiler(fragment));
  }

  @Override
  public Term text(Expression.Text text) {
    return Term.Text.constant(text.value());
  }

  @Override
  public Term wholeNumber(Expression.WholeNumber number) {
    return Term.WholeNumber.constant(number.value());
  }

  @Override
  public Term bool(Expression.Bool bool) {
    boolean value = bool.value();
    return new Term.Truth(connection -> value);
  }

  @Override
  public Term nothing(Expression.Null nothing) {
    return new Term.Null();
  }

  @Override
  public Term identifier(Expression.Identifier identifier) throws FilterSyntaxException {
    return known(property(identifier.name()), identifier, fragment);
  }

  @Override
  public Term call(Expression.Call call) throws FilterSyntaxException {
    return known(Functions.find(call.function()), call, fragment).apply(call);
  }

  @Override
  public Term not(Expression.Not not) throws FilterSyntaxException {
    Condition condition = condition(not.operand(), not);
    return new Term.Truth(connection -> !condition.holds(connection));
  }

  @Override
  public Term logical(Expression.Logical logical) throws FilterSyntaxException {
    return new Term.Truth(chain(logical));
  }

  @Override
  public Term comparison(Expression.Comparison comparison) throws FilterSyntaxException {
    return new Term.Truth(compared(comparison));
  }

  @Override
  public Term inList(Expression.InList in) throws FilterSyntaxException {
    Term value = term(in.value(), in);
    List<Term> items = new ArrayList<>(in.items().size());
    for (Expression item : in.items()) {
      items.add(term(item, in));
    }
    return new Term.Truth(Comparisons.oneOf(value, items));
  }

  @Override
  public Term in(Expression.In in) throws FilterSyntaxException {
    Term value = term(in.value(), in);
    Term collection = term(in.collection(), in);
    if (collection instanceof Term.Groups) {
      return new Term.Truth(Comparisons.inGroups(value));
    }
    throw mistyped(in, collection, "collection");
  }

  /** rest-api 10.2. */
  private static @Nullable Term property(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "userid" -> Term.Text.property(Selectable::userId, true);
      case "connectionid" -> Term.Text.property(Selectable::id, false);
      case "groups" -> new Term.Groups();
      case "protocol" -> Term.Text.property(Selectable::protocolName, true);
      default -> null;
    };
  }

  private static <T> T known(@Nullable T found, Expression token, Expression fragment)
      throws FilterSyntaxException {
    if (found == null) {
      throw fault(
          fragment, "Token '" + FilterPrinter.printForMessage(token) + "' is not supported.");
    }
    return found;
  }

  private static Condition chain(Expression.Logical logical) throws FilterSyntaxException {
    List<Condition> conditions = new ArrayList<>(logical.operands().size());
    for (int i = 0; i < logical.operands().size(); i++) {
      Expression.Logical soFar =
          new Expression.Logical(
              logical.junction(), logical.operands().subList(0, Math.max(i, 1) + 1));
      conditions.add(condition(logical.operands().get(i), soFar));
    }
    return logical.junction() == Junction.AND
        ? Comparisons.allOf(conditions)
        : Comparisons.anyOf(conditions);
  }

  private static Condition condition(Expression expression, Expression fragment)
      throws FilterSyntaxException {
    Term term = term(expression, fragment);
    if (term instanceof Term.Truth truth) {
      return truth.condition();
    }
    throw mistyped(fragment, term, "bool");
  }

  private static Condition compared(Expression.Comparison comparison) throws FilterSyntaxException {
    Term left = term(comparison.left(), comparison);
    Term right = term(comparison.right(), comparison);
    Relation relation = comparison.relation();
    if (relation.isEquality()) {
      Condition equal = Comparisons.equal(left, right);
      return relation == Relation.EQ ? equal : connection -> !equal.holds(connection);
    }
    NumberValue first = number(left, comparison);
    NumberValue second = number(right, comparison);
    return right instanceof Term.WholeNumber number && number.constant() != NumberValue.NONE
        ? Comparisons.ordered(relation, first, number.constant())
        : Comparisons.ordered(relation, first, second);
  }

  /** A number or null. */
  static NumberValue number(Term term, Expression fragment) throws FilterSyntaxException {
    if (term instanceof Term.WholeNumber number) {
      return number.value();
    }
    if (term instanceof Term.Null) {
      return connection -> NumberValue.NONE;
    }
    throw mistyped(fragment, term, "int");
  }

  static FilterSyntaxException mistyped(Expression fragment, Term actual, String expected) {
    return fault(fragment, "Type '" + actual.typeName() + "', expect '" + expected + "'.");
  }

  static FilterSyntaxException fault(Expression fragment, String detail) {
    return new FilterSyntaxException(FilterPrinter.printForMessage(fragment), detail);
  }
}
