package io.github.webpubsubtestkit.service;

/**
 * Sends messages as the application's server would, to the default hub.
 *
 * <p>Nobody need be there to receive: a message to nobody is no error.
 *
 * <pre>{@code
 * service.sendToGroup("room", "hi");
 * service.sendJsonToAll(Map.of("id", 1), options().filter("'vip' in groups").metadata("trace", "7"));
 * }</pre>
 *
 * @since 0.1
 */
public interface MessageSender {

  /**
   * Sends a text to every connection of the default hub, as the application's server would.
   *
   * @param text the text
   * @since 0.1
   */
  default void sendToAll(String text) {
    sendToAll(text, SendOptions.options());
  }

  /**
   * Sends JSON to every connection of the default hub.
   *
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @throws IllegalArgumentException if that is no JSON
   * @since 0.1
   */
  default void sendJsonToAll(Object json) {
    sendJsonToAll(json, SendOptions.options());
  }

  /**
   * Sends bytes to every connection of the default hub.
   *
   * @param bytes the bytes; they are copied
   * @since 0.1
   */
  default void sendBinaryToAll(byte[] bytes) {
    sendBinaryToAll(bytes, SendOptions.options());
  }

  /**
   * Sends a text to all connections of a user in the default hub; nobody need be connected.
   *
   * @param userId the user
   * @param text the text
   * @throws IllegalArgumentException if the user id is empty
   * @since 0.1
   */
  default void sendToUser(String userId, String text) {
    sendToUser(userId, text, SendOptions.options());
  }

  /**
   * Sends JSON to all connections of a user in the default hub; nobody need be connected.
   *
   * @param userId the user
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @throws IllegalArgumentException if that is no JSON, or the user id is empty
   * @since 0.1
   */
  default void sendJsonToUser(String userId, Object json) {
    sendJsonToUser(userId, json, SendOptions.options());
  }

  /**
   * Sends bytes to all connections of a user in the default hub; nobody need be connected.
   *
   * @param userId the user
   * @param bytes the bytes; they are copied
   * @throws IllegalArgumentException if the user id is empty
   * @since 0.1
   */
  default void sendBinaryToUser(String userId, byte[] bytes) {
    sendBinaryToUser(userId, bytes, SendOptions.options());
  }

  /**
   * Sends a text to the members of a group of the default hub; there need be none.
   *
   * @param group the group
   * @param text the text
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  default void sendToGroup(String group, String text) {
    sendToGroup(group, text, SendOptions.options());
  }

  /**
   * Sends JSON to the members of a group of the default hub; there need be none.
   *
   * @param group the group
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @throws IllegalArgumentException if that is no JSON, or the group name is not valid
   * @since 0.1
   */
  default void sendJsonToGroup(String group, Object json) {
    sendJsonToGroup(group, json, SendOptions.options());
  }

  /**
   * Sends bytes to the members of a group of the default hub; there need be none.
   *
   * @param group the group
   * @param bytes the bytes; they are copied
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  default void sendBinaryToGroup(String group, byte[] bytes) {
    sendBinaryToGroup(group, bytes, SendOptions.options());
  }

  /**
   * Sends a text to one connection of the default hub; one that is gone is not an error.
   *
   * @param connectionId the connection's id
   * @param text the text
   * @throws IllegalArgumentException if the id is empty
   * @since 0.1
   */
  default void sendToConnection(String connectionId, String text) {
    sendToConnection(connectionId, text, SendOptions.options());
  }

  /**
   * Sends JSON to one connection of the default hub; one that is gone is not an error.
   *
   * @param connectionId the connection's id
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @throws IllegalArgumentException if that is no JSON, or the id is empty
   * @since 0.1
   */
  default void sendJsonToConnection(String connectionId, Object json) {
    sendJsonToConnection(connectionId, json, SendOptions.options());
  }

  /**
   * Sends bytes to one connection of the default hub; one that is gone is not an error.
   *
   * @param connectionId the connection's id
   * @param bytes the bytes; they are copied
   * @throws IllegalArgumentException if the id is empty
   * @since 0.1
   */
  default void sendBinaryToConnection(String connectionId, byte[] bytes) {
    sendBinaryToConnection(connectionId, bytes, SendOptions.options());
  }

  /**
   * Sends a text to every connection of the default hub, with options.
   *
   * @param text the text
   * @param options who is left out, and what goes with the message
   * @since 0.1
   */
  void sendToAll(String text, SendOptions options);

  /**
   * Sends JSON to every connection of the default hub, with options.
   *
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if that is no JSON
   * @since 0.1
   */
  void sendJsonToAll(Object json, SendOptions options);

  /**
   * Sends bytes to every connection of the default hub, with options.
   *
   * @param bytes the bytes; they are copied
   * @param options who is left out, and what goes with the message
   * @since 0.1
   */
  void sendBinaryToAll(byte[] bytes, SendOptions options);

  /**
   * Sends a text to all connections of a user of the default hub, with options.
   *
   * @param userId the user
   * @param text the text
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if the user id is empty, or the options exclude connections:
   *     those of a user cannot be
   * @since 0.1
   */
  void sendToUser(String userId, String text, SendOptions options);

  /**
   * Sends JSON to all connections of a user of the default hub, with options.
   *
   * @param userId the user
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if that is no JSON, or the user id is empty, or the options
   *     exclude connections: those of a user cannot be
   * @since 0.1
   */
  void sendJsonToUser(String userId, Object json, SendOptions options);

  /**
   * Sends bytes to all connections of a user of the default hub, with options.
   *
   * @param userId the user
   * @param bytes the bytes; they are copied
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if the user id is empty, or the options exclude connections:
   *     those of a user cannot be
   * @since 0.1
   */
  void sendBinaryToUser(String userId, byte[] bytes, SendOptions options);

  /**
   * Sends a text to the members of a group of the default hub, with options.
   *
   * @param group the group
   * @param text the text
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  void sendToGroup(String group, String text, SendOptions options);

  /**
   * Sends JSON to the members of a group of the default hub, with options.
   *
   * @param group the group
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if that is no JSON, or the group name is not valid
   * @since 0.1
   */
  void sendJsonToGroup(String group, Object json, SendOptions options);

  /**
   * Sends bytes to the members of a group of the default hub, with options.
   *
   * @param group the group
   * @param bytes the bytes; they are copied
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if the group name is not valid
   * @since 0.1
   */
  void sendBinaryToGroup(String group, byte[] bytes, SendOptions options);

  /**
   * Sends a text to one connection of the default hub, with options.
   *
   * @param connectionId the connection's id
   * @param text the text
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if the id is empty, or the options exclude connections or
   *     filter: there is only one
   * @since 0.1
   */
  void sendToConnection(String connectionId, String text, SendOptions options);

  /**
   * Sends JSON to one connection of the default hub, with options.
   *
   * @param connectionId the connection's id
   * @param json a String is JSON text and goes out as it stands; anything else is written by the
   *     fake\'s mapper
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if that is no JSON, or the id is empty, or the options exclude
   *     connections or filter: there is only one
   * @since 0.1
   */
  void sendJsonToConnection(String connectionId, Object json, SendOptions options);

  /**
   * Sends bytes to one connection of the default hub, with options.
   *
   * @param connectionId the connection's id
   * @param bytes the bytes; they are copied
   * @param options who is left out, and what goes with the message
   * @throws IllegalArgumentException if the id is empty, or the options exclude connections or
   *     filter: there is only one
   * @since 0.1
   */
  void sendBinaryToConnection(String connectionId, byte[] bytes, SendOptions options);
}
