package io.github.webpubsubtestkit.internal.hub;

/** Makes what a client shows to recover its connection (client-protocols B.6). */
@FunctionalInterface
public interface ReconnectionTokens {

  /** A token for this connection and no other. */
  String tokenFor(String connectionId);
}
