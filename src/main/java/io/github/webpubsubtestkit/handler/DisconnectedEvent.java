package io.github.webpubsubtestkit.handler;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The notification of the end of a connection (event {@code disconnected}); the service does not
 * wait for an answer. A reliable connection that can still be recovered has not ended.
 *
 * @since 0.1
 */
public final class DisconnectedEvent extends HandlerEvent {

  private static final JsonFactory JSON = new JsonFactory();

  private final String reason;

  DisconnectedEvent(HttpHeaders headers, byte[] body, Duration receivedAt) {
    super(headers, body, receivedAt);
    this.reason = reason(body);
  }

  private static String reason(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "reason".equals(parser.currentName())) {
          return parser.getText();
        }
      }
      return "";
    } catch (IOException e) {
      throw new IllegalStateException(
          "no JSON: " + FailureText.content(new String(body, UTF_8)), Secrets.mask(e));
    }
  }

  /**
   * Returns the reason of the end: the text of the client's close frame, or the service's own.
   *
   * @return the reason; may be empty
   * @since 0.1
   */
  public String reason() {
    return reason;
  }

  @Override
  Optional<String> reasonOfEnd() {
    return Optional.of(reason);
  }

  @Override
  String content() {
    return "reason " + FailureText.quotedContent(reason);
  }
}
