package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.client.DataType;
import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that an application asked of the fake over REST, or a client over its WebSocket, and
 * what became of it.
 *
 * <p>Immutable. Requests that were refused are recorded as well.
 *
 * @since 0.1
 */
public final class RecordedRequest {

  private final Operation operation;

  RecordedRequest(Operation operation) {
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
    return operation.name();
  }

  /**
   * Whether an application asked, over REST; otherwise it was a client.
   *
   * @return true for a REST call
   * @since 0.1
   */
  public boolean isFromServer() {
    return operation.caller() == Caller.REST;
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
    return Optional.ofNullable(operation.callerUserId());
  }

  /**
   * The connection that asked.
   *
   * @return empty for a REST call
   * @since 0.1
   */
  public Optional<String> fromConnectionId() {
    return Optional.ofNullable(operation.callerConnectionId());
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
   * The request as it was sent, on one line: {@code POST /api/hubs/…} or a client's frame. Tokens
   * are masked.
   *
   * @return the line
   * @since 0.1
   */
  public String request() {
    return operation.request();
  }

  /**
   * How the service answered: {@code 202}, {@code 404 Error.Connection.NotExisted}, {@code ok},
   * {@code Forbidden} and so on.
   *
   * @return the outcome
   * @since 0.1
   */
  public String outcome() {
    return operation.outcome();
  }

  /**
   * Whether the service did what was asked.
   *
   * @return false if it refused
   * @since 0.1
   */
  public boolean isSuccessful() {
    return operation.successful();
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

  /** One line for a reader, for example {@code sendToUser("alice") text "hi" from the server}. */
  @Override
  public String toString() {
    return RequestText.describe(operation);
  }

  Operation recorded() {
    return operation;
  }

  private Optional<Payload> payload() {
    return Optional.ofNullable(operation.payload());
  }

  private Optional<Payload> payload(DataType type) {
    return payload().filter(payload -> payload.type().name().equals(type.name()));
  }
}
