package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that waits for its response, which may come from any thread. */
final class PendingExchange implements HttpExchange {

  /** The state of the exchange. */
  enum Outcome {
    PENDING,
    ANSWERED,
    ANSWERED_LAST,
    DROPPED,
    UPGRADED
  }

  private final HttpServerProtocol connection;
  private final Endpoint endpoint;
  private final TransportLimits limits;
  private final RequestHead head;
  private final boolean bodyTooLarge;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private volatile boolean preempted; // written before claimed
  private volatile Outcome outcome = Outcome.PENDING;
  private @Nullable WebSocketSession session; // written before outcome
  private @Nullable Throwable reported; // what the 500 tells; written before outcome

  PendingExchange(
      HttpServerProtocol connection,
      Endpoint endpoint,
      TransportLimits limits,
      RequestHead head,
      HttpRequest request) {
    this.connection = connection;
    this.endpoint = endpoint;
    this.limits = limits;
    this.head = head;
    this.bodyTooLarge = request.bodyTooLarge();
  }

  Outcome outcome() {
    return outcome;
  }

  WebSocketSession session() {
    WebSocketSession upgraded = session;
    if (upgraded == null) {
      throw new IllegalStateException("not upgraded");
    }
    return upgraded;
  }

  /**
   * Takes the answer away from the handler, whose own has no effect then.
   *
   * @return false if there is an answer already
   */
  boolean preempt() {
    synchronized (claimed) {
      if (claimed.get()) {
        return false;
      }
      preempted = true;
      claimed.set(true);
      return true;
    }
  }

  @Override
  public void respond(HttpResponse response) {
    boolean last =
        !head.isPersistent() || bodyTooLarge || response.headers().lists("Connection", "close");
    ResponseWriter.Ending ending =
        last
            ? ResponseWriter.Ending.CLOSE
            : head.http10() ? ResponseWriter.Ending.KEEP_ALIVE : ResponseWriter.Ending.PERSISTENT;
    Instant now = endpoint.timers().instant();
    ByteBuffer bytes = ResponseWriter.write(response, head.method().equals("HEAD"), ending, now);
    if (!claim()) {
      return;
    }
    endpoint.enqueue(bytes);
    endpoint.push();
    complete(last ? Outcome.ANSWERED_LAST : Outcome.ANSWERED);
  }

  @Override
  public void drop() {
    if (claim()) {
      complete(Outcome.DROPPED);
    }
  }

  @Override
  public boolean isWebSocketUpgrade() {
    return head.isWebSocketUpgrade() && !bodyTooLarge;
  }

  @Override
  public boolean isAbandoned() {
    return endpoint.released() || endpoint.inputEnded();
  }

  @Override
  public void upgrade(
      @Nullable String subprotocol, Function<WebSocketConnection, WebSocketHandler> open) {
    if (!isWebSocketUpgrade()) {
      throw new IllegalStateException("the request asks for no WebSocket; use respond");
    }
    String key = head.headers().first("Sec-WebSocket-Key").orElse("");
    ByteBuffer bytes = ResponseWriter.switchingProtocols(AcceptKey.accept(key), subprotocol);
    if (!claim()) {
      return;
    }
    WebSocketSession opened = new WebSocketSession(endpoint, limits, false);
    endpoint.hold();
    endpoint.enqueue(bytes);
    try {
      opened.setHandler(open.apply(opened));
    } catch (Throwable failure) { // nothing has been written: a plain answer is still possible
      opened.withdraw();
      claimed.set(false);
      fail(failure);
      throw failure;
    }
    session = opened;
    opened.pushHeld();
    complete(Outcome.UPGRADED);
  }

  @Override
  public void fail(Throwable failure) {
    if (claimed.get()) {
      if (failure != reported && !preempted) {
        endpoint.loop.report(failure);
      }
      return;
    }
    reported = failure;
    byte[] text = Secrets.mask(failure.toString()).getBytes(StandardCharsets.UTF_8);
    respond(HttpResponse.of(500, "text/plain; charset=utf-8", text));
  }

  /** Returns false if the answer was taken away. */
  private boolean claim() {
    synchronized (claimed) {
      if (preempted) {
        return false;
      }
      if (!claimed.compareAndSet(false, true)) {
        throw new IllegalStateException("this request has been answered already");
      }
      return true;
    }
  }

  private void complete(Outcome reached) {
    outcome = reached;
    if (connection.isDispatching()) {
      return; // it looks at the outcome itself
    }
    if (!endpoint.loop.execute(() -> connection.answered(this)) && reached == Outcome.UPGRADED) {
      connection.answered(this); // the loop has ended, so nothing else will notify the handler
    }
  }
}
