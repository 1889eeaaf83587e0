package io.github.webpubsubtestkit.client;

/**
 * The subprotocols that a {@link PubSubClient} can speak.
 *
 * <p>This version connects with {@link #JSON}; {@link ConnectOptions#protocol(Protocol)} refuses
 * the others.
 *
 * @since 0.1
 */
public enum Protocol {
  /** JSON messages: {@code json.webpubsub.azure.v1}. */
  JSON("json.webpubsub.azure.v1"),
  /** JSON messages over connections that can be recovered. */
  JSON_RELIABLE("json.reliable.webpubsub.azure.v1"),
  /** Protocol buffer messages. */
  PROTOBUF("protobuf.webpubsub.azure.v1"),
  /** Protocol buffer messages over connections that can be recovered. */
  PROTOBUF_RELIABLE("protobuf.reliable.webpubsub.azure.v1");

  private final String subprotocol;

  Protocol(String subprotocol) {
    this.subprotocol = subprotocol;
  }

  /**
   * The name in {@code Sec-WebSocket-Protocol}.
   *
   * @return for example {@code json.webpubsub.azure.v1}
   * @since 0.1
   */
  public String subprotocol() {
    return subprotocol;
  }
}
