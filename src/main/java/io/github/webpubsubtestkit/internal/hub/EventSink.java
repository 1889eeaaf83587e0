package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.Nullable;

/** The application's event handlers, as the hubs see them (event-handlers 1). */
public interface EventSink {

  /**
   * Opens the event state of a new connection, before the application decides on accepting it.
   *
   * @param hub the hub in lower case
   * @param userId the user of the token, null or empty for none
   */
  ConnectionEvents open(String hub, String connectionId, @Nullable String userId);
}
