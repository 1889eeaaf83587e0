/**
 * Test clients of the service and their assertions.
 *
 * <p>Start with {@link io.github.webpubsubtestkit.client.PubSubClient} or {@link
 * io.github.webpubsubtestkit.client.SimpleClient}; {@link
 * io.github.webpubsubtestkit.client.ClientAssert} lists what a test may expect of either. {@link
 * io.github.webpubsubtestkit.client.ConnectOptions} says as whom to connect.
 *
 * <p>A null for a parameter that is not {@code @Nullable} is refused at once, by a {@link
 * NullPointerException} that names method and parameter: {@code sendToGroup: group must not be
 * null}.
 */
@NullMarked
package io.github.webpubsubtestkit.client;

import org.jspecify.annotations.NullMarked;
