package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an application or a client asked of the service, with its outcome.
 *
 * @param name for REST the operation as SDKs call it ({@code sendToAll}, {@code
 *     addConnectionToGroup}, …), for clients {@code joinGroup}, {@code leaveGroup}, {@code
 *     sendToGroup}, {@code event}, {@code connect}, {@code recover}, {@code rejectedHandshake};
 *     {@code unknown} for a request that is none of these
 * @param caller who asked
 * @param hub the hub's name in lower case, or empty
 * @param callerUserId the user of a calling client
 * @param callerConnectionId the connection of a calling client
 * @param connectionId the connection it is about
 * @param userId the user it is about
 * @param group the group it is about
 * @param event the event's name
 * @param payload what is to be sent
 * @param parameters the query of a REST call
 * @param request one line that shows the request, secrets masked
 * @param outcome {@code 202}, {@code 404 Error.Connection.NotExisted}, {@code ok}, {@code
 *     Forbidden}, …
 * @param successful whether it was carried out
 * @param at when, in the timeline's time
 * @param http the call, if it was one over REST; then request and parameters are what it says
 */
public record Operation(
    String name,
    Caller caller,
    String hub,
    @Nullable String callerUserId,
    @Nullable String callerConnectionId,
    @Nullable String connectionId,
    @Nullable String userId,
    @Nullable String group,
    @Nullable String event,
    @Nullable Payload payload,
    Map<String, List<String>> parameters,
    String request,
    String outcome,
    boolean successful,
    Duration at,
    @Nullable RestDetails http) {

  /** A request of a client. */
  public Operation(
      String name,
      Caller caller,
      String hub,
      @Nullable String callerUserId,
      @Nullable String callerConnectionId,
      @Nullable String connectionId,
      @Nullable String userId,
      @Nullable String group,
      @Nullable String event,
      @Nullable Payload payload,
      Map<String, List<String>> parameters,
      String request,
      String outcome,
      boolean successful,
      Duration at) {
    this(
        name,
        caller,
        hub,
        callerUserId,
        callerConnectionId,
        connectionId,
        userId,
        group,
        event,
        payload,
        parameters,
        request,
        outcome,
        successful,
        at,
        null);
  }

  /** The query of a REST call. */
  @Override
  public Map<String, List<String>> parameters() {
    return http == null ? parameters : http.parameters();
  }

  /** One line that shows the request, secrets masked. */
  @Override
  public String request() {
    return http == null ? request : http.request();
  }
}
