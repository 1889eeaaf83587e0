package io.github.webpubsubtestkit.internal.engine;

/**
 * What can be turned on or off, by the names of client-protocols 0.4. A new switch is a constant
 * here, a line in {@link EngineConfig} that hands it to its room, and a method of the public
 * builder.
 */
public enum Switch {
  /** Clients may connect without a token (step 4 of client-protocols A.3). */
  ANONYMOUS_ALLOWED,
  /** {@code "fromUserId":null} for senders without user id (client-protocols D05). */
  NULL_FROM_USER_ID,
  /** No {@code userId} in {@code connected} if there is none (client-protocols D06). */
  OMIT_NULL_USER_ID,
  /** A failed event closes a client on a subprotocol with 1011 (client-protocols D02). */
  DROP_ON_USER_EVENT_FAILURE,
  /**
   * Too much waiting for a client closes it with 1008 instead of aborting it (client-protocols D10,
   * D11).
   */
  CLOSE_ON_OVERFLOW,
  /**
   * After a recovery comes {@code connected}, with a fresh reconnection token (client-protocols
   * D13).
   */
  CONNECTED_AFTER_RECOVERY,
  /**
   * A close frame without a status leaves a reliable connection recoverable (client-protocols D17).
   */
  KEEP_ON_CLOSE_WITHOUT_STATUS,
  /** Messages kept for a recovery are dropped when their time to live is over (rest-api 8.1). */
  EXPIRE_BY_TTL,
  /**
   * The authority of a token's audience counts, and not only its path (client-protocols B.3). On by
   * default.
   */
  CHECK_AUDIENCE_HOST,
  /** The audience rule of Microsoft's emulator alone (rest-api 2.2). */
  STRICT_AUDIENCE,
  /** Entra tokens pass with a check of audience and lifetime only (rest-api 2.3). */
  ACCEPT_UNVALIDATED_ENTRA_TOKENS,
  /** Any {@code api-version} is taken (rest-api 3). */
  ANY_API_VERSION,
  /** {@code %2F} in a path means a slash (rest-api 6.1). */
  DECODE_SLASH,
  /** Chunked sends are refused (rest-api 8.1). */
  REQUIRE_CONTENT_LENGTH,
  /** Adding an offline user to a group is answered 200 (rest-api 8.5). */
  ACCEPT_OFFLINE_USERS,
  /** {@code :generateToken} takes access-key tokens (rest-api 8.9). */
  ACCESS_KEY_GENERATE_TOKEN,
  /** {@code WebHook-Request-Origin} has the port (event-handlers K11). */
  ORIGIN_WITH_PORT,
  /** A line of {@code WebHook-Allowed-Origin} may be a list (event-handlers K15). */
  SPLIT_ALLOWED_ORIGIN,
  /** URLs of event handlers are validated before their first event (event-handlers 3). On. */
  VALIDATE_HANDLERS,
  /** A client that the application refuses gets its text (event-handlers K03). */
  FORWARD_CONNECT_ERROR_BODY
}
