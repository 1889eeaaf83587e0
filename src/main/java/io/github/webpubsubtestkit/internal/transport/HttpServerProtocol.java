package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on one accepted connection: passes requests to the handler one at a time, sends
 * responses in the same order, and ends in an orderly way. Loop thread only, except for {@link
 * PendingExchange}.
 */
final class HttpServerProtocol implements ConnectionProtocol {

  /** The number of bytes waiting for a slow reader above which its next request also waits. */
  private static final int ENOUGH_QUEUED_BYTES = 64 * 1024;

  /** The number of bytes a peer may still send after a rejected request before a reset. */
  private static final long MAX_DRAINED_BYTES = 64L * 1024 * 1024;

  private final Endpoint endpoint;
  private final TransportLimits limits;
  private final HttpHandler handler;
  private final RequestReader requests;

  private @Nullable PendingExchange current;
  private boolean dispatching;
  private boolean answerBlocked;
  private byte @Nullable [] unread;
  private boolean closing;
  private boolean outputShut;
  private long drainedBytes;
  private @Nullable Scheduled timer;

  HttpServerProtocol(Endpoint endpoint, TransportLimits limits, HttpHandler handler) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.handler = handler;
    this.requests = new RequestReader(limits);
  }

  @Override
  public void onInput(ByteBuffer in) {
    if (closing) {
      drain(in);
      return;
    }
    try {
      while (in.hasRemaining() && isReady()) {
        RequestReader.Received received = requests.read(in);
        if (received == null) {
          if (requests.takeContinueWanted()) {
            endpoint.enqueue(ResponseWriter.goAhead());
            endpoint.push();
          }
          break;
        }
        stopTimer();
        dispatch(received);
        if (endpoint.current() != this) {
          return; // the rest of the input is for the WebSocket
        }
      }
    } catch (HttpRefusal refusal) {
      if (refusal.isOfTls()) {
        endpoint.tellOwner(refusal.detail());
      }
      refuse(refusal);
    }
    if (closing) {
      drain(in);
    } else if (in.hasRemaining()) {
      keepForLater(in);
    } else if (requests.isUnderWay() && timer == null) {
      startTimer(
          limits.requestTimeout(),
          () -> {
            if (requests.isUnderWay() && !closing) {
              refuse(new HttpRefusal(408, "the request did not come in time"));
            }
          });
    }
  }

  private boolean isReady() {
    return current == null && !answerBlocked && !closing;
  }

  private void keepForLater(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    unread = rest;
    endpoint.setReading(false);
  }

  private void dispatch(RequestReader.Received received) {
    PendingExchange exchange =
        new PendingExchange(this, endpoint, limits, received.head(), received.request());
    current = exchange;
    dispatching = true;
    try {
      handler.handle(received.request(), exchange);
    } catch (Throwable failure) { // a failure must end this request only
      exchange.fail(failure);
    } finally {
      dispatching = false;
    }
    proceed(exchange);
  }

  /** Returns whether this is called by the handler, inside {@link HttpHandler#handle}. */
  boolean isDispatching() {
    return endpoint.loop.inLoop() && dispatching;
  }

  /** Called when an exchange has been answered outside of {@link #dispatch}. */
  void answered(PendingExchange exchange) {
    if (current != exchange) {
      return; // it was answered on another thread while the handler still ran
    }
    byte[] rest = unread;
    proceed(exchange);
    if (endpoint.current() == this) {
      resume();
      return;
    }
    if (rest != null) {
      endpoint.feed(ByteBuffer.wrap(rest));
    }
    if (endpoint.inputEnded()) {
      endpoint.current().onInputEnd();
    }
  }

  private void proceed(PendingExchange exchange) {
    switch (exchange.outcome()) {
      case PENDING -> {}
      case ANSWERED -> {
        current = null;
        waitForSlowReader();
      }
      case ANSWERED_LAST -> {
        current = null;
        beginClose();
      }
      case DROPPED -> {
        current = null;
        end(true);
      }
      case UPGRADED -> {
        current = null;
        unread = null;
        endpoint.switchTo(exchange.session());
        exchange.session().onUpgraded();
      }
    }
  }

  private void waitForSlowReader() {
    if (endpoint.queuedBytes() <= ENOUGH_QUEUED_BYTES) {
      return;
    }
    endpoint.pushNow();
    if (endpoint.queuedBytes() <= ENOUGH_QUEUED_BYTES) {
      return;
    }
    answerBlocked = true;
    startTimer(
        limits.requestTimeout(),
        () -> {
          if (answerBlocked) {
            end(true);
          }
        });
    endpoint.afterFlush(
        () -> {
          stopTimer();
          answerBlocked = false;
          resume();
        });
  }

  private void resume() {
    byte[] rest = unread;
    if (rest != null && isReady()) {
      unread = null;
      endpoint.feed(ByteBuffer.wrap(rest));
    }
    if (endpoint.current() != this || unread != null || closing) {
      return;
    }
    if (endpoint.inputEnded()) {
      onInputEnd();
    } else {
      endpoint.setReading(true);
    }
  }

  @Override
  public void onInputEnd() {
    if (closing) {
      if (outputShut) {
        end(false);
      }
    } else if (isReady() && unread == null) {
      if (requests.isUnderWay()) {
        refuse(HttpRefusal.malformed("the request ends too early"));
      } else {
        beginClose();
      }
    }
  }

  // ---- the end ----

  @Override
  public void answerUnderWay(HttpResponse response) {
    PendingExchange pending = current;
    if (closing) {
      return;
    }
    if (pending != null ? pending.preempt() : requests.isUnderWay() || unread != null) {
      current = null;
      send(response);
    }
  }

  private void refuse(HttpRefusal refusal) {
    HttpResponse response =
        HttpResponse.of(
            refusal.status(), "text/plain", refusal.detail().getBytes(StandardCharsets.ISO_8859_1));
    send(response);
  }

  /** Sends the last response of this connection. */
  private void send(HttpResponse response) {
    endpoint.enqueue(
        ResponseWriter.write(
            response, false, ResponseWriter.Ending.CLOSE, endpoint.timers().instant()));
    endpoint.push();
    beginClose();
  }

  /**
   * Starts a lingering close: closing immediately while the peer still sends would cause a reset,
   * which can overtake the response. So the queue is written, the output shut down, and the input
   * read and dropped.
   */
  private void beginClose() {
    if (endpoint.released()) {
      return;
    }
    closing = true;
    unread = null;
    startTimer(limits.closeTimeout(), () -> end(!outputShut));
    endpoint.afterFlush(
        () -> {
          outputShut = true;
          if (endpoint.inputEnded()) {
            end(false);
          } else {
            endpoint.shutdownOutput();
            endpoint.setReading(true);
          }
        });
  }

  private void drain(ByteBuffer in) {
    drainedBytes += in.remaining();
    in.position(in.limit());
    if (drainedBytes > MAX_DRAINED_BYTES) {
      end(true);
    }
  }

  private void end(boolean reset) {
    onGone();
    endpoint.release(reset);
  }

  /** Drops the remaining requests, because their responses could not be sent. */
  private void onGone() {
    closing = true;
    unread = null;
    stopTimer();
  }

  @Override
  public void onWriteFailure(IOException failure) {
    end(false);
  }

  @Override
  public void onBroken(IOException failure) {
    onGone();
  }

  @Override
  public void onStop() {
    onGone();
    endpoint.pushNow();
  }

  private void startTimer(Duration delay, Runnable task) {
    stopTimer();
    timer = endpoint.timers().deadline(delay, task);
  }

  private void stopTimer() {
    Scheduled running = timer;
    if (running != null) {
      running.cancel();
      timer = null;
    }
  }
}
