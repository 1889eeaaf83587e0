package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A socket that a loop serves. It is its own entry in the loop's lists, so that none of them needs
 * memory. All methods are called on the loop thread.
 */
abstract class LoopSocket {

  final TransportLoop loop;

  private @Nullable SelectionKey key; // set before the first call from another thread
  private int place = -1; // of OpenSockets
  private @Nullable LoopSocket nextUntold; // guarded by LoopTasks
  private boolean untold; // likewise

  LoopSocket(TransportLoop loop) {
    this.loop = loop;
  }

  /**
   * The selector reports what the socket is ready for.
   *
   * @param input to read into; it has an array without offset and is used for all sockets
   */
  abstract void onReady(int readyOps, ByteBuffer input);

  /** Takes a failure inside, which must concern this socket only. */
  abstract void onFailure(Throwable failure);

  /** Writes what the turn that is over has queued. */
  void flushTurn() {}

  /** Tells whoever uses the socket that it is gone, again if there was no memory for it before. */
  void notifyBroken() {}

  /** Says a last word, before any socket is closed. Throws nothing. */
  abstract void sayLastWord();

  /**
   * Closes the socket. Throws nothing.
   *
   * @param reset with a TCP reset instead of an orderly end
   */
  abstract void release(boolean reset);

  abstract SelectableChannel channel();

  /** What the selector knows of the socket; null before {@link #register}. */
  final @Nullable SelectionKey key() {
    return key;
  }

  /** Has the selector report when the socket is ready for that. */
  final void register(Selector selector, int ops) throws ClosedChannelException {
    key = channel().register(selector, ops, this);
  }

  /** Closes the channel. Throws nothing. */
  final void closeChannel() {
    try {
      SelectionKey registered = key;
      if (registered != null) {
        registered.cancel(); // closing does it, too, unless there is no memory
      }
      channel().close();
    } catch (IOException e) {
      // closed is what it is now
    } catch (Throwable failure) {
      loop.report(failure);
    }
  }

  // ---- the lists

  int place() {
    return place;
  }

  void placeIs(int index) {
    place = index;
  }

  /** Puts this socket before others of which nobody was told, unless it is among them. */
  @Nullable LoopSocket untoldBefore(@Nullable LoopSocket others) {
    if (untold) {
      return others;
    }
    untold = true;
    nextUntold = others;
    return this;
  }

  /** Takes this socket from the head of that list and gives the rest. */
  @Nullable LoopSocket takeUntold() {
    LoopSocket rest = nextUntold;
    untold = false;
    nextUntold = null;
    return rest;
  }
}
