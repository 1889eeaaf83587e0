package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Stub, replaced by core. */
public final class Hub {
  private final String name;

  /** Only in the stub: what connections() answers. */
  public final List<ConnectionView> stubbed = new CopyOnWriteArrayList<>();

  public Hub(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public void sendToAll(Payload p, Set<String> excluded, Predicate<ConnectionView> filter) {}

  public void sendToConnection(String connectionId, Payload p) {}

  public void sendToUser(String userId, Payload p, Predicate<ConnectionView> filter) {}

  public void sendToGroup(
      String group, Payload p, Set<String> excluded, Predicate<ConnectionView> filter) {}

  public List<ConnectionView> connections() {
    return List.copyOf(stubbed);
  }

  public List<ConnectionView> members(String group) {
    return stubbed.stream().filter(each -> each.groups().contains(group)).toList();
  }
}
