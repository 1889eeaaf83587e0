package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.hub.Selectable;
import java.util.function.Predicate;

/**
 * A filter over connections (rest-api 10), ready to be asked.
 *
 * <p>All that can be wrong with a filter is found when it is parsed, whether or not there are
 * connections; asking cannot fail.
 */
public final class ConnectionFilter implements Predicate<Selectable> {

  private final Expression expression;
  private final Condition condition;

  private ConnectionFilter(Expression expression, Condition condition) {
    this.expression = expression;
    this.condition = condition;
  }

  /**
   * Reads a filter. Takes time in proportion to the length of the text.
   *
   * @param text must not be empty: what an empty filter means depends on where it stands
   * @throws FilterSyntaxException if the text is no filter
   */
  public static ConnectionFilter parse(String text) throws FilterSyntaxException {
    Expression expression = FilterParser.parse(text);
    return new ConnectionFilter(expression, FilterCompiler.compile(expression));
  }

  @Override
  public boolean test(Selectable connection) {
    return condition.holds(connection);
  }

  /** The filter in a form that can be parsed again. */
  @Override
  public String toString() {
    return FilterPrinter.print(expression);
  }
}
