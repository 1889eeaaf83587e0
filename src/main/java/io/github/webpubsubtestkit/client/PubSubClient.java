package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.InterruptedWaitException;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks a subprotocol of the service: it joins and leaves groups, sends to groups,
 * sends events, and learns what became of each request.
 *
 * <p>All methods that ask something of the service wait for its ack, at most 5 seconds; the service
 * has then done what was asked. {@link #sendRaw(String)} is the way to send without waiting.
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

  /** Makes it a client of a reliable subprotocol. */
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
   * The subprotocol of this connection.
   *
   * @return the one it was opened with
   * @since 0.1
   */
  public Protocol protocol() {
    return connection.context().options().protocol();
  }

  /**
   * What the service said before it closed the connection, in a {@code disconnected} message.
   *
   * @return empty if no such message has come
   * @since 0.1
   */
  public Optional<String> disconnectedMessage() {
    return connection.inbox().disconnectedMessage();
  }

  /**
   * Gets the connection of a reliable client back, as the official clients do after they have lost
   * their socket: the same connection id, user, groups and roles. Waits until it is done and all
   * messages that the service had kept have been received; those that had come before are dropped,
   * and are in {@link #duplicates()}.
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
   * @throws RecoveryRefusedException if the service did not give it back, for example because it
   *     was closed or 30 seconds are over; the client then is closed with 1008
   * @throws ConnectFailedException if there was no answer within 5 seconds
   * @throws HandshakeRejectedException if the answer was an HTTP status; another attempt may
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
   * Stops acknowledging messages. From now on the service keeps all it sends to this reliable
   * client, and sends it again after a recovery. It keeps 1,000 messages or 16 MiB; one more ends
   * the connection for good.
   *
   * <p>Otherwise a reliable client acknowledges as the official ones do: a second after a message
   * has come, at once when 100 have come, and before {@link #dropConnection()}.
   *
   * @throws IllegalStateException if the subprotocol is not reliable
   * @since 0.1
   */
  public void withholdSequenceAcks() {
    ids("withholdSequenceAcks").withhold(true);
  }

  /**
   * Acknowledges all that has come and goes on doing so, after {@link #withholdSequenceAcks()}.
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
   * The messages that came once more after a recovery. They are not among {@link #messages()}, and
   * no assertion but {@link ClientAssert#hasReceivedNoDuplicate()} sees them.
   *
   * @return an unmodifiable snapshot, in the order of their coming
   * @throws IllegalStateException if the subprotocol is not reliable
   * @since 0.1
   */
  public List<ReceivedMessage> duplicates() {
    return ids("duplicates").duplicates();
  }

  /** The sequence ids, for a method that makes no sense without. */
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

  /** What has come is not to come again, so that a test sees exactly what was missed. */
  @Override
  void beforeDrop() {
    SequenceIds ids = connection.sequenceIds();
    if (ids != null && ids.acknowledge()) {
      connection.awaitPingConfirmed(
          connection.socket().ping(), Waiting.deadlineAfter(connection.context().deadline()));
    }
  }

  /** Nobody else would tell the service that the client does not come back. */
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
   * Becomes a member of a group. Waits for the ack.
   *
   * @param group the group
   * @throws AckFailedException if the service did not do it, for example {@code Forbidden} without
   *     a role for it
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void joinGroup(String group) {
    notNull(group, "joinGroup", "group");
    requests.send("joinGroup", group, id -> new ClientRequest.JoinGroup(group, id));
    connection.joined(group);
  }

  /**
   * Ceases to be a member of a group. Waits for the ack.
   *
   * @param group the group, which it need not be a member of
   * @throws AckFailedException if the service did not do it, for example {@code Forbidden} without
   *     a role for it
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void leaveGroup(String group) {
    notNull(group, "leaveGroup", "group");
    requests.send("leaveGroup", group, id -> new ClientRequest.LeaveGroup(group, id));
    connection.left(group);
  }

  /**
   * Sends a text to the members of a group. Waits for the ack; every member then has the message
   * queued.
   *
   * @param group the group; the sender need not be a member
   * @param text the text
   * @throws AckFailedException if the service did not do it, for example {@code Forbidden} without
   *     a role for it
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendToGroup(String group, String text) {
    notNull(group, "sendToGroup", "group");
    notNull(text, "sendToGroup", "text");
    toGroup("sendToGroup", group, Payload.text(text), PublishOptions.options());
  }

  /**
   * Sends a content to the members of a group. Waits for the ack; every member then has the message
   * queued.
   *
   * <pre>{@code
   * alice.sendToGroup("room", binary(new byte[] {1, 2}));
   * assertThat(bob).receivesBinary(new byte[] {1, 2});
   * }</pre>
   *
   * @param group the group; the sender need not be a member
   * @param content a text, a JSON value, bytes or a protobuf message
   * @throws AckFailedException if the service did not do it, for example {@code Forbidden} without
   *     a role for it
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client speaks
   *     another subprotocol, if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendToGroup(String group, Content content) {
    sendToGroup(group, content, PublishOptions.options());
  }

  /**
   * Sends a content to the members of a group, with options. Waits for the ack.
   *
   * @param group the group; the sender need not be a member
   * @param content a text, a JSON value, bytes or a protobuf message
   * @param options without echo, metadata, time to live
   * @throws AckFailedException if the service did not do it, for example {@code Forbidden} without
   *     a role for it
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client speaks
   *     another subprotocol, if the connection is not open, or in a callback of the fake
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
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
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
   * Waits for the ack. Only for clients of a protobuf subprotocol.
   *
   * <pre>{@code
   * alice.sendProtobufToGroup("room", StringValue.of("hi"));
   * assertThat(bob).receivesProtobuf(StringValue.of("hi"));
   * }</pre>
   *
   * @param group the group; the sender need not be a member
   * @param message a {@code com.google.protobuf.Message}; an {@code Any} is sent as it is
   * @throws IllegalArgumentException if the object is no protobuf message
   * @throws AckFailedException if the service did not do it, for example {@code Forbidden} without
   *     a role for it
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if this client speaks another subprotocol, if the connection is
   *     not open, or in a callback of the fake
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
   * Sends an event with a text to the application. Waits for the ack: the event handler has
   * answered.
   *
   * @param event the name of the event
   * @param text the text
   * @throws AckFailedException if the service did not do it, for example {@code
   *     InternalServerError} if no handler took the event
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendEvent(String event, String text) {
    notNull(event, "sendEvent", "event");
    notNull(text, "sendEvent", "text");
    event("sendEvent", event, Payload.text(text), PublishOptions.options());
  }

  /**
   * Sends an event to the application. Waits for the ack: the event handler has answered.
   *
   * @param event the name of the event
   * @param content a text, a JSON value, bytes or a protobuf message
   * @throws AckFailedException if the service did not do it, for example {@code
   *     InternalServerError} if no handler took the event
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client speaks
   *     another subprotocol, if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendEvent(String event, Content content) {
    sendEvent(event, content, PublishOptions.options());
  }

  /**
   * Sends an event to the application, with options. Waits for the ack: the event handler has
   * answered.
   *
   * @param event the name of the event
   * @param content a text, a JSON value, bytes or a protobuf message
   * @param options metadata
   * @throws IllegalArgumentException if the options have more than metadata
   * @throws AckFailedException if the service did not do it, for example {@code
   *     InternalServerError} if no handler took the event
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
   * @throws IllegalStateException if the content is a protobuf message and this client speaks
   *     another subprotocol, if the connection is not open, or in a callback of the fake
   * @since 0.1
   */
  public void sendEvent(String event, Content content, PublishOptions options) {
    notNull(event, "sendEvent", "event");
    notNull(content, "sendEvent", "content");
    notNull(options, "sendEvent", "options");
    event("sendEvent", event, payload("sendEvent", content), options);
  }

  /**
   * Sends an event with a JSON value to the application. Waits for the ack: the event handler has
   * answered.
   *
   * @param event the name of the event
   * @param json a String is taken as JSON text and sent as it is, anything else is written by the
   *     fake's mapper
   * @throws IllegalArgumentException if the String is no JSON or the object cannot be written
   * @throws AckFailedException if the service did not do it, for example {@code
   *     InternalServerError} if no handler took the event
   * @throws AckTimeoutException if no ack came within 5 seconds or the connection ended
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
   * Asks the service for a {@code pong} message and waits for it: everything that this client sent
   * before has then been handled. Takes that pong, so that {@link ClientAssert#receivesPong()} does
   * not see it.
   *
   * @throws AckTimeoutException if no pong came within 5 seconds or the connection ended
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
              + ", from which the service takes no protobuf message. Connect it with protocol"
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
          "an event can have metadata but neither noEcho nor ttl; those are for sending to groups");
    }
    requests.send(
        method, event, id -> new ClientRequest.Event(event, options.applyTo(payload), id));
  }
}
