package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Connects to the first of a host's addresses that accepts the connection. Loop thread only. */
final class Dialer implements ConnectionProtocol {

  /**
   * Receives the connection; exactly one method is called, once, possibly before dialing returns.
   */
  interface Caller {

    /** Called with the connection, whose protocol the caller selects. */
    void onDialed(Endpoint connected);

    /** Called if no address accepts it. */
    void onDialFailed(IOException failure);
  }

  private final TransportLoop loop;
  private final Deque<InetSocketAddress> addresses;
  private final @Nullable Supplier<SSLEngine> tls;
  private final Caller caller;
  private @Nullable InetSocketAddress trying;
  private @Nullable Endpoint endpoint;
  private @Nullable IOException failure;
  private boolean done;

  /**
   * A dialer that has not started.
   *
   * @param tls creates the engine of a connection; null for plain bytes
   */
  Dialer(
      TransportLoop loop,
      List<InetSocketAddress> addresses,
      @Nullable Supplier<SSLEngine> tls,
      Caller caller) {
    this.loop = loop;
    this.tls = tls;
    this.addresses = new ArrayDeque<>(addresses);
    this.caller = caller;
  }

  void start() {
    while (!done) {
      Selector selector = loop.openSelector();
      InetSocketAddress next = addresses.poll();
      if (selector == null) {
        fail(loop.stopped());
      } else if (next == null) {
        fail(failure != null ? failure : new ConnectException("no address to connect to"));
      } else if (tries(next, selector)) {
        return;
      }
    }
  }

  private boolean tries(InetSocketAddress next, Selector selector) {
    trying = next;
    Endpoint opened = null;
    try {
      SocketChannel channel = SocketChannel.open();
      opened =
          tls == null
              ? Endpoint.plain(loop, channel, null)
              : TlsEndpoint.of(loop, channel, tls.get(), null);
      endpoint = opened;
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      opened.connect(selector, next, this);
      return true;
    } catch (IOException e) {
      if (opened != null) {
        opened.release(false);
      }
      failed(next, e);
      return false;
    }
  }

  private void failed(InetSocketAddress address, IOException cause) {
    IOException earlier = failure;
    String text =
        (earlier == null ? "" : earlier.getMessage() + ", ")
            + address.getAddress().getHostAddress()
            + ":"
            + address.getPort()
            + ": "
            + cause.getMessage();
    IOException named =
        cause instanceof ConnectException ? new ConnectException(text) : new IOException(text);
    named.initCause(cause);
    failure = named;
  }

  private void fail(IOException cause) {
    done = true;
    caller.onDialFailed(cause);
  }

  /** Gives up without calling the caller. */
  void cancel() {
    done = true;
    Endpoint opened = endpoint;
    if (opened != null) {
      opened.release(false);
    }
  }

  @Override
  public void onConnected() {
    Endpoint connected = endpoint;
    if (!done && connected != null) {
      done = true;
      caller.onDialed(connected);
    }
  }

  @Override
  public void onBroken(IOException cause) {
    InetSocketAddress refusing = trying;
    if (!done && refusing != null) {
      failed(refusing, cause);
      start();
    }
  }

  @Override
  public void onStop() {
    if (!done) {
      fail(loop.stopped());
    }
  }

  @Override
  public void onInput(ByteBuffer in) {
    throw new IllegalStateException("nothing is read before the connection is there");
  }

  @Override
  public void onInputEnd() {
    throw new IllegalStateException("nothing is read before the connection is there");
  }

  @Override
  public void onWriteFailure(IOException cause) {
    throw new IllegalStateException("nothing is written before the connection is there");
  }
}
