package io.github.webpubsubtestkit.internal.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One pending request of an {@link HttpCaller}. */
public final class HttpCall {

  private final TransportLoop loop;
  private final String host;
  private final int port;
  private final boolean secure;
  private final byte[] head;
  private final byte[] body;
  private final Consumer<HttpResult> then;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean answering;
  private volatile @Nullable TlsEndpoint tls; // over which it is sent
  private @Nullable HttpConnection connection; // loop thread only

  HttpCall(
      TransportLoop loop,
      String host,
      int port,
      boolean secure,
      byte[] head,
      byte[] body,
      Consumer<HttpResult> then) {
    this.loop = loop;
    this.host = host;
    this.port = port;
    this.secure = secure;
    this.head = head;
    this.body = body;
    this.then = then;
  }

  /**
   * Cancels the request: no response is reported any more, and the connection is closed. Has no
   * effect after the response. From any thread.
   */
  public void cancel() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    if (loop.inLoop()) {
      abandon();
    } else {
      loop.execute(this::abandon); // if the loop has ended, there is no socket either
    }
  }

  private void abandon() {
    HttpConnection serving = connection;
    if (serving != null) {
      serving.abandon(this);
    }
  }

  /** Returns whether the head of the response has arrived. From any thread. */
  public boolean isAnswering() {
    return answering;
  }

  /**
   * Returns whether it is connected to a server that has not said anything in the handshake of TLS.
   * From any thread.
   */
  public boolean isBeforeTls() {
    TlsEndpoint connected = tls;
    return connected != null && connected.isUnanswered();
  }

  // ---- for the rest of this package, on the loop thread

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean isSecure() {
    return secure;
  }

  boolean ended() {
    return ended.get();
  }

  void servedBy(HttpConnection serving) {
    connection = serving;
  }

  void writeTo(Endpoint endpoint) {
    tls = endpoint instanceof TlsEndpoint secured ? secured : null;
    endpoint.enqueue(ByteBuffer.wrap(head));
    if (body.length > 0) {
      endpoint.enqueue(ByteBuffer.wrap(body));
    }
    endpoint.push();
  }

  void headCame() {
    answering = true;
  }

  /** Reports the result to the caller; on the loop, or in its place if it has ended. */
  void end(HttpResult result) {
    connection = null;
    if (ended.compareAndSet(false, true)) {
      try {
        then.accept(result);
      } catch (Throwable failure) { // the other connections continue in any case
        loop.report(failure);
      }
    }
  }
}
