package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The socket's side of a connection. Its methods are called under the hub's lock: they must neither
 * block nor call back into the hub.
 */
public interface Receiver {

  /** Prepares a message; the result may be given to any receiver of the same service. */
  Outbound prepare(EncodedMessage message);

  /** Sends a message behind all earlier ones. Only for a receiver that is not hindered. */
  void deliver(Outbound message);

  /** Returns whether a fault may keep what is delivered from being sent now, or at all. */
  boolean isHindered();

  /**
   * Sends a message behind all earlier ones, now or later or not at all, as faults allow.
   *
   * @param effect happens to it, other than its loss; null for nothing
   * @param trace is told what becomes of it, now or later
   */
  void deliver(Outbound message, @Nullable FrameEffect effect, Trace trace);

  /** Is told what becomes of a message. */
  interface Trace {

    /** It is given to the socket. */
    void sent();

    /** It is not, or not yet. */
    void notSent(String why);
  }

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
