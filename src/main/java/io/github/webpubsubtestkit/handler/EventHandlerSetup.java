package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Adds an event handler to a hub of a running fake, after the existing ones: either the URL of an
 * application, or a stub. The first handler that accepts an event gets it.
 *
 * <p>It has no effect until one of its methods is called.
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
   * @param template an absolute {@code http} or {@code https} URL, optionally with {@code {hub}}
   *     and {@code {event}}
   * @throws IllegalArgumentException if the URL is invalid; the message states the rule
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public void url(String template) {
    add(EventHandler.url(template));
  }

  /**
   * Calls this handler for its events.
   *
   * @param handler the URL and events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public void add(EventHandler handler) {
    notNull(handler, "add", "handler");
    handlers.add(hub, handler);
  }

  /**
   * Adds a stub that answers {@code connect}.
   *
   * @param answer see {@link EventHandlerStub#onConnect}
   * @return a stub that handles all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onConnect(Function<ConnectEvent, ConnectAnswer> answer) {
    return stub(stub -> stub.onConnect(answer));
  }

  /**
   * Adds a stub with a callback for {@code connected}.
   *
   * @param callback see {@link EventHandlerStub#onConnected}
   * @return a stub that handles all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onConnected(Consumer<HandlerEvent> callback) {
    return stub(stub -> stub.onConnected(callback));
  }

  /**
   * Adds a stub with a callback for {@code disconnected}.
   *
   * @param callback see {@link EventHandlerStub#onDisconnected}
   * @return a stub that handles all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onDisconnected(Consumer<DisconnectedEvent> callback) {
    return stub(stub -> stub.onDisconnected(callback));
  }

  /**
   * Adds a stub that answers the user events of one name.
   *
   * @param name see {@link EventHandlerStub#onUserEvent(String, Function)}
   * @param answer see {@link EventHandlerStub#onUserEvent(String, Function)}
   * @return a stub that handles all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onUserEvent(String name, Function<UserEvent, EventAnswer> answer) {
    return stub(stub -> stub.onUserEvent(name, answer));
  }

  /**
   * Adds a stub that answers all user events.
   *
   * @param answer see {@link EventHandlerStub#onUserEvent(Function)}
   * @return a stub that handles all events
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public EventHandlerStub onUserEvent(Function<UserEvent, EventAnswer> answer) {
    return stub(stub -> stub.onUserEvent(answer));
  }

  /**
   * Adds a stub that only records: every client is accepted with its token's properties, and every
   * event without a reply.
   *
   * @return a stub that handles all events
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
