package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import java.net.URI;

/**
 * A Web PubSub service that tests can run against, whichever it is.
 *
 * <p>A test that asks for this type needs nothing that only the fake has. What the fake can do
 * beyond it is on {@link FakeWebPubSub}.
 *
 * @since 0.1
 */
public interface WebPubSubService {

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

  /**
   * Sends a text to every connection of the default hub, as the application's server would.
   *
   * @param text the text
   * @since 0.1
   */
  void sendToAll(String text);

  /**
   * Sends JSON to every connection of the default hub.
   *
   * @param json a String is JSON text and goes out as it stands; anything else is written by
   *     Jackson
   * @throws IllegalArgumentException if that is no JSON
   * @since 0.1
   */
  void sendJsonToAll(Object json);

  /**
   * Sends bytes to every connection of the default hub.
   *
   * @param bytes the bytes; they are copied
   * @since 0.1
   */
  void sendBinaryToAll(byte[] bytes);

  /**
   * Sends a text to all connections of a user in the default hub; nobody need be connected.
   *
   * @param userId the user
   * @param text the text
   * @throws IllegalArgumentException if the user id is empty
   * @since 0.1
   */
  void sendToUser(String userId, String text);

  /**
   * Sends JSON to all connections of a user in the default hub; nobody need be connected.
   *
   * @param userId the user
   * @param json a String is JSON text and goes out as it stands; anything else is written by
   *     Jackson
   * @throws IllegalArgumentException if that is no JSON, or the user id is empty
   * @since 0.1
   */
  void sendJsonToUser(String userId, Object json);

  /**
   * Sends bytes to all connections of a user in the default hub; nobody need be connected.
   *
   * @param userId the user
   * @param bytes the bytes; they are copied
   * @throws IllegalArgumentException if the user id is empty
   * @since 0.1
   */
  void sendBinaryToUser(String userId, byte[] bytes);

  /**
   * Sends a text to the members of a group of the default hub; there need be none.
   *
   * @param group the group
   * @param text the text
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  void sendToGroup(String group, String text);

  /**
   * Sends JSON to the members of a group of the default hub; there need be none.
   *
   * @param group the group
   * @param json a String is JSON text and goes out as it stands; anything else is written by
   *     Jackson
   * @throws IllegalArgumentException if that is no JSON, or the group name is not valid
   * @since 0.1
   */
  void sendJsonToGroup(String group, Object json);

  /**
   * Sends bytes to the members of a group of the default hub; there need be none.
   *
   * @param group the group
   * @param bytes the bytes; they are copied
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  void sendBinaryToGroup(String group, byte[] bytes);

  /**
   * Sends a text to one connection of the default hub; one that is gone is not an error.
   *
   * @param connectionId the connection's id
   * @param text the text
   * @throws IllegalArgumentException if the id is empty
   * @since 0.1
   */
  void sendToConnection(String connectionId, String text);

  /**
   * Sends JSON to one connection of the default hub; one that is gone is not an error.
   *
   * @param connectionId the connection's id
   * @param json a String is JSON text and goes out as it stands; anything else is written by
   *     Jackson
   * @throws IllegalArgumentException if that is no JSON, or the id is empty
   * @since 0.1
   */
  void sendJsonToConnection(String connectionId, Object json);

  /**
   * Sends bytes to one connection of the default hub; one that is gone is not an error.
   *
   * @param connectionId the connection's id
   * @param bytes the bytes; they are copied
   * @throws IllegalArgumentException if the id is empty
   * @since 0.1
   */
  void sendBinaryToConnection(String connectionId, byte[] bytes);
}
