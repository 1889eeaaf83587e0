package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The head of a WebSocket upgrade, line by line, so that a test can bend each of them.
 *
 * <p>Starts as RFC 6455 wants it, with {@code Host} of the endpoint and a fresh key.
 */
public final class UpgradeRequest {

  private record Line(String name, String value) {}

  private final String target;
  private final String key;
  private final List<Line> lines = new ArrayList<>();

  private UpgradeRequest(String target) {
    this.target = target;
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    key = Base64.getEncoder().encodeToString(nonce);
    lines.add(new Line("Upgrade", "websocket"));
    lines.add(new Line("Connection", "Upgrade"));
    lines.add(new Line("Sec-WebSocket-Key", key));
    lines.add(new Line("Sec-WebSocket-Version", "13"));
  }

  /** An upgrade of this request target, such as {@code /client/hubs/chat?access_token=…}. */
  public static UpgradeRequest to(String target) {
    return new UpgradeRequest(target);
  }

  /** Adds a header line behind the others, also when there is one of that name. */
  public UpgradeRequest header(String name, String value) {
    lines.add(new Line(name, value));
    return this;
  }

  /** Takes all lines of this name out. */
  public UpgradeRequest without(String name) {
    lines.removeIf(line -> line.name().equalsIgnoreCase(name));
    return this;
  }

  /** Offers subprotocols in one header line. */
  public UpgradeRequest offering(String... subprotocols) {
    return header("Sec-WebSocket-Protocol", String.join(", ", subprotocols));
  }

  /** The head as bytes; {@code Host} is the endpoint's unless a line says otherwise. */
  public byte[] bytes(URI endpoint) {
    StringBuilder head = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
    if (lines.stream().noneMatch(line -> line.name().equalsIgnoreCase("Host"))) {
      head.append("Host: ").append(endpoint.getAuthority()).append("\r\n");
    }
    lines.forEach(line -> head.append(line.name() + ": " + line.value() + "\r\n"));
    return head.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  /** What {@code Sec-WebSocket-Accept} must say (RFC 6455, 4.2.2). */
  public String expectedAccept() {
    try {
      byte[] proof = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(proof));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
