package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.hub.Selectable;

/** A condition on a connection. */
@FunctionalInterface
interface Condition {

  boolean holds(Selectable connection);
}
