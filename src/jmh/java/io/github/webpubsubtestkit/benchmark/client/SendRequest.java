package io.github.webpubsubtestkit.benchmark.client;

import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import java.time.Duration;
import java.time.InstantSource;

/** The bytes of a REST {@code :send} of 100 characters, with a signed token. */
public final class SendRequest {

  private SendRequest() {}

  /**
   * A whole request.
   *
   * @param endpoint scheme, host and port of the service
   * @param path up to and with {@code :send}
   */
  public static String of(String endpoint, String path, String accessKey) {
    String token =
        new TokenMinter(AccessKeys.of(accessKey, null), InstantSource.system())
            .serverToken(endpoint + path, Duration.ofHours(1));
    String body = "x".repeat(100);
    return "POST "
        + path
        + "?api-version=2024-12-01 HTTP/1.1\r\nHost: "
        + endpoint.substring("http://".length())
        + "\r\nAuthorization: Bearer "
        + token
        + "\r\nContent-Type: text/plain\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
