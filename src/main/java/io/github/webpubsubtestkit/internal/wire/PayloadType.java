package io.github.webpubsubtestkit.internal.wire;

import java.util.Locale;
import java.util.Optional;

/** The kinds of data a message carries (client-protocols E.3, G.4). */
public enum PayloadType {
  TEXT,
  JSON,
  BINARY,
  PROTOBUF;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in {@code dataType}. */
  public String wireName() {
    return wireName;
  }

  /** Finds a type by its wire name without regard to case (client-protocols D14). */
  public static Optional<PayloadType> ofWireName(String name) {
    for (PayloadType type : values()) {
      if (type.wireName.equalsIgnoreCase(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
