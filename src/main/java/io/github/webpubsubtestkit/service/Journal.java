package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The latest operations of everyone, the test itself included: what failure texts look through for
 * the reason of a failure. Filled under a hub's lock; adding neither waits nor calls back.
 */
final class Journal {

  private static final int MAX_OPERATIONS = 500;
  private static final long MAX_BYTES = 1024 * 1024;

  private final ArrayDeque<RecordedOperation> latest = new ArrayDeque<>(); // guarded by this
  private long bytes; // guarded by this

  synchronized void add(RecordedOperation operation) {
    latest.add(operation);
    bytes += size(operation);
    while (latest.size() > MAX_OPERATIONS || (bytes > MAX_BYTES && latest.size() > 1)) {
      bytes -= size(latest.remove());
    }
  }

  private static int size(RecordedOperation operation) {
    Payload payload = operation.payload();
    return payload == null ? 0 : payload.bytes().length;
  }

  /** All kept, the oldest first. */
  synchronized List<RecordedOperation> operations() {
    return new ArrayList<>(latest);
  }
}
