package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import java.net.URI;

/**
 * A Web PubSub service that tests can run against, whichever it is.
 *
 * <p>A test can act as the application's server, without an SDK: send messages, and manage
 * connections, groups and permissions. These methods are named as those of the official SDKs, and
 * are for the default hub.
 *
 * <p>A test that asks for this type needs nothing that only the fake has. What the fake can do
 * beyond it is on {@link FakeWebPubSub}.
 *
 * @since 0.1
 */
public interface WebPubSubService extends MessageSender, ConnectionManager {

  /**
   * The connection string that official SDKs take: {@code Endpoint=…;AccessKey=…;Version=1.0;}.
   *
   * @return the connection string; it holds the access key
   * @since 0.1
   */
  String connectionString();

  /**
   * The address of the service, for example {@code http://127.0.0.1:40113}.
   *
   * @return scheme, host and port, nothing behind them
   * @since 0.1
   */
  URI endpoint();

  /**
   * The hub that is meant where none is named.
   *
   * @return the hub, {@code hub} unless it was set otherwise
   * @since 0.1
   */
  String defaultHub();

  /**
   * A URL with which a client can connect, as the client-URL generator of the Azure portal makes
   * it: {@code ws://…/client/hubs/{hub}?access_token=…}.
   *
   * <p>The URL has no token if the options say {@link ConnectOptions#withoutToken()} or {@link
   * ConnectOptions#tokenInHeader()}.
   *
   * @param options who connects, where to, and with which rights
   * @return the URL; its token ends after the time that the options say
   * @since 0.1
   */
  URI clientUrl(ConnectOptions options);

  /**
   * Connects a client that speaks a PubSub subprotocol.
   *
   * <p>When this returns, the service has registered the connection, its groups are joined and the
   * client has received {@code connected}.
   *
   * @param options who connects, where to, and with which rights
   * @return the connected client; it is closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service refuses
   * @since 0.1
   */
  PubSubClient connect(ConnectOptions options);

  /**
   * Connects a client that speaks {@code json.webpubsub.azure.v1} to any client URL, for example
   * the one that the application's negotiate endpoint returned.
   *
   * @param clientUrl a {@code ws://} URL, with its token
   * @return the connected client; it is closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service refuses
   * @since 0.1
   */
  PubSubClient connect(URI clientUrl);

  /**
   * Connects a simple client: a plain WebSocket without a subprotocol.
   *
   * @param options who connects, where to, and with which rights
   * @return the connected client; it is closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service refuses
   * @since 0.1
   */
  SimpleClient connectSimple(ConnectOptions options);

  /**
   * Connects a simple client to any client URL, for example the one that the application's
   * negotiate endpoint returned.
   *
   * @param clientUrl a {@code ws://} URL, with its token
   * @return the connected client; it is closed with the service at the latest
   * @throws io.github.webpubsubtestkit.client.HandshakeRejectedException if the service refuses
   * @since 0.1
   */
  SimpleClient connectSimple(URI clientUrl);
}
