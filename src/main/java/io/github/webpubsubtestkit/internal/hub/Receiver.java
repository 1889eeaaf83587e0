package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.EncodedMessage;

/**
 * The socket's side of a connection. Its methods are called under the hub's lock: they must neither
 * block nor call back into the hub.
 */
public interface Receiver {

  /** Prepares a message; the result may be given to any receiver of the same service. */
  Outbound prepare(EncodedMessage message);

  /** Queues a message behind all earlier ones. */
  void deliver(Outbound message);

  /** Queues a message behind all earlier ones, but for an effect that is not its loss. */
  void deliver(Outbound message, FrameEffect effect);

  /**
   * Does something once all messages that were delivered before are on their way: at once, unless
   * faults or the client hold them back.
   *
   * @param last whether no message is sent behind it
   */
  void behindMessages(Runnable step, boolean last);

  /** Does to the socket what is said: silence, a limit, or no more reading. */
  void disturb(ConnectionEffect effect);

  /** Pauses or resumes reading from the client. */
  void reading(boolean on);

  /** Sends what is queued, then a close frame. */
  void close(int code, String reason);

  /** Ends the socket at once, without a close frame. */
  void abort();
}
