package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import java.net.URI;

/**
 * A Web PubSub service that tests can run against, independent of its implementation.
 *
 * <p>A test can act as the application's server, without an SDK: send messages, and manage
 * connections, groups and permissions. These methods are named like those of the official SDKs and
 * apply to the default hub.
 *
 * <p>A test that uses this type does not depend on features of the fake, which are on {@link
 * FakeWebPubSub}.
 *
 * @since 0.1
 */
public interface WebPubSubService extends MessageSender, ConnectionManager {

  /**
   * Returns the connection string for official SDKs: {@code Endpoint=…;AccessKey=…;Version=1.0;}.
   *
   * @return the connection string; it contains the access key
   * @since 0.1
   */
  String connectionString();

  /**
   * Returns the address of the service, for example {@code http://127.0.0.1:40113}.
   *
   * @return scheme, host and port only
   * @since 0.1
   */
  URI endpoint();

  /**
   * Returns the hub that applies where none is named.
   *
   * @return the hub, by default {@code hub}
   * @since 0.1
   */
  String defaultHub();

  /**
   * Returns a URL with which a client can connect, like those of the client-URL generator of the
   * Azure portal: {@code ws://…/client/hubs/{hub}?access_token=…}.
   *
   * <p>The URL has no token with {@link ConnectOptions#withoutToken()} or {@link
   * ConnectOptions#tokenInHeader()}.
   *
   * @param options user, hub, roles and other properties of the connection
   * @return the URL; its token expires after the lifetime in the options
   * @since 0.1
   */
  URI clientUrl(ConnectOptions options);

  /**
   * Connects a client with a PubSub subprotocol.
   *
   * <p>When this returns, the service has registered the connection, its groups are joined and the
   * client has received {@code connected}.
   *
   * @param options user, hub, roles and other properties of the connection
   * @return the connected client; closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service rejects the
   *     handshake
   * @since 0.1
   */
  PubSubClient connect(ConnectOptions options);

  /**
   * Connects a client with {@code json.webpubsub.azure.v1} to any client URL, for example one
   * returned by the application's negotiate endpoint.
   *
   * @param clientUrl a {@code ws://} or {@code wss://} URL, with its token
   * @return the connected client; closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service rejects the
   *     handshake
   * @since 0.1
   */
  PubSubClient connect(URI clientUrl);

  /**
   * Connects a simple client: a plain WebSocket without a subprotocol.
   *
   * @param options user, hub, roles and other properties of the connection
   * @return the connected client; closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service rejects the
   *     handshake
   * @since 0.1
   */
  SimpleClient connectSimple(ConnectOptions options);

  /**
   * Connects a simple client to any client URL, for example one returned by the application's
   * negotiate endpoint.
   *
   * @param clientUrl a {@code ws://} or {@code wss://} URL, with its token
   * @return the connected client; closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service rejects the
   *     handshake
   * @since 0.1
   */
  SimpleClient connectSimple(URI clientUrl);
}
