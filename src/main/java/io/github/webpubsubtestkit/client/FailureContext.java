package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;

/** The origin of an asserted value, for failure texts. */
interface FailureContext {

  /** The client's name. */
  String name();

  /** Adds the state of the client's connection to a text. */
  FailureText withState(FailureText text);
}
