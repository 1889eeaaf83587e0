package io.github.webpubsubtestkit.internal.wire;

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Ack;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Connected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Disconnected;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Pong;
import org.jspecify.annotations.Nullable;

/**
 * The service's side of a simple ("raw") client: frames without an envelope (client-protocols D).
 */
public final class RawServiceCodec implements ServiceCodec {

  /** The name of the events of a raw client, one for each frame (client-protocols D.1). */
  public static final String EVENT = "message";

  private static final RawServiceCodec SEND_EVENT = new RawServiceCodec(null, false);

  private final @Nullable String group;
  private final boolean noEcho;

  private RawServiceCodec(@Nullable String group, boolean noEcho) {
    this.group = group;
    this.noEcho = noEcho;
  }

  /** Each frame is a user event (client-protocols D.1). */
  public static RawServiceCodec sendEvent() {
    return SEND_EVENT;
  }

  /** Each frame is published to a group (client-protocols D.2). */
  public static RawServiceCodec sendToGroup(String group, boolean noEcho) {
    return new RawServiceCodec(group, noEcho);
  }

  @Override
  public ClientRequest decode(boolean text, byte[] message) {
    Payload payload = new Payload(text ? PayloadType.TEXT : PayloadType.BINARY, message, null);
    return group == null
        ? new Event(EVENT, payload, null)
        : new SendToGroup(group, payload, noEcho, 0, null);
  }

  @Override
  public EncodedMessage data(Data message) {
    Payload payload = message.payload();
    boolean text = payload.type() == PayloadType.TEXT || payload.type() == PayloadType.JSON;
    return new EncodedMessage(text, payload.bytes());
  }

  // ---- messages a raw client never receives

  @Override
  public @Nullable EncodedMessage connected(Connected message) {
    return null;
  }

  @Override
  public @Nullable EncodedMessage disconnected(Disconnected message) {
    return null;
  }

  @Override
  public @Nullable EncodedMessage ack(Ack message) {
    return null;
  }

  @Override
  public @Nullable EncodedMessage pong(Pong message) {
    return null;
  }
}
