/**
 * Test clients of the service and their assertions.
 *
 * <p>Start with {@link io.github.webpubsubtestkit.client.PubSubClient} or {@link
 * io.github.webpubsubtestkit.client.SimpleClient}; {@link
 * io.github.webpubsubtestkit.client.ClientAssert} has the assertions on both. {@link
 * io.github.webpubsubtestkit.client.ConnectOptions} sets the user, hub and roles of a connection.
 */
@NullMarked
package io.github.webpubsubtestkit.client;

import org.jspecify.annotations.NullMarked;
