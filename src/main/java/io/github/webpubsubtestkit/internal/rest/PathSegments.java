package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.token.PercentCoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The path of a call, split before it is decoded (rest-api 6.1). */
final class PathSegments {

  private PathSegments() {}

  /**
   * The decoded segments; null if one is empty, because that is no route. One slash at the end is
   * taken away.
   *
   * @param decodeSlash whether {@code %2F} is decoded too
   */
  static @Nullable List<String> of(String rawPath, boolean decodeSlash) {
    int end = rawPath.endsWith("/") ? rawPath.length() - 1 : rawPath.length();
    if (end < 1 || rawPath.charAt(0) != '/') {
      return null;
    }
    List<String> segments = new ArrayList<>(8);
    int from = 1;
    while (from <= end) {
      int slash = rawPath.indexOf('/', from);
      int to = slash < 0 || slash > end ? end : slash;
      if (to == from) {
        return null;
      }
      String raw = rawPath.substring(from, to);
      segments.add(decodeSlash ? PercentCoding.decode(raw) : PercentCoding.decodeExceptSlash(raw));
      from = to + 1;
    }
    return segments;
  }
}
