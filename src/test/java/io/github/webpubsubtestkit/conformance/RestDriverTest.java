package io.github.webpubsubtestkit.conformance;

import static io.github.webpubsubtestkit.conformance.RestDriver.connection;
import static io.github.webpubsubtestkit.conformance.RestDriver.group;
import static io.github.webpubsubtestkit.conformance.ScriptedPeer.readHead;
import static io.github.webpubsubtestkit.conformance.ScriptedPeer.write;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the REST driver puts on the wire and what it makes of answers, against a server of the JDK's
 * sockets.
 */
class RestDriverTest {

  private static final String KEY = "fake-access-key-for-unit-tests-0123456789+/=";

  @Test
  @DisplayName("a send carries its type, its length, and a token whose audience is the whole URL")
  void sends() {
    String[] seen = new String[2];
    try (ScriptedPeer peer =
            ScriptedPeer.running(
                (socket, in, out) -> {
                  seen[0] = readHead(in);
                  seen[1] = new String(in.readNBytes(3), UTF_8);
                  write(out, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
                });
        RestDriver rest = new RestDriver(peer.endpoint(), KEY, "chat")) {
      rest.send(group("a b"), "text/plain", "hé".getBytes(UTF_8), "X-A: 1");

      String target = "/api/hubs/chat/groups/a%20b/:send?api-version=2024-12-01";
      assertThat(seen[0])
          .startsWith("POST " + target + " HTTP/1.1\r\nHost: " + peer.endpoint().getAuthority())
          .contains(
              "\r\nContent-Type: text/plain\r\n", "\r\nX-A: 1\r\n", "\r\nContent-Length: 3\r\n");
      assertThat(seen[1]).isEqualTo("hé");
      Matcher token = Pattern.compile("Authorization: Bearer \\S+?\\.(\\S+)\\.").matcher(seen[0]);
      assertThat(token.find()).isTrue();
      assertThat(new String(Base64.getUrlDecoder().decode(token.group(1)), ISO_8859_1))
          .startsWith("{\"aud\":\"" + peer.endpoint() + target + "\",\"exp\":");
    }
  }

  @Test
  @DisplayName(
      "calls share one connection, HEAD answers have no body, and another status than the expected one fails")
  void keepsAlive() {
    List<String> requestLines = new ArrayList<>();
    try (ScriptedPeer peer =
            ScriptedPeer.running(
                (socket, in, out) -> {
                  for (String answer :
                      List.of(
                          "200 OK\r\nContent-Length: 139",
                          "404 Not Found\r\nContent-Length: 139",
                          "204 No Content",
                          "500 Oops\r\nContent-Length: 0")) {
                    requestLines.add(readHead(in).split("\r\n", 2)[0]);
                    write(out, "HTTP/1.1 " + answer + "\r\n\r\n");
                  }
                });
        RestDriver rest = new RestDriver(peer.endpoint(), KEY, "chat")) {
      assertThat(rest.exists(connection("1"))).isTrue();
      assertThat(rest.exists(connection("2"))).isFalse();
      rest.closeConnections(RestDriver.ALL, "so long", "1", "2");
      assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> rest.exists(group("g")));
    }
    assertThat(requestLines)
        .containsExactly(
            "HEAD /api/hubs/chat/connections/1?api-version=2024-12-01 HTTP/1.1",
            "HEAD /api/hubs/chat/connections/2?api-version=2024-12-01 HTTP/1.1",
            "POST /api/hubs/chat/:closeConnections?api-version=2024-12-01&reason=so%20long"
                + "&excluded=1&excluded=2 HTTP/1.1",
            "HEAD /api/hubs/chat/groups/g?api-version=2024-12-01 HTTP/1.1");
  }
}
