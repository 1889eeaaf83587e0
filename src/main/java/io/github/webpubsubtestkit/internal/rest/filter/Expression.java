package io.github.webpubsubtestkit.internal.rest.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter as it was written: names may be unknown and types may be wrong (rest-api 10.1). */
sealed interface Expression {

  /** Calls the visitor's method for this kind. */
  <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X;

  /**
   * Has a method for each kind of expression.
   *
   * @param <R> the result
   * @param <X> the exception that its methods throw
   */
  interface Visitor<R, X extends Exception> {

    R text(Text expression) throws X;

    R wholeNumber(WholeNumber expression) throws X;

    R bool(Bool expression) throws X;

    R nothing(Null expression) throws X;

    R identifier(Identifier expression) throws X;

    R call(Call expression) throws X;

    R not(Not expression) throws X;

    R logical(Logical expression) throws X;

    R comparison(Comparison expression) throws X;

    R inList(InList expression) throws X;

    R in(In expression) throws X;
  }

  /** A text; without its quotes, its own quotes not doubled. */
  record Text(String value) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.text(this);
    }
  }

  /** A whole number of 32 bits. */
  record WholeNumber(int value) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.wholeNumber(this);
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.bool(this);
    }
  }

  /** {@code null}. */
  record Null() implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.nothing(this);
    }
  }

  /** A name, in the spelling of who wrote it. */
  record Identifier(String name) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.identifier(this);
    }
  }

  /** A function with its arguments. */
  record Call(String function, List<Expression> arguments) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.call(this);
    }
  }

  /** {@code not operand}. */
  record Not(Expression operand) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.not(this);
    }
  }

  /**
   * A chain of {@code and} or of {@code or}, from left to right. It is one node, so that a long
   * chain is no deep tree.
   *
   * @param operands two or more; the first is no chain of the same operator, as {@code (a and b)
   *     and c} and {@code a and b and c} are the same
   */
  record Logical(Junction junction, List<Expression> operands) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.logical(this);
    }
  }

  /** Two values compared. */
  record Comparison(Relation relation, Expression left, Expression right) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.comparison(this);
    }
  }

  /** {@code value in (item, item)}. */
  record InList(Expression value, List<Expression> items) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.inList(this);
    }
  }

  /** {@code value in collection}. */
  record In(Expression value, Expression collection) implements Expression {

    @Override
    public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
      return visitor.in(this);
    }
  }

  /** Operators that join conditions. */
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

  /** Operators that compare values. */
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

    /** Returns whether it accepts values of all types. */
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
