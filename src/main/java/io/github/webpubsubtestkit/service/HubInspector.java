package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.internal.hub.ConnectionView;
import io.github.webpubsubtestkit.internal.hub.Hub;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inspects the hubs, in the kit's public types. */
final class HubInspector {

  private final Hubs hubs;

  HubInspector(Hubs hubs) {
    this.hubs = hubs;
  }

  List<ConnectionInfo> connections() {
    return hubs.all().stream()
        .sorted(Comparator.comparing(Hub::name))
        .flatMap(hub -> connections(hub.name()).stream())
        .toList();
  }

  List<ConnectionInfo> connections(String hub) {
    Hub found = hubs.hub(hub);
    return found.connections().stream().map(view -> info(found.name(), view)).toList();
  }

  Set<String> users(String hub) {
    return userIds(connections(hub));
  }

  Set<String> members(String hub, String group) {
    Hub found = hubs.hub(hub);
    return userIds(found.members(group).stream().map(view -> info(found.name(), view)).toList());
  }

  /** The connection opened by a handshake; null for other operations. */
  @Nullable ConnectionInfo opened(RecordedOperation operation) {
    String id = operation.caller().connectionId();
    if (id == null || operation.operation() != Operation.CONNECT) {
      return null;
    }
    return hubs.hub(operation.hub())
        .connection(id)
        .map(view -> info(operation.hub(), view))
        .orElse(null);
  }

  private static Set<String> userIds(List<ConnectionInfo> connections) {
    Set<String> users = new LinkedHashSet<>();
    connections.forEach(each -> each.userId().filter(id -> !id.isEmpty()).ifPresent(users::add));
    return Collections.unmodifiableSet(users);
  }

  static ConnectionInfo info(String hub, ConnectionView view) {
    return new ConnectionInfo(
        hub,
        view.connectionId(),
        Optional.ofNullable(view.userId()),
        view.groups(),
        view.protocol() == Subprotocol.RAW
            ? Optional.empty()
            : Optional.of(Protocol.valueOf(view.protocol().name())),
        view.detached());
  }
}
