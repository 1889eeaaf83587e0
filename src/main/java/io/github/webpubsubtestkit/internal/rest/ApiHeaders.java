package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.wire.Metadata;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers that matter to the API, gathered in one pass.
 *
 * @param metadata keys in lower case, values still as sent (rest-api 9); null if there are none
 */
record ApiHeaders(
    @Nullable String authorization,
    @Nullable String host,
    @Nullable String contentType,
    @Nullable String contentLength,
    @Nullable String transferEncoding,
    @Nullable Map<String, String> metadata) {

  private static final String METADATA = Metadata.HEADER_PREFIX;

  static ApiHeaders of(HttpHeaders headers) {
    String authorization = null;
    String host = null;
    String contentType = null;
    String contentLength = null;
    String transferEncoding = null;
    Map<String, String> metadata = null;
    for (HttpHeaders.Field field : headers.fields()) {
      String name = field.name();
      if (authorization == null && name.equalsIgnoreCase("Authorization")) {
        authorization = field.value();
      } else if (host == null && name.equalsIgnoreCase("Host")) {
        host = field.value();
      } else if (contentType == null && name.equalsIgnoreCase("Content-Type")) {
        contentType = field.value();
      } else if (contentLength == null && name.equalsIgnoreCase("Content-Length")) {
        contentLength = field.value();
      } else if (transferEncoding == null && name.equalsIgnoreCase("Transfer-Encoding")) {
        transferEncoding = field.value();
      } else if (name.regionMatches(true, 0, METADATA, 0, METADATA.length())) {
        if (metadata == null) {
          metadata = new LinkedHashMap<>();
        }
        metadata.put(name.substring(METADATA.length()).toLowerCase(Locale.ROOT), field.value());
      }
    }
    return new ApiHeaders(
        authorization, host, contentType, contentLength, transferEncoding, metadata);
  }
}
