package io.github.webpubsubtestkit.internal.wire;

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.SendToGroup;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.GroupData;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.ServerData;
import org.jspecify.annotations.Nullable;

/**
 * The service's side of a simple ("raw") client: frames without an envelope (client-protocols D).
 */
public final class RawServiceCodec implements ServiceCodec {

  /** The name of the event that each frame of a raw client is (client-protocols D.1). */
  public static final String EVENT = "message";

  private final @Nullable String group;
  private final boolean noEcho;

  private RawServiceCodec(@Nullable String group, boolean noEcho) {
    this.group = group;
    this.noEcho = noEcho;
  }

  /** Each frame is a user event (client-protocols D.1). */
  public static RawServiceCodec sendEvent() {
    return new RawServiceCodec(null, false);
  }

  /** Each frame is published to a group (client-protocols D.2). */
  public static RawServiceCodec sendToGroup(String group, boolean noEcho) {
    return new RawServiceCodec(group, noEcho);
  }

  @Override
  public ClientRequest decode(boolean text, byte[] message) {
    Payload payload = new Payload(text ? DataType.TEXT : DataType.BINARY, message, null);
    return group == null
        ? new Event(EVENT, payload, null)
        : new SendToGroup(group, payload, noEcho, 0, null);
  }

  @Override
  public @Nullable EncodedMessage encode(ServiceMessage message) {
    if (message instanceof GroupData data) {
      return frame(data.payload());
    }
    if (message instanceof ServerData data) {
      return frame(data.payload());
    }
    return null;
  }

  private static EncodedMessage frame(Payload payload) {
    boolean text = payload.type() == DataType.TEXT || payload.type() == DataType.JSON;
    return new EncodedMessage(text, payload.bytes());
  }
}
