package io.github.webpubsubtestkit.internal.timeline;

/** What an entry is about. */
public enum Kind {
  /** A client's handshake, or its rejection. */
  HANDSHAKE,
  /** A request of an application, or of the test in its place. */
  REQUEST,
  /** A frame of a client or to a client. */
  MESSAGE,
  /** An event for the application's event handlers, or their response. */
  EVENT,
  /** A change of state or a decision. */
  NOTE,
  /** A failure of the test. */
  FAILURE
}
