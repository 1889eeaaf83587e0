package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.hub.RequestDetails;
import io.github.webpubsubtestkit.internal.hub.ServerRequest;
import io.github.webpubsubtestkit.internal.hub.Target;
import io.github.webpubsubtestkit.internal.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A request that the test itself makes as the application's server.
 *
 * @param request the call with its arguments
 * @param asked the request
 */
record TestCall(@Override String request, ServerRequest asked) implements RequestDetails {

  @Override
  public @Nullable String connectionId() {
    if (asked instanceof ServerRequest.GrantPermission grant) {
      return grant.connectionId();
    }
    if (asked instanceof ServerRequest.RevokePermission revoke) {
      return revoke.connectionId();
    }
    return target(Target.Kind.CONNECTION);
  }

  @Override
  public @Nullable String userId() {
    return target(Target.Kind.USER);
  }

  @Override
  public @Nullable String group() {
    if (asked instanceof ServerRequest.AddToGroup add) {
      return add.group();
    }
    if (asked instanceof ServerRequest.RemoveFromGroup remove) {
      return remove.group();
    }
    return target(Target.Kind.GROUP);
  }

  @Override
  public @Nullable Payload payload() {
    return asked instanceof ServerRequest.Send send ? send.payload() : null;
  }

  private @Nullable String target(Target.Kind kind) {
    Target target = target();
    return target != null && target.kind() == kind ? target.name() : null;
  }

  private @Nullable Target target() {
    if (asked instanceof ServerRequest.Send send) {
      return send.target();
    }
    if (asked instanceof ServerRequest.Close close) {
      return close.target();
    }
    if (asked instanceof ServerRequest.AddToGroup add) {
      return add.target();
    }
    if (asked instanceof ServerRequest.RemoveFromGroup remove) {
      return remove.target();
    }
    return asked instanceof ServerRequest.RemoveFromAllGroups remove ? remove.target() : null;
  }
}
