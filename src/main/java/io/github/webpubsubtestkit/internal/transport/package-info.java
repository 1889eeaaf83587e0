/**
 * Sockets: one selector loop for the listening port and the test clients of one fake, HTTP/1.1, and
 * the hand-over to WebSocket. The only room that uses Java-WebSocket. It knows no hub, no token and
 * no message.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.transport;

import org.jspecify.annotations.NullMarked;
