package io.github.webpubsubtestkit.service;

import org.assertj.core.api.AbstractAssert;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ConnectionAssert extends AbstractAssert<ConnectionAssert, ConnectionInfo> {
  /** Stub. */
  public ConnectionAssert(ConnectionInfo actual) {
    super(actual, ConnectionAssert.class);
  }

  /** Stub. */
  public ConnectionAssert isInHub(String hub) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ConnectionAssert isInGroup(String group) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ConnectionAssert isSimple() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ConnectionAssert usesProtocol(io.github.webpubsubtestkit.client.Protocol protocol) {
    throw new IllegalStateException("not yet");
  }
}
