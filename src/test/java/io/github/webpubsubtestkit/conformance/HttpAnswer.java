package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 answer as it came over the wire.
 *
 * @param status the status code
 * @param headers values by lower-case name, each header line one value
 * @param body the body without its transfer coding, empty if there is none
 */
public record HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {

  /**
   * Reads one answer.
   *
   * @param method the request's method: an answer to HEAD has no body whatever its head says
   * @throws AssertionError if it is malformed, incomplete or late
   */
  public static HttpAnswer read(WireSocket socket, String method) {
    String statusLine = line(socket);
    String[] parts = statusLine.split(" ", 3);
    if (!parts[0].equals("HTTP/1.1") || parts.length < 2 || !parts[1].matches("[1-5][0-9][0-9]")) {
      throw new AssertionError("not a status line of HTTP/1.1: \"" + statusLine + '"');
    }
    int status = Integer.parseInt(parts[1]);
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new AssertionError("not a header line: \"" + line + '"');
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    boolean bodiless = method.equals("HEAD") || status < 200 || status == 204 || status == 304;
    return new HttpAnswer(status, headers, bodiless ? new byte[0] : body(socket, headers));
  }

  /** The only value of a header. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (values.size() > 1) {
      throw new AssertionError("header " + name + " came " + values.size() + " times: " + values);
    }
    return values.stream().findFirst();
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** Whether the service closes the connection after this answer. */
  public boolean endsConnection() {
    return header("Connection").filter("close"::equalsIgnoreCase).isPresent();
  }

  @Override
  public String toString() {
    return "HTTP " + status + " " + headers + " \"" + text() + '"';
  }

  private static byte[] body(WireSocket socket, Map<String, List<String>> headers) {
    List<String> codings = headers.getOrDefault("transfer-encoding", List.of());
    List<String> lengths = headers.getOrDefault("content-length", List.of());
    if (codings.isEmpty() && lengths.size() == 1) {
      return bytes(socket, Integer.parseInt(lengths.get(0)));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (codings.equals(List.of("chunked")) && lengths.isEmpty()) {
      for (int size = chunkSize(socket); size > 0; size = chunkSize(socket)) {
        body.writeBytes(bytes(socket, size));
        expectEmpty(line(socket));
      }
      expectEmpty(line(socket));
    } else if (codings.isEmpty() && lengths.isEmpty()) {
      for (int b = socket.read(); b >= 0; b = socket.read()) {
        body.write(b);
      }
    } else {
      throw new AssertionError("length of the body is not clear: " + headers);
    }
    return body.toByteArray();
  }

  private static int chunkSize(WireSocket socket) {
    return Integer.parseInt(line(socket), 16);
  }

  private static byte[] bytes(WireSocket socket, int length) {
    byte @Nullable [] bytes = socket.read(length);
    if (bytes == null) {
      throw new AssertionError("the body was to have " + length + " bytes; " + socket);
    }
    return bytes;
  }

  private static void expectEmpty(String line) {
    if (!line.isEmpty()) {
      throw new AssertionError("not an empty line: \"" + line + '"');
    }
  }

  private static String line(WireSocket socket) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = socket.read(); b != '\n'; b = socket.read()) {
      if (b < 0) {
        throw new AssertionError(
            "expected a line of an HTTP answer but got \""
                + line.toString(ISO_8859_1)
                + "\"; "
                + socket);
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new AssertionError("line does not end in CR LF: \"" + text + '"');
    }
    return text.substring(0, text.length() - 1);
  }
}
