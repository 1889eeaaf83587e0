package io.github.webpubsubtestkit.standalone;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/**
 * The end of the program by a signal. The JVM ends with its last shutdown hook, so the hook waits
 * until the program has closed everything and then halts the JVM itself, with the program's exit
 * code; otherwise the JVM would derive its exit code from the signal.
 */
final class SignalShutdown {

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Duration closingTime;
  private final PrintWriter out;
  private final PrintWriter err;
  private final IntConsumer halt;

  /**
   * A shutdown that has not begun yet.
   *
   * @param closingTime the maximum time to close once the program is asked to stop
   * @param halt ends the JVM with an exit code, without running further hooks
   */
  SignalShutdown(Duration closingTime, PrintWriter out, PrintWriter err, IntConsumer halt) {
    this.closingTime = closingTime;
    this.out = out;
    this.err = err;
    this.halt = halt;
  }

  /** Waits until the program is asked to stop. */
  void awaitStop() throws InterruptedException {
    stop.await();
  }

  /** Reports that the program has ended. */
  void ended(int exitCode) {
    ended.complete(exitCode);
  }

  /** The body of the shutdown hook. */
  void onShutdown() {
    if (ended.isDone()) {
      return; // the JVM ends because the program has ended, and keeps its exit code
    }
    stop.countDown();
    int exitCode = awaitEnd();
    out.flush();
    err.flush();
    halt.accept(exitCode);
  }

  private int awaitEnd() {
    try {
      return ended.get(closingTime.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      err.println(Main.NAME + ": not closed within " + closingTime.toSeconds() + " s");
      return Main.NOT_CLOSED;
    } catch (InterruptedException
        | ExecutionException e) { // not expected, but then it is not closed
      err.println(Main.NAME + ": not closed: " + e);
      return Main.NOT_CLOSED;
    }
  }
}
