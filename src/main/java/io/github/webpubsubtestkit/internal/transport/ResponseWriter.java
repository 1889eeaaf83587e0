package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Converts responses to bytes. Head and body are one buffer: two small writes, Nagle's algorithm
 * and a delayed acknowledgement together cost 40 ms a request.
 */
final class ResponseWriter {

  private ResponseWriter() {}

  /** The handling of the connection after a response. */
  enum Ending {
    /** The connection stays open, as HTTP/1.1 has it. */
    PERSISTENT,
    /** The connection stays open, which an HTTP/1.0 client must be told. */
    KEEP_ALIVE,
    /** The connection ends with this answer. */
    CLOSE
  }

  /**
   * The whole response.
   *
   * @throws IllegalArgumentException if the status or a header line cannot be sent
   */
  static ByteBuffer write(HttpResponse response, boolean forHead, Ending ending, Instant now) {
    int status = response.status();
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("a final status is wanted but this is " + status);
    }
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason(status)).append("\r\n");
    boolean dated = false;
    for (HttpHeaders.Field field : response.headers().fields()) {
      dated |= field.name().equalsIgnoreCase("Date");
      if (!HttpHead.isAboutTransfer(field.name())) {
        line(head, field.name(), field.value());
      }
    }
    // the length of a body that is not sent can be left out, and Azure leaves it out if it is 0
    boolean lengthless = forHead && response.body().length == 0;
    if (HttpResponse.mayHaveBody(status) && !lengthless) {
      head.append("Content-Length: ").append(response.body().length).append("\r\n");
    }
    if (!dated) {
      head.append("Date: ").append(HttpDate.of(now)).append("\r\n");
    }
    if (ending != Ending.PERSISTENT) {
      head.append("Connection: ");
      head.append(ending == Ending.CLOSE ? "close" : "keep-alive").append("\r\n");
    }
    head.append("\r\n");
    return bytes(head, forHead || !HttpResponse.mayHaveBody(status) ? null : response.body());
  }

  /** The answer that ends HTTP on a connection. */
  static ByteBuffer switchingProtocols(String acceptKey, @Nullable String subprotocol) {
    StringBuilder head = new StringBuilder(192);
    head.append("HTTP/1.1 101 Switching Protocols\r\n");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    line(head, "Sec-WebSocket-Accept", acceptKey);
    if (subprotocol != null) {
      line(head, "Sec-WebSocket-Protocol", subprotocol);
    }
    head.append("\r\n");
    return bytes(head, null);
  }

  /** The go-ahead for a client that waits before it sends a body. */
  static ByteBuffer goAhead() {
    return bytes(new StringBuilder("HTTP/1.1 100 Continue\r\n\r\n"), null);
  }

  /**
   * Appends a header line.
   *
   * @throws IllegalArgumentException if it could be parsed as anything other than one line
   */
  static void line(StringBuilder head, String name, String value) {
    if (!HttpHead.isToken(name)) {
      throw new IllegalArgumentException("not the name of a header: \"" + name + "\"");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        throw new IllegalArgumentException("the value of " + name + " has a control character");
      }
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static ByteBuffer bytes(StringBuilder head, byte @Nullable [] body) {
    byte[] text = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    if (body == null || body.length == 0) {
      return ByteBuffer.wrap(text);
    }
    byte[] whole = Arrays.copyOf(text, text.length + body.length);
    System.arraycopy(body, 0, whole, text.length, body.length);
    return ByteBuffer.wrap(whole);
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> ""; // RFC 9112, section 4: clients must not look at it
    };
  }
}
