package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server application that calls the REST data plane: HTTP/1.1 over a plain socket, one kept-alive
 * connection, each request with a token of its own whose audience is the whole URL, as the SDKs do
 * it.
 *
 * <p>A target is a path below the hub: {@link #ALL}, {@link #group}, {@link #user} or {@link
 * #connection}. Used by one thread.
 */
public final class RestDriver implements AutoCloseable {

  /** All connections of the hub. */
  public static final String ALL = "";

  private final URI endpoint;
  private final String accessKey;
  private final String hub;
  private @Nullable WireSocket socket;

  /** A caller for one hub. */
  public RestDriver(URI endpoint, String accessKey, String hub) {
    this.endpoint = endpoint;
    this.accessKey = accessKey;
    this.hub = hub;
  }

  /** The connections of a group. */
  public static String group(String group) {
    return "/groups/" + encoded(group);
  }

  /** The connections of a user. */
  public static String user(String userId) {
    return "/users/" + encoded(userId);
  }

  /** One connection. */
  public static String connection(String connectionId) {
    return "/connections/" + encoded(connectionId);
  }

  /** Percent-encodes everything outside the unreserved characters, as .NET and Python do. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /** Sends text; 202 is expected. */
  public void sendText(String target, String text) {
    send(target, "text/plain", text.getBytes(UTF_8));
  }

  /** Sends JSON as it stands; 202 is expected. */
  public void sendJson(String target, String json) {
    send(target, "application/json", json.getBytes(UTF_8));
  }

  /** Sends bytes; 202 is expected. */
  public void sendBinary(String target, byte... bytes) {
    send(target, "application/octet-stream", bytes);
  }

  /** Sends with any content type, header lines and query ({@code &name=value}); 202 is expected. */
  public void send(String target, String contentType, byte[] body, String... headerLines) {
    HttpAnswer answer = call("POST", target + "/:send", "", contentType, body, headerLines);
    assertThat(answer.status()).as("send to \"%s\": %s", target, answer).isEqualTo(202);
  }

  /** Whether the group, user or connection exists. */
  public boolean exists(String target) {
    HttpAnswer answer = call("HEAD", target, "", null, new byte[0]);
    assertThat(answer.status()).as("HEAD \"%s\": %s", target, answer).isIn(200, 404);
    return answer.status() == 200;
  }

  /** Puts a connection into a group. */
  public void addToGroup(String connectionId, String group) {
    HttpAnswer answer = call("PUT", group(group) + connection(connectionId), "", null, new byte[0]);
    assertThat(answer.status()).as("add to group: %s", answer).isEqualTo(200);
  }

  /** Closes one connection; an empty reason is none. */
  public void closeConnection(String connectionId, String reason) {
    String query = reason.isEmpty() ? "" : "&reason=" + encoded(reason);
    HttpAnswer answer = call("DELETE", connection(connectionId), query, null, new byte[0]);
    assertThat(answer.status()).as("close connection: %s", answer).isEqualTo(204);
  }

  /** Closes all connections of a target but the excluded ones; an empty reason is none. */
  public void closeConnections(String target, String reason, String... excluded) {
    StringBuilder query = new StringBuilder(reason.isEmpty() ? "" : "&reason=" + encoded(reason));
    List.of(excluded).forEach(id -> query.append("&excluded=").append(encoded(id)));
    HttpAnswer answer =
        call("POST", target + "/:closeConnections", query.toString(), null, new byte[0]);
    assertThat(answer.status()).as("close \"%s\": %s", target, answer).isEqualTo(204);
  }

  /**
   * Makes a call with a good token.
   *
   * @param path path below the hub
   * @param query what follows {@code api-version}, each parameter with its {@code &}
   * @param contentType null for none
   */
  public HttpAnswer call(
      String method,
      String path,
      String query,
      @Nullable String contentType,
      byte[] body,
      String... headerLines) {
    String target = "/api/hubs/" + hub + path + "?api-version=2024-12-01" + query;
    StringBuilder head = new StringBuilder();
    head.append("Authorization: Bearer ")
        .append(TestTokens.forUrl(endpoint + target).signedBy(accessKey))
        .append("\r\n");
    if (contentType != null) {
      head.append("Content-Type: ").append(contentType).append("\r\n");
    }
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    return exchange(method, target, head.toString(), body);
  }

  /** Makes a call as it is given, with no token unless the header lines bring one. */
  public HttpAnswer exchange(String method, String target, String headerLines, byte[] body) {
    WireSocket connection = socket;
    if (connection == null) {
      connection = WireSocket.connect(endpoint);
      socket = connection;
    }
    connection.send(request(endpoint, method, target, headerLines, body));
    HttpAnswer answer = HttpAnswer.read(connection, method);
    if (answer.endsConnection()) {
      close();
    }
    return answer;
  }

  /** A whole request in bytes. */
  public static byte[] request(
      URI endpoint, String method, String target, String headerLines, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes((method + " " + target + " HTTP/1.1\r\n").getBytes(ISO_8859_1));
    request.writeBytes(("Host: " + endpoint.getAuthority() + "\r\n").getBytes(ISO_8859_1));
    request.writeBytes(headerLines.getBytes(ISO_8859_1));
    if (!method.equals("GET") && !method.equals("HEAD")) {
      request.writeBytes(("Content-Length: " + body.length + "\r\n").getBytes(ISO_8859_1));
    }
    request.writeBytes("\r\n".getBytes(ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
