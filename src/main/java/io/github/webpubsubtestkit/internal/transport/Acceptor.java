package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
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

/** The listening side: takes connections up to the limit and has them speak HTTP first. */
final class Acceptor extends LoopSocket implements Endpoint.Owner {

  private static final int BACKLOG = 1024;

  /** So that a storm of new connections leaves the old ones their turn. */
  private static final int ACCEPTED_PER_TURN = 64;

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(50);

  private final ServerSocketChannel channel;
  private final TransportLimits limits;
  private final Timers time;
  private final HttpHandler handler;
  private int open; // loop thread only

  private Acceptor(
      TransportLoop loop,
      ServerSocketChannel channel,
      TransportLimits limits,
      Timers time,
      HttpHandler handler) {
    super(loop);
    this.channel = channel;
    this.limits = limits;
    this.time = time;
    this.handler = handler;
  }

  /** Binds in the calling thread, so that a taken port is the caller's exception. */
  static Acceptor bind(
      TransportLoop loop,
      InetSocketAddress address,
      TransportLimits limits,
      Timers time,
      HttpHandler handler)
      throws IOException {
    if (address.isUnresolved()) {
      throw new BindException(address.getHostString() + " is not a known host");
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(address, BACKLOG);
      channel.configureBlocking(false);
      return new Acceptor(loop, channel, limits, time, handler);
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

  /** Begins to accept, unless the loop has closed its sockets already. */
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
      endpoint = new Endpoint(loop, accepted, this);
      open++;
      endpoint.start(
          selector,
          (InetSocketAddress) accepted.getRemoteAddress(),
          new HttpServerProtocol(endpoint, limits, handler));
    } catch (Throwable failure) { // whatever it is, no socket may stay open that nobody serves
      if (endpoint == null) {
        closeQuietly(accepted);
      } else {
        endpoint.release(true);
      }
      if (!(failure instanceof IOException)) { // which says that it is gone before it was served
        loop.report(failure);
      }
    }
  }

  private void pause() {
    SelectionKey paused = key();
    if (paused != null) {
      loop.timers() // first, because a pause that nothing ends would be one for ever
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

  /** The next connection may do better; the port stays open. */
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

  /** Connections that come from now on are refused by the system. */
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
      // closed is what it is now
    }
  }
}
