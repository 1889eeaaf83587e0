package com.example.faults;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.container.jdk.client.JdkClientContainer;

/** Tyrus, the reference implementation of Jakarta WebSocket. */
final class TyrusSocket extends Socket {

  private static final Logger LOG = Logger.getLogger("org.glassfish.tyrus");

  static {
    LOG.setLevel(Level.OFF); // it tells of every connection that is reset
  }

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "tyrus");
            thread.setDaemon(true);
            return thread;
          });

  private final CompletableFuture<Session> session;

  TyrusSocket(Opening opening) {
    super(Outside.TYRUS);
    ClientManager client = ClientManager.createClient(JdkClientContainer.class.getName());
    opening
        .patience()
        .ifPresent(
            time ->
                client
                    .getProperties()
                    .put(ClientProperties.HANDSHAKE_TIMEOUT, (int) time.toMillis()));
    ClientEndpointConfig config =
        ClientEndpointConfig.Builder.create()
            .preferredSubprotocols(opening.subprotocol().map(List::of).orElse(List.of()))
            .build();
    session =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.connectToServer(new Listener(), config, opening.url());
              } catch (Exception failure) {
                add("refused " + describe(failure));
                throw new IllegalStateException(failure);
              }
            },
            THREADS);
  }

  private static String describe(Throwable failure) {
    return failure.getCause() == null
        ? failure.toString()
        : failure + ", because " + failure.getCause();
  }

  @Override
  void send(String message) {
    try {
      session.join().getBasicRemote().sendText(message);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void end() {
    session.thenAcceptAsync(TyrusSocket::close, THREADS);
  }

  private static void close(Session open) {
    try {
      open.close();
    } catch (IOException | IllegalStateException e) {
      // over already
    }
  }

  private final class Listener extends Endpoint {

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
      add("open " + opened.getNegotiatedSubprotocol());
      opened.addMessageHandler(
          new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String message) {
              add("text " + message);
            }
          });
      opened.addMessageHandler(
          new MessageHandler.Whole<byte[]>() {
            @Override
            public void onMessage(byte[] message) {
              add("binary " + HexFormat.of().formatHex(message));
            }
          });
    }

    @Override
    public void onClose(Session closed, CloseReason why) {
      String reason = why.getReasonPhrase() == null ? "" : why.getReasonPhrase();
      // its own words for a connection that ended without a close frame
      add("close " + why.getCloseCode().getCode() + (isLoss(why) ? "" : " " + reason));
    }

    private static boolean isLoss(CloseReason why) {
      return why.getCloseCode().getCode() == 1006;
    }

    @Override
    public void onError(Session from, Throwable error) {
      add("error " + error);
    }
  }
}
