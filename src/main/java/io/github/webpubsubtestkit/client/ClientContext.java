package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.Evidence;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parameters and services a client is opened with.
 *
 * @param name its name
 * @param service the address it connects to, for example {@code ws://127.0.0.1:40123}
 * @param hub the hub it connects to
 * @param options as whom it connects
 * @param times how long it waits
 * @param mapping how objects become JSON and back
 * @param barrier null for a target that is not this kit's fake
 * @param since when it was opened, in the timeline's time
 * @param explanations what may explain that its URL is not served
 * @param onEnded hears on the loop that the socket has ended
 * @param openClients all open clients of the service that this kit has connected
 */
record ClientContext(
    String name,
    String service,
    String hub,
    ConnectOptions options,
    WaitTimes times,
    ObjectMapping mapping,
    TransportLoop loop,
    Timeline timeline,
    @Nullable Barrier barrier,
    Duration since,
    Supplier<List<String>> explanations,
    Consumer<ClientSocket> onEnded,
    Supplier<List<ClientConnection>> openClients) {

  /** Adds to a failure text the problems elsewhere since this client was opened. */
  FailureText withTroubles(FailureText text) {
    List<String> troubles = new ArrayList<>(evidence().troubles(hub, since));
    if (troubles.isEmpty()) {
      troubles.addAll(explanations.get());
    }
    return text.troubles(troubles);
  }

  /**
   * Adds to a failure text the troubles and the faults that this client has met.
   *
   * @param connectionId null before it has a connection
   */
  FailureText withCauses(FailureText text, @Nullable String connectionId) {
    return withTroubles(text).unlessTold(faults(connectionId));
  }

  /** The faults that this client has met, a line each. */
  List<String> faults(@Nullable String connectionId) {
    return evidence().faults(hub, connectionId, options.userId().orElse(null), since);
  }

  /** What the service knows that may explain a failure. */
  Evidence evidence() {
    return barrier == null ? Evidence.NONE : barrier.evidence();
  }

  /** Returns whether the target is another service, so that only the client sees its frames. */
  boolean isForeign() {
    return barrier == null;
  }
}
