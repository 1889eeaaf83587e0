package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.upstream.EventPattern;
import io.github.webpubsubtestkit.internal.upstream.SystemEvent;
import io.github.webpubsubtestkit.internal.upstream.UrlTemplate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event handler of a hub: the URL that the service calls, and the events it calls it for, as in
 * Azure's hub settings. Immutable.
 *
 * <pre>{@code
 * FakeWebPubSub.builder()
 *     .eventHandler("chat", EventHandler.url("http://localhost:8080/eventhandler/{event}"))
 *     .eventHandler("news", EventHandler.url(url).userEvents("publish,edit").systemEvents("connect"))
 * }</pre>
 *
 * <p>Before the first event the service validates the URL (abuse protection) by an {@code OPTIONS}
 * request, which must be answered with {@code WebHook-Allowed-Origin}.
 *
 * @since 0.1
 */
public final class EventHandler {

  private final UrlTemplate url;
  private final EventPattern userEvents;
  private final Set<SystemEvent> systemEvents;

  private EventHandler(UrlTemplate url, EventPattern userEvents, Set<SystemEvent> systemEvents) {
    this.url = url;
    this.userEvents = userEvents;
    this.systemEvents = systemEvents;
  }

  /**
   * Creates a handler of all events: every user event, and {@code connect}, {@code connected},
   * {@code disconnected}.
   *
   * @param template an absolute {@code http} URL; {@code {hub}} and {@code {event}} in its path or
   *     query are filled in for each call
   * @return a handler
   * @throws IllegalArgumentException if the URL is invalid; the message states the rule
   * @since 0.1
   */
  public static EventHandler url(String template) {
    notNull(template, "url", "template");
    return new EventHandler(
        UrlTemplate.parse(template), EventPattern.parse("*"), EnumSet.allOf(SystemEvent.class));
  }

  /**
   * Sets the user events it handles.
   *
   * @param pattern {@code *} for all, or comma-separated names, case-insensitive; empty or null for
   *     none
   * @return a new handler
   * @throws IllegalArgumentException if the pattern is invalid; Azure has no other wildcards
   * @since 0.1
   */
  public EventHandler userEvents(@Nullable String pattern) {
    return new EventHandler(url, EventPattern.parse(pattern), systemEvents);
  }

  /**
   * Sets the system events it handles.
   *
   * @param names any of {@code connect}, {@code connected} and {@code disconnected},
   *     case-insensitive; may be empty
   * @return a new handler
   * @throws IllegalArgumentException if a name is not a system event
   * @since 0.1
   */
  public EventHandler systemEvents(String... names) {
    noneNull(names, "systemEvents", "names");
    EnumSet<SystemEvent> events = EnumSet.noneOf(SystemEvent.class);
    Arrays.stream(names).map(SystemEvent::of).forEach(events::add);
    return new EventHandler(url, userEvents, events);
  }

  UrlTemplate template() {
    return url;
  }

  EventPattern pattern() {
    return userEvents;
  }

  Set<SystemEvent> system() {
    return systemEvents;
  }

  /** Returns the URL template and the events. */
  @Override
  public String toString() {
    return Secrets.mask(url.toString())
        + ", user events "
        + userEvents
        + ", system events "
        + systemEvents.stream().map(SystemEvent::eventName).toList();
  }
}
