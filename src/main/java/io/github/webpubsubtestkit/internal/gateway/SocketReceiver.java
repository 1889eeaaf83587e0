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
import org.jspecify.annotations.Nullable;

/**
 * The receiver of the hub's messages for one connection: its socket. Faults may keep messages back
 * and change them, for this receiver alone.
 */
final class SocketReceiver implements Receiver {

  private final WebSocketConnection socket;
  private final Subprotocol protocol;
  private final FaultySockets faults;

  /** What waits for a delayed message; null nearly always. Written under the lock of this. */
  private volatile @Nullable DelayedOutput delayed;

  private volatile boolean stalled;
  private volatile boolean silent;

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
    if (delayed == null) {
      socket.send(((Framed) message).frame());
    } else {
      inOrder(() -> socket.send(((Framed) message).frame()));
    }
  }

  @Override
  public void deliver(Outbound message, FrameEffect effect) {
    Framed usual = (Framed) message;
    EncodedMessage encoded = message.message();
    switch (effect.kind()) {
      case LOSE -> {}
      case DELAY -> delay(usual, effect);
      case REPEAT -> {
        deliver(message);
        deliver(message);
      }
      case SKIP_SEQUENCE_IDS -> deliver(message);
      case CUT_OFF -> inOrder(() -> socket.faults().cutOff(usual.frame()));
      case MALFORMED -> deliver(prepare(FaultyMessages.malformed(encoded)));
      case UNKNOWN_TYPE -> deliver(prepare(FaultyMessages.unknownType(encoded, protocol)));
      case WRONG_ENCODING -> deliver(prepare(FaultyMessages.wrongEncoding(encoded)));
      case FRAGMENTS ->
          deliver(
              new Framed(
                  encoded, Frame.inFragments(encoded.text(), encoded.bytes(), effect.amount())));
      case COMPRESSED_BIT ->
          deliver(new Framed(encoded, Frame.withCompressedBit(encoded.text(), encoded.bytes())));
      case OVERSIZE -> {
        socket.allowMoreQueued(1, effect.amount());
        deliver(prepare(FaultyMessages.oversize(encoded, protocol, effect.amount())));
      }
    }
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

  private void delay(Framed message, FrameEffect effect) {
    synchronized (this) {
      DelayedOutput waiting = delayed;
      if (waiting == null) {
        waiting = new DelayedOutput(faults, () -> goOn(false));
        delayed = waiting;
      }
      waiting.delay(effect.delay(), effect.delayed(), () -> socket.send(message.frame()));
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
        silent = true;
        faults.addSilent(socket);
      }
      case LIMIT -> socket.faults().limitOutput(effect.number());
      case STOP_READING -> {
        stalled = true;
        socket.pauseReading();
      }
      case RESET, CLOSE, DISCONNECT -> throw new IllegalArgumentException(effect.toString());
    }
  }

  /** Returns whether the client can answer a ping. */
  boolean mayAnswer() {
    return !silent && !stalled;
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
