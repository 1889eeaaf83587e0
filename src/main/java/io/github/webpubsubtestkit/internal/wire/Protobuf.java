package io.github.webpubsubtestkit.internal.wire;

import java.io.IOException;

/**
 * Access to the protobuf codecs, which require protobuf-java: an optional library, so callers must
 * check {@link #isAvailable()} first. No other class of the kit refers to its classes.
 */
public final class Protobuf {

  /** The message about a use of protobuf without the library. */
  public static final String MISSING =
      "needs protobuf-java, which is not on the class path. Add com.google.protobuf:protobuf-java,"
          + " version 3.25 or newer, to the dependencies";

  private static final boolean AVAILABLE = find();

  private Protobuf() {}

  /** Returns whether the library is present. */
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  /** The service's side of both protobuf subprotocols. */
  static ServiceCodec serviceCodec() {
    return Lazy.SERVICE;
  }

  /** The client's side of both protobuf subprotocols. */
  static ClientCodec clientCodec() {
    return Lazy.CLIENT;
  }

  /**
   * Checks bytes that a client with a protobuf subprotocol receives as an {@code Any}.
   *
   * @throws IOException if they are not a valid {@code Any}
   */
  public static void requireAny(byte[] any) throws IOException {
    ProtobufPayload.checkAny(any);
  }

  private static boolean find() {
    try {
      Class.forName("com.google.protobuf.CodedInputStream", false, Protobuf.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Loaded with the first protobuf client, so that the others do not wait for the library. */
  private static final class Lazy {
    private static final ServiceCodec SERVICE = new ProtobufServiceCodec();
    private static final ClientCodec CLIENT = new ProtobufClientCodec();
  }
}
