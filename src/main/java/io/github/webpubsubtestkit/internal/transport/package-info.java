/**
 * Sockets: one selector loop for the listening port and the test clients of one fake, HTTP/1.1 both
 * ways, and the hand-over to WebSocket. The only room that uses Java-WebSocket. It must not depend
 * on hubs, tokens and messages.
 *
 * <p>From the socket up: {@code Endpoint} (one socket, its queue and its lock) on a {@code
 * ByteLayer} ({@code PlainSocket} or {@code TlsLayer}) speaks one {@code ConnectionProtocol} at a
 * time: {@code HttpServerProtocol} on accepted sockets; {@code Dialer} and then {@code
 * HttpConnection} or {@code ClientHandshakeProtocol} on our own; and {@code WebSocketSession}.
 * {@code FrameReader} and {@code FrameWriter} are the only users of the protocol engine.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.transport;

import org.jspecify.annotations.NullMarked;
