package io.github.webpubsubtestkit.internal.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A client's request to the service (client-protocols E.2).
 *
 * <p>{@link Encoder}, {@link Decoder} and {@link Processor} have a method for each kind. A new kind
 * gets one in each of them, so that it does not compile until every codec writes and reads it and
 * the hub carries it out.
 */
public sealed interface ClientRequest {

  /** Calls the encoder's method for this kind. */
  EncodedMessage encode(Encoder encoder);

  /** Calls the processor's method for this kind. */
  <C> void process(Processor<C> processor, C context);

  /** Writes requests. */
  interface Encoder {

    EncodedMessage joinGroup(JoinGroup request);

    EncodedMessage leaveGroup(LeaveGroup request);

    EncodedMessage sendToGroup(SendToGroup request);

    EncodedMessage event(Event request);

    EncodedMessage ping(Ping request);

    EncodedMessage sequenceAck(SequenceAck request);
  }

  /**
   * Reads requests.
   *
   * @param <S> the source they are read from
   */
  interface Decoder<S> {

    JoinGroup joinGroup(S source) throws IOException;

    LeaveGroup leaveGroup(S source) throws IOException;

    SendToGroup sendToGroup(S source) throws IOException;

    Event event(S source) throws IOException;

    Ping ping(S source) throws IOException;

    SequenceAck sequenceAck(S source) throws IOException;
  }

  /**
   * Carries out requests.
   *
   * @param <C> the context, for example the connection
   */
  interface Processor<C> {

    void joinGroup(JoinGroup request, C context);

    void leaveGroup(LeaveGroup request, C context);

    void sendToGroup(SendToGroup request, C context);

    void event(Event request, C context);

    void ping(Ping request, C context);

    void sequenceAck(SequenceAck request, C context);
  }

  /** Joins a group; an ack is requested if {@code ackId} is not null. */
  record JoinGroup(String group, @Nullable AckId ackId) implements ClientRequest {

    @Override
    public EncodedMessage encode(Encoder encoder) {
      return encoder.joinGroup(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.joinGroup(this, context);
    }
  }

  /** Leaves a group. */
  record LeaveGroup(String group, @Nullable AckId ackId) implements ClientRequest {

    @Override
    public EncodedMessage encode(Encoder encoder) {
      return encoder.leaveGroup(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.leaveGroup(this, context);
    }
  }

  /** Publishes to the members of a group; {@code ttlSeconds} 0 means no expiry. */
  record SendToGroup(
      String group, Payload payload, boolean noEcho, int ttlSeconds, @Nullable AckId ackId)
      implements ClientRequest {

    @Override
    public EncodedMessage encode(Encoder encoder) {
      return encoder.sendToGroup(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.sendToGroup(this, context);
    }
  }

  /** A user event for the application. */
  record Event(String event, Payload payload, @Nullable AckId ackId) implements ClientRequest {

    @Override
    public EncodedMessage encode(Encoder encoder) {
      return encoder.event(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.event(this, context);
    }
  }

  /** Requests a pong. */
  record Ping() implements ClientRequest {

    @Override
    public EncodedMessage encode(Encoder encoder) {
      return encoder.ping(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.ping(this, context);
    }
  }

  /** Cumulative acknowledgement of a reliable client; the id is unsigned. */
  record SequenceAck(long sequenceId) implements ClientRequest {

    @Override
    public EncodedMessage encode(Encoder encoder) {
      return encoder.sequenceAck(this);
    }

    @Override
    public <C> void process(Processor<C> processor, C context) {
      processor.sequenceAck(this, context);
    }
  }
}
