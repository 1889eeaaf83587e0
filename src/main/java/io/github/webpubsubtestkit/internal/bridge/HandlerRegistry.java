package io.github.webpubsubtestkit.internal.bridge;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.Upstream;
import io.github.webpubsubtestkit.internal.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.List;

/**
 * The event handlers of one fake.
 *
 * @param <H> the description of one: {@code EventHandler}
 * @param <S> the first step of adding one: {@code EventHandlerSetup}
 * @param <E> an event as a handler gets it: {@code HandlerEvent}
 */
public interface HandlerRegistry<H, S, E> {

  /** Starts adding one to a hub. */
  S setup(String hub);

  /**
   * Replaces all of a hub, stubs included.
   *
   * @param handlers the handlers, in order of precedence
   */
  void replace(String hub, List<H> handlers);

  /**
   * Validates all URLs of a hub.
   *
   * @throws AssertionError if one refuses
   */
  void validate(String hub);

  /** The event in a request to any handler. */
  E event(UpstreamRequest request, Duration at);

  /**
   * Waits until no callback of a stub is running or about to run, other than those whose failures
   * nobody wants to know.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @return descriptions of the callbacks that are still running
   */
  List<String> awaitCallbacks(long deadlineNanos);

  /** Returns whether there are callbacks whose failures somebody wants to know. */
  boolean hasCallbacks();

  /** Returns how many callbacks have begun so far. */
  long callbacksBegun();

  /** Returns whether a stub leaves an event of the connection without an answer. */
  boolean isHanging(String connectionId);

  /**
   * Stops calling stubs, interrupts running callbacks and waits for their end.
   *
   * @return the callbacks that did not end, a line each
   */
  List<String> stop();

  /**
   * Does the same as {@link #stop} after a reset of the fake, which the callbacks must not use any
   * more.
   */
  List<String> retire();

  /** Creates registries. */
  @FunctionalInterface
  interface Factory<H, S, E> {

    /**
     * The handlers of a fake.
     *
     * @param upstream calls the handlers
     * @param loop sends the requests to those that have a URL
     * @param timers by which stubs delay their answers
     * @param timeline where everything is recorded
     * @param barrier knows when nothing is under way
     * @param mapping how objects become JSON and back
     * @param times how long assertions and the end of callbacks are waited for
     */
    HandlerRegistry<H, S, E> make(
        Upstream upstream,
        TransportLoop loop,
        Timers timers,
        Timeline timeline,
        Barrier barrier,
        ObjectMapping mapping,
        WaitTimes times);
  }
}
