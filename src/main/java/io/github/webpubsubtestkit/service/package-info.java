/**
 * The fake Web PubSub service and its assertions.
 *
 * <p>Start with {@link io.github.webpubsubtestkit.service.FakeWebPubSub}. {@link
 * io.github.webpubsubtestkit.service.WebPubSubService} is the part common to all targets. {@link
 * io.github.webpubsubtestkit.service.ServiceAssert} verifies the state of the fake and the requests
 * it received, which a {@link io.github.webpubsubtestkit.service.RequestPattern} describes.
 *
 * <p>A null for a parameter that is not {@code @Nullable} is refused at once, by a {@link
 * NullPointerException} that names method and parameter: {@code sendToUser: userId must not be
 * null}.
 */
@NullMarked
package io.github.webpubsubtestkit.service;

import org.jspecify.annotations.NullMarked;
