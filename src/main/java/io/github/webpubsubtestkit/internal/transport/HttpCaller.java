package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import io.github.webpubsubtestkit.internal.transport.HttpResult.Failed;
import io.github.webpubsubtestkit.internal.transport.HttpResult.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP/1.1 requests from a loop, any number at a time and without a thread. Connections are
 * kept alive and reused. Redirects are responses like others, and there is no timeout: a caller
 * cancels requests that take too long.
 *
 * <p>Each request is sent exactly once: retries are the caller's decision. A connection closed by
 * the peer is noticed before it is reused.
 */
public final class HttpCaller {

  private static final int DEFAULT_PORT = 80;
  private static final int DEFAULT_TLS_PORT = 443;
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  /**
   * The time a connection is kept, below the 5 s after which a Node server closes one, often while
   * it is reused.
   */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(4);

  private final TransportLoop loop;
  private final int maxBodyBytes;
  private final Duration idleLimit;
  private final Supplier<SSLContext> trust;
  private final HostLookup lookup;

  // loop thread only
  private final Map<String, Deque<HttpConnection>> idle = new HashMap<>(); // the youngest first
  private @Nullable Scheduled sweep;

  /**
   * Sends from that loop.
   *
   * @param maxBodyBytes the maximum size of a response's body that is kept
   * @param trust the certificates trusted by {@code https} URLs; asked for such a URL only
   */
  public HttpCaller(TransportLoop loop, int maxBodyBytes, Supplier<SSLContext> trust) {
    this(loop, maxBodyBytes, IDLE_LIMIT, trust);
  }

  /** Sends from that loop, trusting what its other clients trust. */
  public HttpCaller(TransportLoop loop, int maxBodyBytes) {
    this(loop, maxBodyBytes, IDLE_LIMIT, loop::trust);
  }

  HttpCaller(TransportLoop loop, int maxBodyBytes, Duration idleLimit, Supplier<SSLContext> trust) {
    this.trust = trust;
    this.loop = loop;
    this.maxBodyBytes = maxBodyBytes;
    this.idleLimit = idleLimit;
    this.lookup = new HostLookup(loop);
  }

  /**
   * Sends a request; returns at once.
   *
   * @param uri an {@code http} or {@code https} URL with a host; the raw path and query are sent
   *     unchanged
   * @param headers all headers except {@code Host} and {@code Content-Length}; a character of a
   *     value is a byte, so UTF-8 must be passed decoded as Latin-1
   * @param body the body, which must not be modified
   * @param then called once, unless the call is cancelled; on the loop, or in its place if it has
   *     ended; possibly before this method returns
   * @throws IllegalArgumentException if the request is invalid
   */
  public HttpCall call(
      String method, URI uri, HttpHeaders headers, byte[] body, Consumer<HttpResult> then) {
    String host = uri.getHost();
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    if ((!secure && !"http".equalsIgnoreCase(uri.getScheme())) || host == null) {
      throw new IllegalArgumentException(
          "only http://host and https://host addresses can be called, not "
              + Secrets.mask(uri.toString()));
    }
    int defaultPort = secure ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
    byte[] head = head(method, uri, headers, body.length);
    HttpCall call = new HttpCall(loop, host, port, secure, head, body, then);
    if (loop.inLoop()) {
      begin(call);
    } else if (!loop.execute(() -> begin(call))) {
      call.end(new Failed(Kind.STOPPED, String.valueOf(loop.stopped().getMessage())));
    }
    return call;
  }

  private static byte[] head(String method, URI uri, HttpHeaders headers, int bodyLength) {
    if (!HttpHead.isToken(method)) {
      throw new IllegalArgumentException("not a method: \"" + method + "\"");
    }
    StringBuilder head = new StringBuilder(1024);
    RequestWriter.requestLine(head, method, RequestWriter.target(uri));
    RequestWriter.host(head, uri.getHost(), uri.getPort());
    for (HttpHeaders.Field field : headers.fields()) {
      ResponseWriter.line(head, field.name(), field.value());
    }
    if (bodyLength > 0 || method.equals("POST")) {
      head.append("Content-Length: ").append(bodyLength).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  // ---- for the rest of this package, on the loop thread

  TransportLoop loop() {
    return loop;
  }

  /** Creates the engine for a connection; null for plain bytes. */
  @Nullable Supplier<SSLEngine> tlsFor(HttpCall first) {
    return first.isSecure()
        ? () -> TlsEngines.client(trust.get(), first.host(), first.port())
        : null;
  }

  ResponseReader newReader() {
    return new ResponseReader(MAX_HEAD_BYTES, maxBodyBytes);
  }

  /** Sends it on an existing connection, or on a new one. */
  private void begin(HttpCall call) {
    if (call.ended()) {
      return;
    }
    String peer = (call.isSecure() ? "https://" : "") + call.host() + ":" + call.port();
    HttpConnection connection = take(peer);
    if (connection != null) {
      connection.serve(call);
    } else {
      lookup.find(call.host(), addresses -> dial(call, peer, addresses));
    }
  }

  private void dial(HttpCall call, String peer, List<InetAddress> addresses) {
    if (call.ended()) {
      return;
    }
    if (!loop.inLoop()) {
      call.end(new Failed(Kind.STOPPED, String.valueOf(loop.stopped().getMessage())));
    } else if (addresses.isEmpty()) {
      call.end(new Failed(Kind.CANNOT_CONNECT, call.host() + " is not a known host"));
    } else {
      new HttpConnection(this, peer)
          .dial(
              addresses.stream().map(each -> new InetSocketAddress(each, call.port())).toList(),
              call);
    }
  }

  private @Nullable HttpConnection take(String peer) {
    Deque<HttpConnection> connections = idle.get(peer);
    HttpConnection youngest = connections == null ? null : connections.pollFirst();
    while (connections != null && youngest != null && !youngest.isAlive()) {
      youngest.close();
      youngest = connections.pollFirst();
    }
    return youngest;
  }

  /** Keeps a connection for the next request to that peer. */
  void keep(HttpConnection connection) {
    connection.idleFrom(System.nanoTime());
    idle.computeIfAbsent(connection.peer(), peer -> new ArrayDeque<>()).addFirst(connection);
    if (sweep == null) {
      sweep = loop.timers().schedule(idleLimit, this::sweep);
    }
  }

  /** A kept connection has ended. */
  void forget(HttpConnection connection) {
    Deque<HttpConnection> connections = idle.get(connection.peer());
    if (connections != null) {
      connections.remove(connection);
    }
  }

  /**
   * Closes idle connections; one timer serves all, because setting a timer costs more than using a
   * connection.
   */
  private void sweep() {
    sweep = null;
    long now = System.nanoTime();
    long next = Long.MAX_VALUE;
    Iterator<Deque<HttpConnection>> peers = idle.values().iterator();
    while (peers.hasNext()) {
      Deque<HttpConnection> connections = peers.next();
      while (!connections.isEmpty() && left(connections.peekLast(), now) <= 0) {
        connections.pollLast().close();
      }
      if (connections.isEmpty()) {
        peers.remove();
      } else {
        next = Math.min(next, left(connections.peekLast(), now));
      }
    }
    if (next != Long.MAX_VALUE) {
      sweep = loop.timers().schedule(Duration.ofNanos(next), this::sweep);
    }
  }

  private long left(HttpConnection connection, long now) {
    return idleLimit.toNanos() - (now - connection.idleSince());
  }
}
