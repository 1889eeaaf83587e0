package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a test can do to a socket: silence, a limit of its output, a frame that is cut off. Costs
 * one comparison where it is not done. Guarded by the lock, unless said otherwise.
 */
abstract class FaultySocket extends LoopSocket {

  final PlainSocket socket;
  final Object lock;

  private final ByteLayer bytes;
  private volatile boolean silent; // nothing passes, and nobody is told
  private boolean wasSilent;
  private boolean endUnheard; // the peer has ended in silence
  private boolean parked; // released in silence: the channel stays open
  private boolean cutOff; // TLS has no end
  boolean refusesOutput; // nothing more is queued
  private @Nullable Throttle throttle;

  FaultySocket(TransportLoop loop, PlainSocket socket, ByteLayer bytes, Object lock) {
    super(loop);
    this.socket = socket;
    this.bytes = bytes;
    this.lock = lock;
  }

  // ---- for who disturbs; takes the lock

  /** Lets nothing pass any more either way, and tells nobody, not even of an end. */
  final void beginSilence() {
    synchronized (lock) {
      silent = !released();
      if (silent) {
        socket.mute(); // TLS would answer by itself
      }
      updateInterest();
    }
  }

  /**
   * Ends a silence; nothing is written nevertheless, as the socket is to be reset. Loop thread
   * only.
   *
   * @return true if the connection has ended meanwhile, so that only its channel is left
   */
  final boolean breakSilence() {
    synchronized (lock) {
      if (silent) {
        silent = false;
        wasSilent = true;
        hold();
      }
      return parked;
    }
  }

  /**
   * Limits the output to a number of bytes per second, which are counted before TLS; 0 lifts the
   * limit.
   */
  final void limitOutput(int bytesPerSecond) {
    synchronized (lock) {
      if (!released() && (bytesPerSecond > 0 || throttle != null)) {
        stopThrottle();
        throttle =
            bytesPerSecond == 0
                ? null
                : new Throttle(bytes, timers(), bytesPerSecond, this::flushMore);
        flush(true);
      }
    }
  }

  /** Sends these bytes and nothing behind them, and ends TCP then, on TLS without its end. */
  final void cutOffBehind(ByteBuffer out) {
    synchronized (lock) {
      cutOff = true;
      enqueue(out);
      push();
      refusesOutput = true;
      afterFlush(() -> fail(new IOException("cut off by a fault")));
    }
  }

  /**
   * Writes what is queued, as far as possible.
   *
   * @param later runs on the loop once the rest is written, unless the connection breaks first
   * @param last whether nothing is queued behind that
   * @return true if there is no rest
   */
  final boolean writesAll(Runnable later, boolean last) {
    synchronized (lock) {
      flush(true);
      if (!hasUnwritten()) {
        return true;
      }
      refusesOutput |= last;
      afterFlush(later);
      return false;
    }
  }

  private void flushMore() {
    synchronized (lock) {
      stopThrottle();
      flush(true);
    }
  }

  private void stopThrottle() {
    Throttle slow = throttle;
    if (slow != null) {
      slow.stop();
    }
  }

  // ---- for the socket, with the lock held

  final boolean isSilent() {
    return silent;
  }

  final boolean wasSilent() {
    return wasSilent;
  }

  final boolean isParked() {
    return parked;
  }

  final boolean isCutOff() {
    return cutOff;
  }

  /** Returns whether to read: in silence always, to see the end. */
  final boolean reads(boolean usually) {
    return silent ? !endUnheard : usually;
  }

  /** Returns whether the channel stays open though the connection has ended. */
  final boolean parks() {
    stopThrottle();
    throttle = null;
    parked = silent && !endUnheard && !parked;
    updateInterest();
    return parked;
  }

  /** Where the output goes. */
  final ByteLayer output() {
    Throttle slow = throttle;
    return slow == null ? bytes : slow;
  }

  /** Returns whether output that was not taken waits for the time and not for the peer. */
  final boolean waitsForTime(boolean empty) {
    Throttle slow = throttle;
    if (slow == null) {
      return false;
    }
    if (empty) {
      slow.idle();
    } else if (slow.isExhausted()) {
      slow.waitForMore();
      return true;
    }
    return false;
  }

  /**
   * The peer has ended: in silence nobody is told, and nothing more can come. Loop thread only,
   * without the lock.
   *
   * @return false if there is no silence
   */
  final boolean endsUnheard() {
    boolean gone;
    synchronized (lock) {
      if (!silent) {
        return false;
      }
      endUnheard = true;
      gone = parked;
      updateInterest();
    }
    if (gone) {
      release(false);
    }
    return true;
  }

  // ---- of the socket

  /** The timers of this connection. */
  abstract Timers timers();

  /** Returns whether the connection has ended; takes the lock. */
  abstract boolean released();

  /** Queues without writing; takes the lock. */
  abstract void hold();

  /** Adds bytes to the queue. */
  abstract void enqueue(ByteBuffer out);

  /** Requests writing of the queue. */
  abstract void push();

  /** Returns whether the queue is not empty, or waits. */
  abstract boolean hasUnwritten();

  /** Runs a task on the loop once the queue is empty, replacing an earlier one. */
  abstract void afterFlush(Runnable task);

  /** Ends the connection. */
  abstract void fail(IOException failure);

  /** Writes what is queued. */
  abstract void flush(boolean evenIfBlocked);

  /** Waits for what the socket is interested in. */
  abstract void updateInterest();
}
