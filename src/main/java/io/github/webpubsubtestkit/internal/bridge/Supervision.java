package io.github.webpubsubtestkit.internal.bridge;

import java.util.Optional;
import java.util.Set;

/**
 * Reports what went wrong in fakes outside of what tests assert; the extension asks after each
 * test.
 *
 * @param <F> the fake
 */
public interface Supervision<F> {

  /** Marks the current moment; later incidents have at least this number. */
  long mark(F fake);

  /**
   * Waits for the running callbacks, at most the usual timeout, and reports what went wrong and was
   * not reported yet.
   *
   * @param since reports nothing of before this {@link #mark}
   * @param alsoFaults also reports faults that were not met or not finished
   * @return a failure, if anything is to fail the test
   */
  Optional<AssertionError> check(F fake, long since, boolean alsoFaults);

  /**
   * Adds the connections that a test has left open in a fake that it shares, and reports like
   * {@link #check}.
   *
   * @param before the ids of the connections that were open before the test
   * @param test names the test
   */
  Optional<AssertionError> checkConnections(F fake, long since, Set<String> before, String test);
}
