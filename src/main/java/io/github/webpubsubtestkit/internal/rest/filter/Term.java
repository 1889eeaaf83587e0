package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.hub.Selectable;
import org.jspecify.annotations.Nullable;

/** An expression whose type is known, ready to be asked of connections (rest-api 10.3). */
sealed interface Term {

  /**
   * What messages call its type: that of its value for a connection without anything, for the
   * service checks types by asking such a connection (rest-api 10.5).
   */
  String typeName();

  /** Returns whether its value for a connection without any properties is null. */
  boolean isNullOfNothing();

  /** A condition. */
  record Truth(Condition condition) implements Term {

    @Override
    public String typeName() {
      return "bool";
    }

    @Override
    public boolean isNullOfNothing() {
      return false;
    }
  }

  /**
   * A text or null.
   *
   * @param constant the text, if it is the same for all connections
   * @param typeName {@code string}, or {@code null} for the result of a function that is null
   */
  record Text(TextValue value, @Nullable String constant, boolean isNullOfNothing, String typeName)
      implements Term {

    static Text constant(String text) {
      return new Text(connection -> text, text, false, "string");
    }

    /** A property of connections. */
    static Text property(TextValue value, boolean isNullOfNothing) {
      return new Text(value, null, isNullOfNothing, "string");
    }

    /** The result of a function. */
    static Text result(TextValue value, boolean isNullOfNothing) {
      return new Text(value, null, isNullOfNothing, isNullOfNothing ? "null" : "string");
    }
  }

  /**
   * A number or null.
   *
   * @param constant the number, if it is the same for all connections; else {@link
   *     NumberValue#NONE}
   */
  record WholeNumber(NumberValue value, long constant, boolean isNullOfNothing) implements Term {

    static WholeNumber constant(long number) {
      return new WholeNumber(connection -> number, number, false);
    }

    /** The result of a function. */
    static WholeNumber result(NumberValue value, boolean isNullOfNothing) {
      return new WholeNumber(value, NumberValue.NONE, isNullOfNothing);
    }

    @Override
    public String typeName() {
      return isNullOfNothing ? "null" : "int";
    }
  }

  /** The groups of a connection, the only collection. */
  record Groups() implements Term {

    @Override
    public String typeName() {
      return "collection";
    }

    @Override
    public boolean isNullOfNothing() {
      return false;
    }
  }

  /** The word {@code null}. */
  record Null() implements Term {

    @Override
    public String typeName() {
      return "null";
    }

    @Override
    public boolean isNullOfNothing() {
      return true;
    }
  }

  /** A text of a connection. */
  @FunctionalInterface
  interface TextValue {
    @Nullable String of(Selectable connection);
  }

  /** A number of a connection. */
  @FunctionalInterface
  interface NumberValue {

    /** No number: null. All numbers are of 32 bits. */
    long NONE = Long.MIN_VALUE;

    long of(Selectable connection);
  }
}
