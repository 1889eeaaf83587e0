package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.AssertProvider;

/**
 * An event handler in the test: answers the service in place of an application, and records the
 * events.
 *
 * <p>Created by {@code service.eventHandler(hub)}, it handles all events of the hub from then on.
 * Events with a callback are answered by it; {@code connect} without a callback is accepted, and
 * any other event is accepted without a reply. No network and no validation is involved; otherwise
 * the service treats it like an application, including retries and timeouts.
 *
 * <pre>{@code
 * EventHandlerStub handler = service.eventHandler("chat")
 *     .onConnect(event -> event.query("ticket").isEmpty() ? reject(401) : accept().userId("alice"))
 *     .onUserEvent("shout", event -> reply(event.text().toUpperCase()));
 *
 * PubSubClient alice = service.connect(anonymous().hub("chat").query("ticket", "7"));
 * alice.sendEvent("shout", "hi");
 * assertThat(alice).receivesText("HI");
 * assertThat(handler).receivesEvents("connect", "connected", "shout");
 * }</pre>
 *
 * <p>Callbacks run on separate threads, those of one connection in order, except that {@code
 * onConnected} may still run when the first user event arrives. Callbacks may be set and replaced
 * at any time.
 *
 * <p>An exception in a callback is answered with 500, which the service retries, and fails the
 * test: callbacks may therefore contain assertions. It is reported at the end of the test by
 * {@code @WebPubSubTest} and {@code WebPubSubExtension}, which wait up to 5 seconds for callbacks
 * that are still running, and by {@code service.assertNoFailures()} for a fake started by hand. To
 * answer with a failure on purpose, return {@link EventAnswer#fail(int)} or {@link
 * ConnectAnswer#reject(int)}; for exceptions on purpose, see {@link #expectingFailures()}.
 *
 * @since 0.1
 */
public final class EventHandlerStub implements AssertProvider<EventHandlerAssert> {

  private final String hub;
  private final StubCallbacks callbacks;
  private final StubLog log;
  private final Barrier barrier;
  private final Timeline timeline;
  private final WaitTimes times;

  EventHandlerStub(
      String hub,
      StubCallbacks callbacks,
      StubLog log,
      Barrier barrier,
      Timeline timeline,
      WaitTimes times) {
    this.hub = hub;
    this.callbacks = callbacks;
    this.log = log;
    this.barrier = barrier;
    this.timeline = timeline;
    this.times = times;
  }

  /**
   * Answers {@code connect}, before the client is accepted.
   *
   * @param answer returns {@link ConnectAnswer#accept()} or {@link ConnectAnswer#reject(int)}
   * @return this stub
   * @since 0.1
   */
  public EventHandlerStub onConnect(Function<ConnectEvent, ConnectAnswer> answer) {
    notNull(answer, "onConnect", "answer");
    callbacks.connect(answer);
    return this;
  }

  /**
   * Sets a callback for {@code connected}.
   *
   * @param callback called with the event; the client does not wait for it
   * @return this stub
   * @since 0.1
   */
  public EventHandlerStub onConnected(Consumer<HandlerEvent> callback) {
    notNull(callback, "onConnected", "callback");
    callbacks.connected(callback);
    return this;
  }

  /**
   * Sets a callback for {@code disconnected}.
   *
   * @param callback called with the event
   * @return this stub
   * @since 0.1
   */
  public EventHandlerStub onDisconnected(Consumer<DisconnectedEvent> callback) {
    notNull(callback, "onDisconnected", "callback");
    callbacks.disconnected(callback);
    return this;
  }

  /**
   * Answers the user events of one name.
   *
   * @param name the name, case-insensitive; {@code message} for messages of simple clients
   * @param answer returns {@link EventAnswer#reply(String)}, {@link EventAnswer#acknowledge()} or
   *     {@link EventAnswer#fail(int)}
   * @return this stub
   * @since 0.1
   */
  public EventHandlerStub onUserEvent(String name, Function<UserEvent, EventAnswer> answer) {
    notNull(name, "onUserEvent", "name");
    notNull(answer, "onUserEvent", "answer");
    callbacks.userEvent(name, answer);
    return this;
  }

  /**
   * Answers all user events without a callback for their name.
   *
   * @param answer returns {@link EventAnswer#reply(String)}, {@link EventAnswer#acknowledge()} or
   *     {@link EventAnswer#fail(int)}
   * @return this stub
   * @since 0.1
   */
  public EventHandlerStub onUserEvent(Function<UserEvent, EventAnswer> answer) {
    notNull(answer, "onUserEvent", "answer");
    callbacks.userEvent(answer);
    return this;
  }

  /**
   * Declares that exceptions in the callbacks of this stub are meant: they are still answered with
   * 500, but fail no test, and the end of a test does not wait for these callbacks.
   *
   * <pre>{@code
   * service.eventHandler("chat").recording().expectingFailures()
   *     .onUserEvent("bid", event -> { throw new IllegalStateException("on purpose"); });
   * assertThatThrownBy(() -> alice.sendEvent("bid", "7"));    // passes, and so does the test;
   *                                                          // without it, the test fails
   * }</pre>
   *
   * @return this stub
   * @since 0.1
   */
  public EventHandlerStub expectingFailures() {
    callbacks.expectFailures();
    return this;
  }

  /**
   * Returns all events so far, including each retry of the service.
   *
   * @return a snapshot of the newest 10,000, in order of arrival
   * @since 0.1
   */
  public List<HandlerEvent> events() {
    return List.copyOf(log.snapshot().events());
  }

  /**
   * Supports {@code assertThat(handler)} of AssertJ.
   *
   * @return an assertion on this stub
   * @since 0.1
   */
  @Override
  public EventHandlerAssert assertThat() {
    return new EventHandlerAssert(this);
  }

  @Override
  public String toString() {
    return "handler of hub " + FailureText.quote(hub);
  }

  String hub() {
    return hub;
  }

  StubLog log() {
    return log;
  }

  Timeline timeline() {
    return timeline;
  }

  Barrier barrier() {
    return barrier;
  }

  WaitTimes times() {
    return times;
  }
}
