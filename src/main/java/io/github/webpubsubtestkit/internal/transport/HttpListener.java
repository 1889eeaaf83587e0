package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 and WebSocket on a listening port. */
public final class HttpListener {

  private HttpListener() {}

  /** Listens, with the loop's real time for all timeouts. */
  public static InetSocketAddress listen(
      TransportLoop loop, InetSocketAddress address, TransportLimits limits, HttpHandler handler)
      throws IOException {
    return listen(loop, address, limits, loop.timers(), null, handler);
  }

  /**
   * Binds in the calling thread and starts accepting. The port is closed with the loop.
   *
   * @param time the timers for the timeouts of peers and the dates of responses
   * @param tls the certificate of the port; null for plain HTTP
   * @return the bound address, with the real port for 0
   * @throws IOException if the address cannot be bound; a {@link java.net.BindException} that names
   *     the address if it is taken
   */
  public static InetSocketAddress listen(
      TransportLoop loop,
      InetSocketAddress address,
      TransportLimits limits,
      Timers time,
      @Nullable SSLContext tls,
      HttpHandler handler)
      throws IOException {
    FrameWriter.initialize(); // here, because the loop may have other things to load
    Acceptor acceptor = Acceptor.bind(loop, address, limits, time, tls, handler);
    InetSocketAddress bound = acceptor.address();
    boolean accepted =
        loop.execute(
            () -> {
              try {
                acceptor.start();
              } catch (Throwable e) { // clients would wait at a port that is not served
                loop.end(e);
              }
            });
    if (!accepted) {
      acceptor.release(false);
      throw loop.stopped();
    }
    return bound;
  }
}
