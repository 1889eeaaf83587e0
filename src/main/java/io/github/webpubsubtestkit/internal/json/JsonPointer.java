package io.github.webpubsubtestkit.internal.json;

import io.github.webpubsubtestkit.internal.json.JsonTree.Elements;
import io.github.webpubsubtestkit.internal.json.JsonTree.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A path to a value inside a JSON value (RFC 6901). */
public final class JsonPointer {

  private static final Pattern INVALID_ESCAPE = Pattern.compile("~(?![01])");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]*");
  private static final int MAX_DIGITS = 9;

  private final String text;
  private final List<String> tokens;

  private JsonPointer(String text, List<String> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /**
   * Reads a pointer.
   *
   * @param text empty for the whole value, else {@code /items/0/price}; {@code ~1} is a slash,
   *     {@code ~0} a tilde
   * @throws IllegalArgumentException if it is none
   */
  public static JsonPointer of(String text) {
    if ((!text.isEmpty() && !text.startsWith("/")) || INVALID_ESCAPE.matcher(text).find()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no JSON pointer: it must be empty or begin with a slash, as /items/0/price"
              + " does; in it ~1 is a slash and ~0 a tilde");
    }
    List<String> tokens = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String token : text.substring(1).split("/", -1)) {
        tokens.add(token.replace("~1", "/").replace("~0", "~"));
      }
    }
    return new JsonPointer(text, tokens);
  }

  /** The value there; empty if there is none. */
  public Optional<JsonTree> in(JsonTree tree) {
    JsonTree at = tree;
    for (String token : tokens) {
      JsonTree next = child(at, token);
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  /**
   * A step that a value does not have.
   *
   * @param pointer the way to the value
   * @param value the last that there is on the way
   * @param token the step, unescaped
   */
  public record Gap(String pointer, JsonTree value, String token) {

    /** Returns whether the step may be one into an array. */
    public boolean isIndex() {
      return INDEX.matcher(token).matches();
    }
  }

  /** Where the way to the value breaks off; empty if there is one. */
  public Optional<Gap> gapIn(JsonTree tree) {
    JsonTree at = tree;
    int end = 0;
    for (String token : tokens) {
      JsonTree next = child(at, token);
      if (next == null) {
        return Optional.of(new Gap(beginning(end), at, token));
      }
      at = next;
      end++;
    }
    return Optional.empty();
  }

  private String beginning(int steps) {
    StringBuilder out = new StringBuilder();
    for (String token : tokens.subList(0, steps)) {
      out.append('/').append(token.replace("~", "~0").replace("/", "~1"));
    }
    return out.toString();
  }

  private static @Nullable JsonTree child(JsonTree tree, String token) {
    if (tree instanceof Members object) {
      return object.members().get(token);
    }
    if (tree instanceof Elements array && INDEX.matcher(token).matches()) {
      int index = token.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(token);
      return index < array.elements().size() ? array.elements().get(index) : null;
    }
    return null;
  }

  /** The pointer as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
