package io.github.webpubsubtestkit.internal.rest.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter as it was written: names may be unknown and types may be wrong (rest-api 10.1). */
sealed interface Expression {

  /** A text; without its quotes, its own quotes not doubled. */
  record Text(String value) implements Expression {}

  /** A whole number of 32 bits. */
  record WholeNumber(int value) implements Expression {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Expression {}

  /** {@code null}. */
  record Null() implements Expression {}

  /** A name, in the spelling of who wrote it. */
  record Identifier(String name) implements Expression {}

  /** A function with its arguments. */
  record Call(String function, List<Expression> arguments) implements Expression {}

  /** {@code not operand}. */
  record Not(Expression operand) implements Expression {}

  /**
   * A chain of {@code and} or of {@code or}, from left to right. It is one node, so that a long
   * chain is no deep tree.
   *
   * @param operands two or more; the first is no chain of the same operator, as {@code (a and b)
   *     and c} and {@code a and b and c} are the same
   */
  record Logical(Junction junction, List<Expression> operands) implements Expression {}

  /** Two values compared. */
  record Comparison(Relation relation, Expression left, Expression right) implements Expression {}

  /** {@code value in (item, item)}. */
  record InList(Expression value, List<Expression> items) implements Expression {}

  /** {@code value in collection}. */
  record In(Expression value, Expression collection) implements Expression {}

  /** What joins conditions. */
  enum Junction {
    AND("and"),
    OR("or");

    private final String word;

    Junction(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** What compares values. */
  enum Relation {
    EQ("eq"),
    NE("ne"),
    GT("gt"),
    GE("ge"),
    LT("lt"),
    LE("le");

    private final String word;

    Relation(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    /** Whether it takes values of all types. */
    boolean isEquality() {
      return this == EQ || this == NE;
    }

    static @Nullable Relation of(String word) {
      for (Relation each : values()) {
        if (each.word.equals(word)) {
          return each;
        }
      }
      return null;
    }
  }
}
