package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.JsonValue;
import java.util.Optional;

/**
 * A client without a subprotocol: what it sends is an event for the application, or a message to
 * the group it was connected with ({@link ConnectOptions#rawSendToGroup}), and what it receives is
 * the bare content of messages.
 *
 * <p>The service never answers what such a client sends, so the methods here do not wait.
 *
 * @since 0.1
 */
public final class SimpleClient extends Client {

  private final Optional<String> connectionId;

  /**
   * A client whose handshake is over.
   *
   * @param connectionId empty if nobody can be asked
   */
  SimpleClient(ClientConnection connection, Optional<String> connectionId) {
    super(connection);
    this.connectionId = connectionId;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it cannot be known: the service tells it to PubSub clients
   *     only, and of a simple client the kit knows it from its own fake
   */
  @Override
  public String connectionId() {
    return connectionId.orElseThrow(
        () ->
            new IllegalStateException(
                connection.context().isForeign()
                    ? "the connection id of client "
                        + name()
                        + " is not known: a service tells it to PubSub clients only, and this"
                        + " client is connected to another service than the kit's fake"
                    : "the connection id of client "
                        + name()
                        + " is not known: its connection had ended before the fake could be asked"));
  }

  /** {@inheritDoc} */
  @Override
  public Optional<String> userId() {
    return connection.context().options().userId();
  }

  /**
   * Sends a text frame. Does not wait.
   *
   * @param text the text
   * @throws IllegalStateException if the connection is not open
   * @since 0.1
   */
  public void sendText(String text) {
    notNull(text, "sendText", "text");
    sendRaw(text);
  }

  /**
   * Sends JSON in a text frame. Does not wait. The service cannot tell it from a text.
   *
   * @param json a String is taken as JSON text and sent as it is, anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if the String is no JSON or the object cannot be written
   * @throws IllegalStateException if the connection is not open
   * @since 0.1
   */
  public void sendJson(Object json) {
    notNull(json, "sendJson", "json");
    connection.checkOpen("sendJson");
    sendRaw(JsonValue.of(json, connection.context().mapping()).text());
  }

  /**
   * Sends a binary frame. Does not wait.
   *
   * @param bytes the content
   * @throws IllegalStateException if the connection is not open
   * @since 0.1
   */
  public void sendBinary(byte[] bytes) {
    notNull(bytes, "sendBinary", "bytes");
    sendRaw(bytes);
  }
}
