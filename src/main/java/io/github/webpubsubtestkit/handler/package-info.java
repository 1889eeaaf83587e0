/**
 * The application's event handlers: where the service finds them, and a stand-in for them.
 *
 * <p>{@link io.github.webpubsubtestkit.handler.EventHandler} says which URL the service calls for
 * which events, as the settings of a hub do in Azure. {@link
 * io.github.webpubsubtestkit.handler.EventHandlerStub} is a handler that a test answers for itself,
 * with {@link io.github.webpubsubtestkit.handler.ConnectAnswer} and {@link
 * io.github.webpubsubtestkit.handler.EventAnswer}, and whose events {@link
 * io.github.webpubsubtestkit.handler.EventHandlerAssert} verifies.
 *
 * <p>A null for a parameter that is not {@code @Nullable} is refused at once, by a {@link
 * NullPointerException} that names method and parameter: {@code onConnect: answer must not be
 * null}.
 */
@NullMarked
package io.github.webpubsubtestkit.handler;

import org.jspecify.annotations.NullMarked;
