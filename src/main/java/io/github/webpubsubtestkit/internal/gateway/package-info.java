/**
 * The client endpoint: who may connect and how (client-protocols A), and the way between a socket's
 * frames and the hub.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.gateway;

import org.jspecify.annotations.NullMarked;
