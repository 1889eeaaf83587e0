package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;

/** Where something that is asserted comes from, as failure texts tell it. */
interface FailureContext {

  /** The client's name. */
  String name();

  /** Ends a text with the state of the client's connection. */
  FailureText withState(FailureText text);
}
