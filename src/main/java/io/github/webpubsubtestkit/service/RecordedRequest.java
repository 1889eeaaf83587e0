package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.client.DataType;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RestDetails;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.AssertProvider;

/**
 * One thing that an application asked of the fake over REST, or a client over its WebSocket, and
 * what became of it.
 *
 * <p>Immutable. Requests that were refused are recorded as well.
 *
 * @since 0.1
 */
public final class RecordedRequest implements AssertProvider<RequestAssert> {

  private final RecordedOperation operation;

  RecordedRequest(RecordedOperation operation) {
    this.operation = requireNonNull(operation, "operation");
  }

  /**
   * What was asked, in Azure's words: {@code sendToAll}, {@code addUserToGroup}, {@code joinGroup},
   * {@code event} and so on; {@code connect} is a client's handshake that succeeded, {@code
   * recover} one that asked for the recovery of a connection, {@code rejectedHandshake} one that
   * was answered with an HTTP error, {@code unknown} a call to an address that the service does not
   * have.
   *
   * @return the name of the operation
   * @since 0.1
   */
  public String operation() {
    return operation.operation().sdkName();
  }

  /**
   * Returns whether an application asked, over REST; otherwise it was a client.
   *
   * @return true for a REST call
   * @since 0.1
   */
  public boolean isFromServer() {
    return operation.caller().isServer();
  }

  /**
   * The hub that was addressed.
   *
   * @return the hub in lower case; empty if the request named none
   * @since 0.1
   */
  public String hub() {
    return operation.hub();
  }

  /**
   * The user whose client asked.
   *
   * @return empty for a REST call and for a client without a user id
   * @since 0.1
   */
  public Optional<String> fromUserId() {
    return Optional.ofNullable(operation.caller().userId());
  }

  /**
   * The connection that asked.
   *
   * @return empty for a REST call
   * @since 0.1
   */
  public Optional<String> fromConnectionId() {
    return Optional.ofNullable(operation.caller().connectionId());
  }

  /**
   * The connection that was meant.
   *
   * @return empty if the operation is not about one connection
   * @since 0.1
   */
  public Optional<String> connectionId() {
    return Optional.ofNullable(operation.connectionId());
  }

  /**
   * The user that was meant.
   *
   * @return empty if the operation is not about one user
   * @since 0.1
   */
  public Optional<String> userId() {
    return Optional.ofNullable(operation.userId());
  }

  /**
   * The group that was meant.
   *
   * @return empty if the operation is not about one group
   * @since 0.1
   */
  public Optional<String> group() {
    return Optional.ofNullable(operation.group());
  }

  /**
   * The name of the user event; a simple client's messages are events called {@code message}.
   *
   * @return empty if this is no event
   * @since 0.1
   */
  public Optional<String> event() {
    return Optional.ofNullable(operation.event());
  }

  /**
   * What kind of data was sent.
   *
   * @return empty if the request carries none
   * @since 0.1
   */
  public Optional<DataType> dataType() {
    return payload().map(payload -> DataType.valueOf(payload.type().name()));
  }

  /**
   * The text that was sent.
   *
   * @return empty if the data is of another type, or there is none
   * @since 0.1
   */
  public Optional<String> text() {
    return payload(DataType.TEXT).map(Payload::string);
  }

  /**
   * The JSON text that was sent, character for character.
   *
   * @return empty if the data is of another type, or there is none
   * @since 0.1
   */
  public Optional<String> json() {
    return payload(DataType.JSON).map(Payload::string);
  }

  /**
   * The bytes that were sent as binary data.
   *
   * @return a copy; empty if the data is of another type, or there is none
   * @since 0.1
   */
  public Optional<byte[]> binary() {
    return payload(DataType.BINARY).map(payload -> payload.bytes().clone());
  }

  /**
   * The metadata of the message that was sent.
   *
   * @return names and values, empty if there are none
   * @since 0.1
   */
  public Map<String, String> metadata() {
    return payload().map(Payload::metadata).map(Map::copyOf).orElse(Map.of());
  }

  /**
   * The query parameters of a REST call, decoded, each with its values in order.
   *
   * @return names and values; empty for a client's request
   * @since 0.1
   */
  public Map<String, List<String>> parameters() {
    return operation.parameters();
  }

  /**
   * The permission that a REST call grants, revokes or checks.
   *
   * @return {@code sendToGroup} or {@code joinLeaveGroup}, or what the call has in its place; empty
   *     for all other requests
   * @since 0.1
   */
  public Optional<String> permission() {
    return http().map(RestDetails::permission);
  }

  /**
   * The groups of a bulk operation, which names them in its body.
   *
   * @return the groups as they stand there; empty for all other requests
   * @since 0.1
   */
  public List<String> groups() {
    return http().map(RestDetails::groups).map(List::copyOf).orElse(List.of());
  }

  /**
   * The filter of a REST call, from its query or its body.
   *
   * @return the filter as it was written; empty without one
   * @since 0.1
   */
  public Optional<String> filter() {
    return http().map(RestDetails::filter);
  }

  /**
   * The header lines of a REST call, in their order. Tokens are masked.
   *
   * @return name and value of each line; empty for a client's request
   * @since 0.1
   */
  public List<Map.Entry<String, String>> headers() {
    return http().map(RestDetails::headers).orElse(List.of());
  }

  /**
   * The value of a header of a REST call. Tokens are masked.
   *
   * @param name the name, in any case
   * @return the value of the first line of that name
   * @since 0.1
   */
  public Optional<String> header(String name) {
    return headers().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The body of a REST call, byte for byte as it was sent; {@link #text()} and its like have what
   * the service made of it.
   *
   * @return a copy; empty if there was none, and for a client's request
   * @since 0.1
   */
  public byte[] body() {
    return http().map(call -> call.body().clone()).orElseGet(() -> new byte[0]);
  }

  /**
   * The HTTP status with which a REST call was answered.
   *
   * @return empty for a client's request, and for a call that a fault left without an answer
   * @since 0.1
   */
  public OptionalInt status() {
    RestDetails call = operation.http();
    return call == null || call.status() == 0 ? OptionalInt.empty() : OptionalInt.of(call.status());
  }

  /**
   * The body of the answer to a REST call, for example the JSON of an error. Tokens are masked.
   *
   * @return the text; empty if the answer had no body, and for a client's request
   * @since 0.1
   */
  public String answer() {
    return http().map(RestDetails::answer).orElse("");
  }

  /**
   * The request as it was sent, on one line: {@code POST /api/hubs/…} or a client's frame. Tokens
   * are masked.
   *
   * @return the line
   * @since 0.1
   */
  public String request() {
    return operation.details().request();
  }

  /**
   * How the service answered: {@code 202}, {@code 404 Error.Connection.NotExisted}, {@code ok},
   * {@code Forbidden} and so on.
   *
   * @return the outcome
   * @since 0.1
   */
  public String outcome() {
    return Secrets.mask(operation.outcome());
  }

  /**
   * Returns whether the service did what was asked.
   *
   * @return false if it refused
   * @since 0.1
   */
  public boolean isSuccessful() {
    return operation.successful();
  }

  /**
   * How many connections the request reached: those that a message was sent to or kept for, that
   * were closed, joined or left a group, got a permission or lost it, or were found. A connection
   * that is away and can be recovered counts.
   *
   * @return 0 if there was no such connection, for a refused request, and for an event
   * @since 0.1
   */
  public int reachedConnections() {
    return operation.result().connections();
  }

  /**
   * When it came.
   *
   * @return time since the fake was started
   * @since 0.1
   */
  public Duration at() {
    return operation.at();
  }

  /**
   * Makes AssertJ's {@code assertThat(request)} give the kit's assertions.
   *
   * @return assertions on this request
   * @since 0.1
   */
  @Override
  public RequestAssert assertThat() {
    return new RequestAssert(this);
  }

  /** One line for a reader, for example {@code sendToUser("alice") text "hi" from the server}. */
  @Override
  public String toString() {
    return RequestText.describe(operation);
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
