package io.github.webpubsubtestkit.internal.secrets;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the contents of messages are shown to people: as they are, or as a user's function returns
 * them, who masks personal data with it or shortens what is long.
 */
public final class Display {

  /** Contents are shown as they are. */
  public static final Display AS_THEY_ARE = new Display(null);

  private final @Nullable UnaryOperator<String> function;

  private Display(@Nullable UnaryOperator<String> function) {
    this.function = function;
  }

  /** Contents are shown as this function returns them. */
  public static Display by(UnaryOperator<String> function) {
    return new Display(function);
  }

  /** Returns whether contents may be shown otherwise than they are. */
  public boolean changesContents() {
    return function != null;
  }

  /** The content as it is shown. A user's function may fail, which must not hide the rest. */
  public String of(String content) {
    if (function == null) {
      return content;
    }
    try {
      return String.valueOf(function.apply(content));
    } catch (RuntimeException e) {
      return "(not shown: display threw " + Secrets.describe(e) + ")";
    }
  }
}
