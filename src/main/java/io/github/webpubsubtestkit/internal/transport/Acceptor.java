package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The listening side: accepts connections up to the limit, which start with HTTP. */
final class Acceptor extends LoopSocket implements Endpoint.Owner {

  private static final int BACKLOG = 1024;

  /** The limit per turn, so that many new connections leave the old ones their turn. */
  private static final int ACCEPTED_PER_TURN = 64;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

  private final ServerSocketChannel channel;
  private final TransportLimits limits;
  private final Timers time;
  private final @Nullable SSLContext tls;
  private final HttpHandler handler;
  private int open; // loop thread only

  private Acceptor(
      TransportLoop loop,
      ServerSocketChannel channel,
      TransportLimits limits,
      Timers time,
      @Nullable SSLContext tls,
      HttpHandler handler) {
    super(loop);
    this.channel = channel;
    this.limits = limits;
    this.time = time;
    this.tls = tls;
    this.handler = handler;
  }

  /** Binds in the calling thread, so that a taken port is the caller's exception. */
  static Acceptor bind(
      TransportLoop loop,
      InetSocketAddress address,
      TransportLimits limits,
      Timers time,
      @Nullable SSLContext tls,
      HttpHandler handler)
      throws IOException {
    if (address.isUnresolved()) {
      throw new BindException(address.getHostString() + " is not a known host");
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(address, BACKLOG);
      channel.configureBlocking(false);
      return new Acceptor(loop, channel, limits, time, tls, handler);
    } catch (IOException e) {
      channel.close();
      if (e instanceof BindException) {
        BindException named =
            new BindException(
                address.getAddress().getHostAddress()
                    + ":"
                    + address.getPort()
                    + ": "
                    + e.getMessage());
        named.initCause(e);
        throw named;
      }
      throw e;
    }
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  // ---- loop thread only ----

  /** Starts accepting, unless the loop has already closed its sockets. */
  void start() throws IOException {
    Selector selector = loop.openSelector();
    if (selector == null) {
      release(false);
      return;
    }
    loop.sockets().add(this);
    register(selector, SelectionKey.OP_ACCEPT);
  }

  @Override
  void onReady(int readyOps, ByteBuffer input) {
    Selector selector = loop.openSelector();
    for (int i = 0; i < ACCEPTED_PER_TURN; i++) {
      SocketChannel accepted;
      try {
        accepted = channel.accept();
      } catch (ClosedChannelException e) { // an interrupt closes a channel
        loop.end(new IOException("the listening socket was closed: " + e, e));
        return;
      } catch (IOException e) {
        pause(); // out of file descriptors: the key stays ready, the loop would spin
        return;
      }
      if (accepted == null || selector == null) {
        return;
      }
      serve(selector, accepted);
    }
  }

  private void serve(Selector selector, SocketChannel accepted) {
    if (open >= limits.maxConnections()) {
      closeQuietly(accepted);
      return;
    }
    Endpoint endpoint = null;
    try {
      accepted.configureBlocking(false);
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      endpoint =
          tls == null
              ? Endpoint.plain(loop, accepted, this)
              : TlsEndpoint.of(loop, accepted, TlsEngines.server(tls), this);
      open++;
      endpoint.start(
          selector,
          (InetSocketAddress) accepted.getRemoteAddress(),
          new HttpServerProtocol(endpoint, limits, handler));
      if (endpoint instanceof TlsEndpoint secure) {
        limitHandshake(secure);
      }
    } catch (Throwable failure) { // in any case, no socket may stay open without being served
      if (endpoint == null) {
        closeQuietly(accepted);
      } else {
        endpoint.release(true);
      }
      if (!(failure instanceof IOException)) { // which means that it has ended before it was served
        loop.report(failure);
      }
    }
  }

  private void limitHandshake(TlsEndpoint endpoint) {
    Scheduled limit =
        time.deadline(
            limits.requestTimeout(),
            () -> {
              if (!endpoint.released()) {
                endpoint.tellOwner("the client did not complete its TLS handshake in time");
                endpoint.release(true);
              }
            });
    endpoint.onHandshakeEnd(limit::cancel);
  }

  private void pause() {
    SelectionKey paused = key();
    if (paused != null) {
      loop.timers() // first, because otherwise nothing would end the pause
          .schedule(
              PAUSE_AFTER_FAILURE,
              () -> {
                if (paused.isValid()) {
                  paused.interestOps(SelectionKey.OP_ACCEPT);
                }
              });
      paused.interestOps(0);
    }
  }

  /** Keeps the port open, because the next connection may succeed. */
  @Override
  void onFailure(Throwable failure) {
    loop.report(failure);
  }

  @Override
  public Timers timers() {
    return time;
  }

  @Override
  public void released() {
    open--;
  }

  @Override
  public void onUnreadable(String peer, String reason) {
    handler.onUnreadable(peer, reason);
  }

  /** Closes the channel; the system refuses later connections. */
  @Override
  void sayLastWord() {
    release(false);
  }

  @Override
  SelectableChannel channel() {
    return channel;
  }

  @Override
  void release(boolean reset) {
    closeChannel();
  }

  private static void closeQuietly(SocketChannel accepted) {
    try {
      accepted.close();
    } catch (Throwable e) {
      // it is closed in any case
    }
  }
}
