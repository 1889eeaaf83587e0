package io.github.webpubsubtestkit.benchmark.rival;

/**
 * How many clients a server knows. A client that has its 101 is not yet one of them everywhere, and
 * would miss what is sent in that moment: whoever writes a server for tests has to wait for it.
 */
public final class Arrivals {

  private static final long LIMIT_NANOS = 20_000_000_000L;

  private int count;

  /** One more. */
  synchronized void add() {
    count++;
    notifyAll();
  }

  /** Waits until so many have come since the start. */
  public synchronized void await(int expected) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (count < expected) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException(count + " clients instead of " + expected);
      }
      wait(left);
    }
  }
}
