/**
 * The JUnit part of the kit, and where to begin: {@link
 * io.github.webpubsubtestkit.WebPubSubTest @WebPubSubTest} on a test class gives its tests a fake
 * Web PubSub service, {@link io.github.webpubsubtestkit.Connected @Connected} gives them connected
 * clients. {@link io.github.webpubsubtestkit.WebPubSubExtension} adds settings and longer
 * lifetimes.
 *
 * <p>Clients and their assertions are in {@link io.github.webpubsubtestkit.client}, the fake
 * service and its assertions are in {@link io.github.webpubsubtestkit.service}, event handlers and
 * their stubs in {@link io.github.webpubsubtestkit.handler}, and the fake as a program in {@link
 * io.github.webpubsubtestkit.standalone}.
 *
 * <p>A null for a parameter that is not {@code @Nullable} is refused at once, by a {@link
 * NullPointerException} that names method and parameter: {@code fake: settings must not be null}.
 */
@NullMarked
package io.github.webpubsubtestkit;

import org.jspecify.annotations.NullMarked;
