package io.github.webpubsubtestkit.internal.upstream;

/** Something under way to an application, which can be given up. */
@FunctionalInterface
interface Abandonable {

  /** Ends it at once, answered or not. */
  void abandon();
}
