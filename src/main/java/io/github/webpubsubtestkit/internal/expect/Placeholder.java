package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.json.JsonTree;
import io.github.webpubsubtestkit.internal.json.JsonTree.Constant;
import io.github.webpubsubtestkit.internal.json.JsonTree.Numeral;
import io.github.webpubsubtestkit.internal.json.JsonTree.Text;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * A string in an expected JSON value that stands for values that are not known beforehand, in the
 * manner of JsonUnit: {@code "${any-string}"} or {@code "${json-unit.any-string}"}.
 *
 * @param kind which values it stands for
 * @param pattern the regular expression of {@code ${regex}…}; matches everything for other kinds
 */
record Placeholder(Kind kind, Pattern pattern) {

  private static final Pattern FORM =
      Pattern.compile("\\$\\{(?:json-unit\\.)?([a-z-]+)\\}(.*)", Pattern.DOTALL);
  private static final Pattern EVERYTHING = Pattern.compile("(?s).*");

  /** The values that a placeholder stands for. */
  enum Kind {
    ANY("any"),
    IGNORE("ignore"),
    ANY_STRING("any-string"),
    ANY_NUMBER("any-number"),
    ANY_BOOLEAN("any-boolean"),
    ANY_UUID("any-uuid"),
    ANY_TIME("any-time"),
    REGEX("regex");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /**
   * The placeholder that an expected value is, if it is one.
   *
   * @throws IllegalArgumentException if it has the form of one, but there is none of that name
   */
  static Optional<Placeholder> of(JsonTree expected) {
    if (!(expected instanceof Text text) || !text.value().startsWith("${")) {
      return Optional.empty();
    }
    var form = FORM.matcher(text.value());
    if (!form.matches()) {
      throw unknown(text.value());
    }
    String word = form.group(1);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(each -> each.word.equals(word))
            .findFirst()
            .orElseThrow(() -> unknown(text.value()));
    if (kind != Kind.REGEX) {
      if (!form.group(2).isEmpty()) {
        throw unknown(text.value());
      }
      return Optional.of(new Placeholder(kind, EVERYTHING));
    }
    if (form.group(2).isEmpty()) {
      throw unknown(text.value());
    }
    try {
      return Optional.of(new Placeholder(kind, Pattern.compile(form.group(2), Pattern.DOTALL)));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the regular expression in "
              + FailureText.quotedContent(text.value())
              + " is invalid: "
              + e.getDescription(),
          e);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        FailureText.quotedContent(text)
            + " is no placeholder; there are "
            + Arrays.stream(Kind.values())
                .map(each -> "${" + each.word + "}" + (each == Kind.REGEX ? "[a-z]+" : ""))
                .collect(Collectors.joining(", "))
            + ". A text that begins with ${ is written ${regex}\\$\\{text\\}");
  }

  /** Returns whether it stands for this value. */
  boolean matches(JsonTree actual) {
    return switch (kind) {
      case ANY, IGNORE -> true;
      case ANY_STRING -> actual instanceof Text;
      case ANY_NUMBER -> actual instanceof Numeral;
      case ANY_BOOLEAN -> actual == Constant.TRUE || actual == Constant.FALSE;
      case ANY_UUID -> actual instanceof Text text && isUuid(text.value());
      case ANY_TIME -> actual instanceof Text text && isTime(text.value());
      case REGEX -> actual instanceof Text text && pattern.matcher(text.value()).matches();
    };
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A point in time of ISO 8601, with its offset. */
  private static boolean isTime(String text) {
    try {
      return OffsetDateTime.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
