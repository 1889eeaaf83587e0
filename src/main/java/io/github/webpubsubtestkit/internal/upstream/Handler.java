package io.github.webpubsubtestkit.internal.upstream;

import java.util.Set;

/**
 * One event handler of a hub (event-handlers 2).
 *
 * @param url where its requests go
 * @param userEvents the user events it takes
 * @param systemEvents the system events it takes
 * @param channel what brings the requests there
 */
public record Handler(
    UrlTemplate url,
    EventPattern userEvents,
    Set<SystemEvent> systemEvents,
    UpstreamChannel channel) {

  /** Copies the set. */
  public Handler {
    systemEvents = Set.copyOf(systemEvents);
  }
}
