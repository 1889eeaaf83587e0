/**
 * The core of the service: hubs with their connections, groups, users and permissions, and the
 * execution of requests. It does no I/O: connections are reached through {@link
 * io.github.webpubsubtestkit.internal.hub.Receiver}, the application through {@link
 * io.github.webpubsubtestkit.internal.hub.EventSink}.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.NullMarked;
