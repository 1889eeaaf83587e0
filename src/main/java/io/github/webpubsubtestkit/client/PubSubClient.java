package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client with a subprotocol of the service: it joins and leaves groups, sends to groups, sends
 * events, and receives an ack for each request.
 *
 * <p>All methods that send a request wait for its ack, at most for the {@linkplain
 * io.github.webpubsubtestkit.service.FakeWebPubSubBuilder#timeout timeout of the service}, by
 * default 5 seconds; the service has then carried it out. {@link #sendRaw(String)} sends without
 * waiting.
 *
 * <pre>{@code
 * alice.joinGroup("room");
 * bob.sendToGroup("room", "hi");
 * assertThat(alice).receivesText("hi").isFromUser("bob");
 * }</pre>
 *
 * @since 0.1
 */
public final class PubSubClient extends Client {

  private final Requests requests;
  private @Nullable Recovery recovery; // set once, before a test gets the client

  PubSubClient(ClientConnection connection, ClientCodec codec) {
    super(connection);
    this.requests = new Requests(connection, codec);
  }

  /** Enables recovery, for a client of a reliable subprotocol. */
  void recoverBy(Recovery howToRecover) {
    recovery = howToRecover;
  }

  /** {@inheritDoc} */
  @Override
  public Optional<String> userId() {
    return connection.inbox().userId();
  }

  /** {@inheritDoc} */
  @Override
  public String connectionId() {
    return connection.inbox().connectionId().orElseThrow();
  }

  /**
   * Returns the subprotocol of this connection.
   *
   * @return the subprotocol it was opened with
   * @since 0.1
   */
  public Protocol protocol() {
    return connection.context().options().protocol();
  }

  /**
   * Returns the text of the {@code disconnected} message with which the service closed the
   * connection.
   *
   * @return the text; empty without such a message
   * @since 0.1
   */
  public Optional<String> disconnectedMessage() {
    return connection.inbox().disconnectedMessage();
  }

  /**
   * Recovers the connection of a reliable client, as the official clients do after losing their
   * socket: with the same connection id, user, groups and roles. Waits until all messages kept by
   * the service have been received; those received before are dropped, and listed by {@link
   * #duplicates()}.
   *
   * <pre>{@code
   * alice.dropConnection();
   * bob.sendToGroup("room", "hi");   // the service keeps it for alice
   * alice.recover();
   * assertThat(alice).receivesText("hi");
   * }</pre>
   *
   * <p>On a client that is still connected, the new socket takes over from the old one.
   *
   * @throws RecoveryRefusedException if the service refused the recovery, for example because the
   *     connection was closed or 30 seconds have passed; the client is then closed with 1008. Also
   *     if the connection ended as soon as it was recovered
   * @throws ConnectFailedException if there was no response in time
   * @throws HandshakeRejectedException if the response was an HTTP error; another attempt may
   *     succeed
   * @throws IllegalStateException if the subprotocol is not reliable, or in a callback of the fake
   * @since 0.1
   */
  public void recover() {
    connection.socket().checkMayWait("recover");
    Recovery known = recovery;
    if (known == null) {
      throw notReliable("recover");
    }
    known.recover(connection);
  }

  /**
   * Stops acknowledging messages. From now on the service keeps all messages to this reliable
   * client, and sends them again after a recovery. It keeps up to 1,000 messages or 16 MiB; one
   * more ends the connection permanently.
   *
   * <p>Otherwise a reliable client acknowledges like the official ones: one second after a message,
   * immediately after 100 messages, and before {@link #dropConnection()}.
   *
   * @throws IllegalStateException if the subprotocol is not reliable
   * @since 0.1
   */
  public void withholdSequenceAcks() {
    ids("withholdSequenceAcks").withhold(true);
  }

  /**
   * Acknowledges all received messages and resumes acknowledging after {@link
   * #withholdSequenceAcks()}.
   *
   * @throws IllegalStateException if the subprotocol is not reliable
   * @since 0.1
   */
  public void resumeSequenceAcks() {
    SequenceIds ids = ids("resumeSequenceAcks");
    ids.withhold(false);
    ids.acknowledge();
  }

  /**
   * Returns the messages received again after a recovery. They are not among {@link #messages()},
   * and only {@link ClientAssert#hasReceivedNoDuplicate()} sees them.
   *
   * @return an unmodifiable snapshot, in order of arrival
   * @throws IllegalStateException if the subprotocol is not reliable
   * @since 0.1
   */
  public List<ReceivedMessage> duplicates() {
    return ids("duplicates").duplicates();
  }

  /** Returns the sequence ids, for a method that requires them. */
  SequenceIds ids(String method) {
    SequenceIds ids = connection.sequenceIds();
    if (ids == null) {
      throw notReliable(method);
    }
    return ids;
  }

  private IllegalStateException notReliable(String method) {
    return new IllegalStateException(
        "["
            + name()
            + "] "
            + method
            + " needs a reliable subprotocol, but this client speaks "
            + connection.protocolName()
            + ", whose connections end with their sockets. Connect it with"
            + " @Connected(protocol = JSON_RELIABLE) or ConnectOptions.protocol(JSON_RELIABLE)");
  }

  /** Acknowledges received messages, so that exactly the missed ones are sent again. */
  @Override
  void beforeDrop() {
    SequenceIds ids = connection.sequenceIds();
    if (ids != null && ids.acknowledge()) {
      connection.awaitPingConfirmed(
          connection.socket().ping(), connection.context().times().usual().deadlineNanos());
    }
  }

  /** Recovers a dropped connection, so that it can be closed in the service, too. */
  @Override
  void beforeClose() {
    if (connection.isRecoverable() && !connection.context().isForeign()) {
      try {
        recover();
      } catch (RecoveryRefusedException
          | ConnectFailedException
          | HandshakeRejectedException
          | InterruptedWaitException e) {
        connection
            .context()
            .timeline()
            .record(name(), Direction.NOTE, "close(): there was nothing to close any more");
      }
    }
  }

  /**
   * Joins a group. Waits for the ack.
   *
   * @param group the group
   * @throws AckFailedException if the service rejected it, for example with {@code Forbidden}
   *     without a role for it
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void joinGroup(String group) {
    notNull(group, "joinGroup", "group");
    requests.send("joinGroup", group, id -> new ClientRequest.JoinGroup(group, id));
    connection.joined(group);
  }

  /**
   * Leaves a group. Waits for the ack.
   *
   * @param group the group; the client may be no member
   * @throws AckFailedException if the service rejected it, for example with {@code Forbidden}
   *     without a role for it
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void leaveGroup(String group) {
    notNull(group, "leaveGroup", "group");
    requests.send("leaveGroup", group, id -> new ClientRequest.LeaveGroup(group, id));
    connection.left(group);
  }

  /**
   * Sends a text to the members of a group. Waits for the ack; the message is then queued for every
   * member.
   *
   * @param group the group; the sender may be no member
   * @param text the text
   * @throws AckFailedException if the service rejected it, for example with {@code Forbidden}
   *     without a role for it
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendToGroup(String group, String text) {
    notNull(group, "sendToGroup", "group");
    notNull(text, "sendToGroup", "text");
    toGroup("sendToGroup", group, Payload.text(text), PublishOptions.options());
  }

  /**
   * Sends a content to the members of a group. Waits for the ack; the message is then queued for
   * every member.
   *
   * <pre>{@code
   * alice.sendToGroup("room", binary(new byte[] {1, 2}));
   * assertThat(bob).receivesBinary(new byte[] {1, 2});
   * }</pre>
   *
   * @param group the group; the sender may be no member
   * @param content a text, a JSON value, bytes or a protobuf message
   * @throws AckFailedException if the service rejected it, for example with {@code Forbidden}
   *     without a role for it
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client has another
   *     subprotocol, if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendToGroup(String group, Content content) {
    sendToGroup(group, content, PublishOptions.options());
  }

  /**
   * Sends a content to the members of a group, with options. Waits for the ack.
   *
   * @param group the group; the sender may be no member
   * @param content a text, a JSON value, bytes or a protobuf message
   * @param options echo, metadata and time to live
   * @throws AckFailedException if the service rejected it, for example with {@code Forbidden}
   *     without a role for it
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client has another
   *     subprotocol, if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendToGroup(String group, Content content, PublishOptions options) {
    notNull(group, "sendToGroup", "group");
    notNull(content, "sendToGroup", "content");
    notNull(options, "sendToGroup", "options");
    toGroup("sendToGroup", group, payload("sendToGroup", content), options);
  }

  /**
   * Sends a JSON value to the members of a group. Waits for the ack.
   *
   * @param group the group; the sender need not be a member
   * @param json a String is taken as JSON text and sent as it is, anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if the String is no JSON or the object cannot be written
   * @throws AckFailedException if the service did not do it, for example {@code Forbidden} without
   *     a role for it
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendJsonToGroup(String group, Object json) {
    notNull(group, "sendJsonToGroup", "group");
    notNull(json, "sendJsonToGroup", "json");
    Payload payload = Content.json(json).payload(mapping());
    toGroup("sendJsonToGroup", group, payload, PublishOptions.options());
  }

  /**
   * Sends a protobuf message, packed into a {@code google.protobuf.Any}, to the members of a group.
   * Waits for the ack. Only for clients with a protobuf subprotocol.
   *
   * <pre>{@code
   * alice.sendProtobufToGroup("room", StringValue.of("hi"));
   * assertThat(bob).receivesProtobuf(StringValue.of("hi"));
   * }</pre>
   *
   * @param group the group; the sender may be no member
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is sent as such
   * @throws IllegalArgumentException if the object is not a protobuf message
   * @throws AckFailedException if the service rejected it, for example with {@code Forbidden}
   *     without a role for it
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if this client has another subprotocol, if the connection is not
   *     open, or in a callback of the fake
   * @since 0.1
   */
  public void sendProtobufToGroup(String group, Object message) {
    notNull(group, "sendProtobufToGroup", "group");
    notNull(message, "sendProtobufToGroup", "message");
    checkSpeaksProtobuf("sendProtobufToGroup");
    toGroup(
        "sendProtobufToGroup",
        group,
        Content.protobuf(message).payload(mapping()),
        PublishOptions.options());
  }

  /**
   * Sends an event with a text to the application. Waits for the ack; the event handler has then
   * answered.
   *
   * @param event the name of the event
   * @param text the text
   * @throws AckFailedException if the service rejected it, for example with {@code
   *     InternalServerError} if no handler accepted the event
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendEvent(String event, String text) {
    notNull(event, "sendEvent", "event");
    notNull(text, "sendEvent", "text");
    event("sendEvent", event, Payload.text(text), PublishOptions.options());
  }

  /**
   * Sends an event to the application. Waits for the ack; the event handler has then answered.
   *
   * @param event the name of the event
   * @param content a text, a JSON value, bytes or a protobuf message
   * @throws AckFailedException if the service rejected it, for example with {@code
   *     InternalServerError} if no handler accepted the event
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client has another
   *     subprotocol, if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendEvent(String event, Content content) {
    sendEvent(event, content, PublishOptions.options());
  }

  /**
   * Sends an event to the application, with options. Waits for the ack; the event handler has then
   * answered.
   *
   * @param event the name of the event
   * @param content a text, a JSON value, bytes or a protobuf message
   * @param options metadata
   * @throws IllegalArgumentException if the options have more than metadata
   * @throws AckFailedException if the service rejected it, for example with {@code
   *     InternalServerError} if no handler accepted the event
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client has another
   *     subprotocol, if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendEvent(String event, Content content, PublishOptions options) {
    notNull(event, "sendEvent", "event");
    notNull(content, "sendEvent", "content");
    notNull(options, "sendEvent", "options");
    event("sendEvent", event, payload("sendEvent", content), options);
  }

  /**
   * Sends an event with a JSON value to the application. Waits for the ack; the event handler has
   * then answered.
   *
   * @param event the name of the event
   * @param json a String is taken as JSON text and sent as it is, anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if the String is no JSON or the object cannot be written
   * @throws AckFailedException if the service did not do it, for example {@code
   *     InternalServerError} if no handler took the event
   * @throws AckTimeoutException if no ack came in time or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendJsonEvent(String event, Object json) {
    notNull(event, "sendJsonEvent", "event");
    notNull(json, "sendJsonEvent", "json");
    Payload payload = Content.json(json).payload(mapping());
    event("sendJsonEvent", event, payload, PublishOptions.options());
  }

  /**
   * Sends a {@code ping} message and waits for its {@code pong}: the service has then handled
   * everything this client sent before. Takes that pong, so that {@link
   * ClientAssert#receivesPong()} does not see it.
   *
   * @throws AckTimeoutException if no pong arrived in time or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void ping() {
    requests.ping();
  }

  private ObjectMapping mapping() {
    return connection.context().mapping();
  }

  private Payload payload(String method, Content content) {
    if (content.dataType() == DataType.PROTOBUF) {
      checkSpeaksProtobuf(method);
    }
    return content.payload(mapping());
  }

  private void checkSpeaksProtobuf(String method) {
    if (!protocol().isProtobuf()) {
      throw new IllegalStateException(
          "["
              + name()
              + "] "
              + method
              + " needs a client of a protobuf subprotocol, but this one speaks "
              + connection.protocolName()
              + ", from which the service accepts no protobuf message. Connect it with protocol"
              + " PROTOBUF");
    }
  }

  private void toGroup(String method, String group, Payload payload, PublishOptions options) {
    requests.send(
        method,
        group,
        id ->
            new ClientRequest.SendToGroup(
                group, options.applyTo(payload), options.isNoEcho(), options.ttlSeconds(), id));
  }

  private void event(String method, String event, Payload payload, PublishOptions options) {
    if (options.isNoEcho() || options.ttlSeconds() != 0) {
      throw new IllegalArgumentException(
          "an event can have metadata but neither noEcho nor ttl, which apply to group messages"
              + " only");
    }
    requests.send(
        method, event, id -> new ClientRequest.Event(event, options.applyTo(payload), id));
  }
}
