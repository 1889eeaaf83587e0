/**
 * The JUnit part of the kit, and where to begin: {@link
 * io.github.webpubsubtestkit.WebPubSubTest @WebPubSubTest} on a test class gives its tests a fake
 * Web PubSub service, {@link io.github.webpubsubtestkit.Connected @Connected} gives them connected
 * clients. {@link io.github.webpubsubtestkit.WebPubSubExtension} does the same with settings of
 * one's own and for longer than a test.
 *
 * <p>What the clients can do and what can be asserted about them is in {@code .client}, the fake
 * service and its assertions are in {@code .service}.
 */
@NullMarked
package io.github.webpubsubtestkit;

import org.jspecify.annotations.NullMarked;
