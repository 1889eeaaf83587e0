package io.github.webpubsubtestkit.internal.wire;

import java.io.IOException;
import java.util.Map;

/** The rules for requests in all subprotocols (client-protocols C.1, C.2). */
final class RequestRules {

  private static final int MAX_TTL_SECONDS = 300;

  private RequestRules() {}

  static String group(String group) throws IOException {
    if (!Names.isGroup(group)) {
      throw new IOException("'group' is blank or longer than 1,024 characters");
    }
    return group;
  }

  static String event(String event) throws IOException {
    if (!Names.isEvent(event)) {
      throw new IOException("'event' is no valid event name: '" + event + "'");
    }
    return event;
  }

  static int ttlSeconds(long seconds) throws IOException {
    if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
      throw new IOException("'ttlSeconds' is not between 0 and " + MAX_TTL_SECONDS);
    }
    return (int) seconds;
  }

  static Map<String, String> metadata(Map<String, String> metadata) throws IOException {
    String fault = Metadata.fault(metadata).orElse(null);
    if (fault != null) {
      throw new IOException(fault);
    }
    return metadata;
  }
}
