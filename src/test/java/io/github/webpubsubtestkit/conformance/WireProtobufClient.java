package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.ProtobufBytes.fields;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.hex;
import static io.github.webpubsubtestkit.conformance.ProtobufBytes.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

/**
 * A client of {@code protobuf.webpubsub.azure.v1} that has read its {@code connected_message}: the
 * "PC" of the cases. Frames are compared byte for byte, as client-protocols G.5 gives them.
 */
public final class WireProtobufClient implements AutoCloseable {

  /** The text of every close for an invalid message (client-protocols G.1). */
  public static final String INVALID =
      "The client message is not a valid protobuf.webpubsub.azure.v1 protocol message.";

  private final WireClient wire;
  private final byte[] connected;
  private final Map<Integer, byte[]> content;

  private WireProtobufClient(WireClient wire, byte[] connected) {
    this.wire = wire;
    this.connected = connected;
    byte[] system = requireNonNull(fields(connected).get(3), () -> "first frame " + hex(connected));
    content = fields(requireNonNull(system.length == 0 ? null : fields(system).get(1)));
    assertThat(connectionId()).isNotEmpty();
  }

  /** Reads the {@code connected_message} of a fresh connection. */
  public static WireProtobufClient on(WireClient wire) {
    return new WireProtobufClient(wire, nextOn(wire));
  }

  /**
   * The same connection on another socket, on which no {@code connected_message} comes
   * (client-protocols F.4).
   */
  public WireProtobufClient continuedOn(WireClient next) {
    return new WireProtobufClient(next, connected);
  }

  /** The {@code connected_message} as it came. */
  public byte[] connected() {
    return connected;
  }

  /** The connection's id. */
  public String connectionId() {
    return new String(requireNonNull(content.get(1)), UTF_8);
  }

  /** What recovers the connection; only on the reliable subprotocol. */
  public Optional<String> reconnectionToken() {
    return Optional.ofNullable(content.get(3)).map(token -> new String(token, UTF_8));
  }

  /** The connection below. */
  public WireClient wire() {
    return wire;
  }

  /** Sends a message, given as {@code 4A 00}. */
  public void send(String hex) {
    wire.sendBinary(hex(hex));
  }

  /** Sends a message. */
  public void send(ProtobufBytes message) {
    wire.sendBinary(message.toBytes());
  }

  /** The next message as it came. */
  public byte[] next() {
    return nextOn(wire);
  }

  private static byte[] nextOn(WireClient wire) {
    WireFrame frame = wire.next();
    assertThat(frame.opcode()).as("opcode of %s", frame).isEqualTo(WireFrame.BINARY);
    assertThat(frame.fin()).as("FIN of %s", frame).isTrue();
    return frame.payload();
  }

  /** The next message is this one, given as {@code 22 00}. */
  public void expect(String hex) {
    assertThat(hex(next())).isEqualTo(hex);
  }

  /** The next message is this one. */
  public void expect(ProtobufBytes message) {
    expect(hex(message.toBytes()));
  }

  /** The next message is the success ack of this id. */
  public void expectAck(long ackId) {
    expect(message().message(1, message().number(1, ackId).number(2, 1)));
  }

  /** The next message is the failure ack of this id, with this name and text. */
  public void expectAck(long ackId, String name, String text) {
    expect(
        message()
            .message(
                1,
                message().number(1, ackId).message(3, message().string(1, name).string(2, text))));
  }

  /** The connection is open and nothing has arrived: the answer to a ping is the next frame. */
  public void expectOpen() {
    send("4A 00");
    expect("22 00");
  }

  /** The service closes for an invalid message, without any message before. */
  public void expectInvalid() {
    wire.expectClose(1007, INVALID);
  }

  @Override
  public void close() {
    wire.close();
  }
}
