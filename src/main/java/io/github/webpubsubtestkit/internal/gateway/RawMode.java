package io.github.webpubsubtestkit.internal.gateway;

import static java.util.Objects.requireNonNullElse;

import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.wire.Names;
import io.github.webpubsubtestkit.internal.wire.RawServiceCodec;
import java.util.Locale;

/**
 * The meaning of a raw client's frames, by {@code webpubsub_mode}, {@code group}, {@code noEcho}
 * (client-protocols A.2).
 */
final class RawMode {

  private RawMode() {}

  /**
   * Reads the three parameters; they are checked for every new connection, regardless of its
   * subprotocol.
   *
   * @throws RefusedException with 400 if one is invalid
   */
  static RawServiceCodec codec(UrlQuery query) throws RefusedException {
    String mode = requireNonNullElse(query.last("webpubsub_mode"), "sendEvent");
    switch (mode.toLowerCase(Locale.ROOT)) {
      case "sendevent" -> {
        return RawServiceCodec.sendEvent();
      }
      case "sendtogroup" -> {
        String group = requireNonNullElse(query.last("group"), "");
        if (!Names.isGroup(group)) {
          throw new RefusedException(400, "The raw sendToGroup group name is invalid.");
        }
        return RawServiceCodec.sendToGroup(group, noEcho(query));
      }
      default -> throw new RefusedException(400, "Only raw sendToGroup mode is supported.");
    }
  }

  private static boolean noEcho(UrlQuery query) throws RefusedException {
    String value = requireNonNullElse(query.last("noEcho"), "false");
    if (value.equalsIgnoreCase("true")) {
      return true;
    }
    if (value.equalsIgnoreCase("false")) {
      return false;
    }
    throw new RefusedException(400, "The raw noEcho value is invalid.");
  }
}
