package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, either side: messages in and out, and the close handshake of client-protocols C.3
 * and client-protocols I.3.
 *
 * <p>The end is always reported by a separate task on the loop: {@code send}, {@code close} and
 * {@code abort} are called under locks of the handler's owner.
 */
final class WebSocketSession implements WebSocketConnection, ConnectionProtocol, FrameReader.Sink {

  private static final int MAX_CONTROL_BYTES = 125;

  private final Endpoint endpoint;
  private final TransportLimits limits;
  private final boolean client;

  // guarded by endpoint.lock
  private boolean closeSent;
  private boolean closeDeferred;
  private boolean paused;
  private final OutgoingLimit outgoingLimit;
  private @Nullable EndCause cause;
  private final CloseTimer closeTimer;
  private @Nullable WebSocketHandler handler;

  // loop thread only
  private @Nullable FrameReader reader; // made with the first input: many connections stay silent
  private boolean discarding;
  private boolean peerClosed;
  private int peerCode = CloseCodes.NO_CLOSE_FRAME;
  private String peerReason = "";
  private @Nullable Throwable failure;
  private boolean reported;

  WebSocketSession(Endpoint endpoint, TransportLimits limits, boolean client) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.client = client;
    this.outgoingLimit = new OutgoingLimit(endpoint, limits);
    this.closeTimer = new CloseTimer(endpoint.timers());
  }

  // ---- the opening ----

  void setHandler(WebSocketHandler receiver) {
    synchronized (endpoint.lock) {
      handler = receiver;
    }
  }

  private WebSocketHandler handler() {
    synchronized (endpoint.lock) {
      WebSocketHandler receiver = handler;
      if (receiver == null) {
        throw new IllegalStateException("not open yet");
      }
      return receiver;
    }
  }

  /** Reverts a failed handshake: removes queued output, and sends nothing more. */
  void withdraw() {
    synchronized (endpoint.lock) {
      cause = EndCause.ABORTED;
      closeTimer.stop();
      endpoint.withdraw();
    }
  }

  /** Releases the 101 and the output queued meanwhile. */
  void pushHeld() {
    synchronized (endpoint.lock) {
      endpoint.letGo();
      endpoint.push();
      if (cause == null) {
        checkLimits();
      }
    }
  }

  /** Starts receiving input. */
  void onUpgraded() {
    EndCause early;
    synchronized (endpoint.lock) {
      early = cause;
      if (early == null && endpoint.released()) {
        early = EndCause.LOST;
        cause = early;
      }
      endpoint.setReading(early == null && (!paused || closeSent));
    }
    if (early != null) {
      finishSoon();
    }
  }

  // ---- WebSocketConnection ----

  @Override
  public void send(Frame frame) {
    offer(frame.encode(client, limits.maxFrameBytes()));
  }

  @Override
  public boolean ping(byte[] payload) {
    if (payload.length > MAX_CONTROL_BYTES) {
      throw new IllegalArgumentException(
          "a ping has at most 125 bytes but this one has " + payload.length);
    }
    return offer(FrameWriter.ping(client, payload));
  }

  private boolean offer(ByteBuffer frame) {
    synchronized (endpoint.lock) {
      boolean open = !closeSent && cause == null;
      if (open) {
        endpoint.enqueue(frame);
        endpoint.push();
        checkLimits();
      }
      return open;
    }
  }

  private void checkLimits() {
    if (!outgoingLimit.isPassed()) {
      return;
    }
    String reason = limits.overflowReason();
    if (reason == null) {
      end(EndCause.OVERFLOW);
    } else {
      endpoint.dropUnbegun(); // it would only keep the close frame from a peer that reads again
      close(CloseCodes.POLICY_VIOLATION, reason);
      endpoint.loop.execute(handler()::onOverflow);
    }
  }

  @Override
  public void allowMoreQueued(int frames, long bytes) {
    synchronized (endpoint.lock) {
      outgoingLimit.raise(frames, bytes);
    }
  }

  @Override
  public void close(int code, String reason) {
    CloseCodes.checkSendable(code, reason);
    ByteBuffer bytes = FrameWriter.close(client, code, reason);
    synchronized (endpoint.lock) {
      if (closeSent || cause != null) {
        return;
      }
      startCloseTimer(); // first, as it may find no memory
      endpoint.enqueue(bytes);
      closeSent = true;
      endpoint.push();
      endpoint.setReading(true); // also a paused side has to see the peer's answer
      if (closeDeferred) {
        endpoint.afterFlush(this::onCloseExchanged);
      }
    }
  }

  @Override
  public void deferClose() {
    synchronized (endpoint.lock) {
      closeDeferred = peerClosed && !closeSent;
    }
  }

  @Override
  public void abort() {
    end(EndCause.ABORTED);
  }

  @Override
  public void pauseReading() {
    synchronized (endpoint.lock) {
      paused = true;
      if (!closeSent) {
        endpoint.setReading(false);
      }
    }
  }

  @Override
  public void resumeReading() {
    synchronized (endpoint.lock) {
      paused = false;
      endpoint.setReading(true);
    }
  }

  @Override
  public long queuedBytes() {
    return endpoint.queuedBytes();
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    return endpoint.socket().localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return endpoint.socket().remoteAddress();
  }

  @Override
  public String peer() {
    return endpoint.socket().peer();
  }

  // ---- input ----

  @Override
  public void onInput(ByteBuffer in) {
    FrameReader frames = reader;
    if (frames == null) {
      frames = new FrameReader(!client, limits.maxMessageBytes());
      reader = frames;
    }
    while (in.hasRemaining() && !hasEnded()) {
      try {
        frames.read(in, this);
      } catch (FrameViolation violation) {
        onViolation(frames, violation);
      }
    }
    in.position(in.limit());
  }

  private boolean hasEnded() {
    synchronized (endpoint.lock) {
      return cause != null;
    }
  }

  @Override
  public void onMessage(boolean text, byte[] payload) {
    if (discarding || hasEnded()) {
      return;
    }
    try {
      handler().onMessage(text, payload);
    } catch (Throwable thrown) { // any failure must end this connection only
      fail(thrown);
    }
  }

  @Override
  public void onPing(byte[] payload) {
    offer(FrameWriter.pong(client, payload));
  }

  @Override
  public void onPong(byte[] payload) {
    if (discarding || hasEnded()) {
      return;
    }
    callHandler(() -> handler().onPong(payload));
  }

  @Override
  public void onClose(int code, String reason) {
    peerClosed = true;
    peerCode = code;
    peerReason = reason;
    boolean asked;
    synchronized (endpoint.lock) {
      asked = closeSent;
    }
    if (!asked && !discarding) {
      callHandler(() -> handler().onPeerClose(code, reason));
    }
    synchronized (endpoint.lock) {
      if (!closeDeferred) {
        close(code, reason); // without effect if the handler has answered
        endpoint.afterFlush(this::onCloseExchanged);
      }
    }
  }

  /**
   * Handles the end of the close handshake: the server ends TCP (client-protocols I.3), and a
   * client waits for that, as RFC 6455 requires.
   */
  private void onCloseExchanged() {
    if (!client || endpoint.inputEnded()) {
      end(EndCause.CLOSED);
    }
  }

  private void onViolation(FrameReader frames, FrameViolation violation) {
    boolean first = !discarding;
    discarding = true;
    frames.discardMessages();
    if (first && !hasEnded()) {
      callHandler(() -> handler().onViolation(violation.code(), violation.detail()));
      close(violation.code(), CloseCodes.fitting(violation.detail()));
    }
    if (frames.finished()) {
      // The peer's close frame cannot be parsed any more, but its end of TCP can be noticed.
      // Closing without reading its remaining input would reset the connection and might lose our
      // close frame.
      endpoint.afterFlush(endpoint::shutdownOutput);
    }
  }

  private void callHandler(Runnable what) {
    try {
      what.run();
    } catch (Throwable thrown) { // as with a message
      fail(thrown);
    }
  }

  private void fail(Throwable thrown) {
    discarding = true;
    if (failure == null) {
      failure = thrown;
    }
    FrameReader frames = reader;
    if (frames != null) {
      frames.discardMessages();
    }
    String text = Secrets.describe(thrown);
    handler().onInternalError(text);
    close(CloseCodes.INTERNAL_ERROR, CloseCodes.fitting(text));
  }

  @Override
  public void onInputEnd() {
    endpoint.afterFlush(() -> end(peerClosed ? EndCause.CLOSED : EndCause.LOST));
    synchronized (endpoint.lock) {
      endpoint.pushNow();
      startCloseTimer(); // a peer that shut its output but reads slowly
    }
  }

  @Override
  public void onWriteFailure(IOException broken) {
    synchronized (endpoint.lock) {
      if (cause == null) {
        endpoint.setReading(true); // a close frame may lie there
        startCloseTimer();
      }
    }
    if (endpoint.inputEnded()) {
      onBroken(broken);
    }
  }

  @Override
  public void onBroken(IOException broken) {
    if (hasEnded()) {
      finishSoon(); // the handler may not have been told, for want of memory
    } else if (broken instanceof InternalErrorException) {
      failure = broken.getCause();
      peerReason = String.valueOf(broken.getMessage());
      end(EndCause.FAILED);
    } else {
      end(peerClosed ? EndCause.CLOSED : EndCause.LOST);
    }
  }

  @Override
  public void onStop() {
    synchronized (endpoint.lock) {
      if (!client && !closeSent && cause == null) {
        endpoint.enqueue(FrameWriter.close(false, CloseCodes.GOING_AWAY, ""));
      }
      endpoint.pushNow();
      end(EndCause.STOPPED);
    }
  }

  // ---- the end ----

  private void startCloseTimer() {
    if (cause == null) {
      closeTimer.start(limits.closeTimeout(), this::onCloseTimeout);
    }
  }

  private void onCloseTimeout() {
    boolean onlyTcpIsOpen = client && peerClosed && endpoint.queuedBytes() == 0;
    end(onlyTcpIsOpen ? EndCause.CLOSED : EndCause.CLOSE_TIMEOUT);
  }

  /** Ends this connection for the first reason given; from any thread. */
  private void end(EndCause reason) {
    synchronized (endpoint.lock) {
      if (cause != null) {
        return;
      }
      cause = reason;
    }
    try {
      synchronized (endpoint.lock) {
        closeTimer.stop();
        if (reason != EndCause.STOPPED) {
          endpoint.discardQueue();
        }
      }
    } finally {
      finishSoon(); // in any case: the handler waits for it
    }
  }

  private void finishSoon() {
    boolean accepted;
    try {
      accepted = endpoint.loop.execute(this::finish);
    } catch (OutOfMemoryError e) {
      endpoint.loop.postponeReport(e);
      endpoint.loop.notifyBrokenLater(endpoint);
      return;
    }
    if (!accepted) {
      finish(); // the loop has ended: there is no other thread for it
    }
  }

  private void finish() {
    EndCause reason;
    WebSocketHandler receiver;
    synchronized (endpoint.lock) {
      reason = cause;
      receiver = handler;
    }
    if (reason == null || receiver == null || reported) {
      return; // without a handler the opening is still under way and will come here again
    }
    endpoint.release(resets(reason));
    reported = true;
    try {
      receiver.onEnd(new ConnectionEnd(reason, peerCode, peerReason, failure));
    } catch (OutOfMemoryError e) { // else a connection without a socket would stay in its hub
      reported = false;
      endpoint.loop.report(e);
      endpoint.loop.notifyBrokenLater(endpoint);
    } catch (Throwable ofHandler) { // nobody is left to be told
      endpoint.loop.report(ofHandler);
    }
  }

  /**
   * Returns whether the socket ends with a reset. This includes a client that has seen the orderly
   * end of its server: both directions have then ended, the reset is invisible, and the system does
   * not keep the server's port for another minute. Otherwise hundreds of short fakes per second
   * would use up all ports, and even before that, finding a free one would dominate the start.
   */
  private boolean resets(EndCause reason) {
    return switch (reason) {
      case ABORTED, OVERFLOW, CLOSE_TIMEOUT, FAILED -> true;
      case CLOSED -> client && endpoint.inputEnded();
      case LOST, STOPPED -> false;
    };
  }
}
