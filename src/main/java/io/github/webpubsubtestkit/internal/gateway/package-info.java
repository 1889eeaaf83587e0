/**
 * The client endpoint: the handshake (client-protocols A), and the connection between a socket's
 * frames and the hub.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.gateway;

import org.jspecify.annotations.NullMarked;
