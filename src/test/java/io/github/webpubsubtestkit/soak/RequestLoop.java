package io.github.webpubsubtestkit.soak;

/**
 * A client that asks and waits for the answer before it asks again, and now and then is replaced.
 */
interface RequestLoop {

  /** So many pairs of request and reply pass before a client goes and another one comes. */
  int PAIRS_PER_CLIENT = 1_000;

  /** Fails if an answer does not come, or another one comes. */
  void exchange(int pairs);
}
