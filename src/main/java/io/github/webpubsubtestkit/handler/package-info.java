/**
 * The application's event handlers and stubs of them.
 *
 * <p>{@link io.github.webpubsubtestkit.handler.EventHandler} defines the URL that the service calls
 * and its events, like the hub settings in Azure. {@link
 * io.github.webpubsubtestkit.handler.EventHandlerStub} is a handler whose answers a test defines,
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
