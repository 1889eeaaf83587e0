package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer to a handshake: a 101 ends with its head, any other answer with its body. Of a
 * body that is larger than the limit the beginning is kept.
 */
final class ResponseReader {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final TransportLimits limits;
  private final HeadReader heads;
  private int status;
  private HttpHeaders headers = HttpHeaders.none();
  private @Nullable BodyReader body;

  ResponseReader(TransportLimits limits) {
    this.limits = limits;
    this.heads = new HeadReader(limits.maxHeadBytes());
  }

  /** Takes input up to the end of the answer; null if more is needed. */
  @Nullable HttpResponse read(ByteBuffer in) throws IOException {
    try {
      BodyReader content = body;
      while (content == null) {
        String text = heads.read(in);
        if (text == null) {
          return null;
        }
        content = readHead(text);
      }
      body = content;
      return content.read(in) || content.isTooLarge() ? response() : null;
    } catch (HttpRefusal e) {
      throw new IOException("the answer to the handshake is no HTTP/1.1: " + e.detail(), e);
    }
  }

  /** The answer as far as it came, if at least its head did. */
  @Nullable HttpResponse readSoFar() {
    return body == null ? null : response();
  }

  private HttpResponse response() {
    BodyReader content = body;
    return new HttpResponse(status, headers, content == null ? new byte[0] : content.bytes());
  }

  /** Returns null for an interim answer such as 100 or 103, which another head follows. */
  private @Nullable BodyReader readHead(String text) throws HttpRefusal {
    HttpHead head = HttpHead.parse(text);
    status = status(head.firstLine());
    headers = head.headers();
    if (status == SWITCHING_PROTOCOLS || status == 204 || status == 304) {
      return BodyReader.none();
    }
    if (status < 200) {
      return null;
    }
    List<String> lengths = headers.all("Content-Length");
    if (headers.lists("Transfer-Encoding", "chunked")) {
      return new ChunkedBodyReader(limits.maxBodyBytes(), limits.maxHeadBytes());
    }
    return lengths.isEmpty()
        ? BodyReader.untilClose(limits.maxBodyBytes())
        : BodyReader.fixed(RequestHead.length(lengths), limits.maxBodyBytes());
  }

  private static int status(String line) throws HttpRefusal {
    boolean isStatusLine =
        line.length() >= 12
            && line.startsWith("HTTP/1.")
            && line.charAt(8) == ' '
            && (line.length() == 12 || line.charAt(12) == ' ');
    int status = 0;
    for (int i = 9; isStatusLine && i < 12; i++) {
      int digit = line.charAt(i) - '0';
      isStatusLine = digit >= 0 && digit <= 9;
      status = 10 * status + digit;
    }
    if (!isStatusLine || status < 100) {
      throw HttpRefusal.malformed("a status line must be version, status and reason");
    }
    return status;
  }
}
