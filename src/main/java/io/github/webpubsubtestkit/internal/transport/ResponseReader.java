package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one response: a 101 ends with its head, any other with its body; interim responses are
 * skipped. Of a body larger than the limit, the beginning is kept.
 */
final class ResponseReader {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final int maxHeadBytes;
  private final int maxBodyBytes;
  private final HeadReader heads;
  private int status;
  private boolean http10;
  private boolean untilClose;
  private HttpHeaders headers = HttpHeaders.none();
  private @Nullable BodyReader body;

  ResponseReader(int maxHeadBytes, int maxBodyBytes) {
    this.maxHeadBytes = maxHeadBytes;
    this.maxBodyBytes = maxBodyBytes;
    this.heads = new HeadReader(maxHeadBytes);
  }

  /** Takes input up to the end of the response; null if more is needed. */
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
      throw new IOException("the answer is no HTTP/1.1: " + e.detail(), e);
    }
  }

  /** The incomplete response, if at least its head has arrived. */
  @Nullable HttpResponse readSoFar() {
    return body == null ? null : response();
  }

  /** Returns whether the head of the response has arrived. */
  boolean hasHead() {
    return body != null;
  }

  /** Returns whether the body is larger than the limit. */
  boolean isTooLarge() {
    BodyReader content = body;
    return content != null && content.isTooLarge();
  }

  /** Returns whether the response ends with the end of the connection. */
  boolean endsWithConnection() {
    return untilClose;
  }

  /** Returns whether the connection can be reused after this response. */
  boolean leavesConnectionOpen() {
    boolean wanted =
        http10 ? headers.lists("Connection", "keep-alive") : !headers.lists("Connection", "close");
    return wanted && !untilClose && !isTooLarge() && status != SWITCHING_PROTOCOLS;
  }

  private HttpResponse response() {
    BodyReader content = body;
    return new HttpResponse(status, headers, content == null ? new byte[0] : content.bytes());
  }

  /** Returns null for an interim response such as 100 or 103, which is followed by another head. */
  private @Nullable BodyReader readHead(String text) throws HttpRefusal {
    HttpHead head = HttpHead.parse(text);
    status = status(head.firstLine());
    http10 = head.firstLine().startsWith("HTTP/1.0");
    headers = head.headers();
    if (status == SWITCHING_PROTOCOLS || status == 204 || status == 304) {
      return BodyReader.none();
    }
    if (status < 200) {
      return null;
    }
    List<String> lengths = headers.all("Content-Length");
    if (headers.lists("Transfer-Encoding", "chunked")) {
      return new ChunkedBodyReader(maxBodyBytes, maxHeadBytes);
    }
    if (lengths.isEmpty()) {
      untilClose = true;
      return BodyReader.untilClose(maxBodyBytes);
    }
    return BodyReader.fixed(RequestHead.length(lengths), maxBodyBytes);
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
