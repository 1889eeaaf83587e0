package io.github.webpubsubtestkit.internal.wire;

import io.github.webpubsubtestkit.internal.options.Options;
import java.util.Optional;

/** The codecs of each encoding, for both sides. */
public final class Codecs {

  private final ServiceCodec json;

  /** The codecs of a service with these options. */
  public Codecs(Options options) {
    json = new JsonServiceCodec(options);
  }

  /**
   * Returns the service's side of a subprotocol for which nothing is {@link #missing}.
   *
   * @param raw the codec of a client without a subprotocol
   */
  public ServiceCodec ofService(Subprotocol protocol, RawServiceCodec raw) {
    return switch (protocol.encoding()) {
      case NONE -> raw;
      case JSON -> json;
      case PROTOBUF -> Protobuf.serviceCodec();
    };
  }

  /**
   * Returns the client's side of a subprotocol for which nothing is {@link #missing}.
   *
   * @throws IllegalArgumentException for {@link Subprotocol#RAW}, whose frames have no envelope
   */
  public static ClientCodec ofClient(Subprotocol protocol) {
    return switch (protocol.encoding()) {
      case NONE ->
          throw new IllegalArgumentException("a client without a subprotocol has no codec");
      case JSON -> new JsonClientCodec();
      case PROTOBUF -> Protobuf.clientCodec();
    };
  }

  /** The missing requirement of a subprotocol, if any, as a predicate after its name. */
  public static Optional<String> missing(Subprotocol protocol) {
    return switch (protocol.encoding()) {
      case NONE, JSON -> Optional.empty();
      case PROTOBUF -> Protobuf.isAvailable() ? Optional.empty() : Optional.of(Protobuf.MISSING);
    };
  }
}
