package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.RequestDetails;
import io.github.webpubsubtestkit.internal.hub.ServerRequest;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.AddToGroup;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Close;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.GrantPermission;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromAllGroups;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RemoveFromGroup;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.RevokePermission;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Send;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test asked of the service, for failure texts.
 *
 * @param target what it was for; null if it was for something else than connections
 * @param otherGroup the group that connections were added to, removed from, or given permissions
 *     for
 */
record OrderDetails(
    ServerRequest order,
    @Nullable Target target,
    @Nullable String otherGroup,
    @Nullable Payload payload,
    Map<String, List<String>> parameters)
    implements RequestDetails {

  static OrderDetails of(ServerRequest order, Map<String, List<String>> parameters) {
    if (order instanceof Send send) {
      return new OrderDetails(order, send.target(), null, send.payload(), parameters);
    }
    if (order instanceof Close close) {
      return new OrderDetails(order, close.target(), null, null, parameters);
    }
    if (order instanceof AddToGroup add) {
      return new OrderDetails(order, add.target(), add.group(), null, parameters);
    }
    if (order instanceof RemoveFromGroup remove) {
      return new OrderDetails(order, remove.target(), remove.group(), null, parameters);
    }
    if (order instanceof RemoveFromAllGroups remove) {
      return new OrderDetails(order, remove.target(), null, null, parameters);
    }
    if (order instanceof GrantPermission grant) {
      return new OrderDetails(
          order, Target.connection(grant.connectionId()), grant.group(), null, parameters);
    }
    if (order instanceof RevokePermission revoke) {
      return new OrderDetails(
          order, Target.connection(revoke.connectionId()), revoke.group(), null, parameters);
    }
    return new OrderDetails(order, null, null, null, parameters);
  }

  private @Nullable String name(Target.Kind kind) {
    return target != null && target.kind() == kind ? target.name() : null;
  }

  @Override
  public String request() {
    return order.operation() + " by the test";
  }

  @Override
  public @Nullable String connectionId() {
    return name(Target.Kind.CONNECTION);
  }

  @Override
  public @Nullable String userId() {
    return name(Target.Kind.USER);
  }

  @Override
  public @Nullable String group() {
    return otherGroup == null ? name(Target.Kind.GROUP) : otherGroup;
  }
}
