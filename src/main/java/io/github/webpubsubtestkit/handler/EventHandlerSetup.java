package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Adds an event handler to a hub of a running fake, behind those that are there: either the URL of
 * an application, or a stand-in for it. The first handler that takes an event gets it.
 *
 * <p>Nothing happens before one of its methods is called.
 *
 * <pre>{@code
 * service.eventHandler("chat").url("http://localhost:" + port + "/eventhandler");
 * EventHandlerStub handler = service.eventHandler("news").onConnect(event -> reject(403));
 * }</pre>
 *
 * @since 0.1
 */
public final class EventHandlerSetup {

  private final String hub;
  private final EventHandlers handlers;

  EventHandlerSetup(String hub, EventHandlers handlers) {
    this.hub = hub;
    this.handlers = handlers;
  }

  /**
   * Calls this URL for all events of the hub.
   *
   * @param template an absolute {@code http} URL, perhaps with {@code {hub}} and {@code {event}}
   * @throws IllegalArgumentException if it is none; the message names the rule
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public void url(String template) {
    add(EventHandler.url(template));
  }

  /**
   * Calls this handler for the events it takes.
   *
   * @param handler URL and events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public void add(EventHandler handler) {
    notNull(handler, "add", "handler");
    handlers.add(hub, handler);
  }

  /**
   * Answers in place of an application, and begins with {@code connect}.
   *
   * @param answer see {@link EventHandlerStub#onConnect}
   * @return a stub that takes all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onConnect(Function<ConnectEvent, ConnectAnswer> answer) {
    return stub(stub -> stub.onConnect(answer));
  }

  /**
   * Answers in place of an application, and begins with {@code connected}.
   *
   * @param callback see {@link EventHandlerStub#onConnected}
   * @return a stub that takes all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onConnected(Consumer<HandlerEvent> callback) {
    return stub(stub -> stub.onConnected(callback));
  }

  /**
   * Answers in place of an application, and begins with {@code disconnected}.
   *
   * @param callback see {@link EventHandlerStub#onDisconnected}
   * @return a stub that takes all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onDisconnected(Consumer<DisconnectedEvent> callback) {
    return stub(stub -> stub.onDisconnected(callback));
  }

  /**
   * Answers in place of an application, and begins with the user events of one name.
   *
   * @param name see {@link EventHandlerStub#onUserEvent(String, Function)}
   * @param answer see there
   * @return a stub that takes all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onUserEvent(String name, Function<UserEvent, EventAnswer> answer) {
    return stub(stub -> stub.onUserEvent(name, answer));
  }

  /**
   * Answers in place of an application, and begins with all user events.
   *
   * @param answer see {@link EventHandlerStub#onUserEvent(Function)}
   * @return a stub that takes all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onUserEvent(Function<UserEvent, EventAnswer> answer) {
    return stub(stub -> stub.onUserEvent(answer));
  }

  /**
   * Only records: every client is accepted as its token says, and every event taken without a
   * reply.
   *
   * @return a stub that takes all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub recording() {
    return stub(stub -> stub);
  }

  private EventHandlerStub stub(Function<EventHandlerStub, EventHandlerStub> first) {
    return handlers.addStub(hub, first);
  }
}
