package com.example.faults;

import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/** The WebSocket of OkHttp. */
final class OkHttpSocket extends Socket {

  private static final OkHttpClient HTTP =
      new OkHttpClient.Builder().readTimeout(1, TimeUnit.MINUTES).build();

  private final WebSocket socket;

  OkHttpSocket(Opening opening) {
    super(Outside.OKHTTP);
    Request.Builder request = new Request.Builder().url(opening.url().toString());
    opening.subprotocol().ifPresent(name -> request.header("Sec-WebSocket-Protocol", name));
    OkHttpClient http =
        opening
            .patience()
            .map(time -> HTTP.newBuilder().readTimeout(time).pingInterval(time).build())
            .orElse(HTTP);
    socket = http.newWebSocket(request.build(), new Listener());
  }

  @Override
  void send(String message) {
    socket.send(message);
  }

  @Override
  void end() {
    socket.cancel();
  }

  private final class Listener extends WebSocketListener {

    private boolean opened;

    @Override
    public void onOpen(WebSocket from, Response response) {
      opened = true;
      add("open " + response.header("Sec-WebSocket-Protocol", ""));
    }

    @Override
    public void onMessage(WebSocket from, String message) {
      add("text " + message);
    }

    @Override
    public void onMessage(WebSocket from, ByteString message) {
      add("binary " + message.hex());
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
      add("close " + code + " " + reason);
      from.close(code == 1005 ? 1000 : code, null);
    }

    @Override
    public void onFailure(WebSocket from, Throwable failure, Response response) {
      if (opened) {
        add("error " + failure);
      } else {
        add("refused " + (response == null ? "" : response.code() + " ") + failure);
      }
    }
  }
}
