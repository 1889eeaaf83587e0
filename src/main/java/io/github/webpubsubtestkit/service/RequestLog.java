package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.Operation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stub; being written. */
@SuppressWarnings("UnusedVariable")
final class RequestLog {
  static final int DEFAULT_MAX_REQUESTS = 10_000;
  static final long DEFAULT_MAX_BYTES = 16L * 1024 * 1024;
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

  RequestLog(int maxRequests, long maxBytes) {}

  void add(Operation operation) {
    requests.add(new RecordedRequest(operation));
  }

  List<RecordedRequest> requests() {
    return List.copyOf(requests);
  }
}
