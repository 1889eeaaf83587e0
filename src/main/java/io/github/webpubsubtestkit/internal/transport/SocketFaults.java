package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;

/** What a test can do to the socket of a server's WebSocket. From any thread. */
public final class SocketFaults {

  private final FaultySocket socket;
  private final Runnable abort;

  SocketFaults(FaultySocket socket, Runnable abort) {
    this.socket = socket;
    this.abort = abort;
  }

  /**
   * Sends the first half of a message's frame and ends TCP behind it, without a close frame and
   * without the end of TLS (close_notify): so ends the connection of a process that has died.
   */
  public void cutOff(Frame frame) {
    ByteBuffer half = frame.encode(false, Integer.MAX_VALUE);
    half.limit(half.position() + (half.remaining() + 1) / 2);
    socket.cutOffBehind(half);
  }

  /**
   * Does something once all is written that was sent before: at once if that is possible, otherwise
   * later on the loop, and never if the connection breaks first.
   *
   * @param last whether nothing is sent behind it, also if it comes later
   */
  public void behindOutput(Runnable step, boolean last) {
    if (socket.writesAll(step, last)) {
      step.run();
    }
  }

  /**
   * Lets the network seem to be gone: nothing passes any more either way, and neither side is told
   * of anything, not even of the end of the other. What this side does goes on, in vain.
   */
  public void beginSilence() {
    socket.beginSilence();
  }

  /** Ends a silence: the connection is reset. Has no effect without a silence. */
  public void endSilence() {
    socket.loop.execute(
        () -> {
          if (socket.breakSilence()) {
            socket.release(true);
          } else if (socket.wasSilent()) {
            abort.run();
          }
        });
  }

  /** Sends at most as many bytes per second from now on, counted before TLS; 0 lifts the limit. */
  public void limitOutput(int bytesPerSecond) {
    socket.limitOutput(bytesPerSecond);
  }
}
