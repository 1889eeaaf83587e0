package io.github.webpubsubtestkit.internal.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;

/** A peer that says exactly the bytes it is told to say. Every read is bounded by ten seconds. */
final class RawPeer implements AutoCloseable {

  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  /** For {@link #sendLines}. */
  static final String UPGRADE =
      "GET /client/hubs/chat HTTP/1.1|Host: localhost|Connection: keep-alive, Upgrade"
          + "|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: "
          + KEY
          + "||";

  private static final int READ_LIMIT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_LIMIT_MILLIS);
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** An answer; the body is what {@code Content-Length} announced. */
  record Answer(int status, String head, String body) {

    boolean hasLine(String line) {
      return head.contains("\r\n" + line + "\r\n");
    }

    boolean closes() {
      return hasLine("Connection: close");
    }
  }

  /** A frame: its first byte and what it carries. */
  record RawFrame(int first, boolean masked, byte[] payload) {

    String text() {
      return new String(payload, UTF_8);
    }

    int closeCode() {
      return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }

    String closeReason() {
      return new String(payload, 2, payload.length - 2, UTF_8);
    }
  }

  static RawPeer connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.connect(address, READ_LIMIT_MILLIS);
    return new RawPeer(socket);
  }

  /** With a receive buffer that is full soon. */
  static RawPeer connectWithSmallBuffer(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(address, READ_LIMIT_MILLIS);
    return new RawPeer(socket);
  }

  static RawPeer accepted(Socket socket) throws IOException {
    return new RawPeer(socket);
  }

  /** Latin-1 text in which {@code |} stands for CR LF. */
  RawPeer sendLines(String text) throws IOException {
    return send(lines(text));
  }

  static byte[] lines(String text) {
    return text.replace("|", "\r\n").getBytes(ISO_8859_1);
  }

  RawPeer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawPeer sendHex(String hex) throws IOException {
    return send(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** A masked frame, as a client sends it. */
  RawPeer sendFrame(int first, byte[] payload) throws IOException {
    return send(maskedFrame(first, payload));
  }

  RawPeer sendText(String text) throws IOException {
    return sendFrame(0x81, text.getBytes(UTF_8));
  }

  RawPeer sendClose(int code, String reason) throws IOException {
    return sendFrame(0x88, closePayload(code, reason));
  }

  static byte[] closePayload(int code, String reason) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(code >> 8);
    payload.write(code);
    payload.writeBytes(reason.getBytes(UTF_8));
    return payload.toByteArray();
  }

  static byte[] maskedFrame(int first, byte[] payload) {
    byte[] mask = {0x11, 0x22, 0x33, 0x44};
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(header(first, payload.length, true));
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i % 4]);
    }
    return frame.toByteArray();
  }

  static byte[] header(int first, long length, boolean masked) {
    int mask = masked ? 0x80 : 0;
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.write(first);
    if (length <= 125) {
      header.write((int) length | mask);
    } else if (length <= 0xffff) {
      header.write(126 | mask);
      header.write((int) (length >> 8));
      header.write((int) length);
    } else {
      header.write(127 | mask);
      for (int shift = 56; shift >= 0; shift -= 8) {
        header.write((int) (length >> shift));
      }
    }
    return header.toByteArray();
  }

  /** Opens a WebSocket and checks the answer. */
  RawPeer upgrade() throws IOException {
    sendLines(UPGRADE);
    Answer answer = readHead();
    assertThat(answer.status()).as(answer.head()).isEqualTo(101);
    assertThat(answer.hasLine("Sec-WebSocket-Accept: " + ACCEPT)).isTrue();
    return this;
  }

  /** A head without a look at what follows it. */
  Answer readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int each = in.read();
      if (each < 0) {
        throw new EOFException("the connection ended after: " + text);
      }
      head.write(each);
      text = each == '\n' ? head.toString(ISO_8859_1) : text;
    }
    int status = text.startsWith("HTTP/") ? Integer.parseInt(text.substring(9, 12)) : 0;
    return new Answer(status, text, "");
  }

  Answer readAnswer() throws IOException {
    Answer head = readHead();
    int length = 0;
    for (String line : head.head().split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring(16));
      }
    }
    return new Answer(head.status(), head.head(), new String(readBytes(length), ISO_8859_1));
  }

  byte[] readBytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  String readHex(int count) throws IOException {
    return HexFormat.of().formatHex(readBytes(count));
  }

  RawFrame readFrame() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    boolean masked = (second & 0x80) != 0;
    byte[] mask = masked ? readBytes(4) : new byte[4];
    byte[] payload = readBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new RawFrame(first, masked, payload);
  }

  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes with a TCP reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** The other side ends the connection in an orderly way and has nothing more to say. */
  void expectEnd() throws IOException {
    assertThat(in.read()).as("nothing but the end of the connection").isEqualTo(-1);
  }

  /** The other side resets the connection, whatever it said before. */
  void expectReset() {
    try {
      byte[] buffer = new byte[64 * 1024];
      while (in.read(buffer) >= 0) {
        assertThat(socket.isConnected()).isTrue();
      }
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
      return;
    } catch (IOException e) {
      throw new AssertionError("expected a reset", e);
    }
    throw new AssertionError("expected a reset but the connection ended in an orderly way");
  }

  /** Closes in the midst of a test. */
  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
