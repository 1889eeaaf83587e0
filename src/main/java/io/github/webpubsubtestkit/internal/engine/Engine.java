package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.token.TokenMinter;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Stub, replaced by core. */
public final class Engine implements AutoCloseable {
  private final ServerSocket socket;
  private final String host;

  private Engine(ServerSocket socket, String host) {
    this.socket = socket;
    this.host = host;
  }

  public static Engine start(EngineConfig config) throws IOException {
    try {
      return new Engine(
          new ServerSocket(config.port(), 50, InetAddress.getByName(config.host())), config.host());
    } catch (BindException e) {
      BindException named = new BindException(config.host() + ":" + config.port() + " is taken");
      named.initCause(e);
      throw named;
    }
  }

  public URI endpoint() {
    return URI.create("http://" + host + ":" + socket.getLocalPort());
  }

  public String connectionString() {
    return "Endpoint=" + endpoint() + ";AccessKey=stub;Version=1.0;";
  }

  public TokenMinter tokens() {
    return new TokenMinter();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
