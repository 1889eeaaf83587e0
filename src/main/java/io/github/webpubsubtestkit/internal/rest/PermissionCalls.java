package io.github.webpubsubtestkit.internal.rest;

import io.github.webpubsubtestkit.internal.hub.Permissions;
import io.github.webpubsubtestkit.internal.hub.Permissions.Change;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;

/** Grant, revoke and check (rest-api 8.8). */
final class PermissionCalls {

  /** For a connection that is missing, and for a permission that it does not hold. */
  private static final String NOT_EXISTED = "Info.Connection.NotExisted";

  private PermissionCalls() {}

  static HttpResponse grant(RestCall call) throws RestException {
    Change change =
        call.hub().permissions().grant(call.connectionId(), call.permission(), call.targetName());
    if (change == Change.NO_CONNECTION) {
      throw RestException.noConnection(NOT_EXISTED, call.connectionId());
    }
    return changed(change, 200, call);
  }

  static HttpResponse revoke(RestCall call) throws RestException {
    Change change =
        call.hub().permissions().revoke(call.connectionId(), call.permission(), call.targetName());
    return changed(change, 204, call);
  }

  private static HttpResponse changed(Change change, int status, RestCall call)
      throws RestException {
    if (change == Change.LIMIT_REACHED) {
      throw RestException.conflict(
          Permissions.limitReached(call.connectionId(), call.permission()));
    }
    return RestResponses.empty(status);
  }

  static HttpResponse check(RestCall call) throws RestException {
    if (call.hub().permissions().holds(call.connectionId(), call.permission(), call.targetName())) {
      return RestResponses.empty(200);
    }
    if (!call.hub().connectionExists(call.connectionId())) {
      throw RestException.noConnection(NOT_EXISTED, call.connectionId());
    }
    throw RestException.notFound(
        NOT_EXISTED,
        "Connection `"
            + call.connectionId()
            + "` doesn't have the permission `"
            + call.permission().wireName()
            + "`.",
        "Connection");
  }
}
