package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ClientConnector {
  /** A null barrier: a target that is not this kit's fake. */
  public ClientConnector(
      TransportLoop loop, Timeline timeline, @Nullable Barrier barrier, String defaultHub) {}

  /** Stub. */
  public PubSubClient pubSub(URI clientUrl, ConnectOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public PubSubClient pubSub(URI clientUrl, ConnectOptions options, String name) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public SimpleClient simple(URI clientUrl, ConnectOptions options) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public SimpleClient simple(URI clientUrl, ConnectOptions options, String name) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public List<Client> openClients() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void settle(long deadlineNanos) throws NotIdleException {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public void closeAll() {
    throw new IllegalStateException("not yet");
  }
}
