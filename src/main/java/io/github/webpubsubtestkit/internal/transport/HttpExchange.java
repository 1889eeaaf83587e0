package io.github.webpubsubtestkit.internal.transport;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answering side of one request. Exactly one of {@link #respond}, {@link #fail}, {@link #drop}
 * and {@link #upgrade} is called, once, from any thread.
 */
public interface HttpExchange {

  /**
   * Answers over HTTP; the connection stays usable for the next request where HTTP/1.1 allows it.
   */
  void respond(HttpResponse response);

  /**
   * Answers 500 with the failure. If the request has already been answered, the failure is reported
   * as one of the server itself.
   */
  void fail(Throwable failure);

  /** Ends the connection without an answer, by a reset. */
  void drop();

  /**
   * Returns whether the request is a well-formed WebSocket upgrade: GET, {@code Connection} lists
   * {@code Upgrade}, {@code Upgrade} lists {@code websocket}, version 13, and a key of 16 base64
   * bytes. {@code Upgrade: h2c} is not one.
   */
  boolean isWebSocketUpgrade();

  /**
   * Returns whether the peer has ended its side of the connection, so that the response is not
   * needed.
   */
  boolean isAbandoned();

  /**
   * Answers 101 and turns the connection into a WebSocket.
   *
   * <p>The 101 is queued first, then {@code open} is called with the new connection on the calling
   * thread, and only then anything is written: a client that has seen the 101 can rely on
   * everything that {@code open} did, and its messages follow the 101 directly. If the peer has
   * ended in the meantime, {@code open} is still called and {@link WebSocketHandler#onEnd} follows.
   *
   * @param subprotocol the value of {@code Sec-WebSocket-Protocol}, or null for none
   * @param open creates the handler of the new connection
   */
  void upgrade(@Nullable String subprotocol, Function<WebSocketConnection, WebSocketHandler> open);
}
