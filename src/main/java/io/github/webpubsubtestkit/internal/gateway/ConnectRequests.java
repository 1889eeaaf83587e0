package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.ConnectRequest;
import io.github.webpubsubtestkit.internal.token.ClientClaims;
import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Converts a handshake to the request for the application (event-handlers 5.1), without
 * credentials.
 */
final class ConnectRequests {

  private static final String INTERNAL_HEADER = "x-asrs-internal-";

  private ConnectRequests() {}

  static ConnectRequest of(ClientClaims claims, UrlQuery query, Handshake handshake) {
    return new ConnectRequest(
        claims.claims(), query(query), headers(handshake.request().headers()), handshake.offered());
  }

  private static Map<String, List<String>> query(UrlQuery query) {
    Map<String, List<String>> shown = new LinkedHashMap<>(query.toMap());
    shown.keySet().removeIf(name -> name.equalsIgnoreCase("access_token"));
    return shown;
  }

  /** Joins headers of the same name in one field, under its first spelling. */
  private static Map<String, List<String>> headers(HttpHeaders headers) {
    Map<String, String> spellings = new LinkedHashMap<>();
    Map<String, List<String>> shown = new LinkedHashMap<>();
    for (HttpHeaders.Field field : headers.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!name.equals("authorization") && !name.startsWith(INTERNAL_HEADER)) {
        String spelling = spellings.computeIfAbsent(name, first -> field.name());
        shown.computeIfAbsent(spelling, first -> new ArrayList<>(1)).add(field.value());
      }
    }
    return shown;
  }
}
