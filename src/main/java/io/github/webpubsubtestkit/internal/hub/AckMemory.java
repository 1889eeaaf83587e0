package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.AckId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The last 1,000 ids that were acknowledged with success; the oldest is forgotten first
 * (client-protocols C.2, E.5).
 */
final class AckMemory {

  private static final int CAPACITY = 1_000;

  private final Set<AckId> ids = new LinkedHashSet<>(4);

  boolean contains(AckId id) {
    return ids.contains(id);
  }

  void remember(AckId id) {
    ids.add(id);
    if (ids.size() > CAPACITY) {
      Iterator<AckId> oldest = ids.iterator();
      oldest.next();
      oldest.remove();
    }
  }
}
