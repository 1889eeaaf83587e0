/**
 * The messages between a client and the service: requests, messages, payloads and one codec per
 * subprotocol, usable by either side. No socket, no clock, no state.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.wire;

import org.jspecify.annotations.NullMarked;
