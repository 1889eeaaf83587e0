package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A fake, clients on it, and calls of its REST API good and bad.
 *
 * <p>As in the cases of rest-api 15, a path is what follows {@code /api/hubs/chat}. A user id names
 * a client; where a case does not care, none is given.
 */
final class RestFixture implements AutoCloseable {

  static final String VERSION = "?api-version=2024-12-01";

  private final FakeFixture fixture;
  private final RestDriver rest;

  private RestFixture(FakeFixture fixture) {
    this.fixture = fixture;
    this.rest = fixture.rest();
  }

  static RestFixture start() {
    return new RestFixture(FakeFixture.start());
  }

  static RestFixture of(FakeWebPubSubBuilder builder) {
    return new RestFixture(FakeFixture.of(builder));
  }

  FakeFixture fixture() {
    return fixture;
  }

  URI endpoint() {
    return fixture.endpoint();
  }

  String accessKey() {
    return fixture.fake().accessKey();
  }

  // ---- clients

  WireClient raw() {
    return fixture.raw(fixture.token());
  }

  WireClient raw(String userId, String... groups) {
    return fixture.raw(fixture.token().user(userId).groups(groups));
  }

  WireJsonClient json(String userId, String... groups) {
    return fixture.json(fixture.token().user(userId).groups(groups));
  }

  /** The connection of the only client with this user id. */
  String connectionOf(String userId) {
    return fixture.fake().connections(FakeFixture.HUB).stream()
        .filter(connection -> connection.userId().filter(userId::equals).isPresent())
        .map(connection -> connection.connectionId())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no connection of user " + userId));
  }

  // ---- calls with a good token

  HttpAnswer call(String method, String path) {
    return call(method, path, "");
  }

  /** A call without a body; the query follows {@code api-version}, with its {@code &}. */
  HttpAnswer call(String method, String path, String query) {
    return rest.call(method, path, query, null, new byte[0]);
  }

  /** A call with a JSON body. */
  HttpAnswer post(String path, String json) {
    return rest.call("POST", path, "", "application/json", json.getBytes(UTF_8));
  }

  HttpAnswer send(String path, String text) {
    return send(path, "", text);
  }

  HttpAnswer send(String path, String query, String text, String... headerLines) {
    return rest.call(
        "POST", path + "/:send", query, "text/plain", text.getBytes(UTF_8), headerLines);
  }

  HttpAnswer send(String path, @Nullable String contentType, byte[] body) {
    return rest.call("POST", path + "/:send", "", contentType, body);
  }

  /** The send arrives at a simple client. */
  void assertReaches(WireClient client, String path) {
    assertThat(send(path, "reaches").status()).isEqualTo(202);
    client.expectText("reaches");
  }

  /** The send is accepted and does not arrive. */
  void assertMisses(WireClient client, String path) {
    assertThat(send(path, "misses").status()).isEqualTo(202);
    client.expectOpen();
  }

  // ---- calls with any token, or none

  /** A send of text {@code x}, all of it as given. */
  HttpAnswer sendWith(String authorization, String target) {
    return rest.exchange(
        "POST", target, authorization + "Content-Type: text/plain\r\n", "x".getBytes(UTF_8));
  }

  /** A call without a body, all of it as given. */
  HttpAnswer callWith(String authorization, String method, String target) {
    return rest.exchange(method, target, authorization, new byte[0]);
  }

  /** The same with a {@code Host} of its own. */
  HttpAnswer sendWithHost(String host, String authorization, String target) {
    try (WireSocket socket = WireSocket.connect(endpoint())) {
      socket.send(
          RestDriver.request(
              URI.create("http://" + host),
              "POST",
              target,
              authorization + "Content-Type: text/plain\r\n",
              "x".getBytes(UTF_8)));
      return HttpAnswer.read(socket, "POST");
    }
  }

  /** A call without a body, with a {@code Host} of its own. */
  HttpAnswer callWithHost(String host, String authorization, String method, String target) {
    try (WireSocket socket = WireSocket.connect(endpoint())) {
      socket.send(
          RestDriver.request(
              URI.create("http://" + host), method, target, authorization, new byte[0]));
      return HttpAnswer.read(socket, method);
    }
  }

  /** A token for this target, one hour good. */
  TestTokens token(String target) {
    return TestTokens.forUrl(endpoint() + target);
  }

  /** The header line of a good token for this target. */
  String authorization(String target) {
    return bearer(token(target).signedBy(accessKey()));
  }

  static String bearer(String token) {
    return "Authorization: Bearer " + token + "\r\n";
  }

  // ---- requests by hand

  /** The head of a send with these lines, nothing added but token and host. */
  byte[] sendHead(String... lines) {
    String target = "/api/hubs/chat/:send" + VERSION;
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(fixture.authority()).append("\r\n");
    head.append(authorization(target));
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  /** A chunked body. */
  static byte[] chunked(byte[]... chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk : chunks) {
      body.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(ISO_8859_1));
      body.writeBytes(chunk);
      body.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    body.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
    return body.toByteArray();
  }

  /** Sends bytes on a connection of their own and reads the answer. */
  HttpAnswer exchange(byte[]... parts) {
    try (WireSocket socket = WireSocket.connect(endpoint())) {
      for (byte[] part : parts) {
        socket.send(part);
      }
      return HttpAnswer.read(socket, "POST");
    }
  }

  // ---- what an answer must be

  /** The error of rest-api 4: code in body and header. */
  static void assertBadRequest(HttpAnswer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.header("x-ms-error-code")).contains("Error.BadRequest");
    assertThat(WireJsonClient.tree(answer.text()).path("code").asText())
        .isEqualTo("Error.BadRequest");
  }

  /** A refusal for the token: no body (rest-api 2.4). */
  static void assertUnauthorized(HttpAnswer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(401);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
  }

  @Override
  public void close() {
    fixture.close();
  }
}
