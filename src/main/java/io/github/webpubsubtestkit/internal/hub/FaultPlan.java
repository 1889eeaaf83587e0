package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.AckId;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.AckError;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import org.jspecify.annotations.Nullable;

/**
 * What a test has ordered to go wrong with connected clients. Who asks has to do it: each answer
 * other than "nothing" counts as met. The methods are called under a hub's lock, and must neither
 * block nor call back.
 */
public interface FaultPlan {

  /**
   * A message is about to be sent to a client.
   *
   * @param hub the name in lower case
   * @param socket what serves the client now
   */
  MessageFate onMessage(String hub, Connection receiver, Object socket, Data message);

  /** Asks, until there is nothing, what becomes of a connection that is open. */
  @Nullable ConnectionEffect onConnection(String hub, Connection connection, Object socket);

  /** The error by which a request is refused that would be carried out and acknowledged. */
  @Nullable AckError refusal(RecordedOperation asked);

  /**
   * What becomes of the ack of a request.
   *
   * @param socket what serves the client now
   */
  AckFate onAck(RecordedOperation answered, AckId ackId, Object socket);

  /** Returns whether the ping that is due now is not sent. */
  boolean losesPing(String hub, Connection connection);

  /** Returns whether the pong that has come is ignored. */
  boolean losesPong(String hub, Connection connection);

  /**
   * What becomes of a message and its receiver.
   *
   * @param before happens to the connection before the message
   * @param frame happens to the message
   * @param after happens to the connection after the message
   */
  record MessageFate(
      @Nullable ConnectionEffect before,
      @Nullable FrameEffect frame,
      @Nullable ConnectionEffect after) {

    /** Nothing goes wrong. */
    public static final MessageFate USUAL = new MessageFate(null, null, null);
  }

  /**
   * What becomes of an ack.
   *
   * @param otherId replaces its id
   * @param frame happens to it
   */
  record AckFate(@Nullable AckId otherId, @Nullable FrameEffect frame) {

    /** Nothing goes wrong. */
    public static final AckFate USUAL = new AckFate(null, null);
  }
}
