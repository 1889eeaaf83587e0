package io.github.webpubsubtestkit.internal.rest.filter;

/**
 * A piece of a filter's text.
 *
 * @param kind what it is
 * @param text the word, number or mark as written; of a quoted text what is meant by it
 * @param start where it begins
 * @param end where it ends
 */
record Token(Kind kind, String text, int start, int end) {

  /** The kinds of pieces. */
  enum Kind {
    WORD,
    NUMBER,
    QUOTED,
    OPEN,
    CLOSE,
    COMMA,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }
}
