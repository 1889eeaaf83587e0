package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client's request to connect, which waits for the answer (event {@code connect}).
 *
 * <pre>{@code
 * service.eventHandler("chat")
 *     .onConnect(event -> event.query("ticket").isEmpty() ? reject(401) : accept().userId("alice"));
 * }</pre>
 *
 * @since 0.1
 */
public final class ConnectEvent extends HandlerEvent {

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, List<String>> claims = new LinkedHashMap<>();
  private final Map<String, List<String>> query = new LinkedHashMap<>();
  private final Map<String, List<String>> clientHeaders = new LinkedHashMap<>();
  private final List<String> subprotocols = new ArrayList<>();
  private final Display display;

  ConnectEvent(HttpHeaders headers, byte[] body, Duration receivedAt, Display display) {
    super(headers, body, receivedAt);
    this.display = display;
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String property = parser.currentName();
        parser.nextToken();
        switch (property) {
          case "claims" -> readInto(claims, parser);
          case "query" -> readInto(query, parser);
          case "headers" -> readInto(clientHeaders, parser);
          case "subprotocols" -> readInto(subprotocols, parser);
          default -> parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "the body of a connect event is not valid JSON", Secrets.mask(e));
    }
  }

  private static void readInto(Map<String, List<String>> map, JsonParser parser)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      List<String> values = map.computeIfAbsent(parser.currentName(), name -> new ArrayList<>(1));
      parser.nextToken();
      readInto(values, parser);
    }
  }

  private static void readInto(List<String> values, JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(parser.getText());
    }
  }

  /**
   * Returns a query parameter of the client's URL.
   *
   * @param name the name, in the client's spelling
   * @return its decoded values in order; empty if there is none, and for the access token
   * @since 0.1
   */
  public List<String> query(String name) {
    notNull(name, "query", "name");
    return of(query, name);
  }

  /**
   * Returns all query parameters of the client's URL.
   *
   * @return the decoded values by name, without the access token; unmodifiable
   * @since 0.1
   */
  public Map<String, List<String>> query() {
    return Collections.unmodifiableMap(query);
  }

  /**
   * Returns a claim of the client's access token.
   *
   * @param name the name, for example {@code sub} or {@code role}
   * @return its values as text; empty if there is none
   * @since 0.1
   */
  public List<String> claim(String name) {
    notNull(name, "claim", "name");
    return of(claims, name);
  }

  /**
   * Returns all claims of the client's access token.
   *
   * @return the values as text, by name; unmodifiable
   * @since 0.1
   */
  public Map<String, List<String>> claims() {
    return Collections.unmodifiableMap(claims);
  }

  /**
   * Returns a header of the client's handshake.
   *
   * @param name the name, case-insensitive
   * @return the value of the first header of that name; empty if there is none, and for {@code
   *     Authorization}
   * @since 0.1
   */
  public Optional<String> clientHeader(String name) {
    notNull(name, "clientHeader", "name");
    return clientHeaders.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .flatMap(each -> each.getValue().stream())
        .findFirst();
  }

  /**
   * Returns all headers of the client's handshake except {@code Authorization}.
   *
   * @return the values by name, in the client's spelling; unmodifiable
   * @since 0.1
   */
  public Map<String, List<String>> clientHeaders() {
    return Collections.unmodifiableMap(clientHeaders);
  }

  /**
   * Returns the subprotocols offered by the client.
   *
   * @return the subprotocols in the client's order and spelling; empty if it offers none
   * @since 0.1
   */
  public List<String> subprotocols() {
    return Collections.unmodifiableList(subprotocols);
  }

  private static List<String> of(Map<String, List<String>> map, String name) {
    return Collections.unmodifiableList(map.getOrDefault(name, List.of()));
  }

  @Override
  String content() {
    return FailureText.content(display.of(new String(bytes(), UTF_8)));
  }

  /** Its user is shown anyway; the claims are long, and all in its content. */
  @Override
  String summary() {
    return "";
  }
}
