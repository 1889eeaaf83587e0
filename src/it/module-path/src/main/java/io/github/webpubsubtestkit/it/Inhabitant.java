package io.github.webpubsubtestkit.it;

/** A module needs a package. */
public interface Inhabitant {}
