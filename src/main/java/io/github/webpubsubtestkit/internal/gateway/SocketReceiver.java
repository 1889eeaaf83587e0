package io.github.webpubsubtestkit.internal.gateway;

import io.github.webpubsubtestkit.internal.hub.ConnectionEffect;
import io.github.webpubsubtestkit.internal.hub.FrameEffect;
import io.github.webpubsubtestkit.internal.hub.Outbound;
import io.github.webpubsubtestkit.internal.hub.Receiver;
import io.github.webpubsubtestkit.internal.transport.Frame;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import io.github.webpubsubtestkit.internal.wire.FaultyMessages;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The receiver of the hub's messages for one connection: its socket. Faults may keep messages back
 * and change them, for this receiver alone.
 */
final class SocketReceiver implements Receiver {

  private static final String HELD_BACK = "held back by a fault";

  private final WebSocketConnection socket;
  private final Subprotocol protocol;
  private final FaultySockets faults;

  /** What waits for a delayed message; null nearly always. Written under the lock of this. */
  private volatile @Nullable DelayedOutput delayed;

  private volatile boolean stalled;
  private volatile int bytesPerSecond; // 0 without a limit

  /** Why nothing more goes out; null nearly always. */
  private volatile @Nullable Outage outage;

  /** What swallows messages. */
  private enum Outage {
    SILENCE("lost in silence"),
    CUT_OFF("lost behind the message that was cut off");

    private final String note;

    Outage(String note) {
      this.note = note;
    }
  }

  SocketReceiver(WebSocketConnection socket, Subprotocol protocol, FaultySockets faults) {
    this.socket = socket;
    this.protocol = protocol;
    this.faults = faults;
  }

  @Override
  public Outbound prepare(EncodedMessage message) {
    return new Framed(message, Frame.of(message.text(), message.bytes()));
  }

  @Override
  public void deliver(Outbound message) {
    socket.send(((Framed) message).frame());
  }

  @Override
  public boolean isHindered() {
    return delayed != null || outage != null;
  }

  @Override
  public void deliver(Outbound message, @Nullable FrameEffect effect, Trace trace) {
    Frame usual = ((Framed) message).frame();
    EncodedMessage encoded = message.message();
    if (effect == null) {
      send(usual, trace);
      return;
    }
    switch (effect.kind()) {
      case LOSE -> {}
      case DELAY -> delay(usual, effect, trace);
      case REPEAT -> {
        send(usual, trace);
        send(usual, trace);
      }
      case SKIP_SEQUENCE_IDS -> send(usual, trace);
      case CUT_OFF -> traced(trace, () -> cutOff(usual, trace));
      case MALFORMED -> send(frame(FaultyMessages.malformed(encoded)), trace);
      case UNKNOWN_TYPE -> send(frame(FaultyMessages.unknownType(encoded, protocol)), trace);
      case WRONG_ENCODING -> send(frame(FaultyMessages.wrongEncoding(encoded)), trace);
      case FRAGMENTS ->
          send(Frame.inFragments(encoded.text(), encoded.bytes(), effect.amount()), trace);
      case COMPRESSED_BIT -> send(Frame.withCompressedBit(encoded.text(), encoded.bytes()), trace);
      case OVERSIZE -> {
        socket.allowMoreQueued(1, effect.amount());
        send(frame(FaultyMessages.oversize(encoded, protocol, effect.amount())), trace);
      }
    }
  }

  private static Frame frame(EncodedMessage message) {
    return Frame.of(message.text(), message.bytes());
  }

  private void send(Frame frame, Trace trace) {
    traced(trace, () -> sendNow(frame, trace));
  }

  /** Also sends what goes nowhere: it counts for the limits of the queue. */
  private void sendNow(Frame frame, Trace trace) {
    Outage why = outage;
    if (why == null) {
      trace.sent();
    } else {
      trace.notSent(why.note);
    }
    socket.send(frame);
  }

  private void cutOff(Frame frame, Trace trace) {
    if (outage == null) {
      trace.notSent("cut off by a fault");
      outage = Outage.CUT_OFF;
      socket.faults().cutOff(frame);
    } else {
      sendNow(frame, trace);
    }
  }

  /** Does something with a message, behind all that waits for a delayed one. */
  private void traced(Trace trace, Runnable output) {
    synchronized (this) {
      if (delayed != null) {
        trace.notSent(HELD_BACK);
      }
      inOrder(output);
    }
  }

  @Override
  public void behindMessages(Runnable step, boolean last) {
    inOrder(() -> socket.faults().behindOutput(step, last));
  }

  /** Does something behind all that waits for a delayed message. */
  private void inOrder(Runnable output) {
    synchronized (this) {
      DelayedOutput waiting = delayed;
      if (waiting != null) {
        waiting.add(output);
        return;
      }
    }
    output.run();
  }

  private void delay(Frame frame, FrameEffect effect, Trace trace) {
    synchronized (this) {
      trace.notSent(HELD_BACK);
      DelayedOutput waiting = delayed;
      if (waiting == null) {
        waiting = new DelayedOutput(faults, () -> goOn(false));
        delayed = waiting;
      }
      waiting.delay(effect.delay(), effect.delayed(), () -> sendNow(frame, trace));
    }
  }

  /** Sends what has waited long enough; with all, also what has not. */
  private void goOn(boolean all) {
    synchronized (this) {
      DelayedOutput waiting = delayed;
      if (waiting != null && waiting.flush(all)) {
        delayed = null;
      }
    }
  }

  @Override
  public void disturb(ConnectionEffect effect) {
    switch (effect.kind()) {
      case SILENCE -> {
        outage = Outage.SILENCE;
        faults.addSilent(socket);
      }
      case LIMIT -> {
        bytesPerSecond = effect.number();
        socket.faults().limitOutput(bytesPerSecond);
      }
      case STOP_READING -> {
        stalled = true;
        socket.pauseReading();
      }
      case RESET, CLOSE, DISCONNECT -> throw new IllegalArgumentException(effect.toString());
    }
  }

  /** Returns whether the client can answer a ping. */
  boolean mayAnswer() {
    return outage != Outage.SILENCE && !stalled;
  }

  /** Returns whether a fault has cut it off. */
  boolean isCutOff() {
    return outage == Outage.CUT_OFF;
  }

  /**
   * Returns whether something is held back for longer than a time: output, or all that the client
   * sends.
   */
  boolean isHeldBack(Duration time) {
    int limit = bytesPerSecond;
    if (!mayAnswer() || (limit > 0 && socket.queuedBytes() > limit * time.toSeconds())) {
      return true;
    }
    synchronized (this) {
      DelayedOutput waiting = delayed;
      return waiting != null && waiting.isLaterThan(time);
    }
  }

  /** The socket has ended. */
  void ended() {
    synchronized (this) {
      DelayedOutput waiting = delayed;
      if (waiting != null) {
        waiting.discard();
        delayed = null;
      }
    }
  }

  /** Ends what faults do here, but for silence. */
  void release() {
    goOn(true);
    bytesPerSecond = 0;
    socket.faults().limitOutput(0);
    if (stalled) {
      stalled = false;
      socket.resumeReading();
    }
  }

  @Override
  public void reading(boolean on) {
    if (on && !stalled) {
      socket.resumeReading();
    } else {
      socket.pauseReading();
    }
  }

  @Override
  public void close(int code, String reason) {
    if (delayed == null) {
      socket.close(code, reason);
    } else {
      inOrder(() -> socket.close(code, reason));
    }
  }

  @Override
  public void abort() {
    socket.abort();
  }

  /** A message with its frame, shared by all receivers. */
  private record Framed(EncodedMessage message, Frame frame) implements Outbound {}
}
