package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.rest.filter.Expression.Relation;
import io.github.webpubsubtestkit.internal.rest.filter.Term.NumberValue;
import io.github.webpubsubtestkit.internal.rest.filter.Term.TextValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Semantics of the comparison operators, for each pair of types (rest-api 10.3). */
final class Comparisons {

  private static final Condition NEVER = connection -> false;
  private static final Condition ALWAYS = connection -> true;

  private Comparisons() {}

  /** Different types are unequal, but null equals null whatever it could have been. */
  static Condition equal(Term left, Term right) {
    if (left instanceof Term.Text a && right instanceof Term.Text b) {
      return equalTexts(a, b);
    }
    if (left instanceof Term.WholeNumber a && right instanceof Term.WholeNumber b) {
      NumberValue first = a.value();
      NumberValue second = b.value();
      return connection -> first.of(connection) == second.of(connection);
    }
    if (left instanceof Term.Truth a && right instanceof Term.Truth b) {
      Condition first = a.condition();
      Condition second = b.condition();
      return connection -> first.holds(connection) == second.holds(connection);
    }
    if (left instanceof Term.Groups && right instanceof Term.Groups) {
      return ALWAYS;
    }
    return bothNull(left, right);
  }

  private static Condition equalTexts(Term.Text left, Term.Text right) {
    TextValue first = left.value();
    TextValue second = right.value();
    String constant = right.constant();
    if (constant != null) {
      return connection -> constant.equals(first.of(connection));
    }
    String other = left.constant();
    if (other != null) {
      return connection -> other.equals(second.of(connection));
    }
    return connection -> {
      String value = first.of(connection);
      String compared = second.of(connection);
      return value == null ? compared == null : value.equals(compared);
    };
  }

  private static Condition bothNull(Term left, Term right) {
    Condition first = isNull(left);
    Condition second = isNull(right);
    if (first == NEVER || second == NEVER) {
      return NEVER;
    }
    if (first == ALWAYS) {
      return second;
    }
    return second == ALWAYS
        ? first
        : connection -> first.holds(connection) && second.holds(connection);
  }

  private static Condition isNull(Term term) {
    if (term instanceof Term.Null) {
      return ALWAYS;
    }
    if (term instanceof Term.Text text && text.constant() == null) {
      TextValue value = text.value();
      return connection -> value.of(connection) == null;
    }
    if (term instanceof Term.WholeNumber number) {
      NumberValue value = number.value();
      return connection -> value.of(connection) == NumberValue.NONE;
    }
    return NEVER;
  }

  /** {@code gt}, {@code ge}, {@code lt}, {@code le}; false if a side is null. */
  static Condition ordered(Relation relation, NumberValue left, NumberValue right) {
    return connection -> {
      long a = left.of(connection);
      long b = right.of(connection);
      if (a == NumberValue.NONE || b == NumberValue.NONE) {
        return false;
      }
      return switch (relation) {
        case GT -> a > b;
        case GE -> a >= b;
        case LT -> a < b;
        case LE -> a <= b;
        case EQ -> a == b;
        case NE -> a != b;
      };
    };
  }

  /**
   * The same with a number that is always there; null, which is smaller than all numbers, is not
   * less.
   */
  static Condition ordered(Relation relation, NumberValue left, long right) {
    return switch (relation) {
      case GT -> connection -> left.of(connection) > right;
      case GE -> connection -> left.of(connection) >= right;
      case LT -> connection -> isLess(left.of(connection), right);
      case LE -> connection -> isLess(left.of(connection), right + 1);
      case EQ -> connection -> left.of(connection) == right;
      case NE -> connection -> left.of(connection) != right;
    };
  }

  private static boolean isLess(long left, long right) {
    return left < right && left != NumberValue.NONE;
  }

  /** Returns whether a value equals one of the items. */
  static Condition oneOf(Term value, List<Term> items) {
    if (!(value instanceof Term.Text text)) {
      return anyOf(items.stream().map(item -> equal(value, item)).toList());
    }
    Set<@Nullable String> constants = new HashSet<>();
    List<Condition> others = new ArrayList<>();
    for (Term item : items) {
      if (item instanceof Term.Text other && other.constant() != null) {
        constants.add(other.constant());
      } else if (item instanceof Term.Null) {
        constants.add(null);
      } else {
        others.add(equal(value, item));
      }
    }
    if (!constants.isEmpty()) {
      TextValue wanted = text.value();
      others.add(0, connection -> constants.contains(wanted.of(connection)));
    }
    return anyOf(others);
  }

  /** Returns whether a value is one of the groups, which are texts. */
  static Condition inGroups(Term value) {
    if (!(value instanceof Term.Text text)) {
      return NEVER;
    }
    String constant = text.constant();
    if (constant != null) {
      return connection -> connection.isInGroup(constant);
    }
    TextValue wanted = text.value();
    return connection -> {
      String group = wanted.of(connection);
      return group != null && connection.isInGroup(group);
    };
  }

  /** {@code and}: all types have been checked, so nobody sees that not all are asked. */
  static Condition allOf(List<Condition> conditions) {
    if (conditions.size() == 2) {
      Condition first = conditions.get(0);
      Condition second = conditions.get(1);
      return connection -> first.holds(connection) && second.holds(connection);
    }
    Condition[] all = conditions.toArray(Condition[]::new);
    return connection -> {
      for (Condition each : all) {
        if (!each.holds(connection)) {
          return false;
        }
      }
      return true;
    };
  }

  /** {@code or}; false if there are none. */
  static Condition anyOf(List<Condition> conditions) {
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    if (conditions.size() == 2) {
      Condition first = conditions.get(0);
      Condition second = conditions.get(1);
      return connection -> first.holds(connection) || second.holds(connection);
    }
    Condition[] all = conditions.toArray(Condition[]::new);
    return connection -> {
      for (Condition each : all) {
        if (each.holds(connection)) {
          return true;
        }
      }
      return false;
    };
  }
}
