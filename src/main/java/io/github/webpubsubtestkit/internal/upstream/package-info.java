/**
 * Event handlers: what the service tells the application in HTTP requests ("upstream"), and what it
 * makes of the answers (event-handlers).
 *
 * <p>{@code Upstream} has the handlers of all hubs and opens a {@code ConnectionEventState} for
 * each connection; that one turns what happens into a {@code CloudEvent}. A {@code EventDispatch}
 * has the handler's URL checked by {@code Validations} and then makes its {@code Attempts} over an
 * {@code UpstreamChannel}. {@code ConnectResponse} and {@code EventResponse} read what came back.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.upstream;

import org.jspecify.annotations.NullMarked;
