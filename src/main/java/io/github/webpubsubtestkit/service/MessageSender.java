package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;

/**
 * Sends messages as the application's server would, to the default hub.
 *
 * <p>A message without receivers is not an error.
 *
 * <pre>{@code
 * service.sendToGroup("room", "hi");
 * service.sendToAll(json(Map.of("id", 1)), options().filter("'vip' in groups").metadata("trace", "7"));
 * }</pre>
 *
 * @since 0.1
 */
interface MessageSender {

  /**
   * Sends a text to every connection of the default hub.
   *
   * @param text the text
   * @since 0.1
   */
  default void sendToAll(String text) {
    notNull(text, "sendToAll", "text");
    sendToAll(Content.text(text), SendOptions.options());
  }

  /**
   * Sends JSON to every connection of the default hub.
   *
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if that is no JSON
   * @since 0.1
   */
  default void sendJsonToAll(Object json) {
    notNull(json, "sendJsonToAll", "json");
    sendToAll(Content.json(json), SendOptions.options());
  }

  /**
   * Sends a content to every connection of the default hub.
   *
   * @param content a text, a JSON value or bytes
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only
   * @since 0.1
   */
  default void sendToAll(Content content) {
    sendToAll(content, SendOptions.options());
  }

  /**
   * Sends a content to every connection of the default hub, with options.
   *
   * @param content a text, a JSON value or bytes
   * @param options exclusions, filter, time to live and metadata
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only
   * @since 0.1
   */
  void sendToAll(Content content, SendOptions options);

  /**
   * Sends a text to all connections of a user in the default hub.
   *
   * @param userId the user
   * @param text the text
   * @throws IllegalArgumentException if the user id is empty
   * @since 0.1
   */
  default void sendToUser(String userId, String text) {
    notNull(text, "sendToUser", "text");
    sendToUser(userId, Content.text(text), SendOptions.options());
  }

  /**
   * Sends JSON to all connections of a user in the default hub.
   *
   * @param userId the user
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if that is no JSON, or the user id is empty
   * @since 0.1
   */
  default void sendJsonToUser(String userId, Object json) {
    notNull(userId, "sendJsonToUser", "userId");
    notNull(json, "sendJsonToUser", "json");
    sendToUser(userId, Content.json(json), SendOptions.options());
  }

  /**
   * Sends a content to all connections of a user in the default hub.
   *
   * @param userId the user
   * @param content a text, a JSON value or bytes
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only, or the user id is empty
   * @since 0.1
   */
  default void sendToUser(String userId, Content content) {
    sendToUser(userId, content, SendOptions.options());
  }

  /**
   * Sends a content to all connections of a user in the default hub, with options.
   *
   * @param userId the user
   * @param content a text, a JSON value or bytes
   * @param options exclusions, filter, time to live and metadata
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only, or the user id is empty, or the options exclude connections
   * @since 0.1
   */
  void sendToUser(String userId, Content content, SendOptions options);

  /**
   * Sends a text to the members of a group of the default hub.
   *
   * @param group the group
   * @param text the text
   * @throws IllegalArgumentException if the group name is invalid
   * @since 0.1
   */
  default void sendToGroup(String group, String text) {
    notNull(text, "sendToGroup", "text");
    sendToGroup(group, Content.text(text), SendOptions.options());
  }

  /**
   * Sends JSON to the members of a group of the default hub.
   *
   * @param group the group
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if that is no JSON, or the group name is not valid
   * @since 0.1
   */
  default void sendJsonToGroup(String group, Object json) {
    notNull(group, "sendJsonToGroup", "group");
    notNull(json, "sendJsonToGroup", "json");
    sendToGroup(group, Content.json(json), SendOptions.options());
  }

  /**
   * Sends a content to the members of a group of the default hub.
   *
   * @param group the group
   * @param content a text, a JSON value or bytes
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only, or the group name is invalid
   * @since 0.1
   */
  default void sendToGroup(String group, Content content) {
    sendToGroup(group, content, SendOptions.options());
  }

  /**
   * Sends a content to the members of a group of the default hub, with options.
   *
   * @param group the group
   * @param content a text, a JSON value or bytes
   * @param options exclusions, filter, time to live and metadata
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only, or the group name is invalid
   * @since 0.1
   */
  void sendToGroup(String group, Content content, SendOptions options);

  /**
   * Sends a text to one connection of the default hub.
   *
   * @param connectionId the connection's id
   * @param text the text
   * @throws IllegalArgumentException if the id is empty
   * @since 0.1
   */
  default void sendToConnection(String connectionId, String text) {
    notNull(text, "sendToConnection", "text");
    sendToConnection(connectionId, Content.text(text), SendOptions.options());
  }

  /**
   * Sends JSON to one connection of the default hub.
   *
   * @param connectionId the connection's id
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if that is no JSON, or the id is empty
   * @since 0.1
   */
  default void sendJsonToConnection(String connectionId, Object json) {
    notNull(connectionId, "sendJsonToConnection", "connectionId");
    notNull(json, "sendJsonToConnection", "json");
    sendToConnection(connectionId, Content.json(json), SendOptions.options());
  }

  /**
   * Sends a content to one connection of the default hub.
   *
   * @param connectionId the connection's id
   * @param content a text, a JSON value or bytes
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only, or the id is empty
   * @since 0.1
   */
  default void sendToConnection(String connectionId, Content content) {
    sendToConnection(connectionId, content, SendOptions.options());
  }

  /**
   * Sends a content to one connection of the default hub, with options.
   *
   * @param connectionId the connection's id
   * @param content a text, a JSON value or bytes
   * @param options exclusions, filter, time to live and metadata
   * @throws IllegalArgumentException if the content is a protobuf message, which the service
   *     accepts from clients only, or the id is empty, or the options have exclusions or a filter,
   *     which a single connection does not allow
   * @since 0.1
   */
  void sendToConnection(String connectionId, Content content, SendOptions options);
}
