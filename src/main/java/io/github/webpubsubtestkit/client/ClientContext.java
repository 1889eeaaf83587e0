package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters and services a client is opened with.
 *
 * @param name its name
 * @param hub the hub it connects to
 * @param options the options of its connection
 * @param deadline the timeout of this client's own requests
 * @param barrier the fake's barrier; null for other targets
 * @param since the time of opening, in the timeline's time
 * @param onEnded called on the loop when the socket has ended
 */
record ClientContext(
    String name,
    String hub,
    ConnectOptions options,
    Duration deadline,
    TransportLoop loop,
    Timeline timeline,
    @Nullable Barrier barrier,
    Duration since,
    Consumer<ClientSocket> onEnded) {

  /** Adds to a failure text the problems elsewhere since this client was opened. */
  FailureText withTroubles(FailureText text) {
    return barrier == null ? text : text.troubles(barrier.troubles(hub, since));
  }

  /** Returns whether the target is another service, so that only the client sees its frames. */
  boolean isForeign() {
    return barrier == null;
  }
}
