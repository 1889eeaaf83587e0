package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Stub, replaced by core. */
public final class Engine implements AutoCloseable {
  private final EngineConfig config;
  private final ServerSocket socket;
  private final TransportLoop loop;
  private final LoopTimers timers = LoopTimers.realTime();
  private final Timeline timeline = new Timeline();
  private final Hubs hubs = new Hubs();

  private Engine(EngineConfig config, ServerSocket socket) {
    this.config = config;
    this.socket = socket;
    this.loop = TransportLoop.start("stub", timers);
  }

  public static Engine start(EngineConfig config) throws IOException {
    return new Engine(
        config, new ServerSocket(config.port(), 50, InetAddress.getLoopbackAddress()));
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  public String connectionString() {
    return "Endpoint=" + endpoint() + ";AccessKey=" + config.accessKey() + ";Version=1.0;";
  }

  public TransportLoop loop() {
    return loop;
  }

  public Timeline timeline() {
    return timeline;
  }

  public Timers timers() {
    return timers;
  }

  public Hubs hubs() {
    return hubs;
  }

  public TokenMinter tokens() {
    return new TokenMinter();
  }

  public void observe(Consumer<Operation> observer) {}

  public void recordEvents(boolean on) {}

  public Optional<String> awaitIdle(Duration atMost, boolean pingConnections) {
    return Optional.empty();
  }

  @Override
  public void close() {
    loop.close();
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
