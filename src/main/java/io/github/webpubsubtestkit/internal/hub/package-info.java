/**
 * The service's brain: hubs with their connections, groups, users and permissions, and what becomes
 * of a request. It does no I/O: connections are reached through {@link
 * io.github.webpubsubtestkit.internal.hub.Receiver}, the application through {@link
 * io.github.webpubsubtestkit.internal.hub.EventSink}.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.NullMarked;
