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
 * The end of the program by a signal. The machine ends with its last shutdown hook, so the hook
 * waits until the program has closed all and then ends the machine itself, with the program's exit
 * code; left alone, the machine would take the number of the signal.
 */
final class SignalShutdown {

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Duration closingTime;
  private final PrintWriter out;
  private final PrintWriter err;
  private final IntConsumer halt;

  /**
   * Not begun yet.
   *
   * @param closingTime how long the program has to close, once it shall stop
   * @param halt ends the machine with an exit code, whatever hooks there are
   */
  SignalShutdown(Duration closingTime, PrintWriter out, PrintWriter err, IntConsumer halt) {
    this.closingTime = closingTime;
    this.out = out;
    this.err = err;
    this.halt = halt;
  }

  /** Returns when the program shall stop. */
  void awaitStop() throws InterruptedException {
    stop.await();
  }

  /** Says that the program has come to its end. */
  void ended(int exitCode) {
    ended.complete(exitCode);
  }

  /** What the shutdown hook does. */
  void onShutdown() {
    if (ended.isDone()) {
      return; // the machine ends because the program has ended, and keeps its exit code
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
    } catch (InterruptedException | ExecutionException e) { // by nobody, but then it is not closed
      err.println(Main.NAME + ": not closed: " + e);
      return Main.NOT_CLOSED;
    }
  }
}
