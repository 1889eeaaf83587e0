package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import java.util.List;
import java.util.Optional;

/** Whose connection an id is, for failure texts; also of connections that have ended. */
final class Connections {

  private final Engine engine;
  private final Journal journal;

  Connections(Engine engine, Journal journal) {
    this.engine = engine;
    this.journal = journal;
  }

  /** A connection that is open. */
  Optional<ConnectionView> view(String connectionId) {
    return engine.hubs().all().stream()
        .map(hub -> hub.connection(connectionId))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The others in the hub of a connection. */
  List<ConnectionView> besides(String connectionId) {
    return engine.hubs().all().stream()
        .filter(each -> each.connection(connectionId).isPresent())
        .map(Hub::connections)
        .flatMap(List::stream)
        .filter(each -> !each.connectionId().equals(connectionId))
        .toList();
  }

  /** The user of a connection that is or was open; empty if there is none, or it is not known. */
  Optional<String> userOf(String connectionId) {
    Optional<ConnectionView> open = view(connectionId);
    return open.isPresent()
        ? open.map(ConnectionView::visibleUserId)
        : journal.operations().stream()
            .filter(RecordedOperation::isHandshake)
            .map(RecordedOperation::caller)
            .filter(each -> connectionId.equals(each.connectionId()))
            .map(each -> each.userId())
            .filter(each -> each != null && !each.isEmpty())
            .findFirst();
  }
}
