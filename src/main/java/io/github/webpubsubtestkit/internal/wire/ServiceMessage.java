package io.github.webpubsubtestkit.internal.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A message of the service to a client (client-protocols E.4).
 *
 * <p>{@link Encoder}, {@link Decoder} and {@link Processor} have a method for each kind. A new kind
 * gets one in each of them, so that it does not compile until every codec writes and reads it and
 * every receiver processes it.
 */
public sealed interface ServiceMessage {

  /** Calls the encoder's method for this kind; null if its clients get no such message. */
  @Nullable EncodedMessage encode(Encoder encoder);

  /** Calls the processor's method for this kind. */
  <C> void process(Processor<C> processor, C context);

  /**
   * True if a reliable connection numbers the message and keeps it until the client acknowledges it
   * (client-protocols F.1).
   */
  boolean isNumbered();

  /** Writes messages; the result is null for a message that its clients do not receive. */
  interface Encoder {

    @Nullable EncodedMessage connected(Connected message);

    @Nullable EncodedMessage disconnected(Disconnected message);

    @Nullable EncodedMessage ack(Ack message);

    @Nullable EncodedMessage data(Data message);

    @Nullable EncodedMessage pong(Pong message);
  }

  /**
   * Reads messages.
   *
   * @param <S> the source they are read from
   */
  interface Decoder<S> {

    Connected connected(S source) throws IOException;

    Disconnected disconnected(S source) throws IOException;

    Ack ack(S source) throws IOException;

    Data data(S source) throws IOException;

    Pong pong(S source) throws IOException;
  }

  /**
   * Processes messages.
   *
   * @param <C> the context, for example the socket
   */
  interface Processor<C> {

    void connected(Connected message, C context);

    void disconnected(Disconnected message, C context);

    void ack(Ack message, C context);

    void data(Data message, C context);

    void pong(Pong message, C context);
  }

  /** The first message of a connection; the token only on reliable subprotocols. */
  record Connected(String connectionId, @Nullable String userId, @Nullable String reconnectionToken)
      implements ServiceMessage {

    @Override
    public @Nullable EncodedMessage encode(Encoder encoder) {
      return encoder.connected(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.connected(this, context);
    }

    @Override
    public boolean isNumbered() {
      return false;
    }
  }

  /** Announces a close that the service decided. */
  record Disconnected(String message) implements ServiceMessage {

    @Override
    public @Nullable EncodedMessage encode(Encoder encoder) {
      return encoder.disconnected(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.disconnected(this, context);
    }

    @Override
    public boolean isNumbered() {
      return false;
    }
  }

  /** The outcome of a request; {@code error} is null on success. */
  record Ack(AckId ackId, @Nullable AckError error) implements ServiceMessage {

    /** Returns whether the request was carried out. */
    public boolean success() {
      return error == null;
    }

    @Override
    public @Nullable EncodedMessage encode(Encoder encoder) {
      return encoder.ack(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.ack(this, context);
    }

    @Override
    public boolean isNumbered() {
      return false;
    }
  }

  /** The reason of a failed request, for example {@code Forbidden} (client-protocols E.5). */
  record AckError(String name, String message) {}

  /**
   * Data for the client. Use the factory methods: a new component then affects only callers with a
   * value for it.
   *
   * @param group the group it was sent to; null for messages of the server to a connection, a user
   *     or a hub, and for an event handler's reply
   * @param fromUserId the user whose client sent it; null for a sender without user id
   * @param sequenceId unsigned; null on subprotocols that are not reliable
   */
  record Data(
      @Nullable String group,
      @Nullable String fromUserId,
      Payload payload,
      @Nullable Long sequenceId)
      implements ServiceMessage {

    /** Data from the server, not numbered yet. */
    public static Data fromServer(Payload payload) {
      return fromServer(payload, null);
    }

    /** Data from the server. */
    public static Data fromServer(Payload payload, @Nullable Long sequenceId) {
      return new Data(null, null, payload, sequenceId);
    }

    /** Data sent to a group, not numbered yet. */
    public static Data fromGroup(String group, @Nullable String fromUserId, Payload payload) {
      return fromGroup(group, fromUserId, payload, null);
    }

    /** Data sent to a group. */
    public static Data fromGroup(
        String group, @Nullable String fromUserId, Payload payload, @Nullable Long sequenceId) {
      return new Data(group, fromUserId, payload, sequenceId);
    }

    @Override
    public @Nullable EncodedMessage encode(Encoder encoder) {
      return encoder.data(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.data(this, context);
    }

    @Override
    public boolean isNumbered() {
      return true;
    }
  }

  /** The answer to a ping. */
  record Pong() implements ServiceMessage {

    @Override
    public @Nullable EncodedMessage encode(Encoder encoder) {
      return encoder.pong(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.pong(this, context);
    }

    @Override
    public boolean isNumbered() {
      return false;
    }
  }
}
