package io.github.webpubsubtestkit.internal.transport;

/** Answers requests. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Called on the loop thread for each request in the order of arrival; must not block. The
   * exchange may be answered later and from any thread; the next request of the same connection is
   * not handed over before. An exception becomes a 500 with its text.
   */
  void handle(HttpRequest request, HttpExchange exchange);

  /**
   * Called on the loop thread when a connection ends without a request because its client speaks
   * something else than this port: plain HTTP instead of TLS or the reverse, or a TLS handshake
   * that fails.
   *
   * @param peer address and port of the client
   * @param reason what it did
   */
  default void onUnreadable(String peer, String reason) {}
}
