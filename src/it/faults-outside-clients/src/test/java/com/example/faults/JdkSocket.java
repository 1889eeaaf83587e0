package com.example.faults;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code java.net.http.WebSocket}. */
final class JdkSocket extends Socket implements WebSocket.Listener {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final CompletableFuture<WebSocket> socket;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder bytes = new StringBuilder();

  JdkSocket(Opening opening) {
    super(Outside.JDK);
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    opening.subprotocol().ifPresent(builder::subprotocols);
    opening.patience().ifPresent(builder::connectTimeout);
    socket = builder.buildAsync(opening.url(), this);
    socket.whenComplete(
        (opened, failure) -> {
          if (failure != null) {
            add("refused " + describe(failure));
          }
        });
  }

  private static String describe(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null
        ? refused.getResponse().statusCode() + " " + refused
        : cause.toString();
  }

  @Override
  void send(String message) {
    socket.join().sendText(message, true).join(); // it takes one at a time
  }

  @Override
  void end() {
    socket.thenAccept(WebSocket::abort);
  }

  @Override
  public void onOpen(WebSocket opened) {
    add("open " + opened.getSubprotocol());
    opened.request(1);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (!last) {
      add("part of a text");
    } else {
      add("text " + text);
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    byte[] copy = new byte[part.remaining()];
    part.get(copy);
    bytes.append(HexFormat.of().formatHex(copy));
    if (last) {
      add("binary " + bytes);
      bytes.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    add("ping");
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    add("close " + code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    add("error " + error);
  }
}
