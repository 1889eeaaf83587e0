package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The clients of one test or class, closed at the end of that scope. */
final class ScopedClients implements StoredResource {

  private final Map<RequestedClient.Identity, Joint> users = new HashMap<>(); // guarded by this
  private final Deque<StoredResource> open = new ArrayDeque<>(); // guarded by this

  /** The requested client, connected now if it does not exist yet. */
  synchronized Client connect(RequestedClient request, FakeWebPubSub service) {
    if (!request.namesUser()) {
      return opened(request.connect(service));
    }
    Joint known = users.get(request.identity());
    if (known == null) {
      known = new Joint(opened(request.connect(service)), new ArrayList<>());
      users.put(request.identity(), known);
    } else {
      known.check(request);
    }
    known.requests.add(request);
    return known.client;
  }

  @Override
  public synchronized void close() {
    StoredResource.closeAll(List.copyOf(open));
  }

  private Client opened(Client client) {
    open.push(client::close); // last opened, first closed
    return client;
  }

  /** A client shared by several injection points of a scope. */
  private record Joint(Client client, List<RequestedClient> requests) {

    void check(RequestedClient request) {
      for (RequestedClient earlier : requests) {
        if (earlier.point().hasSameOwnerAs(request.point())) {
          throw conflict(request, earlier, "is requested twice in one place");
        }
        if (!earlier.agreesWith(request)) {
          throw conflict(request, earlier, "is requested in two different ways");
        }
      }
    }

    private static RuntimeException conflict(
        RequestedClient request, RequestedClient earlier, String what) {
      RequestedClient.Identity identity = request.identity();
      return request
          .point()
          .refuse(
              """
              The client of user "%s"%s in hub "%s" %s:
                %s
                %s
              The same hub, userId and device within one test are the same client, and so its type, \
              roles, groups and protocol must be the same. To connect the user twice, \
              tell the clients apart by device, for example device = "phone"."""
                  .formatted(
                      identity.userId(),
                      identity.device().isEmpty() ? "" : " on device \"" + identity.device() + '"',
                      identity.hub(),
                      what,
                      earlier.describe(),
                      request.describe()));
    }
  }
}
