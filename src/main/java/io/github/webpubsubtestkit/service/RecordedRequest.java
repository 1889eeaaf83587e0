package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;
import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.client.DataType;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RestDetails;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.AssertProvider;

/**
 * A request of an application over REST, or of a client over its WebSocket, and its outcome.
 *
 * <p>Immutable. Rejected requests are recorded as well.
 *
 * @since 0.1
 */
public final class RecordedRequest implements AssertProvider<RequestAssert> {

  private final RecordedOperation operation;
  private final ObjectMapping mapping;

  RecordedRequest(RecordedOperation operation, ObjectMapping mapping) {
    this.operation = requireNonNull(operation, "operation");
    this.mapping = mapping;
  }

  ObjectMapping mapping() {
    return mapping;
  }

  /**
   * Returns the name of the operation in Azure's terms: {@code sendToAll}, {@code addUserToGroup},
   * {@code joinGroup}, {@code event} and so on; {@code connect} is a client's successful handshake,
   * {@code recover} one that asked for the recovery of a connection, {@code rejectedHandshake} one
   * that was answered with an HTTP error, {@code unknown} a call to an address that the service
   * does not have.
   *
   * @return the name of the operation
   * @since 0.1
   */
  public String operation() {
    return operation.operation().sdkName();
  }

  /**
   * Returns whether the request came from an application, over REST, rather than from a client.
   *
   * @return true for a REST call
   * @since 0.1
   */
  public boolean isFromServer() {
    return operation.caller().isServer();
  }

  /**
   * Returns the hub of the request.
   *
   * @return the hub in lower case; empty if the request named none
   * @since 0.1
   */
  public String hub() {
    return operation.hub();
  }

  /**
   * Returns the user whose client sent the request.
   *
   * @return the user; empty for a REST call and for a client without a user id
   * @since 0.1
   */
  public Optional<String> fromUserId() {
    return Optional.ofNullable(operation.caller().userId());
  }

  /**
   * Returns the connection that sent the request.
   *
   * @return the id of the connection; empty for a REST call
   * @since 0.1
   */
  public Optional<String> fromConnectionId() {
    return Optional.ofNullable(operation.caller().connectionId());
  }

  /**
   * Returns the target connection.
   *
   * @return the id of the connection; empty if the operation does not target one connection
   * @since 0.1
   */
  public Optional<String> connectionId() {
    return Optional.ofNullable(operation.connectionId());
  }

  /**
   * Returns the target user.
   *
   * @return the user; empty if the operation does not target one user
   * @since 0.1
   */
  public Optional<String> userId() {
    return Optional.ofNullable(operation.userId());
  }

  /**
   * Returns the target group.
   *
   * @return the group; empty if the operation does not target one group
   * @since 0.1
   */
  public Optional<String> group() {
    return Optional.ofNullable(operation.group());
  }

  /**
   * Returns the name of the user event; a simple client's messages are events named {@code
   * message}.
   *
   * @return the name; empty if this is not an event
   * @since 0.1
   */
  public Optional<String> event() {
    return Optional.ofNullable(operation.event());
  }

  /**
   * Returns the type of the data.
   *
   * @return the type; empty if the request carries no data
   * @since 0.1
   */
  public Optional<DataType> dataType() {
    return payload().map(payload -> DataType.valueOf(payload.type().name()));
  }

  /**
   * Returns the text that was sent.
   *
   * @return the text; empty if the data has another type, or there is none
   * @since 0.1
   */
  public Optional<String> text() {
    return payload(DataType.TEXT).map(Payload::string);
  }

  /**
   * Returns the JSON text that was sent, unchanged.
   *
   * @return the text; empty if the data has another type, or there is none
   * @since 0.1
   */
  public Optional<String> json() {
    return payload(DataType.JSON).map(Payload::string);
  }

  /**
   * Returns the object that the JSON stands for, made by the application's mapper: that of the
   * fake's {@code jsonMapper}, else the only Jackson on the class path.
   *
   * <pre>{@code
   * Bid bid = service.requests().get(0).json(Bid.class);
   * }</pre>
   *
   * @param <T> the type of the object
   * @param type its class
   * @return the object
   * @throws IllegalStateException if no JSON was sent
   * @throws IllegalArgumentException if the JSON cannot be read as that; the message names the
   *     mapper
   * @since 0.1
   */
  public <T> T json(Class<T> type) {
    notNull(type, "json", "type");
    return UserFrames.beginning(
        () ->
            mapping()
                .read(
                    json()
                        .orElseThrow(
                            () ->
                                new IllegalStateException(
                                    "json(..) needs a request that carries JSON but this one is: "
                                        + this)),
                    type));
  }

  /**
   * Returns the binary data that was sent.
   *
   * @return a copy; empty if the data has another type, or there is none
   * @since 0.1
   */
  public Optional<byte[]> binary() {
    return payload(DataType.BINARY).map(payload -> payload.bytes().clone());
  }

  /**
   * Returns the metadata of the message.
   *
   * @return names and values, empty if there are none
   * @since 0.1
   */
  public Map<String, String> metadata() {
    return payload().map(Payload::metadata).map(Map::copyOf).orElse(Map.of());
  }

  /**
   * Returns the decoded query parameters of a REST call, each with its values in order.
   *
   * @return names and values; empty for a client's request
   * @since 0.1
   */
  public Map<String, List<String>> parameters() {
    return operation.parameters();
  }

  /**
   * Returns the permission that a REST call grants, revokes or checks.
   *
   * @return {@code sendToGroup} or {@code joinLeaveGroup}, or the unknown name in its place; empty
   *     for all other requests
   * @since 0.1
   */
  public Optional<String> permission() {
    return http().map(RestDetails::permission);
  }

  /**
   * Returns the groups of a bulk operation, given in its body.
   *
   * @return the groups, unchanged; empty for all other requests
   * @since 0.1
   */
  public List<String> groups() {
    return http().map(RestDetails::groups).map(List::copyOf).orElse(List.of());
  }

  /**
   * Returns the filter of a REST call, from its query or its body.
   *
   * @return the filter as written, if any
   * @since 0.1
   */
  public Optional<String> filter() {
    return http().map(RestDetails::filter);
  }

  /**
   * Returns the headers of a REST call, in order. Tokens are masked.
   *
   * @return the name and value of each header; empty for a client's request
   * @since 0.1
   */
  public List<Map.Entry<String, String>> headers() {
    return http().map(RestDetails::headers).orElse(List.of());
  }

  /**
   * Returns the value of a header of a REST call. Tokens are masked.
   *
   * @param name the name, case-insensitive
   * @return the value of the first header of that name, if any
   * @since 0.1
   */
  public Optional<String> header(String name) {
    notNull(name, "header", "name");
    return headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * Returns the body of a REST call, byte for byte; {@link #text()} and similar methods return its
   * decoded content.
   *
   * @return a copy; empty without a body, and for a client's request
   * @since 0.1
   */
  public byte[] body() {
    return http().map(call -> call.body().clone()).orElseGet(() -> new byte[0]);
  }

  /**
   * Returns the HTTP status of the response to a REST call.
   *
   * @return the status; empty for a client's request, and for a call that a fault left without a
   *     response
   * @since 0.1
   */
  public OptionalInt status() {
    RestDetails call = operation.http();
    return call == null || call.status() == 0 ? OptionalInt.empty() : OptionalInt.of(call.status());
  }

  /**
   * Returns the body of the response to a REST call, for example the JSON of an error. Tokens are
   * masked.
   *
   * @return the text; empty if the response had no body, and for a client's request
   * @since 0.1
   */
  public String answer() {
    return http().map(RestDetails::answer).orElse("");
  }

  /**
   * Returns the request as it was sent, on one line: {@code POST /api/hubs/…} or a client's frame.
   * Tokens are masked.
   *
   * @return the line
   * @since 0.1
   */
  public String request() {
    return operation.details().request();
  }

  /**
   * Returns the outcome: {@code 202}, {@code 404 Error.Connection.NotExisted}, {@code ok}, {@code
   * Forbidden} and so on.
   *
   * @return the outcome
   * @since 0.1
   */
  public String outcome() {
    return Secrets.mask(operation.outcome());
  }

  /**
   * Returns whether the service carried out the request.
   *
   * @return false if it rejected the request
   * @since 0.1
   */
  public boolean isSuccessful() {
    return operation.successful();
  }

  /**
   * Returns how many connections the request reached: those that a message was sent to or kept for,
   * that were closed or found, or whose groups or permissions were set, whether or not that changed
   * them. A connection that is away and can be recovered counts.
   *
   * @return 0 if there was no such connection, for a rejected request, and for an event
   * @since 0.1
   */
  public int reachedConnections() {
    return operation.result().connections();
  }

  /**
   * Returns the time at which the request arrived.
   *
   * @return the time since the start of the fake
   * @since 0.1
   */
  public Duration at() {
    return operation.at();
  }

  /**
   * Supports {@code assertThat(request)} of AssertJ.
   *
   * @return assertions on this request
   * @since 0.1
   */
  @Override
  public RequestAssert assertThat() {
    return new RequestAssert(this);
  }

  /** Returns a readable line, for example {@code sendToUser("alice") text "hi" from the server}. */
  @Override
  public String toString() {
    return RequestText.describe(operation, mapping.display());
  }

  RecordedOperation recorded() {
    return operation;
  }

  private Optional<RestDetails> http() {
    return Optional.ofNullable(operation.http());
  }

  private Optional<Payload> payload() {
    return Optional.ofNullable(operation.payload());
  }

  private Optional<Payload> payload(DataType type) {
    return payload().filter(payload -> payload.type().name().equals(type.name()));
  }
}
