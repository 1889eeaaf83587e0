package io.github.webpubsubtestkit.internal.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A pattern over group names as roles use it (client-protocols H.2). */
final class GroupPattern {

  private static final int MAX_LENGTH = 1024;
  private static final int MAX_STARS = 5;
  private static final int MAX_WILDCARDS = 5;

  private final List<Token> tokens;

  private GroupPattern(List<Token> tokens) {
    this.tokens = tokens;
  }

  private enum Kind {
    LITERAL,
    /** One character other than a dot. */
    ONE,
    /** Any number of characters other than dots. */
    SEGMENT,
    /** Any number of characters. */
    ALL
  }

  private record Token(Kind kind, char literal) {}

  /** Reads a pattern; empty if the service ignores a role with it. */
  static Optional<GroupPattern> parse(String pattern) {
    if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<Token> tokens = new ArrayList<>();
    int stars = 0;
    int wildcards = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '\\' -> {
          i++;
          if (i == pattern.length() || "*?\\".indexOf(pattern.charAt(i)) < 0) {
            return Optional.empty();
          }
          tokens.add(new Token(Kind.LITERAL, pattern.charAt(i)));
        }
        case '?' -> {
          wildcards++;
          tokens.add(new Token(Kind.ONE, c));
        }
        case '*' -> {
          int run = 1;
          while (i + 1 < pattern.length() && pattern.charAt(i + 1) == '*') {
            i++;
            run++;
          }
          stars += run;
          wildcards++;
          tokens.add(new Token(run == 1 ? Kind.SEGMENT : Kind.ALL, c));
        }
        default -> tokens.add(new Token(Kind.LITERAL, c));
      }
    }
    return stars > MAX_STARS || wildcards > MAX_WILDCARDS
        ? Optional.empty()
        : Optional.of(new GroupPattern(tokens));
  }

  /** The one name that a pattern without wildcards matches. */
  Optional<String> literal() {
    StringBuilder name = new StringBuilder();
    for (Token token : tokens) {
      if (token.kind() != Kind.LITERAL) {
        return Optional.empty();
      }
      name.append(token.literal());
    }
    return Optional.of(name.toString());
  }

  /**
   * Returns whether the whole name matches. Takes time in proportion to tokens times characters,
   * for any pattern.
   */
  boolean matches(String name) {
    boolean[] reached =
        new boolean
            [name.length() + 1]; // reached[n]: the tokens so far match the first n characters
    reached[0] = true;
    for (Token token : tokens) {
      reached = step(token, name, reached);
    }
    return reached[name.length()];
  }

  private static boolean[] step(Token token, String name, boolean[] before) {
    boolean[] after = new boolean[before.length];
    for (int i = 0; i < before.length; i++) {
      switch (token.kind()) {
        case LITERAL -> after[i] = i > 0 && before[i - 1] && name.charAt(i - 1) == token.literal();
        case ONE -> after[i] = i > 0 && before[i - 1] && name.charAt(i - 1) != '.';
        case SEGMENT ->
            after[i] = before[i] || (i > 0 && after[i - 1] && name.charAt(i - 1) != '.');
        case ALL -> after[i] = before[i] || (i > 0 && after[i - 1]);
      }
    }
    return after;
  }
}
