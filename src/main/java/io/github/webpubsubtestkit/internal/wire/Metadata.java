package io.github.webpubsubtestkit.internal.wire;

import java.util.Map;
import java.util.Optional;

/** The limits of message metadata (client-protocols C.2, rest-api 9). */
public final class Metadata {

  /** The maximum number of bytes of a key. */
  public static final int MAX_KEY = 256;

  /** The maximum number of bytes of a value. */
  public static final int MAX_VALUE = 1024;

  /** The maximum total number of bytes of all keys and values. */
  public static final int MAX_TOTAL = 8192;

  private static final String KEY_MARKS = "!#$%&'*+-.^_`|~";

  /** The prefix of a header that is an entry, followed by the key; case-insensitive. */
  public static final String HEADER_PREFIX = "x-webpubsub-metadata-";

  private Metadata() {}

  /** The value of a header: {@code first, final} means {@code final}. */
  public static String lastListed(String headerValue) {
    return headerValue.substring(headerValue.lastIndexOf(',') + 1).strip();
  }

  /** The error in the metadata, if any. */
  public static Optional<String> fault(Map<String, String> metadata) {
    int total = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String key = entry.getKey();
      String value = entry.getValue();
      if (!isKey(key)) {
        return Optional.of(
            "The metadata key '" + key + "' is not 1 to " + MAX_KEY + " HTTP token characters.");
      }
      if (value.length() > MAX_VALUE || !isAscii(value)) {
        return Optional.of(
            "The metadata value of '"
                + key
                + "' is not at most "
                + MAX_VALUE
                + " ASCII characters.");
      }
      total += key.length() + value.length();
    }
    return total > MAX_TOTAL
        ? Optional.of("The metadata is larger than " + MAX_TOTAL + " bytes in total.")
        : Optional.empty();
  }

  private static boolean isKey(String key) {
    if (key.isEmpty() || key.length() > MAX_KEY) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && KEY_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String value) {
    return value.chars().allMatch(c -> c < 128);
  }
}
