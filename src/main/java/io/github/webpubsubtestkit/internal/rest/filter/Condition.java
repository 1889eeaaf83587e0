package io.github.webpubsubtestkit.internal.rest.filter;

import io.github.webpubsubtestkit.internal.hub.Selectable;

/** What is true or false of a connection. */
@FunctionalInterface
interface Condition {

  boolean holds(Selectable connection);
}
