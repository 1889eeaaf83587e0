package io.github.webpubsubtestkit.benchmark.rival;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.xnio.Options;

/** Undertow with one I/O thread. */
public final class UndertowServer implements Rival {

  /** Kept, or its level would be forgotten. */
  private static final Logger ROOT_LOGGER = Logger.getLogger("");

  static {
    ROOT_LOGGER.setLevel(Level.WARNING);
  }

  private final Arrivals arrivals = new Arrivals();
  private final Undertow server =
      Undertow.builder()
          .addHttpListener(0, "127.0.0.1")
          .setIoThreads(1)
          .setWorkerThreads(1)
          .setSocketOption(Options.TCP_NODELAY, true)
          .setSocketOption(Options.BACKLOG, 1024)
          .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, -1)
          .setHandler(
              Handlers.websocket(
                  (exchange, channel) -> {
                    channel.getReceiveSetter().set(new Relay());
                    channel.resumeReceives();
                    arrivals.add();
                  }))
          .build();

  private UndertowServer() {
    server.start();
  }

  /** Starts one. */
  public static UndertowServer begin() {
    return new UndertowServer();
  }

  @Override
  public Arrivals arrivals() {
    return arrivals;
  }

  @Override
  public int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static final class Relay extends AbstractReceiveListener {

    @Override
    protected void onFullTextMessage(WebSocketChannel sender, BufferedTextMessage message) {
      String text = message.getData();
      for (WebSocketChannel each : sender.getPeerConnections()) {
        WebSockets.sendText(text, each, null);
      }
    }
  }
}
