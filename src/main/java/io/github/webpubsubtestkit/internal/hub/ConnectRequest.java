package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.Map;

/**
 * The data that the application receives about a client that is connecting (event-handlers 5.1).
 *
 * @param claims every claim of the access token
 * @param query the decoded parameters of the client's URL, in order, without the token
 * @param headers the header fields of the handshake, without credentials, in the client's spelling
 * @param subprotocols as offered, in order and spelling of the client
 */
public record ConnectRequest(
    Map<String, List<String>> claims,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    List<String> subprotocols) {}
