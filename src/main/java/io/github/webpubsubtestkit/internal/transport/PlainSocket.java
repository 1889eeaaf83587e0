package io.github.webpubsubtestkit.internal.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A socket with its addresses, and its own bytes as a layer. */
final class PlainSocket implements ByteLayer {

  private final SocketChannel channel;
  private @Nullable InetSocketAddress remote; // set before the first call from another thread
  private volatile boolean muted;

  PlainSocket(SocketChannel channel) {
    this.channel = channel;
  }

  SocketChannel channel() {
    return channel;
  }

  void isConnectedTo(InetSocketAddress address) {
    remote = address;
  }

  @Nullable SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) { // closed
      return null;
    }
  }

  SocketAddress remoteAddress() {
    return Objects.requireNonNull(remote, "not connected");
  }

  /** Address and port of the peer. */
  String peer() {
    InetSocketAddress address = remote;
    return address == null
        ? "not connected"
        : address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** Takes from now on what is written, and sends none of it. */
  void mute() {
    muted = true;
  }

  /** Makes closing a reset. */
  void resetAtClose() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // not connected (any more): nothing to reset
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return channel.read(target);
  }

  @Override
  public boolean isQuiet() throws IOException {
    return channel.read(ByteBuffer.allocate(1)) == 0;
  }

  @Override
  public long write(ByteBuffer[] sources, int count) throws IOException {
    if (muted) {
      return discard(sources, count);
    }
    return count == 1 ? channel.write(sources[0]) : channel.write(sources, 0, count);
  }

  private static long discard(ByteBuffer[] sources, int count) {
    long taken = 0;
    for (int i = 0; i < count; i++) {
      taken += sources[i].remaining();
      sources[i].position(sources[i].limit());
    }
    return taken;
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public int interest(int ops) {
    return ops;
  }

  @Override
  public void shutdownOutput() throws IOException {
    if (!muted) {
      channel.shutdownOutput();
    }
  }

  @Override
  public void end(boolean silently) {}
}
