package io.github.webpubsubtestkit.benchmark.client;

import io.github.webpubsubtestkit.benchmark.rival.BareTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A WebSocket on {@link BareTls} that counts bytes, and knows only one kind of message. */
public final class SecureClient implements AutoCloseable {

  /** A header with a length of eight bytes; in a frame of a client four more, the mask. */
  private static final int HEADER_BYTES = 10;

  private final BareTls.End end;
  private final ByteBuffer frame;
  private final int messageBytes;

  /** Connects, to send binary messages of a length of 64 KiB or more. */
  public SecureClient(SSLContext context, URI uri, int messageBytes) throws IOException {
    this.messageBytes = messageBytes;
    frame = ByteBuffer.allocate(HEADER_BYTES + 4 + messageBytes);
    frame.put((byte) 0x82).put((byte) 0xff).putLong(messageBytes).putInt(0x12345678);
    frame.clear(); // the rest is zero, which is as good a masked content as any
    end = BareTls.connect(context, new InetSocketAddress(uri.getHost(), uri.getPort()));
    String request =
        "GET "
            + uri.getRawPath()
            + "?"
            + uri.getRawQuery()
            + " HTTP/1.1\r\nHost: "
            + uri.getAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    end.send(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append(StandardCharsets.US_ASCII.decode(end.receiveSome()));
    }
    if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("answered " + answer);
    }
  }

  /** Sends a message and receives one of the same length. */
  public void echo() throws IOException {
    end.send(frame.duplicate());
    end.receive(HEADER_BYTES + messageBytes);
  }

  @Override
  public void close() throws IOException {
    end.close();
  }
}
