package io.github.webpubsubtestkit.internal.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Party;
import io.github.webpubsubtestkit.internal.wire.Codecs;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import io.github.webpubsubtestkit.internal.wire.MalformedMessageException;
import io.github.webpubsubtestkit.internal.wire.ProtocolViolation;
import io.github.webpubsubtestkit.internal.wire.RawServiceCodec;
import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import org.jspecify.annotations.Nullable;

/** Shows the frames of protobuf subprotocols as the same frames in JSON. */
final class ProtobufFrames implements Party.Frames {

  static final ProtobufFrames INSTANCE = new ProtobufFrames();

  private ProtobufFrames() {}

  @Override
  public @Nullable String show(Direction direction, byte[] frame) {
    try {
      EncodedMessage json = direction == Direction.IN ? request(frame) : message(frame);
      return json == null ? null : new String(json.bytes(), UTF_8);
    } catch (ProtocolViolation | MalformedMessageException | RuntimeException e) {
      return null; // the bytes are shown instead
    }
  }

  private static EncodedMessage request(byte[] frame) throws ProtocolViolation {
    return Codecs.ofClient(Subprotocol.JSON)
        .encode(service(Subprotocol.PROTOBUF).decode(false, frame));
  }

  private static @Nullable EncodedMessage message(byte[] frame) throws MalformedMessageException {
    return service(Subprotocol.JSON)
        .encode(Codecs.ofClient(Subprotocol.PROTOBUF).decode(false, frame));
  }

  private static ServiceCodec service(Subprotocol protocol) {
    return new Codecs(Options.builder().build()).ofService(protocol, RawServiceCodec.sendEvent());
  }
}
