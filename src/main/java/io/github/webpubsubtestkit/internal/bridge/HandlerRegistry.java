package io.github.webpubsubtestkit.internal.bridge;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.Upstream;
import java.util.List;

/**
 * The event handlers of one fake.
 *
 * @param <H> what describes one: {@code EventHandler}
 * @param <S> where a test begins to add one: {@code EventHandlerSetup}
 */
public interface HandlerRegistry<H, S> extends AutoCloseable {

  /** Begins to add one to a hub. */
  S setup(String hub);

  /**
   * Replaces all of a hub, stubs included.
   *
   * @param handlers in the order in which they are asked
   */
  void replace(String hub, List<H> handlers);

  /**
   * Asks all URLs of a hub for their consent.
   *
   * @throws AssertionError if one refuses
   */
  void validate(String hub);

  /** Calls no stub any more, and interrupts callbacks that still run. */
  @Override
  void close();

  /** Makes registries. */
  @FunctionalInterface
  interface Factory<H, S> {

    /**
     * The handlers of a fake.
     *
     * @param upstream who calls them
     * @param loop sends the requests to those that have a URL
     * @param timers by which stubs delay their answers
     * @param timeline where everything is recorded
     * @param barrier knows when nothing is under way
     */
    HandlerRegistry<H, S> make(
        Upstream upstream, TransportLoop loop, Timers timers, Timeline timeline, Barrier barrier);
  }
}
