package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;

/** Where user events go: the application, or a listener that only records. */
@FunctionalInterface
public interface EventSink {

  /** No event handler and no listener is configured: every event fails (client-protocols E.6). */
  EventSink NONE = (connection, event) -> false;

  /**
   * Takes an event.
   *
   * @return whether somebody took it
   */
  boolean accept(ConnectionView connection, Event event);
}
