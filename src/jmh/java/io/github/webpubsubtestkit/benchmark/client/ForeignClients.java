package io.github.webpubsubtestkit.benchmark.client;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.ClientConnector;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The kit's clients of an engine that no fake is around. */
public final class ForeignClients {

  private ForeignClients() {}

  /** Connects as alice; the token is added. */
  public static PubSubClient connect(Engine engine, ConnectOptions options) {
    String audience = engine.endpoint() + "/client/hubs/hub";
    String token =
        engine.tokens().clientToken(audience, "alice", List.of(), List.of(), Duration.ofMinutes(5));
    URI url = URI.create(audience.replaceFirst("http", "ws") + "?access_token=" + token);
    @SuppressWarnings("unchecked") // the client room registers no other
    var connectors =
        (ClientConnector.Factory<ConnectOptions, PubSubClient, SimpleClient, Client>)
            Bridge.CLIENTS.factory();
    return connectors
        .make(
            engine.loop(),
            engine.timeline(),
            null,
            "hub",
            ObjectMapping.ofClassPath(),
            WaitTimes.ofSystem(null))
        .pubSub(WebSocketAddress.of(url), options);
  }
}
