package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.JsonValue;
import java.util.Optional;

/**
 * A client without a subprotocol: it sends events to the application, or messages to the group of
 * {@link ConnectOptions#rawSendToGroup}, and receives only the content of messages.
 *
 * <p>The service sends no acks to such a client, so its methods do not wait.
 *
 * @since 0.1
 */
public final class SimpleClient extends Client {

  /**
   * Creates a client after its handshake.
   *
   * @param connectionId the id; empty if unknown
   */
  SimpleClient(ClientConnection connection, Optional<String> connectionId) {
    super(connection);
    connection.identify(connectionId.orElse(null));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it is unknown: the service sends it to PubSub clients only,
   *     and for simple clients the kit knows it from its own fake only
   */
  @Override
  public String connectionId() {
    return connection
        .connectionId()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    connection.context().isForeign()
                        ? "the connection id of client "
                            + name()
                            + " is not known: a service sends it to PubSub clients only, and this"
                            + " client is connected to another service than the kit's fake"
                        : "the connection id of client "
                            + name()
                            + " is not known: its connection had ended before the fake could find it"));
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
   * Sends JSON in a text frame. Does not wait. The service cannot distinguish it from a text.
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
