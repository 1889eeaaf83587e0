package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The opening of one client's WebSocket, from connecting to the end of the response. */
final class ClientHandshakeProtocol implements ConnectionProtocol, Dialer.Caller {

  private static final int DEFAULT_PORT = 80;
  private static final int DEFAULT_TLS_PORT = 443;

  private final TransportLoop loop;
  private final ClientHandshake handshake;
  private final TransportLimits limits;
  private final ClientHandshakeHandler handler;
  private final String key = AcceptKey.newKey();
  private final ResponseReader answer;

  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private byte[] request = {};
  private @Nullable Supplier<SSLEngine> tls; // null for plain bytes
  private @Nullable Dialer dialer;
  private @Nullable Endpoint endpoint;
  private @Nullable Scheduled timer;
  private boolean done;

  ClientHandshakeProtocol(
      TransportLoop loop,
      ClientHandshake handshake,
      TransportLimits limits,
      ClientHandshakeHandler handler) {
    this.loop = loop;
    this.handshake = handshake;
    this.limits = limits;
    this.handler = handler;
    this.answer = new ResponseReader(limits.maxHeadBytes(), limits.maxBodyBytes());
  }

  /** Looks up the host and writes the request; in the caller's thread, because DNS may block. */
  void prepare() throws IOException {
    WebSocketAddress address = handshake.address();
    String host = address.host();
    if (host == null || !address.isValid()) {
      throw new IOException(
          "only ws://host and wss://host addresses can be connected to, not " + address);
    }
    boolean secure = address.isSecure();
    int defaultPort = secure ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    int port = address.port() < 0 ? defaultPort : address.port();
    if (secure) {
      SSLContext context = loop.trust(); // here, because it may read certificates
      tls = () -> TlsEngines.client(context, host, TlsEngines.ANY_PORT);
    }
    InetAddress[] found;
    try {
      found = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      UnknownHostException named = new UnknownHostException(host + " is not a known host");
      named.initCause(e);
      throw named;
    }
    for (InetAddress each : found) {
      addresses.add(new InetSocketAddress(each, port));
    }
    try {
      request = request(host, address);
    } catch (IllegalArgumentException e) {
      throw new IOException("the handshake cannot be sent: " + e.getMessage(), e);
    }
  }

  private byte[] request(String host, WebSocketAddress address) {
    StringBuilder head = new StringBuilder(256);
    RequestWriter.requestLine(head, "GET", address.target());
    if (handshake.headers().first("Host").isEmpty()) {
      RequestWriter.host(head, host, address.port());
    }
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    ResponseWriter.line(head, "Sec-WebSocket-Key", key);
    if (!handshake.subprotocols().isEmpty()) {
      ResponseWriter.line(
          head, "Sec-WebSocket-Protocol", String.join(", ", handshake.subprotocols()));
    }
    for (HttpHeaders.Field field : handshake.headers().fields()) {
      ResponseWriter.line(head, field.name(), field.value());
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Starts connecting. */
  void start() {
    timer =
        loop.timers()
            .schedule(
                limits.requestTimeout(),
                () -> fail(new SocketTimeoutException("no answer to the handshake in time")));
    Dialer dialing = new Dialer(loop, addresses, tls, this);
    dialer = dialing;
    dialing.start();
  }

  @Override
  public void onDialed(Endpoint connected) {
    endpoint = connected;
    connected.switchTo(this);
    connected.enqueue(ByteBuffer.wrap(request));
    connected.push();
  }

  @Override
  public void onDialFailed(IOException failure) {
    fail(failure);
  }

  private Endpoint endpoint() {
    Endpoint opened = endpoint;
    if (opened == null) {
      throw new IllegalStateException("not connecting yet");
    }
    return opened;
  }

  @Override
  public void onInput(ByteBuffer in) {
    if (done) {
      in.position(in.limit());
      return;
    }
    try {
      HttpResponse response = answer.read(in);
      if (response == null) {
        return;
      }
      if (response.status() == 101) {
        open(response.headers());
      } else {
        refused(response);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void open(HttpHeaders headers) throws IOException {
    if (!headers.lists("Upgrade", "websocket") || !headers.lists("Connection", "Upgrade")) {
      throw new IOException("the 101 does not upgrade to websocket");
    }
    if (!headers.all("Sec-WebSocket-Accept").equals(List.of(AcceptKey.accept(key)))) {
      throw new IOException("the 101 has a wrong Sec-WebSocket-Accept");
    }
    if (headers.first("Sec-WebSocket-Extensions").isPresent()) {
      throw new IOException("the 101 selects an extension, but none was offered");
    }
    List<String> selected = headers.all("Sec-WebSocket-Protocol");
    if (selected.size() > 1 || !handshake.subprotocols().containsAll(selected)) {
      throw new IOException(
          "the 101 selects the subprotocol "
              + String.join(", ", selected)
              + ", but offered was "
              + handshake.subprotocols());
    }
    finish();
    Endpoint connected = endpoint();
    WebSocketSession session = new WebSocketSession(connected, limits, true);
    String subprotocol = selected.isEmpty() ? null : selected.get(0);
    try {
      session.setHandler(handler.onOpen(session, subprotocol));
    } catch (Throwable failure) { // the caller cannot use it
      loop.report(failure);
      connected.release(true);
      return;
    }
    connected.switchTo(session);
    session.onUpgraded();
  }

  private void refused(HttpResponse response) {
    finish();
    endpoint().release(false);
    loop.execute(() -> handler.onRefused(response));
  }

  @Override
  public void onInputEnd() {
    HttpResponse cutShort = answer.readSoFar();
    if (done) {
      return;
    }
    if (cutShort != null) {
      refused(cutShort); // ends with the connection, or is incomplete: its status tells enough
    } else {
      fail(new EOFException("the peer closed the connection instead of an answer"));
    }
  }

  @Override
  public void onWriteFailure(IOException failure) {
    // the peer may have answered before it closed: reading will tell
  }

  @Override
  public void onBroken(IOException failure) {
    fail(failure);
  }

  @Override
  public void onStop() {
    fail(loop.stopped());
  }

  /** Reports the failure to the handler; on the loop, or in its place if it ended. */
  void fail(IOException failure) {
    if (done) {
      return;
    }
    finish();
    Endpoint opened = endpoint;
    Dialer dialing = dialer;
    if (opened != null) {
      opened.release(false);
    } else if (dialing != null) {
      dialing.cancel();
    }
    if (!loop.execute(() -> handler.onFailed(failure))) {
      handler.onFailed(failure);
    }
  }

  private void finish() {
    done = true;
    Scheduled running = timer;
    if (running != null) {
      running.cancel();
      timer = null;
    }
  }
}
