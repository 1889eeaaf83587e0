package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A socket served by a loop. It is its own node in the loop's lists, so that they need no memory.
 * All methods are called on the loop thread.
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
   * Called when the selector reports the socket as ready.
   *
   * @param input the buffer to read into; it has an array without offset and is shared by all
   *     sockets
   */
  abstract void onReady(int readyOps, ByteBuffer input);

  /** Handles an internal failure, which must affect this socket only. */
  abstract void onFailure(Throwable failure);

  /** Writes the output queued during the last turn. */
  void flushTurn() {}

  /**
   * Notifies the user of the socket that it is broken, again if there was no memory for it before.
   */
  void notifyBroken() {}

  /** Answers the request of a client that is under way, if any. */
  void answerUnderWay(HttpResponse response) {}

  /** Sends final output, before any socket is closed. Never throws. */
  abstract void sayLastWord();

  /**
   * Closes the socket. Never throws.
   *
   * @param reset true for a TCP reset instead of an orderly end
   */
  abstract void release(boolean reset);

  abstract SelectableChannel channel();

  /** The selection key of the socket; null before {@link #register}. */
  final @Nullable SelectionKey key() {
    return key;
  }

  /** Registers the socket for these operations. */
  final void register(Selector selector, int ops) throws ClosedChannelException {
    key = channel().register(selector, ops, this);
  }

  /** Changes the operations that the loop waits for. */
  final void awaitOps(int ops) {
    SelectionKey registered = key;
    if (registered != null && registered.isValid() && registered.interestOps() != ops) {
      registered.interestOps(ops);
      if (!loop.inLoop()) {
        loop.wakeUp();
      }
    }
  }

  /** Closes the channel. Never throws. */
  final void closeChannel() {
    try {
      SelectionKey registered = key;
      if (registered != null) {
        registered.cancel(); // closing does it, too, unless there is no memory
      }
      channel().close();
    } catch (IOException e) {
      // it is closed in any case
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

  /** Adds this socket to the list of unreported ones, unless it is in the list. */
  @Nullable LoopSocket untoldBefore(@Nullable LoopSocket others) {
    if (untold) {
      return others;
    }
    untold = true;
    nextUntold = others;
    return this;
  }

  /** Removes this socket from the head of that list and returns the rest. */
  @Nullable LoopSocket takeUntold() {
    LoopSocket rest = nextUntold;
    untold = false;
    nextUntold = null;
    return rest;
  }
}
