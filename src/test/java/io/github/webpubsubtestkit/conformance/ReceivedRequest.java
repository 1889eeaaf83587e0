package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request as an application got it.
 *
 * @param method the method
 * @param target path and query as they stood in the request line
 * @param lines the header lines in order, byte for byte: each character is one byte
 * @param body the body
 */
record ReceivedRequest(String method, String target, List<String> lines, byte[] body) {

  /**
   * Reads one request.
   *
   * @return null if the connection ended before it began
   * @throws IOException if it is not a request of HTTP/1.1 with a clear length
   */
  static @Nullable ReceivedRequest read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    String[] parts = first.split(" ", -1);
    if (parts.length != 3 || !parts[2].equals("HTTP/1.1")) {
      throw new IOException("not a request line of HTTP/1.1: \"" + first + '"');
    }
    List<String> lines = new ArrayList<>();
    for (String line = line(in); line == null || !line.isEmpty(); line = line(in)) {
      if (line == null || line.indexOf(':') <= 0) {
        throw new IOException("not a header line: \"" + line + '"');
      }
      lines.add(line);
    }
    ReceivedRequest head = new ReceivedRequest(parts[0], parts[1], lines, new byte[0]);
    if (!head.all("Transfer-Encoding").isEmpty()) {
      throw new IOException("a request with Transfer-Encoding: " + lines);
    }
    String length = head.header("Content-Length");
    if (length == null) {
      return head;
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    if (body.length < Integer.parseInt(length)) {
      throw new EOFException("the body ends after " + body.length + " of " + length + " bytes");
    }
    return new ReceivedRequest(parts[0], parts[1], lines, body);
  }

  /** The path without the query. */
  String path() {
    return target.split("\\?", 2)[0];
  }

  /** What the request is about: {@code validate}, or the event. */
  String event() {
    return method.equals("POST") ? String.valueOf(header("ce-eventName")) : "validate";
  }

  /** The values of all header lines of this name, in order. */
  List<String> all(String name) {
    return lines.stream()
        .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }

  /** The value of the only header line of this name, or null if there is none. */
  @Nullable String header(String name) {
    List<String> values = all(name);
    assertThat(values).as("%s in %s", name, this).hasSizeLessThan(2);
    return values.isEmpty() ? null : values.get(0);
  }

  /** The names of all header lines, in lower case. */
  List<String> headerNames() {
    return lines.stream()
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The media type without parameters, or null without a {@code Content-Type}. */
  @Nullable String mediaType() {
    String type = header("Content-Type");
    return type == null ? null : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** The body as UTF-8. */
  String text() {
    return new String(body, UTF_8);
  }

  /** The body as JSON. */
  JsonNode json() {
    return WireJsonClient.tree(text());
  }

  /** The {@code ce-id}. */
  int id() {
    return Integer.parseInt(String.valueOf(header("ce-id")));
  }

  @Override
  public String toString() {
    return method + " " + target + " " + lines + " \"" + text() + '"';
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        if (line.size() == 0) {
          return null;
        }
        throw new EOFException("a line ends early: \"" + line.toString(ISO_8859_1) + '"');
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("line does not end in CR LF: \"" + text + '"');
    }
    return text.substring(0, text.length() - 1);
  }
}
