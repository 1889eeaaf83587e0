package io.github.webpubsubtestkit.internal.secrets;

import java.util.List;

/** The kind of secret indicated by the name before a value. */
enum SecretName {
  /** A token. */
  TOKEN,
  /** A key, which may contain blanks. */
  KEY,
  /** A scheme and its credentials. */
  AUTHORIZATION,
  /** No secret. */
  NONE;

  private static final List<String> TOKENS =
      List.of(
          "access_token", "access-token", "accessToken", "reconnection_token", "reconnectionToken");

  private static final List<String> KEYS = List.of("AccessKey", "access-key", "access_key");

  private static final String FUNCTION_KEY = "x-functions-key";

  /** Names that are common, so that they indicate a secret only in a query. */
  private static final List<String> QUERY_PARAMETERS = List.of("?code", "&code", "?sig", "&sig");

  /** Names of headers, also as printed in a record. */
  private static final List<String> HEADERS = List.of("Authorization", "Authorization, value");

  /** The name that ends here, case-insensitive and with an optional prefix. */
  static SecretName endingAt(char[] text, int end) {
    if (end == 0) {
      return NONE;
    }
    return switch (text[end - 1]) { // the whole cost for most texts
      case 'n', 'N' ->
          endsWith(text, end, TOKENS) ? TOKEN : endsWith(text, end, HEADERS) ? AUTHORIZATION : NONE;
      case 'y', 'Y' ->
          endsWith(text, end, KEYS) ? KEY : endsWith(text, end, FUNCTION_KEY) ? TOKEN : NONE;
      case 'e', 'E' ->
          endsWith(text, end, QUERY_PARAMETERS)
              ? TOKEN
              : endsWith(text, end, HEADERS) ? AUTHORIZATION : NONE;
      case 'g', 'G' -> endsWith(text, end, QUERY_PARAMETERS) ? TOKEN : NONE;
      default -> NONE;
    };
  }

  private static boolean endsWith(char[] text, int end, List<String> names) {
    for (String name : names) {
      if (endsWith(text, end, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWith(char[] text, int end, String name) {
    return Characters.isAt(text, end - name.length(), name);
  }
}
