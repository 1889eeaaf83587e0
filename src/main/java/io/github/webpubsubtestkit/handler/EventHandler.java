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
 * An event handler of a hub: which URL the service calls for which events, as in Azure's settings
 * of a hub. Immutable.
 *
 * <pre>{@code
 * FakeWebPubSub.builder()
 *     .eventHandler("chat", EventHandler.url("http://localhost:8080/eventhandler/{event}"))
 *     .eventHandler("news", EventHandler.url(url).userEvents("publish,edit").systemEvents("connect"))
 * }</pre>
 *
 * <p>Before the first event the service asks the URL for its consent (abuse protection): an {@code
 * OPTIONS} request that is to be answered with {@code WebHook-Allowed-Origin}.
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
   * A handler that takes all events: every user event, and {@code connect}, {@code connected},
   * {@code disconnected}.
   *
   * @param template an absolute {@code http} URL; {@code {hub}} and {@code {event}} in its path or
   *     query are filled in for each call
   * @return a handler
   * @throws IllegalArgumentException if it is none; the message names the rule
   * @since 0.1
   */
  public static EventHandler url(String template) {
    notNull(template, "url", "template");
    return new EventHandler(
        UrlTemplate.parse(template), EventPattern.parse("*"), EnumSet.allOf(SystemEvent.class));
  }

  /**
   * The user events that it takes.
   *
   * @param pattern {@code *} for all, or names with commas between them, in any case; empty or null
   *     for none
   * @return a new handler
   * @throws IllegalArgumentException if the pattern is something else; Azure knows no other
   *     wildcards
   * @since 0.1
   */
  public EventHandler userEvents(@Nullable String pattern) {
    return new EventHandler(url, EventPattern.parse(pattern), systemEvents);
  }

  /**
   * The system events that it takes.
   *
   * @param names of {@code connect}, {@code connected} and {@code disconnected}, in any case; none
   *     for none
   * @return a new handler
   * @throws IllegalArgumentException if there is no such system event
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

  /** The URL template and the events. */
  @Override
  public String toString() {
    return Secrets.mask(url.toString())
        + ", user events "
        + userEvents
        + ", system events "
        + systemEvents.stream().map(SystemEvent::eventName).toList();
  }
}
