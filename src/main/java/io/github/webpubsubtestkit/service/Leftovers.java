package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What fakes have left behind: those that nobody has closed, and callbacks that did not end. The
 * next fake tells of it, because its own test may suffer from it.
 */
final class Leftovers {

  /** Those of this JVM. */
  static final Leftovers OF_JVM = new Leftovers();

  private static final int MAX_TEXTS = 10;

  private final ReferenceQueue<Object> lost = new ReferenceQueue<>();
  private final Set<Tracked> open = new HashSet<>(); // guarded by this
  private final Queue<String> texts = new ArrayDeque<>(); // guarded by this

  /** A fake that is not closed yet, but may be lost: then nobody can close it any more. */
  final class Tracked extends PhantomReference<Object> {
    private final Runnable close;
    private final Throwable startedAt; // read only if it is lost, which is rare

    private Tracked(Object fake, Runnable close, Throwable startedAt) {
      super(fake, lost);
      this.close = close;
      this.startedAt = startedAt;
    }

    /** The fake was closed. */
    void closed() {
      synchronized (Leftovers.this) {
        open.remove(this);
      }
    }
  }

  /**
   * Tracks a fake until it is closed; nothing that runs must refer to it.
   *
   * @param close closes it if it is lost, and does not refer to it
   */
  synchronized Tracked track(Object fake, Runnable close) {
    Tracked tracked = new Tracked(fake, close, new Throwable("a service was started"));
    open.add(tracked);
    return tracked;
  }

  /** Adds something else. */
  synchronized void add(String text) {
    if (texts.size() < MAX_TEXTS) {
      texts.add(text);
    }
  }

  /** Records everything so far in the timeline of another fake, and as strays of it. */
  void reportTo(Engine engine) {
    for (Tracked fake = nextLost(); fake != null; fake = nextLost()) {
      add(
          "a service was never closed, started at "
              + UserFrames.place(fake.startedAt).map(String::valueOf).orElse(""));
      try {
        fake.close.run();
      } catch (IllegalStateException e) {
        engine.timeline().record("service", Direction.NOTE, "closing it failed: " + e.getMessage());
      }
    }
    for (String text = nextText(); text != null; text = nextText()) {
      engine.timeline().record("service", Direction.NOTE, text);
      engine.timeline().incidents().addStray(null, text);
    }
  }

  private synchronized @Nullable String nextText() {
    return texts.poll();
  }

  private synchronized @Nullable Tracked nextLost() {
    for (Reference<?> next = lost.poll(); next != null; next = lost.poll()) {
      if (next instanceof Tracked tracked && open.remove(tracked)) {
        return tracked;
      }
    }
    return null;
  }
}
