package io.github.webpubsubtestkit.internal.transport;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.time.Timers.Scheduled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets the output of one socket pass at a number of bytes per second, which are those of the
 * protocol: on TLS its records add to them. Guarded by its endpoint's lock.
 */
final class Throttle implements ByteLayer {

  private static final long SECOND = 1_000_000_000;
  private static final long SHORTEST_WAIT = 10_000_000;

  private final ByteLayer socket;
  private final Timers timers;
  private final int bytesPerSecond;
  private final Runnable goOn;
  private @Nullable Instant since; // from when on output waits; null if none does
  private long passed; // since then
  private @Nullable Scheduled timer;

  /**
   * A limit.
   *
   * @param goOn called when more may pass, without the lock; begins with {@link #stop()}
   */
  Throttle(ByteLayer socket, Timers timers, int bytesPerSecond, Runnable goOn) {
    this.socket = socket;
    this.timers = timers;
    this.bytesPerSecond = bytesPerSecond;
    this.goOn = goOn;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return socket.read(target);
  }

  @Override
  public boolean isQuiet() throws IOException {
    return socket.isQuiet();
  }

  @Override
  public long write(ByteBuffer[] sources, int count) throws IOException {
    int left = (int) Math.min(Integer.MAX_VALUE, allowance());
    int taken = 0;
    while (taken < count && left > 0) {
      ByteBuffer next = sources[taken++];
      if (next.remaining() > left) {
        int cut = next.remaining() - left;
        next.limit(next.limit() - cut);
        try {
          return pass(sources, taken);
        } finally {
          next.limit(next.limit() + cut);
        }
      }
      left -= next.remaining();
    }
    if (taken == 0) {
      socket.flush(); // records that were accepted before the limit, or within it
      return 0;
    }
    return pass(sources, taken);
  }

  private long pass(ByteBuffer[] sources, int count) throws IOException {
    long written = socket.write(sources, count);
    passed += written;
    return written;
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public boolean flush() throws IOException {
    return socket.flush();
  }

  @Override
  public int interest(int ops) {
    return socket.interest(ops);
  }

  @Override
  public void end(boolean silently) {
    socket.end(silently);
  }

  /** How many bytes may pass now. */
  private long allowance() {
    long nanos = elapsed();
    long seconds = nanos / SECOND;
    return seconds * bytesPerSecond + nanos % SECOND * bytesPerSecond / SECOND - passed;
  }

  private long elapsed() {
    Instant now = timers.instant();
    Instant start = since;
    if (start == null) {
      start = now;
      since = now;
      passed = 0;
    }
    return Math.max(0, Duration.between(start, now).toNanos());
  }

  /** Returns whether output waits for the time and not for the peer. */
  boolean isExhausted() {
    return allowance() <= 0;
  }

  /** Comes back when more may pass. */
  void waitForMore() {
    if (timer == null) {
      long next = passed + 1;
      long due =
          next / bytesPerSecond * SECOND
              + (next % bytesPerSecond * SECOND + bytesPerSecond - 1) / bytesPerSecond;
      timer = timers.schedule(Duration.ofNanos(Math.max(SHORTEST_WAIT, due - elapsed())), goOn);
    }
  }

  /** All output has passed. */
  void idle() {
    since = null;
  }

  /** Does not come back. */
  void stop() {
    Scheduled running = timer;
    if (running != null) {
      running.cancel();
      timer = null;
    }
  }
}
