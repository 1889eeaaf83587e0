package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.expect.Changes;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RestDetails;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest requests of one fake, up to a number and a size, and the cursor of its test.
 *
 * <p>Filled on the loop, partly under a hub's lock: adding neither waits nor runs callbacks.
 */
final class RequestLog {

  private final int maxRequests;
  private final long maxBytes;
  private final Changes changes = new Changes();

  private final ArrayDeque<Entry> entries = new ArrayDeque<>(); // guarded by this
  private final Set<Long> takenConnections = new HashSet<>(); // guarded by this
  private long bytes; // guarded by this
  private long nextNumber; // guarded by this
  private long cursor; // guarded by this

  RequestLog(int maxRequests, long maxBytes) {
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /**
   * One operation.
   *
   * @param number its place in the order of all, from 0
   * @param connection the connection opened by a successful handshake; otherwise null
   */
  record Entry(long number, RecordedOperation operation, @Nullable ConnectionInfo connection) {

    /** The size of the content: all the rest is small, and limited by the number of requests. */
    long size() {
      RestDetails call = operation.http();
      if (call != null) {
        return call.body().length;
      }
      return operation.payload() == null ? 0 : operation.payload().bytes().length;
    }
  }

  /**
   * The recorded entries at one moment.
   *
   * @param entries oldest first
   * @param cursor the number of the first entry that the test has not read yet
   * @param dropped the number of older entries dropped
   */
  record Snapshot(List<Entry> entries, long cursor, long dropped) {}

  void add(RecordedOperation operation, @Nullable ConnectionInfo connection) {
    synchronized (this) {
      Entry entry = new Entry(nextNumber++, operation, connection);
      entries.add(entry);
      bytes += entry.size();
      while (entries.size() > maxRequests || (bytes > maxBytes && entries.size() > 1)) {
        Entry oldest = entries.remove();
        bytes -= oldest.size();
        takenConnections.remove(oldest.number());
      }
    }
    changes.signal();
  }

  /** Changes with each entry. */
  Changes changes() {
    return changes;
  }

  synchronized Snapshot snapshot() {
    long first = entries.isEmpty() ? nextNumber : entries.element().number();
    return new Snapshot(new ArrayList<>(entries), cursor, first);
  }

  List<RecordedRequest> requests(ObjectMapping mapping) {
    return snapshot().entries().stream()
        .map(entry -> new RecordedRequest(entry.operation(), mapping))
        .toList();
  }

  /** A search for the first entry at or behind the cursor; a match moves the cursor. */
  Search search(Predicate<RecordedOperation> wanted) {
    return new Search(this, wanted);
  }

  /** Takes the first matching connection not taken before. */
  synchronized Optional<ConnectionInfo> takeConnection(Predicate<ConnectionInfo> wanted) {
    for (Entry entry : entries) {
      ConnectionInfo connection = entry.connection();
      if (connection != null
          && !takenConnections.contains(entry.number())
          && wanted.test(connection)) {
        takenConnections.add(entry.number());
        return Optional.of(connection);
      }
    }
    return Optional.empty();
  }

  private synchronized List<Entry> entriesFrom(long number) {
    ArrayDeque<Entry> found = new ArrayDeque<>();
    for (var newestFirst = entries.descendingIterator(); newestFirst.hasNext(); ) {
      Entry entry = newestFirst.next();
      if (entry.number() < number) {
        break;
      }
      found.addFirst(entry);
    }
    return new ArrayList<>(found);
  }

  private synchronized void moveCursorBehind(long number) {
    cursor = Math.max(cursor, number + 1);
  }

  private synchronized long cursor() {
    return cursor;
  }

  /** A search that checks each entry only once. */
  static final class Search {

    private final RequestLog log;
    private final Predicate<RecordedOperation> wanted;
    private long next;

    private Search(RequestLog log, Predicate<RecordedOperation> wanted) {
      this.log = log;
      this.wanted = wanted;
      this.next = log.cursor();
    }

    /** The entry, if it has arrived. */
    Optional<RecordedOperation> take() {
      for (Entry entry : log.entriesFrom(next)) {
        next = entry.number() + 1;
        if (wanted.test(entry.operation())) {
          log.moveCursorBehind(entry.number());
          return Optional.of(entry.operation());
        }
      }
      return Optional.empty();
    }
  }
}
